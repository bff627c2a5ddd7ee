// The other side of a comparison, as a link carries it: a built-in design, or the same design with something changed. Its run is
// that of the open one, act for act, so that no more is needed.
import * as v from 'valibot';
import type { Component, Design } from '../design/design.ts';
import type { KindRules } from '../design/parse.ts';
import { mergePatch } from '../foundation/merge-patch.ts';
import { failure, type Problem, type Result, success } from '../foundation/result.ts';
import { type Command, inOrder } from '../simulation/command.ts';
import { fitting } from './command-fit.ts';
import { label, type SharedAct } from './link-acts.ts';
import { inward, outward } from './link-values.ts';

type Patch = Readonly<Record<string, unknown>>;

export type SharedBeside =
  /** A built-in design, in the timings of the open one. */
  | { readonly type: 'design'; readonly id: string }
  /** With these settings changed from the start. */
  | {
      readonly type: 'changed';
      readonly changes: readonly { readonly target: string; readonly patch: Patch }[];
      /** What is changed, for a person: `fall 2 in place of 3`. */
      readonly words: string;
    }
  /** Without the changes of settings that were made since. */
  | { readonly type: 'as-opened' };

const MOST_CHANGES = 1_000;

export function besideForm(beside: SharedBeside): readonly unknown[] {
  switch (beside.type) {
    case 'design':
      return ['design', beside.id];
    case 'changed':
      return ['changed', beside.changes.map(({ target, patch }) => [target, outward(patch)]), beside.words];
    case 'as-opened':
      return ['as-opened'];
  }
}

const entries = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'Give the changed settings as an object.',
);
const change = v.strictTuple([label, entries], 'Give a change: what is changed, and its settings.');
const changes = v.pipe(
  v.array(change, 'Give a list of changes.'),
  v.minLength(1, 'Give at least one change.'),
  v.maxLength(MOST_CHANGES, `Give at most ${MOST_CHANGES} changes.`),
);

export const besideSchema = v.union(
  [
    v.strictTuple([v.literal('design'), label]),
    v.strictTuple([v.literal('changed'), changes, label]),
    v.strictTuple([v.literal('as-opened')]),
  ],
  'Give the other side: a design, what is changed, or that it is as it was opened.',
);

/** What is needed to know whether the other side can stand beside the open one. */
export interface Lead {
  readonly design: Design;
  /** The name of the built-in design that it is, unchanged, or null. */
  readonly builtIn: string | null;
  readonly acts: readonly SharedAct[];
  readonly kinds: Readonly<Record<string, KindRules>>;
  builtIns(id: string, timings: string): Design | null;
}

/** Nothing is taken that the other side would not take: its settings, and what was done there. */
export function readBeside(given: v.InferOutput<typeof besideSchema>, lead: Lead): Result<SharedBeside> {
  const beside = besideOf(given);
  const design = designOf(beside, lead);
  if (!design.ok) return design;
  const changed = beside.type === 'changed' ? beside.changes.map(({ target, patch }) => settingOf(target, patch)) : [];
  const wrong = fitting(changed, lead.design, lead.kinds);
  if (wrong !== null) return failure([{ ...wrong, path: `beside, ${wrong.path}` }]);
  const done = inOrder(lead.acts.flatMap((act) => act.beside ?? []));
  const misfit = fitting(done, design.value, lead.kinds);
  return misfit === null ? success(beside) : failure([{ ...misfit, path: `beside, ${misfit.path}` }]);
}

function besideOf(given: v.InferOutput<typeof besideSchema>): SharedBeside {
  switch (given[0]) {
    case 'design':
      return { type: 'design', id: given[1] };
    case 'changed': {
      const [, list, words] = given;
      const patches = list.map(([target, patch]) => ({ target, patch: inward(patch) as Patch }));
      return { type: 'changed', changes: patches, words };
    }
    case 'as-opened':
      return { type: 'as-opened' };
  }
}

const settingOf = (target: string, patch: Patch): Command => ({ type: 'reconfigure', atUs: 0, target, patch });

function designOf(beside: SharedBeside, { design, builtIn, builtIns }: Lead): Result<Design> {
  if (beside.type === 'as-opened') return success(design);
  if (beside.type === 'changed') return success(changedBy(design, beside.changes));
  const timings = design.timings === 'realistic' ? 'realistic' : 'classroom';
  const known = builtIns(beside.id, timings);
  if (known === null) return wrong(`There is no built-in design "${beside.id.slice(0, 40)}" to compare with.`);
  return beside.id === builtIn ? wrong('It compares the design with itself.') : success(known);
}

const wrong = (reason: string): Result<Design> =>
  failure([{ path: 'beside', reason, repair: 'Open the link with the newest Spofcheck.' } satisfies Problem]);

/** Settings of components alone: those of lines and users leave every later command as it is. */
const changedBy = (design: Design, list: readonly { readonly target: string; readonly patch: Patch }[]): Design => ({
  ...design,
  components: design.components.map((component) =>
    list.filter(({ target }) => target === component.id).reduce((so, { patch }) => withPatch(so, patch), component),
  ),
});

const withPatch = (component: Component, patch: Patch): Component => ({
  ...component,
  config: mergePatch(component.config, patch) as Record<string, unknown>,
});
