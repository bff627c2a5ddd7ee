// What a lesson is: text, and a script that plays on the running diagram. A script holds no results: its sentences have
// placeholders that telling.ts fills from the run at the moment at which they are said.
import type { Design } from '../design/design.ts';

/** What a step does to the run. A player turns it into ordinary commands at the playhead. */
export type LessonAct =
  | { readonly type: 'kill' | 'repair'; readonly target: string }
  | { readonly type: 'mode'; readonly mode: 'active-active' | 'active-passive' }
  /** Every application server reads from there. */
  | { readonly type: 'reads-from'; readonly readsFrom: 'local' | 'primary' | 'replica' | 'both' }
  | {
      readonly type: 'reconfigure';
      readonly target: string;
      readonly patch: Readonly<Record<string, unknown>>;
    };

/** Something that has to happen in the run before a step comes (telling.ts, `hasHappened`). */
export type LessonEvent = 'marked-down' | 'marked-up' | 'write-saved' | 'copy-applied' | 'stale-read' | 'write-refused';

/** A wait for an event ends after this long in any case, so that a lesson cannot hang in a run without such an event. */
export const WAIT_LIMIT_MS = 30_000;

/** A numbered note beside a part; the number is its place in the list. */
export interface LessonNote {
  readonly element: string;
  /** May have placeholders. */
  readonly text: string;
}

export interface LessonStep {
  /** Simulated time since the step before. */
  readonly afterMs: number;
  /** Then the first such event after the step before is waited for. */
  readonly waitFor: LessonEvent | null;
  readonly do: LessonAct | null;
  /** Links and parts in ink; everything else fades. */
  readonly emphasise: readonly string[];
  readonly notes: readonly LessonNote[];
  /** One sentence for the narration strip, with placeholders: `{answered} of {all}`. Filled again as the run goes on. */
  readonly say: string;
}

export interface Lesson {
  readonly point: number;
  readonly title: string;
  readonly text: string;
  /** One script a design, most fitting first: the first whose elements are all there is played. */
  readonly scripts: readonly (readonly LessonStep[])[];
}

/** The script for this design, or null where there is nothing to show it on. */
export function scriptFor(lesson: Lesson, design: Design): readonly LessonStep[] | null {
  const ids = new Set([...design.hosts, ...design.components, ...design.links].map((element) => element.id));
  return lesson.scripts.find((script) => elementsOfScript(script).every((id) => ids.has(id))) ?? null;
}

/** Every element that a script names. */
const elementsOfScript = (script: readonly LessonStep[]): readonly string[] =>
  script.flatMap((step) => [
    ...step.emphasise,
    ...step.notes.map((note) => note.element),
    ...(step.do !== null && 'target' in step.do ? [step.do.target] : []),
  ]);
