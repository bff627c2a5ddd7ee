// Which part of the diagram is drawn. A small design is drawn whole; of a large one only what is in view and a little around it,
// so that panning draws something new only now and then.
import { createContext, useContext, useRef } from 'react';
import { useStore } from 'reactflow';
import type { Point, Size } from '../design/design.ts';
import { type DetailLevel, detailLevel } from '../drawing/detail.ts';
import type { Transform } from './viewport.ts';

/** In the design's px. */
export interface ViewBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Designs up to so many hosts and links are drawn whole. */
const LARGE_HOSTS = 24;
const LARGE_LINKS = 120;

interface Listed {
  readonly hosts: readonly unknown[];
  readonly links: readonly unknown[];
}

export const isLarge = ({ hosts, links }: Listed): boolean => hosts.length > LARGE_HOSTS || links.length > LARGE_LINKS;

/** The box to draw, the same object as long as it holds what is in view and not much more; null: all. */
export function useViewBox(large: boolean): ViewBox | null {
  const kept = useRef<ViewBox | null>(null);
  return useStore(({ transform, width, height }) => {
    kept.current = large && width > 0 && height > 0 ? boxAround(kept.current, transform, width, height) : null;
    return kept.current;
  });
}

/** Beyond each edge, as a share of what is in view: so far a person pans before something new is drawn. */
const MARGIN = 0.3;
/** More than this share of the view is too much to keep, after zooming in. */
const MOST = 3;

function boxAround(kept: ViewBox | null, [x, y, zoom]: Transform, width: number, height: number): ViewBox {
  const view = { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
  const [wide, high] = [width / zoom, height / zoom];
  const isHeld =
    kept !== null &&
    kept.left <= view.left &&
    kept.top <= view.top &&
    kept.right >= view.right &&
    kept.bottom >= view.bottom;
  if (isHeld && kept.right - kept.left <= MOST * wide) return kept;
  return {
    left: view.left - MARGIN * wide,
    top: view.top - MARGIN * high,
    right: view.right + MARGIN * wide,
    bottom: view.bottom + MARGIN * high,
  };
}

/** Whether something at this place, of this size, touches the box. */
export const isInBox = (box: ViewBox | null, { x, y }: Point, { width, height }: Size): boolean =>
  box === null || (x < box.right && x + width > box.left && y < box.bottom && y + height > box.top);

/** Whether one of the straight pieces between these corners touches the box. */
export function isWireInBox(box: ViewBox | null, points: readonly Point[]): boolean {
  if (box === null) return true;
  return points.some((to, index) => {
    const from = points[index - 1] ?? to;
    const size = { width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
    return isInBox(box, { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y) }, size);
  });
}

/** What the picture leaves out at the zoom as it is; renders again only when the level changes. Asked once, handed on by context. */
export const useDetailLevel = (): DetailLevel => useStore((state) => detailLevel(state.transform[2]));

export const DetailContext = createContext<DetailLevel>(0);
export const useDetail = (): DetailLevel => useContext(DetailContext);

/** From this level on a large design is an overview: parts are drawn with their host, and no finger finds a single wire. */
const OVERVIEW: DetailLevel = 2;
export const isOverview = (design: Listed, level: DetailLevel): boolean => level >= OVERVIEW && isLarge(design);
