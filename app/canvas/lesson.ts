// What a lesson that plays asks of the diagram: the lines and parts that it is about, and its numbered notes, filled from the run.
import { useMemo } from 'react';
import { elementsOf } from '../design/elements.ts';
import { EXPLANATION } from '../lessons/explanation.ts';
import { type LessonStep, scriptFor } from '../lessons/lesson.ts';
import { LOOK_BACK_US, tell } from '../lessons/telling.ts';
import type { App } from '../state/app.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { useDiagram } from './diagram.ts';

/** The steps played so far, the current one last; empty when no lesson plays. */
function useSteps(): readonly LessonStep[] {
  const app = useApp();
  const { design } = useDiagram();
  const playing = useStoreValue(app.settings, (settings) => settings.lesson);
  return useMemo(() => {
    const lesson = EXPLANATION.find((one) => one.point === playing?.point);
    if (lesson === undefined || playing === null) return NO_STEPS;
    return scriptFor(lesson, design)?.slice(0, playing.step) ?? NO_STEPS;
  }, [playing, design]);
}

const NO_STEPS: readonly LessonStep[] = [];

/** By element: 1 for what the step is about. Null while no lesson plays. */
export function useEmphasis(): Uint8Array | null {
  const { design } = useDiagram();
  const step = useSteps().at(-1);
  return useMemo(() => {
    if (step === undefined) return null;
    const elements = elementsOf(design);
    const marked = new Uint8Array(elements.count);
    for (const id of step.emphasise) {
      const element = elements.indexOf(id);
      if (element >= 0) marked[element] = 1;
    }
    return marked;
  }, [step, design]);
}

/** Whether the step that plays is about this element. */
export const useIsEmphasised = (id: string): boolean => useSteps().at(-1)?.emphasise.includes(id) ?? false;

export interface ToldNote {
  readonly number: number;
  readonly element: string;
  readonly text: string;
}

/** The notes of the step that plays, with the run's figures in them. */
export function useNotes(): readonly ToldNote[] {
  const app = useApp();
  const steps = useSteps();
  const nowUs = useStoreValue(app.playback, (state) => (steps.length === 0 ? 0 : (state.view?.nowUs ?? 0)));
  const { design } = useDiagram();
  return useMemo(() => {
    const notes = steps.at(-1)?.notes ?? [];
    const reader = app.frame.window;
    return notes.map(({ element, text }, index) => {
      const told = tell(text, { design, reader, fromUs: countsFromUs(app, steps, nowUs), nowUs });
      return { number: index + 1, element, text: told };
    });
  }, [app, steps, design, nowUs]);
}

/** Counts begin with the lesson's last act, which is the last command; before it has done anything, a while ago. */
function countsFromUs(app: App, steps: readonly LessonStep[], nowUs: number): number {
  const lookBackUs = Math.max(0, nowUs - LOOK_BACK_US);
  if (!steps.some((step) => step.do !== null)) return lookBackUs;
  const past = app.playback.getState().commands.filter((command) => command.atUs <= nowUs);
  return past.at(-1)?.atUs ?? lookBackUs;
}
