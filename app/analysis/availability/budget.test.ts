// Nines, time down and what may be lost: the figures that everybody knows by heart.
import { expect, test } from 'vitest';
import { downHAYear, downMinAMonth, errorBudget, ninesOf } from './budget.ts';

test.each([
  [0.9, 1, 4_380, 876],
  [0.99, 2, 438, 87.6],
  [0.999, 3, 43.8, 8.76],
  [0.9999, 4, 4.38, 0.876],
  [0.99999, 5, 0.438, 0.0876],
])('%f is %i nines', (availability, nines, minutes, hours) => {
  expect(ninesOf(availability)).toBeCloseTo(nines, 9);
  expect(downMinAMonth(availability)).toBeCloseTo(minutes, 6);
  expect(downHAYear(availability)).toBeCloseTo(hours, 6);
});

test('nothing lost has no end of nines; a budget is what is promised less what is lost, and can be overdrawn', () => {
  expect(ninesOf(1)).toBe(Number.POSITIVE_INFINITY);
  const { allowedMin, usedMin, leftMin } = errorBudget(0.999, 0.998);
  expect([allowedMin, usedMin, leftMin].map((minutes) => Number(minutes.toFixed(3)))).toEqual([43.8, 87.6, -43.8]);
});
