// What a tap, click or Enter on an element does: drop the fault that is ready, else open the element.
import { useCallback } from 'react';
import { inflict } from '../../state/actions/inflict.ts';
import { actOn } from '../../state/actions/lesson.ts';
import { select } from '../../state/actions/select.ts';
import { useApp } from '../../ui/app-context.tsx';

export function useActivate(id: string): () => void {
  const app = useApp();
  return useCallback(() => {
    const { armed } = app.hand.getState();
    if (armed !== null) actOn(app, inflict, { tool: armed, target: id });
    else select.run(app, id);
  }, [app, id]);
}
