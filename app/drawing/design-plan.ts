// A whole design, very small: its hosts, parts and wires as silhouettes, to say in a row of a table which element is meant.
import { type Design, type Point, type Size, USERS } from '../design/design.ts';
import type { Shape } from './figure.ts';
import type { Figures } from './figures.ts';
import { wiresOf } from './wires.ts';

export interface DesignPlan {
  /** All elements as they are, in px of the picture. */
  readonly shapes: readonly Shape[];
  /** What lies above them where this host, part or link is meant; nothing for an id that is not drawn. */
  marked(id: string): readonly Shape[];
}

/** Of a plan in a row. */
export const PLAN_SIZE: Size = { width: 120, height: 48 };

const MARGIN = 1.5;
const MOST_SCALE = 0.16;

/** Of more elements than these none could be told from another: then only its frame is drawn, and the one that is meant. */
const MOST_ELEMENTS = 150;

/** Fits into `size` with its middle in the middle. */
export function designPlan(design: Design, figures: Figures, size: Size): DesignPlan {
  const { scale, x, y } = fitting(design, figures, size);
  const wires = wiresOf(design, figures).links;
  const thin = (px: number): number => px / scale;
  const within = (shapes: readonly Shape[]): readonly Shape[] => [{ type: 'group', x, y, scale, shapes }];
  const host = ({ position, size: box }: Design['hosts'][number], isMarked: boolean): Shape => ({
    type: 'rect',
    ...position,
    ...box,
    fill: isMarked ? 'fail-tint' : 'field',
    stroke: isMarked ? 'fail' : 'bay',
    strokeWidth: thin(isMarked ? 2 : 1),
  });
  const part = (id: string, at: Point, isMarked: boolean): readonly Shape[] => {
    const figure = figures.get(id);
    if (figure === undefined) return [];
    const colours = isMarked
      ? ({ fill: 'fail', stroke: 'fail' } as const)
      : ({ fill: 'comp', stroke: 'line' } as const);
    const outline: Shape = { type: 'path', d: figure.outline, ...colours, strokeWidth: thin(1.1) };
    return [{ type: 'group', ...at, shapes: [outline] }];
  };
  const wire = (linkId: string, isMarked: boolean): readonly Shape[] => {
    const found = wires.get(linkId);
    if (found === undefined) return [];
    const style = isMarked
      ? ({ stroke: 'fail', strokeWidth: thin(2.6), dash: [thin(3), thin(2.4)] } as const)
      : ({ stroke: 'link', strokeWidth: thin(1) } as const);
    return [{ type: 'path', d: found.main.path.d, ...style }];
  };
  const marked = (id: string): readonly Shape[] => {
    const found = design.hosts.find((one) => one.id === id);
    if (found !== undefined) {
      const parts = design.components.filter((component) => component.hostId === id);
      return within([host(found, true), ...parts.flatMap((one) => part(one.id, one.position, true))]);
    }
    const component = design.components.find((one) => one.id === id);
    return within(component === undefined ? wire(id, true) : part(id, component.position, true));
  };
  const count = design.hosts.length + design.components.length + design.links.length;
  if (count > MOST_ELEMENTS) {
    const frame: Shape = {
      type: 'rect',
      x: 0.5,
      y: 0.5,
      width: size.width - 1,
      height: size.height - 1,
      stroke: 'bay',
    };
    return { shapes: [frame], marked };
  }
  return {
    marked,
    shapes: within([
      ...design.hosts.map((one) => host(one, false)),
      ...design.links.flatMap(({ id }) => wire(id, false)),
      ...part(USERS, design.traffic.position, false),
      ...design.components.flatMap(({ id, position }) => part(id, position, false)),
    ]),
  };
}

/** How the box around hosts, parts and users comes into the picture. */
function fitting(design: Design, figures: Figures, size: Size): Point & { readonly scale: number } {
  const boxes = [
    ...design.hosts.map(({ position, size: box }) => ({ position, box })),
    ...[{ id: USERS, position: design.traffic.position }, ...design.components].map(({ id, position }) => ({
      position,
      box: figures.get(id)?.size ?? { width: 0, height: 0 },
    })),
  ];
  const left = Math.min(...boxes.map(({ position }) => position.x));
  const top = Math.min(...boxes.map(({ position }) => position.y));
  const right = Math.max(...boxes.map(({ position, box }) => position.x + box.width));
  const bottom = Math.max(...boxes.map(({ position, box }) => position.y + box.height));
  const scale = Math.min(
    MOST_SCALE,
    (size.width - 2 * MARGIN) / Math.max(1, right - left),
    (size.height - 2 * MARGIN) / Math.max(1, bottom - top),
  );
  return {
    scale,
    x: (size.width - (right + left) * scale) / 2,
    y: (size.height - (bottom + top) * scale) / 2,
  };
}
