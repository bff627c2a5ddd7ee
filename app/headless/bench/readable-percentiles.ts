// How far the quantiles of the charts are from those of the requests themselves, over random runs and stretches of them.
import { behaviours } from '../../catalogue/kinds.ts';
import { Purpose } from '../../simulation/message.ts';
import type { TraceChunk } from '../../simulation/trace.ts';
import type { ChunkSummary } from '../../timeline/chunk-summary.ts';
import { RunServer } from '../../timeline/run-server.ts';
import { binOf } from '../../timeline/second-bins.ts';
import { Timeline } from '../../timeline/timeline.ts';
import { atMost, type Measure, stated } from './measure.ts';
import { RUN_SECONDS, RUNS, randomRun } from './random-runs.ts';

/** Widths of a bar of the charts, in seconds. */
const WIDTHS_S = [1, 5, 10, RUN_SECONDS];

export const percentiles: Measure = async () => {
  let [worst, compared] = [0, 0];
  for (let index = 0; index < RUNS; index++) {
    const run = randomRun(index);
    const known = secondsOf(new RunServer(run, behaviours, structuredClone));
    const timeline = new Timeline(run, behaviours, structuredClone);
    const exact = Array.from({ length: RUN_SECONDS }, (_, second) => latenciesOf(timeline.chunk(second)));
    for (const width of WIDTHS_S) {
      for (let from = 0; from + width <= RUN_SECONDS; from += width) {
        const bin = binOf(known, from, from + width);
        const sorted = Float64Array.from(exact.slice(from, from + width).flat()).sort();
        for (const [share, shown] of [[0.5, bin.p50Us] as const, [0.99, bin.p99Us] as const]) {
          const right = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
          if (right === undefined) continue;
          worst = Math.max(worst, Math.abs((shown ?? 0) - right) / right);
          compared++;
        }
      }
    }
  }
  return [
    atMost('p50 and p99 of the charts against the requests, worst', worst * 100, '%', 1),
    stated('  quantiles compared', compared, 'quantiles'),
  ];
};

function secondsOf(server: RunServer) {
  const summaries: ChunkSummary[] = [];
  server.want([], RUN_SECONDS);
  while (!server.isIdle) summaries.push(...server.next().seconds);
  return { seconds: summaries.length, second: (index: number) => summaries[index] };
}

const latenciesOf = ({ ends }: TraceChunk): number[] =>
  Array.from(ends.endUs, (endUs, row) => endUs - (ends.startUs[row] ?? 0)).filter(
    (_, row) => ends.purpose[row] !== Purpose.Flood,
  );
