// What stays of a second for ever, when its hops have been dropped to save memory: how many requests started and how they
// ended, how long they took, and the state changes that a person would want to jump to.
import type { Micros } from '../foundation/micros.ts';
import { Purpose } from '../simulation/message.ts';
import type { TraceChunk } from '../simulation/trace.ts';

/** A change of state that matters to a person: something died or came back, or HAProxy thinks otherwise of a server. */
export interface StateChange {
  readonly atUs: Micros;
  readonly element: number;
  readonly field: number;
  readonly value: number;
  readonly before: number;
}

/** Failures of one sort. */
export interface FailureCount {
  readonly reason: number;
  /** Element to blame, or -1. */
  readonly cause: number;
  readonly purpose: number;
  readonly count: number;
  /** Number of the first request that failed like this, for whoever wants to look at one. */
  readonly example: number;
}

/** How the requests of a flood ended. */
export interface FloodCounts {
  readonly ended: number;
  readonly failed: number;
}

export interface ChunkSummary {
  readonly index: number;
  readonly started: number;
  readonly answered: number;
  readonly retried: number;
  readonly failed: number;
  readonly writes: number;
  readonly writesFailed: number;
  readonly failures: readonly FailureCount[];
  /** Requests of a flood, apart: none of them is in the counts above. */
  readonly flood: FloodCounts;
  readonly changes: readonly StateChange[];
  /** Requests of users that had started and not ended when the second was over. */
  readonly waiting: number;
  /** How long the requests took that ended, as pairs of bucket and count (latency-buckets.ts). */
  readonly latency: Uint16Array;
  /** Each request that ended, POINT_COLUMNS numbers a request, in a second with few of them; empty in the others. */
  readonly points: Uint32Array;
  /** When the first request of a user failed in it, or -1. */
  readonly failedUs: Micros;
  /** The most writes that a replica had still to copy at any moment of the second. */
  readonly behind: number;
  /** When the last read, and the last write, of a user failed in it; -1 when none did. Files count as reads. */
  readonly lastFailedUs: readonly [reads: Micros, writes: Micros];
  /** Confirmed writes that the log of record no longer had when the second was over, since the start of the run. */
  readonly writesLost: number;
  /** Highest number of the requests that started in it, 0 when none did: numbers are given in order. */
  readonly lastRequest: number;
}

/** Requests are shown one by one in seconds in which fewer than this ended. */
export const POINTS_BELOW = 10;
/** Of a request in `points`: microseconds since the start of the second, its latency in us, its number, outcome + 4 for a write. */
export const POINT_COLUMNS = 4;

/** Adds what ended in rows `from` (included) to `to` (excluded) of a chunk to a tally. */
export class EndTally {
  answered = 0;
  retried = 0;
  failed = 0;
  writes = 0;
  writesFailed = 0;
  floodEnded = 0;
  floodFailed = 0;
  failures: FailureCount[] = [];

  addRows(ends: TraceChunk['ends'], from: number, to: number): void {
    for (let row = from; row < to; row++) {
      const outcome = ends.outcome[row];
      const purpose = ends.purpose[row] as number;
      if (purpose === Purpose.Flood) {
        this.floodEnded++;
        if (outcome === 2) this.floodFailed++;
        continue;
      }
      if (purpose === 1) this.writes++;
      if (outcome === 0) this.answered++;
      else if (outcome === 1) this.retried++;
      else {
        this.failed++;
        if (purpose === 1) this.writesFailed++;
        const example = ends.request[row] as number;
        this.addFailure({
          reason: ends.reason[row] as number,
          cause: ends.cause[row] as number,
          purpose,
          count: 1,
          example,
        });
      }
    }
  }

  addSummary(summary: ChunkSummary): void {
    this.answered += summary.answered;
    this.retried += summary.retried;
    this.failed += summary.failed;
    this.writes += summary.writes;
    this.writesFailed += summary.writesFailed;
    this.floodEnded += summary.flood.ended;
    this.floodFailed += summary.flood.failed;
    for (const failure of summary.failures) this.addFailure(failure);
  }

  private addFailure(failure: FailureCount): void {
    const { reason, cause, purpose, count } = failure;
    const at = this.failures.findIndex((f) => f.reason === reason && f.cause === cause && f.purpose === purpose);
    const before = this.failures[at];
    if (before === undefined) this.failures.push(failure);
    else this.failures[at] = { ...before, count: before.count + count };
  }
}

/** How many of the first rows are requests of users and not of a flood. */
export function usersOf(purpose: Uint8Array, rows: number): number {
  let count = 0;
  for (let row = 0; row < rows; row++) if (purpose[row] !== Purpose.Flood) count++;
  return count;
}
