// The only file that reads React Flow's internals: where the diagram is on the screen. Painters read it every frame without
// React; layers above the diagram follow it as it moves.
import { useCallback, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { useReactFlow, useStore, useStoreApi } from 'reactflow';
import type { Size } from '../design/design.ts';

/** Offset in px and zoom. */
export type Transform = readonly [x: number, y: number, zoom: number];

const LEAST_ZOOM = 0.25;
/** A sheet of this length is seen whole at the least zoom; larger ones may be drawn smaller. */
const USUAL_LENGTH = 3_000;
export const MOST_ZOOM = 3;
/** A large screen shows the diagram larger, but not so large that it looks coarse. */
const MOST_FIT_ZOOM = 1.6;

/** The transform at this moment; reading it allocates nothing. */
export function useTransformReader(): () => Transform {
  const store = useStoreApi();
  return useCallback(() => store.getState().transform, [store]);
}

/** The zoom as a value that renders again when it has changed; moving the diagram does not change it. */
export const useZoom = (): number => useStore((state) => state.transform[2]);

/** Calls back after every pan and zoom. */
export function useOnTransform(moved: () => void): void {
  const store = useStoreApi();
  useEffect(
    () =>
      store.subscribe((state, before) => {
        if (state.transform !== before.transform) moved();
      }),
    [store, moved],
  );
}

/** How far a person may zoom out: until a large sheet can be seen whole. */
export const leastZoom = ({ width, height }: Size): number =>
  Math.max(0.05, LEAST_ZOOM * Math.min(1, USUAL_LENGTH / 2 / Math.max(width, height)));

/** The transform that shows all of the design in the middle of a canvas of this size. */
function fitting(design: Size, width: number, height: number): Transform {
  const wanted = Math.min(width / design.width, height / design.height);
  const zoom = Math.min(MOST_FIT_ZOOM, Math.max(leastZoom(design), wanted));
  return [Math.round((width - design.width * zoom) / 2), Math.round((height - design.height * zoom) / 2), zoom];
}

export interface Fitting {
  /** A person has moved the diagram: resizing leaves it where it is. */
  readonly release: () => void;
  /** Shows all of it again. */
  readonly refit: () => void;
  readonly isReleased: boolean;
}

/** Keeps all of the design in view, at the start and on resize, until a person moves it. A new size starts over. */
export function useFitting(size: Size): Fitting {
  const { setViewport } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const [isReleased, setReleased] = useState(false);
  const apply = useCallback(() => {
    if (width === 0 || height === 0) return;
    const [x, y, zoom] = fitting(size, width, height);
    void setViewport({ x, y, zoom });
  }, [size, width, height, setViewport]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another design is fitted anew.
  useLayoutEffect(() => {
    setReleased(false);
  }, [size]);
  useLayoutEffect(() => {
    if (!isReleased) apply();
  }, [apply, isReleased]);
  const release = useCallback(() => {
    setReleased(true);
  }, []);
  const refit = useCallback(() => {
    setReleased(false);
    apply();
  }, [apply]);
  return { release, refit, isReleased };
}

/** Moves the diagram so that a box on the screen comes into view. */
export function useReveal(): (box: DOMRect) => void {
  const store = useStoreApi();
  const { setViewport } = useReactFlow();
  return useCallback(
    (box) => {
      const { domNode, transform } = store.getState();
      const frame = domNode?.getBoundingClientRect();
      if (frame === undefined) return;
      const dx = outside(box.left, box.right, frame.left, frame.right);
      const dy = outside(box.top, box.bottom, frame.top, frame.bottom);
      if (dx !== 0 || dy !== 0) void setViewport({ x: transform[0] + dx, y: transform[1] + dy, zoom: transform[2] });
    },
    [store, setViewport],
  );
}

const ONE_COLUMN = matchMedia('(max-width: 759px)');

function onColumns(changed: () => void): () => void {
  ONE_COLUMN.addEventListener('change', changed);
  return () => ONE_COLUMN.removeEventListener('change', changed);
}

/** The page is one column: there is more below, so the wheel scrolls it; elsewhere it zooms the diagram. */
export const useOneColumn = (): boolean => useSyncExternalStore(onColumns, () => ONE_COLUMN.matches);

const MARGIN = 12;

/** How far to move so that `from` .. `to` is within `least` .. `most`; the start wins where both cannot be. */
function outside(from: number, to: number, least: number, most: number): number {
  if (from < least) return least - from + MARGIN;
  if (to <= most) return 0;
  return Math.max(most - to - MARGIN, least - from + MARGIN);
}
