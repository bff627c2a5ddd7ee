// What hands do on the timeline's lanes: press and move to travel, wheel or two fingers to zoom and pan, a drag along the axis
// to pan.
import { type PointerEvent, useEffect, useRef } from 'react';
import type { Micros } from '../foundation/micros.ts';
import { showRequest } from '../state/actions/inquiry.ts';
import { panTime, zoomTo } from '../state/actions/time-view.ts';
import { seek } from '../state/actions/transport.ts';
import type { App } from '../state/app.ts';
import { timeViewOf } from '../state/time-view.ts';
import { requestsAround } from '../timeline/second-bins.ts';
import { boxFor } from './timeline-scale.ts';

/** A full turn of most wheels, in px of `deltaY`, zooms by so much. */
const ZOOM_OF_A_TURN = 1.25;
const TURN_PX = 100;
/** As high as the axis with its words. */
const AXIS_PX = 20;

type Track = React.RefObject<HTMLElement | null>;

/** A mark of a request is hit from so far. */
const REACH_PX = 8;

/** The request whose mark in the latency lane is pressed, or null. */
function requestUnder(app: App, track: HTMLElement, event: PointerEvent): number | null {
  const root = track.parentElement as HTMLElement;
  const { top, width, height } = root.getBoundingClientRect();
  const { latency } = boxFor(width, height);
  const topUs = Number(root.dataset['latencyTop'] ?? 0);
  if (latency === null || topUs === 0) return null;
  const { us, usPerPx } = underneath(app, track, event.clientX);
  const y = event.clientY - top;
  let [nearest, found] = [REACH_PX, null as number | null];
  for (const { atUs, tookUs, request } of requestsAround(app.frame.window, us, REACH_PX * usPerPx)) {
    const markY = latency.bottom - ((latency.bottom - latency.top) * tookUs) / topUs;
    const distance = Math.hypot((atUs - us) / usPerPx, markY - y);
    if (distance <= nearest) [nearest, found] = [distance, request];
  }
  return found;
}

/** The act under the playhead's handle, which is drawn over it: a tap is meant for the act, a drag for the handle. */
function actUnder(event: PointerEvent): HTMLElement | null {
  if ((event.target as Element).closest('.playhead') === null) return null;
  const under = document.elementsFromPoint(event.clientX, event.clientY);
  return under.map((one) => one.closest<HTMLElement>('.time-token')).find((one) => one !== null) ?? null;
}

/** The moment under a place on the track, and how much time a px is. */
function underneath(app: App, track: HTMLElement, clientX: number): { readonly us: Micros; readonly usPerPx: number } {
  const { left, width } = track.getBoundingClientRect();
  const { fromUs, spanUs } = timeViewOf(app).getState();
  const share = Math.min(1, Math.max(0, (clientX - left) / width));
  return { us: Math.round(fromUs + share * spanUs), usPerPx: spanUs / width };
}

/** Wheel: up and down zoom at the pointer, sideways or with Shift pan. */
export function useTimeWheel(app: App, track: Track): void {
  useEffect(() => {
    const element = track.current;
    if (element === null) return;
    const turned = (event: WheelEvent): void => {
      event.preventDefault();
      const { us, usPerPx } = underneath(app, element, event.clientX);
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) panTime.run(app, sideways * usPerPx);
      else zoomTo.run(app, { factor: ZOOM_OF_A_TURN ** (event.deltaY / TURN_PX), atUs: us });
    };
    element.addEventListener('wheel', turned, { passive: false });
    return () => element.removeEventListener('wheel', turned);
  }, [app, track]);
}

interface Hand {
  /** Where each finger is, by its pointer's id. */
  readonly fingers: Map<number, number>;
  /** What one finger does: travel in time, or move the stretch that is shown. */
  mode: 'travel' | 'pan' | null;
  /** The request whose mark was pressed, until the finger moves. */
  request: number | null;
  /** The act that the playhead covers where it was pressed, until the finger moves. */
  covered: HTMLElement | null;
  wasPlaying: boolean;
}

/** The run waits at the pointer and goes on when it is let go. */
export function useTimeHands(app: App, track: Track) {
  const hand = useRef<Hand>({
    fingers: new Map(),
    mode: null,
    request: null,
    covered: null,
    wasPlaying: false,
  }).current;
  const release = (): void => {
    if (hand.mode === 'travel' && hand.wasPlaying) app.control.setPlaying(true);
    hand.mode = null;
  };
  const lift = (event: PointerEvent): void => {
    hand.fingers.delete(event.pointerId);
    release();
    if (event.type === 'pointerup') {
      if (hand.request !== null) showRequest.run(app, hand.request);
      hand.covered?.click();
    }
    [hand.request, hand.covered] = [null, null];
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const element = track.current;
      if (event.button !== 0 || element === null) return;
      if ((event.target as Element).closest('.time-token, .time-token-ways') !== null) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      hand.fingers.set(event.pointerId, event.clientX);
      if (hand.fingers.size > 1) {
        release();
        hand.covered = null;
        return;
      }
      hand.covered = actUnder(event);
      hand.request = requestUnder(app, element, event);
      const isAxis = event.clientY > element.getBoundingClientRect().bottom - AXIS_PX;
      hand.mode = event.shiftKey || isAxis ? 'pan' : 'travel';
      if (hand.mode === 'pan') return;
      hand.wasPlaying = app.playback.getState().playing;
      app.control.setPlaying(false);
      seek.run(app, underneath(app, element, event.clientX).us);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const element = track.current;
      const before = hand.fingers.get(event.pointerId);
      if (element === null || before === undefined) return;
      if (Math.abs(event.clientX - before) > 1) [hand.request, hand.covered] = [null, null];
      if (hand.fingers.size > 1) pinch(app, element, hand.fingers, event);
      else if (hand.mode === 'travel') seek.run(app, underneath(app, element, event.clientX).us);
      else if (hand.mode === 'pan') panTime.run(app, (before - event.clientX) * underneath(app, element, 0).usPerPx);
      hand.fingers.set(event.pointerId, event.clientX);
    },
    onPointerUp: lift,
    onPointerCancel: lift,
  };
}

/** What was under each finger stays there, as far as two fingers can say. */
function pinch(app: App, track: HTMLElement, fingers: ReadonlyMap<number, number>, event: PointerEvent): void {
  const before = fingers.get(event.pointerId) as number;
  const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1] ?? before;
  const [was, is] = [Math.max(8, Math.abs(before - other)), Math.max(8, Math.abs(event.clientX - other))];
  zoomTo.run(app, { factor: was / is, atUs: underneath(app, track, other).us });
}
