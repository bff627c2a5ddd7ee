// Which part or line is next in a direction: what the arrow keys move the focus to. Geometry only.
import type { Box, Spot } from './drag-to-kill.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

export const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

export interface Place {
  readonly id: string;
  readonly box: Box;
}

/** How much worse a step aside is than a step ahead. */
const ASIDE = 2.2;

/** The nearest place whose middle lies that way, or null at the edge of the diagram. */
export function nearest(from: Place, places: readonly Place[], direction: Direction): string | null {
  const start = middle(from.box);
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const place of places) {
    if (place.id === from.id) continue;
    const end = middle(place.box);
    const [ahead, aside] = along(start, end, direction);
    if (ahead <= 1 || Math.abs(aside) > ahead * ASIDE) continue;
    const cost = ahead + Math.abs(aside) * ASIDE;
    if (cost < least) {
      least = cost;
      best = place.id;
    }
  }
  return best;
}

const middle = (box: Box): Spot => ({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 });

function along(from: Spot, to: Spot, direction: Direction): readonly [ahead: number, aside: number] {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  switch (direction) {
    case 'left':
      return [-dx, dy];
    case 'right':
      return [dx, dy];
    case 'up':
      return [-dy, dx];
    case 'down':
      return [dy, dx];
  }
}
