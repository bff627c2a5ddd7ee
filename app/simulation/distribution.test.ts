// Every law has the mean and the variation that it was asked for, and draws the same numbers everywhere.
import { expect, test } from 'vitest';
import { STREAM_WORDS, seedStream } from '../foundation/prng.ts';
import { type Distribution, drawTime } from './distribution.ts';

const DRAWS = 200_000;

function drawn(distribution: Distribution, variation?: number) {
  const state = new Int32Array(STREAM_WORDS);
  seedStream(state, 0, 5, 'test/law');
  let sum = 0;
  let squares = 0;
  let least = 0;
  for (let n = 0; n < DRAWS; n++) {
    const time = drawTime(state, 0, 10, distribution, variation);
    least = Math.min(least, time);
    sum += time;
    squares += time * time;
  }
  expect(least).toBe(0);
  const mean = sum / DRAWS;
  return { mean, variation: Math.sqrt(Math.max(0, squares / DRAWS - mean * mean)) / mean };
}

test.each([
  ['fixed', undefined, 0],
  ['exponential', undefined, 1],
  ['gamma', undefined, 0.5],
  ['gamma', 1 / Math.sqrt(3), 0.577],
  ['gamma', 0.7, 0.7],
  ['gamma', 2, 2],
  ['gamma', 0, 0],
  ['uniform', undefined, 0.577],
  ['uniform', 0.2, 0.2],
  ['hyperexponential', undefined, 2],
  ['hyperexponential', 3, 3],
  ['lognormal', undefined, 1],
  ['lognormal', 0.3, 0.3],
] as const)('%s with variation %s has mean and variation', (distribution, variation, expected) => {
  const found = drawn(distribution, variation);
  expect(Math.abs(found.mean - 10)).toBeLessThan(0.12);
  expect(Math.abs(found.variation - expected)).toBeLessThan(0.02 + expected * 0.02);
});
