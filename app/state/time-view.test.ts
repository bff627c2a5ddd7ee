// How much of the run the timeline shows.
import { expect, test } from 'vitest';
import { SECOND } from '../foundation/micros.ts';
import { following, panned, type TimeView, zoomed } from './time-view.ts';

const WHOLE: TimeView = { fromUs: 0, spanUs: 60 * SECOND, whole: true };
const at = (seconds: number) => seconds * SECOND;

test('zooming keeps the moment under the pointer where it is, from one second to one hour', () => {
  const near = zoomed(WHOLE, 0.5, at(20));
  expect(near).toEqual({ fromUs: at(10), spanUs: at(30), whole: false });
  expect(zoomed(near, 2, at(20))).toEqual({ ...WHOLE, whole: false });
  expect(zoomed(WHOLE, 1e-9, at(20))).toMatchObject({ spanUs: at(1) });
  expect(zoomed(WHOLE, 1e9, at(20))).toMatchObject({ fromUs: 0, spanUs: at(3_600) });
});

test('panning stops at the start of the run', () => {
  expect(panned(WHOLE, at(5)).fromUs).toBe(at(5));
  expect(panned(WHOLE, at(-5)).fromUs).toBe(0);
});

test('the whole run grows with what was reached', () => {
  expect(following(WHOLE, at(1), at(2), at(50))).toBe(WHOLE);
  expect(following(WHOLE, at(54), at(55), at(55)).spanUs).toBe(at(120));
});

test('a stretch follows the playhead out of it and to where it jumps, and is left alone by one that was elsewhere', () => {
  const stretch: TimeView = { fromUs: at(100), spanUs: at(20), whole: false };
  expect(following(stretch, at(119.99), at(120.01), at(200)).fromUs).toBe(Math.round(at(120.01) - at(3)));
  expect(following(stretch, at(20), at(20.02), at(200))).toBe(stretch);
  expect(following(stretch, at(20), at(60), at(200)).fromUs).toBe(at(57));
});
