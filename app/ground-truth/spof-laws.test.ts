// What the drawing says of every single element and of every two is what brute force says, and what the run says in which they
// are lost. A sample; the bench (`npm run bench -- --only proved`) takes 5,000 sites and 500.
import { expect, test } from 'vitest';
import { againstEveryWay, againstRuns, type Comparison, smallSites } from './spof-laws.ts';

const together = (comparisons: readonly Comparison[]): Comparison => ({
  compared: comparisons.reduce((sum, { compared }) => sum + compared, 0),
  wrong: comparisons.flatMap(({ wrong }) => wrong),
});

test('every way through 15 small sites: each element alone, each two', () => {
  const { compared, wrong } = together(smallSites(15).map(againstEveryWay));
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(2_000);
});

test('runs of 10 sites: elements killed, stopped and cut, alone and two at once', () => {
  const { compared, wrong } = together(Array.from({ length: 10 }, (_, index) => againstRuns(index, 12)));
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(150);
});
