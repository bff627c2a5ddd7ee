// The keys of the timeline, for the whole page: zoom, jumps to what happened. They come with it, a moment after the page.
import { showWholeRun, zoomIn, zoomOut } from '../state/actions/time-view.ts';
import { toFirstFailure } from '../state/actions/to-first-failure.ts';
import { toNextEvent, toPreviousEvent } from '../state/actions/transport.ts';
import type { Action, App } from '../state/app.ts';
import { isText } from './keyboard.ts';

const KEYS: Readonly<Record<string, Action>> = {
  '+': zoomIn,
  '=': zoomIn,
  '-': zoomOut,
  '0': showWholeRun,
  '>': toNextEvent,
  '<': toPreviousEvent,
  e: toFirstFailure,
};

/** Listens from now on; returns the way to stop. */
export function listenToTimelineKeys(app: App): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || isText(event.target)) return;
    if (!app.settings.getState().letterKeys || document.querySelector('dialog[open]') !== null) return;
    const action = KEYS[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action.run(app);
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}
