// Without its groups a picture is the same picture: every shape at the place where the groups would have put it.
import { beforeAll, expect, test } from 'vitest';
import { drawKind, takeLateFigures } from '../catalogue/figures.ts';
import { LATE_FIGURES } from '../catalogue/late-figures.ts';
import { builtInDesign } from '../designs/built-in.ts';
import type { Shape } from './figure.ts';
import { figuresOf } from './figures.ts';
import { flatShapes } from './flat.ts';

beforeAll(() => takeLateFigures(LATE_FIGURES));

const path = (d: string): Shape => ({ type: 'path', d, stroke: 'ink' });
const movedBy = (dx: number, dy: number, ...shapes: Shape[]): Shape => ({ type: 'group', x: dx, y: dy, shapes });
const dOf = (shape: Shape | undefined): string => (shape?.type === 'path' ? shape.d : '');

test('groups within groups add up, and what they held stands in its order', () => {
  const rect: Shape = { type: 'rect', x: 1, y: 2, width: 3, height: 4, fill: 'comp' };
  const flat = flatShapes([movedBy(10, 20, rect, movedBy(5, 6, { type: 'circle', x: 0, y: 0, r: 2 })), path('M0,0H9')]);
  expect(flat).toEqual([{ ...rect, x: 11, y: 22 }, { type: 'circle', x: 15, y: 26, r: 2 }, path('M0,0H9')]);
});

test.each([
  ['M0,0H20V-5L3,4Z', 'M10,20H30V15L13,24Z'],
  ['M1,2h3v-4l5,6a8,8 0 0 1 2,2Z', 'M11,22h3v-4l5,6a8,8 0 0 1 2,2Z'],
  ['M0 0C1 2 3 4 5 6S7 8 9 10Q1 1 2 2T3 3', 'M10,20C11,22,13,24,15,26S17,28,19,30Q11,21,12,22T13,23'],
  ['M0,0A5,6 30 0 1 7,8', 'M10,20A5,6,30,0,1,17,28'],
  ['m1,2 3,4', 'm11,22,3,4'],
  ['M-3.5.5L1,2 3,4', 'M6.5,20.5L11,22,13,24'],
])('moves the absolute coordinates of %s and no others', (d, expected) => {
  expect(dOf(flatShapes([path(d)], 10, 20)[0])).toBe(expected);
});

test('what is turned, scaled or faded stays a group, moved', () => {
  const faded: Shape = { type: 'group', x: 1, y: 2, opacity: 0.5, shapes: [path('M0,0H1')] };
  expect(flatShapes([faded], 10, 20)).toEqual([{ ...faded, x: 11, y: 22 }]);
});

test('moved there and back, every figure of the built-in designs is what it was', () => {
  const [there, back] = [flatShapes, (shapes: readonly Shape[]) => flatShapes(shapes, -7.5, -3)];
  let paths = 0;
  for (const name of ['simple', 'distributed', 'secured', 'scaled-up'] as const) {
    for (const { shapes } of figuresOf(builtInDesign(name, 'classroom'), {}, drawKind).values()) {
      const flat = there(shapes);
      const again = back(there(shapes, 7.5, 3));
      paths += flat.filter(({ type }) => type === 'path').length;
      expect(again.map(loose)).toEqual(flat.map(loose));
    }
  }
  expect(paths).toBeGreaterThan(20);
});

/** Whatever stands between the numbers of a path. */
const loose = (shape: Shape): Shape =>
  shape.type === 'path' ? { ...shape, d: shape.d.replace(/[\s,]+/g, ' ').replace(/ ?([A-Za-z]) ?/g, '$1') } : shape;
