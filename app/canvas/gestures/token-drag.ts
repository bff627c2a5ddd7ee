// A token on its way from the tray: which element is under the pointer, may it be dropped there, and the drop. The tray
// only says that the token is in the hand; this follows the pointer over the whole page until it is let go.
import { useEffect } from 'react';
import { inflict } from '../../state/actions/inflict.ts';
import { actOn } from '../../state/actions/lesson.ts';
import type { App } from '../../state/app.ts';
import { takes } from '../../state/fault-tools.ts';
import { useStoreValue } from '../../ui/app-context.tsx';

export function useTokenDrag(app: App): void {
  const isOn = useStoreValue(app.hand, (hand) => hand.drag?.what === 'token');
  useEffect(() => {
    if (!isOn) return;
    const listening = new AbortController();
    const options = { signal: listening.signal };
    addEventListener('pointermove', (event) => hover(app, elementAt(app, event.clientX, event.clientY)), options);
    addEventListener('pointerup', (event) => drop(app, elementAt(app, event.clientX, event.clientY)), options);
    addEventListener('pointercancel', () => putBack(app), options);
    addEventListener('keydown', (event) => event.key === 'Escape' && putBack(app), options);
    return () => listening.abort();
  }, [app, isOn]);
}

/** The element under a point: the first that takes such a fault, so that a line is found in a bay; else the first at all. */
function elementAt(app: App, x: number, y: number): string | null {
  const tool = app.hand.getState().drag?.tool;
  const { design } = app.design.getState();
  const ids = document.elementsFromPoint(x, y).flatMap((element) => {
    const found = element.closest<HTMLElement | SVGGElement>('.canvas-node[data-element], .canvas-line[data-element]');
    return found?.dataset['element'] ?? [];
  });
  const taking = tool === undefined ? undefined : ids.find((id) => takes(design, tool, id));
  return taking ?? ids[0] ?? null;
}

/** Writes only when something has changed: a pointer moves more often than its target does. */
function hover(app: App, over: string | null): void {
  const { drag } = app.hand.getState();
  if (drag === null || drag.over === over) return;
  const refusal = over === null ? null : inflict.refusal(app, { tool: drag.tool, target: over });
  app.hand.setState({ drag: { ...drag, over, refusal } });
}

/** A refused drop is tried as well: the action then says why not. */
function drop(app: App, over: string | null): void {
  const tool = app.hand.getState().drag?.tool;
  putBack(app);
  if (over !== null && tool !== undefined) actOn(app, inflict, { tool, target: over });
}

const putBack = (app: App): void => app.hand.setState({ drag: null });
