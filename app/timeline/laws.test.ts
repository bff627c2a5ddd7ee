// Laws that hold for every run, over random designs' settings, seeds and commands: conservation, causality, worker slots,
// queue order, Little's law and one outcome for each request hold, and a replay, a seek, and a command inserted into a
// computed future are the same run, bit for bit.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { randomDataRun } from '../designs/random-data-run.ts';
import { simpleDesign } from '../designs/simple.ts';
import { SECOND } from '../foundation/micros.ts';
import { checkChunks } from '../simulation/checkers/checker.ts';
import { Conservation } from '../simulation/checkers/conservation.ts';
import { checkersFor } from '../simulation/checkers/watch.ts';
import type { Command } from '../simulation/command.ts';
import type { Run } from '../simulation/run.ts';
import { Timeline } from './timeline.ts';

const SECONDS = 30;

const designs = [
  simpleDesign('classroom'),
  simpleDesign('realistic'),
  distributedDesign('classroom'),
  distributedDesign('realistic'),
];
const targets = [
  ...new Set(designs.flatMap((design) => [...design.hosts, ...design.components].map((element) => element.id))),
];
const appSettings = fc.record({
  workers: fc.integer({ min: 1, max: 8 }),
  readsFrom: fc.constantFrom('local', 'primary', 'replica', 'both'),
});
const at = fc.nat(SECONDS * SECOND);
const target = fc.constantFrom(...targets);
const links = [...new Set(designs.flatMap((design) => design.links.map((link) => link.id)))];
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ atUs: at, type: fc.constant('kill' as const), target }) },
  {
    weight: 4,
    arbitrary: fc.record({
      atUs: at,
      type: fc.constant('repair' as const),
      target: fc.constantFrom(...targets, ...links, 'users'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ atUs: at, type: fc.constant('hang' as const), target }) },
  fc.record({ atUs: at, type: fc.constant('slow' as const), target, factor: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ atUs: at, type: fc.constant('cut' as const), target: fc.constantFrom(...links) }),
  fc.record({
    atUs: at,
    type: fc.constant('cut' as const),
    target: fc.constantFrom('lb', 'server1', 'server2'),
    other: fc.constantFrom('lb', 'server1', 'server2'),
  }),
  fc.record({
    atUs: at,
    type: fc.constant('degrade' as const),
    target: fc.constantFrom(...links),
    lossShare: fc.double({ min: 0, max: 0.9, noNaN: true }),
    delayMs: fc.integer({ min: 0, max: 2000 }),
  }),
  fc.record({
    atUs: at,
    type: fc.constant('flood' as const),
    target: fc.constant('users'),
    rateRps: fc.integer({ min: 0, max: 200 }),
  }),
  fc.record({
    atUs: at,
    type: fc.constant('reconfigure' as const),
    target: fc.constantFrom('app1', 'app2', 'app'),
    patch: appSettings,
  }),
  fc.record({
    atUs: at,
    type: fc.constant('reconfigure' as const),
    target: fc.constant('users'),
    patch: fc.record({
      rateRps: fc.integer({ min: 0, max: 60 }),
      writeShare: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  }),
);
const run: fc.Arbitrary<Run> = fc.record({
  design: fc.constantFrom(...designs),
  seed: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  commands: fc.array(command, { maxLength: 8 }),
});

const start = (given: Run) => new Timeline(given, behaviours, structuredClone);
const chunksOf = (timeline: Timeline, count: number) =>
  Array.from({ length: count }, (_, index) => timeline.chunk(index));

describe('every run', () => {
  test('keeps every request, every order and every worker slot', () => {
    fc.assert(
      fc.property(run, (given) => {
        const timeline = start(given);
        const conservation = new Conservation();
        const checkers = [conservation, ...checkersFor(given.design, given.commands)];
        expect(checkChunks(checkers, chunksOf(timeline, SECONDS))).toEqual([]);
        expect(conservation.open).toBe(timeline.world.requests.open);
        const { started, answered, retried, failed, floodStarted, floodEnded } = timeline.world.totals;
        expect(started + floodStarted).toBe(answered + retried + failed + floodEnded + timeline.world.requests.open);
      }),
      { numRuns: 60 },
    );
  });

  test('is the same after a seek back and forward, and with its commands inserted one by one', () => {
    fc.assert(
      fc.property(run, fc.array(fc.nat(SECONDS - 1), { maxLength: 5 }), (given, seeks) => {
        const fresh = chunksOf(start(given), SECONDS);
        const lived = start({ ...given, commands: [] });
        chunksOf(lived, SECONDS);
        given.commands.forEach((_, index) => {
          lived.setCommands(given.commands.slice(0, index + 1));
          lived.chunk(SECONDS - 1);
        });
        for (const index of [...seeks, SECONDS - 1, 0]) expect(lived.chunk(index)).toEqual(fresh[index]);
      }),
      { numRuns: 40 },
    );
  });

  test('leaves nothing open when the users have gone home', () => {
    fc.assert(
      fc.property(run, (given) => {
        const end = SECONDS * SECOND;
        const quiet: Command[] = [
          { atUs: end, type: 'reconfigure', target: 'users', patch: { rateRps: 0 } },
          { atUs: end, type: 'repair', target: 'users' },
        ];
        const commands = [...given.commands.filter((one) => one.target !== 'users'), ...quiet];
        const timeline = start({ ...given, commands });
        timeline.chunk(SECONDS + 90);
        expect(timeline.world.requests.open).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});

test('runs drawn around their data and their address keep every promise, and count what became of the writes', () => {
  const RUNS = 40;
  const [wrong, confirmed] = [new Map<number, string[]>(), [] as number[]];
  for (let index = 0; index < RUNS; index++) {
    const given = randomDataRun(index, SECONDS, { balances: ['roundrobin'] });
    const timeline = start(given);
    const found = checkChunks(checkersFor(given.design, given.commands), chunksOf(timeline, SECONDS));
    if (found.length > 0) wrong.set(index, found.slice(0, 3));
    confirmed.push(timeline.world.writes.counts.saved);
  }
  expect([...wrong]).toEqual([]);
  expect(confirmed.filter((count) => count > 0).length).toBeGreaterThan(RUNS / 2);
});
