// A link may open a design before the drawings have come that are fetched late: everything is drawn all the same.
import { expect, test } from 'vitest';
import { BUILT_IN_IDS, builtInDesign } from '../designs/built-in.ts';
import { UNMEASURED } from '../drawing/part.ts';
import { drawKind } from './figures.ts';

test.each(BUILT_IN_IDS)('design %s without the late figures: every part has a figure and words', (id) => {
  const { components } = builtInDesign(id, 'classroom');
  const figures = components.map(({ kind, config }) => drawKind(kind, config, UNMEASURED));
  expect(figures.length).toBeGreaterThan(3);
  expect(figures.filter(({ textAlternative, shapes }) => textAlternative === '' || shapes.length === 0)).toEqual([]);
});
