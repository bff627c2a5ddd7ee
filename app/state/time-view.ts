// How much of the run the timeline shows: all that was reached, or a stretch that a person has chosen, from one second to one
// hour. A stretch follows the playhead when that leaves it.
import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import { type Micros, SECOND } from '../foundation/micros.ts';
import type { App } from './app.ts';

export interface TimeView {
  readonly fromUs: Micros;
  readonly spanUs: Micros;
  /** Nobody has chosen: the axis grows with the run. */
  readonly whole: boolean;
}

const SHORTEST_US: Micros = SECOND;
const LONGEST_US: Micros = 3_600 * SECOND;
/** When the playhead has left the stretch, the next one begins so much before it. */
const LEAD = 0.15;
/** Farther than this in one frame is a jump, whose end is to be seen. */
const JUMP_US: Micros = 2 * SECOND;

const views = new WeakMap<App, StoreApi<TimeView>>();

/** The view of an app's timeline: one for each app. */
export function timeViewOf(app: App): StoreApi<TimeView> {
  const known = views.get(app);
  if (known !== undefined) return known;
  const made = createStore<TimeView>(() => ({ fromUs: 0, spanUs: 60 * SECOND, whole: true }));
  views.set(app, made);
  return made;
}

const SPANS_S = [60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400];

/** How much of the run the axis shows by itself, in seconds: all that was reached, with room for what comes. */
export const spanFor = (reachedUs: Micros): number => {
  const needed = (reachedUs / SECOND) * 1.12;
  return SPANS_S.find((span) => span >= needed) ?? Math.ceil(needed / 86_400) * 86_400;
};

/** `factor` below 1 shows less. The moment `atUs` stays where it is. */
export function zoomed(view: TimeView, factor: number, atUs: Micros): TimeView {
  const longest = Math.max(LONGEST_US, view.spanUs);
  const spanUs = Math.round(Math.min(longest, Math.max(SHORTEST_US, view.spanUs * factor)));
  const share = Math.min(1, Math.max(0, (atUs - view.fromUs) / view.spanUs));
  return { fromUs: Math.max(0, Math.round(atUs - share * spanUs)), spanUs, whole: false };
}

export function panned(view: TimeView, byUs: Micros): TimeView {
  return { ...view, fromUs: Math.max(0, Math.round(view.fromUs + byUs)), whole: false };
}

/** The view after the playhead has gone from one moment to another; the same object while it need not move. */
export function following(view: TimeView, beforeUs: Micros, nowUs: Micros, reachedUs: Micros): TimeView {
  if (view.whole) {
    const spanUs = spanFor(reachedUs) * SECOND;
    return spanUs === view.spanUs && view.fromUs === 0 ? view : { fromUs: 0, spanUs, whole: true };
  }
  const isInside = (us: Micros) => us >= view.fromUs && us <= view.fromUs + view.spanUs;
  if (isInside(nowUs) || (!isInside(beforeUs) && Math.abs(nowUs - beforeUs) < JUMP_US)) return view;
  return { ...view, fromUs: Math.max(0, Math.round(nowUs - LEAD * view.spanUs)) };
}
