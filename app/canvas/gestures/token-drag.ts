// A token on its way from the tray: which element is under the pointer, may it be dropped there, and the drop. The tray
// only says that the token is in the hand; this follows the pointer over the whole page until it is let go.
import { useEffect } from 'react';
import { inflict } from '../../state/actions/inflict.ts';
import { actOn } from '../../state/actions/lesson.ts';
import type { App } from '../../state/app.ts';
import { sideOf } from '../../state/beside.ts';
import { takes } from '../../state/fault-tools.ts';
import { useApp, useStoreValue } from '../../ui/app-context.tsx';

/** Once for the page: where two runs are compared it finds whose diagram the pointer is over. */
export function TokenDrag() {
  const app = useApp();
  const isOn = useStoreValue(app.hand, (hand) => hand.drag?.what === 'token');
  useEffect(() => {
    if (!isOn) return;
    const listening = new AbortController();
    const options = { signal: listening.signal };
    addEventListener('pointermove', (event) => hover(app, placeAt(app, event.clientX, event.clientY)), options);
    addEventListener('pointerup', (event) => drop(app, placeAt(app, event.clientX, event.clientY)), options);
    addEventListener('pointercancel', () => putBack(app), options);
    addEventListener('keydown', (event) => event.key === 'Escape' && putBack(app), options);
    return () => listening.abort();
  }, [app, isOn]);
  return null;
}

interface Place {
  readonly side: App;
  readonly id: string | null;
}

/** The element under a point: the first that takes such a fault, so that a line is found in a bay; else the first at all. */
function placeAt(app: App, x: number, y: number): Place {
  const tool = app.hand.getState().drag?.tool;
  const elements = document.elementsFromPoint(x, y);
  const side = sideOf(app, elements[0] ?? null);
  const { design } = side.design.getState();
  const ids = elements.flatMap((element) => {
    const found = element.closest<HTMLElement | SVGGElement>('.canvas-node[data-element], .canvas-line[data-element]');
    return found?.dataset['element'] ?? [];
  });
  const taking = tool === undefined ? undefined : ids.find((id) => takes(design, tool, id));
  return { side, id: taking ?? ids[0] ?? null };
}

/** Writes only when something has changed: a pointer moves more often than its target does. */
function hover(app: App, { side, id }: Place): void {
  const { drag } = app.hand.getState();
  if (drag === null || drag.over === id) return;
  const refusal = id === null ? null : inflict.refusal(side, { tool: drag.tool, target: id });
  app.hand.setState({ drag: { ...drag, over: id, refusal } });
}

/** A refused drop is tried as well: the action then says why not. */
function drop(app: App, { side, id }: Place): void {
  const tool = app.hand.getState().drag?.tool;
  putBack(app);
  if (id !== null && tool !== undefined) actOn(side, inflict, { tool, target: id });
}

const putBack = (app: App): void => app.hand.setState({ drag: null });
