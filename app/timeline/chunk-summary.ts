// What stays of a chunk for ever, when its hops have been dropped to save memory: how many requests started and how they
// ended, and the state changes that a person would want to jump to.
import type { Elements } from '../design/elements.ts';
import type { Micros } from '../foundation/micros.ts';
import { Purpose } from '../simulation/message.ts';
import { Belief, FIELDS, Field, type TraceChunk } from '../simulation/trace.ts';

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
}

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
        this.addFailure(ends.reason[row] as number, ends.cause[row] as number, purpose, 1);
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
    for (const failure of summary.failures) {
      this.addFailure(failure.reason, failure.cause, failure.purpose, failure.count);
    }
  }

  private addFailure(reason: number, cause: number, purpose: number, count: number): void {
    const at = this.failures.findIndex((f) => f.reason === reason && f.cause === cause && f.purpose === purpose);
    const before = this.failures[at];
    if (before === undefined) this.failures.push({ reason, cause, purpose, count });
    else this.failures[at] = { ...before, count: before.count + count };
  }
}

export function summarise(chunk: TraceChunk, elements: Elements): ChunkSummary {
  const tally = new EndTally();
  tally.addRows(chunk.ends, 0, chunk.ends.endUs.length);
  return {
    index: chunk.index,
    started: usersOf(chunk.starts.purpose, chunk.starts.purpose.length),
    answered: tally.answered,
    retried: tally.retried,
    failed: tally.failed,
    writes: tally.writes,
    writesFailed: tally.writesFailed,
    failures: tally.failures,
    flood: { ended: tally.floodEnded, failed: tally.floodFailed },
    changes: stateChanges(chunk, elements),
  };
}

/** How many of the first rows are requests of users and not of a flood. */
export function usersOf(purpose: Uint8Array, rows: number): number {
  let count = 0;
  for (let row = 0; row < rows; row++) if (purpose[row] !== Purpose.Flood) count++;
  return count;
}

/** Changes at the very start of a run are its beginning, not an event. */
function stateChanges(chunk: TraceChunk, elements: Elements): StateChange[] {
  const found: StateChange[] = [];
  const { atUs, element, field, value } = chunk.changes;
  const fields = chunk.base.slice();
  for (let row = 0; row < atUs.length; row++) {
    const slot = (element[row] as number) * FIELDS + (field[row] as number);
    const before = fields[slot] as number;
    const after = value[row] as number;
    fields[slot] = after;
    if (
      after === before ||
      (atUs[row] as number) === 0 ||
      !matters(elements, element[row] as number, field[row] as number)
    ) {
      continue;
    }
    found.push({
      atUs: atUs[row] as number,
      element: element[row] as number,
      field: field[row] as number,
      value: after,
      before,
    });
  }
  return found;
}

function matters(elements: Elements, element: number, field: number): boolean {
  const sort = elements.sortOf(element);
  if (sort === 'link') return field === Belief.Health || field === Belief.State || field === Belief.Backup;
  if (sort !== 'host' && sort !== 'component') return false;
  return field === Field.Alive || field === Field.Hung || field === Field.SlowPercent;
}
