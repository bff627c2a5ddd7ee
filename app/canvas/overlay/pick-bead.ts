// A bead can be clicked: it shows the way of its request. Where it was when the finger or the pointer came down counts, since
// beads move on. Nothing else of the diagram is taken away: a press that goes on as a drag is none of ours.
import { showRequest } from '../../state/actions/inquiry.ts';
import type { App } from '../../state/app.ts';

/** How far from a bead's middle a press still means it, in CSS px. */
const REACH_PX = 10;
const TOUCH_REACH_PX = 22;
/** Further than this, a press was a drag. */
const DRAG_PX = 6;

/** `requestAt` takes a place on the canvas in CSS px and answers with the request's number, or 0. Returns the way to stop. */
export function listenForBeads(
  app: App,
  canvas: HTMLElement,
  requestAt: (x: number, y: number, reachPx: number) => number,
): () => void {
  const room = canvas.closest<HTMLElement>('.canvas');
  let pressed = 0;
  let [fromX, fromY] = [0, 0];
  const onDown = (event: PointerEvent): void => {
    const box = canvas.getBoundingClientRect();
    const reachPx = event.pointerType === 'touch' ? TOUCH_REACH_PX : REACH_PX;
    const isOurs = event.isPrimary && event.button === 0 && app.hand.getState().armed === null && !isControl(event);
    pressed = isOurs ? requestAt(event.clientX - box.x, event.clientY - box.y, reachPx) : 0;
    [fromX, fromY] = [event.clientX, event.clientY];
  };
  const onClick = (event: MouseEvent): void => {
    const request = pressed;
    pressed = 0;
    if (request === 0 || Math.hypot(event.clientX - fromX, event.clientY - fromY) > DRAG_PX) return;
    event.stopPropagation();
    event.preventDefault();
    showRequest.run(app, request);
  };
  room?.addEventListener('pointerdown', onDown, true);
  room?.addEventListener('click', onClick, true);
  return () => {
    room?.removeEventListener('pointerdown', onDown, true);
    room?.removeEventListener('click', onClick, true);
  };
}

/** Buttons above the diagram, such as a wrench or a pin; parts and lines are not among them. */
const isControl = ({ target }: PointerEvent): boolean =>
  target instanceof Element && target.closest('button:not([data-element]), a, input') !== null;
