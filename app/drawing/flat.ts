// Shapes without groups: everything at its place on the sheet. To a browser each moved group is a coordinate system of its own,
// which it puts in order again for every frame; a picture of hundreds of figures has thousands of them, and need not.
import type { Shape } from './figure.ts';
import { number } from './link-path.ts';

/** The same picture, moved by (dx, dy). A group that is turned, scaled or faded stays one. */
export function flatShapes(shapes: readonly Shape[], dx = 0, dy = 0): readonly Shape[] {
  return shapes.flatMap((shape): readonly Shape[] => {
    if (shape.type === 'path') return [dx === 0 && dy === 0 ? shape : { ...shape, d: movedPath(shape.d, dx, dy) }];
    const moved = { ...shape, x: shape.x + dx, y: shape.y + dy };
    if (moved.type !== 'group') return [moved];
    const { scale, direction, opacity } = moved;
    const isPlain = scale === undefined && direction === undefined && opacity === undefined;
    return isPlain ? flatShapes(moved.shapes, moved.x, moved.y) : [moved];
  });
}

/** What stands in each place of a command's numbers, by its letter. Small letters are relative and stay as they are. */
const PLACES: Readonly<Record<string, string>> = {
  M: 'xy',
  L: 'xy',
  T: 'xy',
  H: 'x',
  V: 'y',
  C: 'xyxyxy',
  S: 'xyxy',
  Q: 'xyxy',
  A: '.....xy',
};

/** An SVG path text with every absolute coordinate moved. Source: SVG 2, chapter 9.3. */
function movedPath(d: string, dx: number, dy: number): string {
  return d.replace(/([A-Za-z])([^A-Za-z]*)/g, (_, letter: string, numbers: string, at: number) => {
    // The first move of a path is absolute, however it is written; pairs after it are lines, relative as the letter says.
    const first = at === 0 && letter === 'm';
    const places = PLACES[first ? 'M' : letter];
    if (places === undefined) return `${letter}${numbers}`;
    const values = (numbers.match(/-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?/gi) ?? []).map(Number);
    const moved = values.map((value, index) => {
      const place = places[index % places.length];
      if (first && index > 1) return number(value);
      return number(place === 'x' ? value + dx : place === 'y' ? value + dy : value);
    });
    return `${letter}${moved.join(',')}`;
  });
}
