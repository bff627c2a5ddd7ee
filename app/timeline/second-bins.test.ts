// What charts and tables are made of, over random runs: nothing is lost and nothing added, however the seconds are put
// together, and quantiles are those of the requests themselves.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { elementsOf } from '../design/elements.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { simpleDesign } from '../designs/simple.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { Purpose } from '../simulation/message.ts';
import type { Run } from '../simulation/run.ts';
import type { TraceChunk } from '../simulation/trace.ts';
import { bucketOf, LatencyTally, middleOf } from './latency-buckets.ts';
import { RunServer } from './run-server.ts';
import { type Bin, binOf, binsOf } from './second-bins.ts';
import { Timeline } from './timeline.ts';
import { TraceWindow } from './trace-window.ts';
import { quantileMs } from './traffic-meter.ts';

const SECONDS = 20;

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    type: fc.constantFrom('kill' as const, 'repair' as const, 'hang' as const),
    atUs: fc.nat(SECONDS * SECOND),
    target: fc.constantFrom('lb', 'server1', 'server2', 'app2', 'mysql1'),
  }),
  fc.record({
    type: fc.constant('flood' as const),
    atUs: fc.nat(SECONDS * SECOND),
    target: fc.constant('users'),
    rateRps: fc.integer({ min: 1, max: 80 }),
  }),
  fc.record({
    type: fc.constant('reconfigure' as const),
    atUs: fc.nat(SECONDS * SECOND),
    target: fc.constant('users'),
    patch: fc.record({ rateRps: fc.integer({ min: 0, max: 150 }) }),
  }),
);
const anyRun: fc.Arbitrary<Run> = fc.record({
  design: fc.constantFrom(
    distributedDesign('classroom'),
    distributedDesign('realistic'),
    simpleDesign('classroom'),
    simpleDesign('realistic'),
  ),
  seed: fc.integer(),
  commands: fc.array(command, { maxLength: 6 }),
});

/** As the page comes to know a run. */
function known(run: Run): { readonly window: TraceWindow; readonly server: RunServer } {
  const window = new TraceWindow(elementsOf(run.design));
  const server = new RunServer(run, behaviours, structuredClone);
  server.want([], SECONDS);
  drain(server, window);
  return { window, server };
}

function drain(server: RunServer, window: TraceWindow): void {
  while (!server.isIdle) {
    const { chunk, seconds } = server.next();
    window.learn(seconds);
    if (chunk !== null) window.receive(chunk);
  }
}

const sumOf = (bins: readonly Bin[], of: (bin: Bin) => number) => bins.reduce((sum, bin) => sum + of(bin), 0);

/** Latencies of the users' requests that ended in these chunks, ascending. */
const latenciesOf = (chunks: readonly TraceChunk[]): number[] =>
  chunks
    .flatMap(({ ends }) => [...ends.endUs].map((endUs, row) => [endUs - (ends.startUs[row] ?? 0), ends.purpose[row]]))
    .filter(([, purpose]) => purpose !== Purpose.Flood)
    .map(([us]) => us as number)
    .sort((a, b) => a - b);

describe('over random runs', () => {
  test('bins of every width add up to the counters of the simulation', () => {
    fc.assert(
      fc.property(anyRun, fc.integer({ min: 1, max: SECONDS + 5 }), (run, binS) => {
        const { window } = known(run);
        const timeline = new Timeline(run, behaviours, structuredClone);
        for (let second = 0; second < SECONDS; second++) timeline.chunk(second);
        const { totals } = timeline.world;
        const bins = binsOf(window, 0, SECONDS, binS);
        expect({
          started: sumOf(bins, (bin) => bin.started),
          answered: sumOf(bins, (bin) => bin.answered),
          retried: sumOf(bins, (bin) => bin.retried),
          failed: sumOf(bins, (bin) => bin.failed),
          waiting: bins.at(-1)?.waiting,
        }).toEqual({
          started: totals.started,
          answered: totals.answered,
          retried: totals.retried,
          failed: totals.failed,
          waiting: totals.started - totals.answered - totals.retried - totals.failed,
        });
      }),
      { numRuns: 25 },
    );
  });

  test('quantiles over any stretch are within 1 % of those of the requests', () => {
    fc.assert(
      fc.property(anyRun, fc.nat(SECONDS - 1), fc.nat(SECONDS), (run, from, length) => {
        const until = Math.min(SECONDS, from + 1 + length);
        const { window } = known(run);
        const timeline = new Timeline(run, behaviours, structuredClone);
        const chunks = Array.from({ length: SECONDS }, (_, second) => timeline.chunk(second)).slice(from, until);
        const exact = latenciesOf(chunks);
        const bin = binOf(window, from, until);
        for (const [share, found] of [
          [0.5, bin.p50Us],
          [0.99, bin.p99Us],
        ] as const) {
          const right = exact[Math.max(0, Math.ceil(share * exact.length) - 1)];
          if (right === undefined) expect(found).toBeNull();
          else expect(Math.abs((found ?? 0) - right)).toBeLessThanOrEqual(right * 0.01);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('a command given late, wherever the page stands, leads to what a run with that command has from the start', () => {
    fc.assert(
      fc.property(anyRun, fc.array(fc.nat(SECONDS - 1), { maxLength: 5 }), (run, looks) => {
        const late = known({ ...run, commands: [] });
        late.server.want(looks, SECONDS);
        drain(late.server, late.window);
        const firstUs = Math.min(...run.commands.map((one) => one.atUs), SECONDS * SECOND);
        late.window.cutAt(firstUs);
        late.server.setCommands(run.commands, late.window.seconds);
        late.server.want(looks, SECONDS);
        drain(late.server, late.window);
        expect(binsOf(late.window, 0, SECONDS, 1)).toEqual(binsOf(known(run).window, 0, SECONDS, 1));
      }),
      { numRuns: 25 },
    );
  });
});

describe('buckets of latencies', () => {
  test('hold what belongs to them, in order, to half a percent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (us) => {
        expect(Math.abs(middleOf(bucketOf(us)) - us)).toBeLessThanOrEqual(us / 200);
        expect(bucketOf(us + 1)).toBeGreaterThanOrEqual(bucketOf(us));
      }),
    );
  });

  test('more requests in a bucket than a column can say are not lost', () => {
    const [one, other] = [new LatencyTally(), new LatencyTally()];
    for (let count = 0; count < 70_000; count++) one.add(5_000);
    other.addPairs(one.pairs());
    expect(other.count).toBe(70_000);
  });
});

test('the quantile of a column is that of the column sorted', () => {
  const column = fc.array(fc.nat(50), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(column, fc.double({ min: 0.001, max: 1, noNaN: true }), (values, share) => {
      const sorted = [...values].sort((a, b) => a - b);
      const right = sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
      expect(quantileMs(Float64Array.from(values), share)).toBe(right / 1_000);
    }),
  );
});
