// What a chart shows of a stretch of the run: its seconds, or several of them put together where there is no room for each.
// Counts are added, latencies merged, so that a sum over the bins is the sum over the requests.
import type { Micros } from '../foundation/micros.ts';
import { SECOND } from '../foundation/micros.ts';
import { type ChunkSummary, POINT_COLUMNS } from './chunk-summary.ts';
import { LatencyTally } from './latency-buckets.ts';

export interface Bin {
  readonly fromUs: Micros;
  readonly untilUs: Micros;
  /** How many seconds were put together; less than asked for at the end of what is known. */
  readonly seconds: number;
  readonly started: number;
  readonly answered: number;
  readonly retried: number;
  readonly failed: number;
  /** Had not ended when the bin was over. */
  readonly waiting: number;
  /** The most writes that a replica was behind. */
  readonly behind: number;
  /** Nearest-rank quantiles over the requests that ended, microseconds; null without any. */
  readonly p50Us: Micros | null;
  readonly p99Us: Micros | null;
}

/** Knows the seconds of a run, from its start without a gap. */
interface Seconds {
  readonly seconds: number;
  second(index: number): ChunkSummary | undefined;
}

const tally = new LatencyTally();

/** Bins of `binS` seconds that touch `fromS` .. `untilS` (excluded), each beginning at a multiple of `binS`. */
export function binsOf(known: Seconds, fromS: number, untilS: number, binS: number): readonly Bin[] {
  const bins: Bin[] = [];
  const end = Math.min(untilS, known.seconds);
  for (let from = Math.floor(fromS / binS) * binS; from < end; from += binS) {
    bins.push(binOf(known, from, Math.min(from + binS, end)));
  }
  return bins;
}

/** All seconds from `fromS` to `untilS` (excluded) as one. */
export function binOf(known: Seconds, fromS: number, untilS: number): Bin {
  let [started, answered, retried, failed, waiting, behind] = [0, 0, 0, 0, 0, 0];
  tally.clear();
  for (let index = fromS; index < untilS; index++) {
    const second = known.second(index);
    if (second === undefined) continue;
    started += second.started;
    answered += second.answered;
    retried += second.retried;
    failed += second.failed;
    waiting = second.waiting;
    behind = Math.max(behind, second.behind);
    tally.addPairs(second.latency);
  }
  return {
    fromUs: fromS * SECOND,
    untilUs: untilS * SECOND,
    seconds: untilS - fromS,
    started,
    answered,
    retried,
    failed,
    waiting,
    behind,
    p50Us: tally.quantileUs(0.5),
    p99Us: tally.quantileUs(0.99),
  };
}

/** How long the requests took that ended in these seconds (`untilS` excluded), on average; null without any. */
export function meanLatencyUs(known: Seconds, fromS: number, untilS: number): Micros | null {
  tally.clear();
  for (let index = fromS; index < untilS; index++) {
    const second = known.second(index);
    if (second !== undefined) tally.addPairs(second.latency);
  }
  return tally.meanUs();
}

/** A request that ended in a second with few of them. */
interface Ended {
  readonly atUs: Micros;
  readonly tookUs: Micros;
  readonly request: number;
}

/** The requests that are shown one by one and ended within `reachUs` of a moment. */
export function requestsAround(known: Seconds, us: Micros, reachUs: Micros): readonly Ended[] {
  const found: Ended[] = [];
  const last = Math.floor((us + reachUs) / SECOND);
  for (let index = Math.max(0, Math.floor((us - reachUs) / SECOND)); index <= last; index++) {
    const points = known.second(index)?.points ?? [];
    for (let at = 0; at < points.length; at += POINT_COLUMNS) {
      const atUs = index * SECOND + (points[at] as number);
      if (Math.abs(atUs - us) > reachUs) continue;
      found.push({ atUs, tookUs: points[at + 1] as number, request: points[at + 2] as number });
    }
  }
  return found;
}
