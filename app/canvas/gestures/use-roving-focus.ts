// The diagram is one stop of the Tab key; arrow keys move between its parts, lines, pins and tags. Done on the page's elements,
// so that moving the focus renders nothing.
import { type RefObject, useEffect } from 'react';
import { DIRECTIONS, nearest, type Place } from './focus-moves.ts';

/** On the screen, at 100 %. */
const HEADING = 32;
const STOPS = '[data-element], [data-issue], [data-repairs]';

/** `reveal` brings what is focused by key into view. */
export function useRovingFocus(container: RefObject<HTMLElement | null>, reveal: (box: DOMRect) => void): void {
  useEffect(() => {
    const root = container.current;
    if (root === null) return;
    const listening = new AbortController();
    const options = { signal: listening.signal };
    const stops = (): Stop[] => [...root.querySelectorAll<Stop>(STOPS)];
    const keepOneStop = (): void => {
      const all = stops();
      if (!all.some((stop) => stop.tabIndex === 0)) (all.find(isHost) ?? all[0])?.setAttribute('tabindex', '0');
    };
    const focused = (event: FocusEvent): void => {
      const stop = stopOf(event.target);
      if (stop === null) return;
      for (const other of stops()) if (other.tabIndex === 0) other.tabIndex = -1;
      stop.tabIndex = 0;
      if (stop.matches(':focus-visible')) reveal(stop.getBoundingClientRect());
    };
    const pressed = (event: KeyboardEvent): void => {
      const direction = DIRECTIONS[event.key];
      const stop = stopOf(event.target);
      if (direction === undefined || stop === null || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      const all = stops();
      const places = all.map((other, index) => placeOf(other, index));
      const next = nearest(placeOf(stop, all.indexOf(stop)), places, direction);
      if (next !== null) all[Number(next)]?.focus();
    };
    root.addEventListener('focusin', focused, options);
    root.addEventListener('keydown', pressed, options);
    // Once a frame at most: panning over a large design brings and takes many stops.
    let isDue = false;
    const observer = new MutationObserver(() => {
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        keepOneStop();
      });
    });
    observer.observe(root, { childList: true, subtree: true });
    keepOneStop();
    return () => {
      listening.abort();
      observer.disconnect();
    };
  }, [container, reveal]);
}

type Stop = HTMLElement | SVGGElement;

const stopOf = (target: EventTarget | null): Stop | null =>
  target instanceof Element ? (target.closest<Stop>(STOPS) ?? null) : null;

/** The first host with a web server is the story's beginning, but any host will do. */
const isHost = (stop: Stop): boolean => stop.classList.contains('canvas-host');

/** A host is where its name stands: its middle belongs to its parts. */
function placeOf(stop: Stop, index: number): Place {
  const { left, top, right, bottom } = stop.getBoundingClientRect();
  const heading = stop.dataset['heading'];
  const depth = Math.min(HEADING, bottom - top);
  const box = {
    left,
    right,
    top: heading === 'bottom' ? bottom - depth : top,
    bottom: heading === 'top' ? top + depth : bottom,
  };
  return { id: String(index), box };
}
