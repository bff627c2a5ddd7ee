// The world at any instant, looked at beside the run: it disturbs nothing, and HAProxy's counters in it are those of a run that
// was simulated up to there and no further.
import { describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { balancerTables } from '../catalogue/load-balancer/balancer-table.ts';
import { BALANCES } from '../catalogue/load-balancer/config.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { randomRun } from '../designs/random-run.ts';
import { Dice } from '../foundation/dice.ts';
import { SECOND } from '../foundation/micros.ts';
import { startSimulation } from '../simulation/simulation.ts';
import { Timeline } from './timeline.ts';

const SECONDS = 12;

describe('over random runs', () => {
  test.each(Array.from({ length: 20 }, (_, index) => index))('run %i', (index) => {
    const run = randomRun(index, SECONDS, { balances: BALANCES });
    const plain = new Timeline(run, behaviours, structuredClone);
    const looked = new Timeline(run, behaviours, structuredClone);
    const dice = new Dice(index, 'world-at');
    for (let second = 0; second < SECONDS; second++) {
      const digest = looked.chunk(second).digest;
      expect(digest).toBe(plain.chunk(second).digest);
      const us = dice.whole(0, (second + 1) * SECOND - 1);
      const simulation = startSimulation(run, behaviours, null);
      simulation.advance(us + 1);
      expect(balancerTables(looked.worldAt(us))).toEqual(balancerTables(simulation.world));
    }
  });
});

test('what HAProxy counts is what the users were told: each of its answers is one request of the run', () => {
  const design = distributedDesign('classroom');
  const timeline = new Timeline({ design, seed: 3, commands: [] }, behaviours, structuredClone);
  for (let second = 0; second < 30; second++) timeline.chunk(second);
  const world = timeline.worldAt(30 * SECOND - 1);
  const [table] = balancerTables(world);
  const backend = table?.rows.at(-1)?.cells ?? {};
  const statuses = ['hrsp_1xx', 'hrsp_2xx', 'hrsp_3xx', 'hrsp_4xx', 'hrsp_5xx', 'hrsp_other'];
  const answered = statuses.reduce((sum, name) => sum + Number(backend[name] ?? 0), 0);
  expect(Number(backend['stot'])).toBe(answered + Number(backend['scur']));
  const servers = table?.rows.slice(1, -1) ?? [];
  expect(servers.reduce((sum, { cells }) => sum + Number(cells['lbtot']), 0)).toBe(Number(backend['lbtot']));
  // An answer of HAProxy is on its way to the user for a while.
  const { answered: first, retried, failed } = world.totals;
  expect(answered).toBeGreaterThanOrEqual(first + retried + failed);
  expect(answered - first - retried - failed).toBeLessThan(10);
});
