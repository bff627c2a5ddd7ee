// What a lesson that plays asks of the diagram: the lines and parts that it is about, and its notes, filled from the run.
import { useMemo } from 'react';
import { elementsOf } from '../design/elements.ts';
import type { LessonView } from '../state/app.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { useDiagram } from './diagram.ts';

/** By element: 1 for what the step is about. Null while no lesson plays. */
export function useEmphasis(): Uint8Array | null {
  const app = useApp();
  const { design } = useDiagram();
  const emphasised = useStoreValue(app.playback, (state) => state.view?.lesson?.emphasise) ?? null;
  return useMemo(() => {
    if (emphasised === null || emphasised.length === 0) return null;
    const elements = elementsOf(design);
    const marked = new Uint8Array(elements.count);
    for (const id of emphasised) {
      const element = elements.indexOf(id);
      if (element >= 0) marked[element] = 1;
    }
    return marked;
  }, [emphasised, design]);
}

/** Whether the step that plays is about this element. */
export function useIsEmphasised(id: string): boolean {
  const app = useApp();
  return useStoreValue(app.playback, (state) => state.view?.lesson?.emphasise.includes(id) ?? false);
}

const NO_NOTES: LessonView['notes'] = [];

/** The notes of the step that plays; their number is their place. */
export function useNotes(): LessonView['notes'] {
  const app = useApp();
  return useStoreValue(app.playback, (state) => state.view?.lesson?.notes ?? NO_NOTES);
}
