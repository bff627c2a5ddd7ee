// The small drawings of the blast radius: what they show is what they were given, and every element can be meant.
import { expect, test } from 'vitest';
import { drawKind, takeLateFigures } from '../catalogue/figures.ts';
import { LATE_FIGURES } from '../catalogue/late-figures.ts';
import { BUILT_IN_IDS, builtInDesign } from '../designs/built-in.ts';
import { largeDesign } from '../designs/large-design.ts';
import { designPlan, PLAN_SIZE } from './design-plan.ts';
import type { Shape } from './figure.ts';
import { figuresOf } from './figures.ts';
import { CURVE_SIZE, outcomeCurve, servedBar, verdictMark } from './outcome-chart.ts';

takeLateFigures(LATE_FIGURES);

const BAR = { width: 80, height: 12 };
const widthsOf = (shapes: readonly Shape[]) =>
  shapes.map((shape) => (shape.type === 'rect' ? [shape.pattern ?? shape.fill ?? 'frame', shape.width] : null));

test('a bar is as long as its share, and what is not served is hatched', () => {
  expect(widthsOf(servedBar(3, 4, BAR)).slice(1)).toEqual([
    ['work', 60],
    ['failCross', 20],
  ]);
  expect(widthsOf(servedBar(4, 4, BAR)).slice(1)).toEqual([['work', 80]]);
  expect(widthsOf(servedBar(0, 4, BAR)).at(-1)).toEqual(['failCross', 80]);
  expect(widthsOf(servedBar(0, 0, BAR))).toEqual([['frame', 79]]);
});

test('a curve stacks answered, answered later and failed to what came in that second', () => {
  const seconds = [
    { answered: 4, retried: 0, failed: 0 },
    { answered: 1, retried: 1, failed: 2 },
  ];
  const shapes = outcomeCurve({ seconds, faultS: 1, ceiling: 4 }, { width: 20, height: 22 });
  const area = (index: number) => (shapes[index]?.type === 'path' ? shapes[index].d : '');
  // From the base at 21 to the top at 2: 4.75 px a request.
  expect(area(0)).toBe('M0,21V2H10V21ZM10,21V16.25H20V21Z');
  expect(area(1)).toBe('M10,16.25V11.5H20V16.25Z');
  expect(area(2)).toBe('M10,11.5V2H20V11.5Z');
  expect(shapes.at(-1)).toMatchObject({ d: 'M10,0V21', stroke: 'fail' });
});

test('no second and no request draw nothing that is no number', () => {
  const empty = { answered: 0, retried: 0, failed: 0 };
  for (const seconds of [[], [empty]])
    expect(JSON.stringify(outcomeCurve({ seconds, faultS: 0, ceiling: 0 }, CURVE_SIZE))).not.toMatch(
      /NaN|null|Infinity/,
    );
});

test('every verdict has a shape of its own', () => {
  const marks = (['critical', 'high', 'medium', 'none'] as const).map((shape) =>
    JSON.stringify(verdictMark(shape, 0, 0)),
  );
  expect(new Set(marks).size).toBe(4);
});

const flat = (shapes: readonly Shape[]): Shape[] =>
  shapes.flatMap((shape) => (shape.type === 'group' ? flat(shape.shapes) : [shape]));

test.each(BUILT_IN_IDS)('%s: every server, part and wire can be marked', (id) => {
  const design = builtInDesign(id, 'classroom');
  const plan = designPlan(design, figuresOf(design, {}, drawKind), PLAN_SIZE);
  expect(flat(plan.shapes).length).toBeGreaterThan(design.hosts.length + design.components.length);
  for (const one of [...design.hosts, ...design.components]) {
    const marks = flat(plan.marked(one.id)).filter((shape) => 'stroke' in shape && shape.stroke === 'fail');
    expect({ id: one.id, marks: marks.length > 0 }).toEqual({ id: one.id, marks: true });
  }
  expect(flat(plan.marked('nobody'))).toEqual([]);
});

test('of a large design only the frame is drawn, and what is meant', () => {
  const design = largeDesign(100);
  const plan = designPlan(design, figuresOf(design, {}, drawKind), PLAN_SIZE);
  expect(plan.shapes).toHaveLength(1);
  expect(flat(plan.marked('web7')).length).toBeGreaterThan(0);
});
