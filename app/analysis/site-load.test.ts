// What a site has to do, read off the drawing: known values of Erlang's C, the load of the classic design by hand, and the mean
// time of a request as the run has it.
import { expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { workings } from '../catalogue/workings.ts';
import type { Design } from '../design/design.ts';
import { entries } from '../design/graph.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { present } from '../foundation/assert.ts';
import { SECOND } from '../foundation/micros.ts';
import { measureWith } from './measure.ts';
import { type Burden, NO_BURDEN, type SiteLoad, siteLoadOf, waiting } from './site-load.ts';

const classic = distributedDesign('classroom');
const loadOf = (design: Design, burden: Partial<Burden> = {}): SiteLoad => {
  const entrance = present(entries(design)[0] ?? null, 'an entrance');
  return present(siteLoadOf(design, workings, entrance, { ...NO_BURDEN, ...burden }), 'a load');
};

test.each([
  [1, 0.7, 0.7],
  [2, 1, 1 / 3],
  [5, 3, 0.2362],
  [10, 8, 0.4092],
  [3, 3.5, 1],
])('of %i places with %f busy on average, a request finds all taken with probability %f', (places, busy, share) => {
  expect(waiting(places, busy)).toBeCloseTo(share, 4);
});

test('the busiest part of the classic design is the app server whose writes go to the other server', () => {
  const { busiest, served } = loadOf(classic);
  // 2 requests a second, 250 ms of its own, then 120 ms there and back and 60 for a read, or 180 and 120 for a write: of 5.
  const read = 0.25 + 0.12 + 0.06;
  const write = 0.25 + 0.18 + 0.12;
  expect(busiest.component.id).toBe('app2');
  expect(busiest.share).toBeCloseTo((1.5 * read + 0.5 * write) / 5, 6);
  expect(served).toBe('all');
});

test.each([
  ['at rest', []],
  ['with a slow app server', [['app1', 5] as const]],
  ['with a slow database', [['mysql2', 8] as const]],
])('a request takes as long as the drawing says, %s', (_, slow) => {
  const { meanMs } = loadOf(classic, { slow: new Map(slow) });
  const commands = slow.map(([target, factor]) => ({ atUs: 0, type: 'slow', target, factor }) as const);
  const run = measureWith(behaviours, 5)(classic, commands, 1_800 * SECOND);
  let [sumUs, count] = [0, 0];
  for (const { ends } of run.chunks) {
    ends.endUs.forEach((endUs, row) => {
      sumUs += endUs - (ends.startUs[row] as number);
      count++;
    });
  }
  const measuredMs = sumUs / count / 1000;
  // Beside it stand the waits for a worker, and that of each user's first request for the DNS.
  expect(measuredMs / meanMs).toBeGreaterThan(0.99);
  expect(measuredMs / meanMs).toBeLessThan(1.04);
});

test('more than can be done fails after a while, and the sooner the more it is', () => {
  const { served, firstLateMs } = loadOf(classic, { floodRps: 40 });
  expect(served).toBe('some');
  expect(loadOf(classic, { floodRps: 80 }).firstLateMs ?? 0).toBeLessThan(firstLateMs ?? 0);
  expect(loadOf(classic, { floodRps: 20 }).firstLateMs).toBe(null);
});

test('where servers do not take turns, the drawing does not say who does how much', () => {
  const least: Design = {
    ...classic,
    components: classic.components.map((part) =>
      part.kind === 'load-balancer' ? { ...part, config: { ...part.config, balance: 'leastconn' } } : part,
    ),
  };
  const [entrance] = entries(least);
  expect(entrance && siteLoadOf(least, workings, entrance, NO_BURDEN)).toBe(null);
});
