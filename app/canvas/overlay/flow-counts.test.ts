import { expect, test } from 'vitest';
import { Purpose } from '../../simulation/message.ts';
import { HopSign, hopWhat } from '../../simulation/trace.ts';
import type { HopSource, VisitHop } from './beads.ts';
import { FlowCounts } from './flow-counts.ts';

const LINK = 3;
const hop = (departUs: number, purpose: number, sign: number) =>
  [departUs, departUs + 1_000, LINK, 1, hopWhat(purpose, sign, 0)] as const;
const hops = [
  hop(100_000, Purpose.Read, HopSign.Ask),
  hop(1_000_000, Purpose.Read, HopSign.Ask),
  hop(1_100_000, Purpose.Static, HopSign.Ask),
  hop(1_200_000, Purpose.Write, HopSign.Ask),
  hop(1_300_000, Purpose.Write, HopSign.Bad),
  hop(1_400_000, Purpose.Read, HopSign.Good),
  hop(1_500_000, Purpose.Check, HopSign.Ask),
  hop(2_000_000, Purpose.Read, HopSign.Ask),
];
const source: HopSource = {
  version: 1,
  forEachHop: (fromUs: number, toUs: number, visit: VisitHop) => {
    for (const one of hops) if (one[1] >= fromUs && one[0] <= toUs) visit(...one);
  },
};

test('the last whole second, whatever part of the next has passed', () => {
  const counts = new FlowCounts(5);
  for (const us of [2_000_000, 2_999_999]) {
    counts.count(source, us, 1);
    expect([counts.reads[LINK], counts.writes[LINK], counts.checks[LINK], counts.failed[LINK]]).toEqual([2, 1, 1, 1]);
  }
});

test('several seconds add up', () => {
  const counts = new FlowCounts(5);
  counts.count(source, 3_500_000, 3);
  expect(counts.reads[LINK]).toBe(4);
});
