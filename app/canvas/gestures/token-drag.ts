// The Kill token on its way from the tray: which element is under the pointer, may it be dropped there, and the drop. The tray
// only says that the token is in the hand; this follows the pointer over the whole page until it is let go.
import { useEffect } from 'react';
import { kill } from '../../state/actions/kill.ts';
import { actOn } from '../../state/actions/lesson.ts';
import type { App } from '../../state/app.ts';
import { useStoreValue } from '../../ui/app-context.tsx';

export function useTokenDrag(app: App): void {
  const isOn = useStoreValue(app.hand, (hand) => hand.drag?.what === 'token');
  useEffect(() => {
    if (!isOn) return;
    const listening = new AbortController();
    const options = { signal: listening.signal };
    addEventListener('pointermove', (event) => hover(app, elementAt(event.clientX, event.clientY)), options);
    addEventListener('pointerup', (event) => drop(app, elementAt(event.clientX, event.clientY)), options);
    addEventListener('pointercancel', () => putBack(app), options);
    addEventListener('keydown', (event) => event.key === 'Escape' && putBack(app), options);
    return () => listening.abort();
  }, [app, isOn]);
}

/** The part or host under a point; lines are no targets, so what lies below them is. */
function elementAt(x: number, y: number): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const node = element.closest<HTMLElement>('.canvas-node[data-element]');
    if (node !== null) return node.dataset['element'] ?? null;
  }
  return null;
}

/** Writes only when something has changed: a pointer moves more often than its target does. */
function hover(app: App, over: string | null): void {
  const { drag } = app.hand.getState();
  if (drag === null || drag.over === over) return;
  const refusal = over === null ? null : kill.refusal(app, over);
  app.hand.setState({ drag: { ...drag, over, refusal } });
}

/** A refused drop is tried as well: the action then says why not. */
function drop(app: App, over: string | null): void {
  putBack(app);
  if (over !== null) actOn(app, kill, over);
}

const putBack = (app: App): void => app.hand.setState({ drag: null });
