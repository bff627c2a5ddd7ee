// What a tap, click or Enter on an element does: drop the fault that is ready, else open the element.
import { useCallback } from 'react';
import { kill } from '../../state/actions/kill.ts';
import { actOn } from '../../state/actions/lesson.ts';
import { select } from '../../state/actions/select.ts';
import { useApp } from '../../ui/app-context.tsx';

export function useActivate(id: string): () => void {
  const app = useApp();
  return useCallback(() => {
    if (app.hand.getState().armed === 'kill') actOn(app, kill, id);
    else select.run(app, id);
  }, [app, id]);
}
