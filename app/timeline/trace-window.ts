// The part of a run's trace that the page holds: chunks by index, dropped when they are far from the playhead, and a summary
// of every second that is computed. Answers "what was at this instant" without allocating, frame after frame.
import type { Elements } from '../design/elements.ts';
import type { Micros } from '../foundation/micros.ts';
import { CHUNK_US, FIELDS, type TraceChunk } from '../simulation/trace.ts';
import {
  type ChunkSummary,
  EndTally,
  type FailureCount,
  type FloodCounts,
  type StateChange,
  usersOf,
} from './chunk-summary.ts';

interface Held {
  readonly chunk: TraceChunk;
  /** The chunk is true up to here; later rows belong to a future that a command has undone. */
  untilUs: Micros;
  /** Rows of hops by the name of the sample that keeps them. */
  samples?: Map<number, Int32Array>;
}

/** How the users' requests of a span of time ended, those of a flood apart. `waiting` had not ended at its end. */
export interface Outcomes {
  readonly total: number;
  readonly answered: number;
  readonly retried: number;
  readonly waiting: number;
  readonly failed: number;
  readonly writes: number;
  readonly writesFailed: number;
  readonly failures: readonly FailureCount[];
  readonly flood: FloodCounts;
}

export type HopVisit = (departUs: Micros, arriveUs: Micros, link: number, request: number, what: number) => void;
/** A part of the hops that is drawn in place of all of them. The same name always keeps the same ones. */
export interface HopSample {
  readonly name: number;
  keeps(departUs: Micros, request: number, what: number): boolean;
}
export type SpanVisit = (endUs: Micros, arrivedUs: Micros, link: number, purpose: number, good: number) => void;
export type EndVisit = (ends: TraceChunk['ends'], row: number) => void;

export const chunkAt = (us: Micros): number => Math.max(0, Math.floor(us / CHUNK_US));

export class TraceWindow {
  elements: Elements;
  /** Grows whenever what it holds has changed, so that others know when to look again. */
  version = 0;
  private readonly chunks = new Map<number, Held>();
  private summaries: ChunkSummary[] = [];
  private fields: Int32Array;
  private fieldsOf: TraceChunk | null = null;
  private fieldsRow = 0;
  private fieldsUs = 0;

  constructor(elements: Elements) {
    this.elements = elements;
    this.fields = new Int32Array(elements.count * FIELDS);
  }

  /** Forgets everything: a new run begins. */
  reset(elements: Elements): void {
    this.elements = elements;
    this.fields = new Int32Array(elements.count * FIELDS);
    this.chunks.clear();
    this.summaries = [];
    this.fieldsOf = null;
    this.version++;
  }

  receive(chunk: TraceChunk): void {
    this.chunks.set(chunk.index, { chunk, untilUs: (chunk.index + 1) * CHUNK_US });
    this.version++;
  }

  /** Summaries of seconds in a row, none of them further from the start than the first that is missing. */
  learn(summaries: readonly ChunkSummary[]): void {
    for (const summary of summaries) {
      if (summary.index <= this.summaries.length) this.summaries[summary.index] = summary;
    }
    this.version++;
  }

  /** A command at `us` has changed the future: what is at and after it is void, what is before it stays to be looked at. */
  cutAt(us: Micros): void {
    const index = chunkAt(us);
    const cut = this.chunks.get(index);
    this.invalidateFrom(index + 1);
    if (cut !== undefined) cut.untilUs = Math.min(cut.untilUs, us - 1);
    this.summaries.length = Math.min(this.summaries.length, index);
    this.version++;
  }

  /** Drops this chunk and all later ones. */
  invalidateFrom(index: number): void {
    for (const held of this.chunks.keys()) if (held >= index) this.chunks.delete(held);
    if (this.summaries.length > index) this.summaries.length = index;
    this.version++;
  }

  /** Whether the chunk is here, whole and valid. */
  has(index: number): boolean {
    const held = this.chunks.get(index);
    return held !== undefined && held.untilUs === (index + 1) * CHUNK_US;
  }

  /** The chunk itself, or null when it is not here whole. */
  chunk(index: number): TraceChunk | null {
    return this.has(index) ? (this.chunks.get(index)?.chunk ?? null) : null;
  }

  /** The chunk in which a request started; null while that second was never here, or it is still to come. */
  chunkOfRequest(request: number): number | null {
    if (request < 1) return null;
    for (let index = 0; index < this.summaries.length; index++) {
      const summary = this.summaries[index];
      if (summary === undefined) return null;
      if (summary.lastRequest >= request) return index;
    }
    return null;
  }

  /** Chunks of `from` .. `to` (both included) that are not here, in order. */
  missing(from: number, to: number): number[] {
    const found: number[] = [];
    for (let index = Math.max(0, from); index <= to; index++) if (!this.has(index)) found.push(index);
    return found;
  }

  /** Drops chunks outside `from` .. `to` (both included), but for those of `keep`. Summaries stay. */
  evict(from: number, to: number, keep: ReadonlySet<number>): void {
    for (const index of this.chunks.keys()) {
      if ((index < from || index > to) && !keep.has(index)) this.chunks.delete(index);
    }
  }

  /** How many chunks are held. */
  get size(): number {
    return this.chunks.size;
  }

  /** The end of what is known without a gap from `us` on; `us` itself when nothing is. */
  coveredUntil(us: Micros): Micros {
    let until = us;
    for (let index = chunkAt(us); ; index++) {
      const held = this.chunks.get(index);
      if (held === undefined || held.untilUs <= until) return until;
      until = held.untilUs;
      if (until < (index + 1) * CHUNK_US) return until;
    }
  }

  /**
   * FIELDS values per element as they are at `us`, or null when that moment is not here. The array is the window's own: read
   * it before the next call. Moving forward costs only the changes in between.
   */
  fieldsAt(us: Micros): Int32Array | null {
    const held = this.chunks.get(chunkAt(us));
    if (held === undefined || us > held.untilUs) return null;
    const { chunk } = held;
    if (chunk !== this.fieldsOf || us < this.fieldsUs) {
      this.fields.set(chunk.base);
      this.fieldsOf = chunk;
      this.fieldsRow = 0;
    }
    const { atUs, element, field, value } = chunk.changes;
    let row = this.fieldsRow;
    while (row < atUs.length && (atUs[row] as number) <= us) {
      this.fields[(element[row] as number) * FIELDS + (field[row] as number)] = value[row] as number;
      row++;
    }
    this.fieldsRow = row;
    this.fieldsUs = us;
    return this.fields;
  }

  /** The hops that departed in `fromUs` .. `toUs` (both included), those of a chunk (trace.ts) in the order of their departure. */
  forEachHop(fromUs: Micros, toUs: Micros, visit: HopVisit): void {
    for (let index = chunkAt(fromUs); index <= chunkAt(toUs); index++) {
      const held = this.chunks.get(index);
      if (held === undefined) continue;
      const { departUs, arriveUs, link, request, what } = held.chunk.hops;
      const last = lastHopUs(held, toUs);
      for (let row = firstAtLeast(departUs, fromUs); row < departUs.length; row++) {
        const depart = departUs[row] as number;
        if (depart > last) break;
        visit(depart, arriveUs[row] as number, link[row] as number, request[row] as number, what[row] as number);
      }
    }
  }

  /** As `forEachHop`, but only what the sample keeps. A chunk is looked through once for each sample, not each time. */
  forEachSampledHop(fromUs: Micros, toUs: Micros, sample: HopSample, visit: HopVisit): void {
    for (let index = chunkAt(fromUs); index <= chunkAt(toUs); index++) {
      const held = this.chunks.get(index);
      if (held === undefined) continue;
      const { departUs, arriveUs, link, request, what } = held.chunk.hops;
      const last = lastHopUs(held, toUs);
      for (const row of sampledRows(held, sample)) {
        const depart = departUs[row] as number;
        if (depart < fromUs) continue;
        if (depart > last) break;
        visit(depart, arriveUs[row] as number, link[row] as number, request[row] as number, what[row] as number);
      }
    }
  }

  /** Visits the calls that ended after `fromUs`, up to and at `toUs`. */
  forEachSpan(fromUs: Micros, toUs: Micros, visit: SpanVisit): void {
    for (let index = chunkAt(fromUs); index <= chunkAt(toUs); index++) {
      const held = this.chunks.get(index);
      if (held === undefined) continue;
      const { endUs, arrivedUs, link, purpose, good } = held.chunk.spans;
      const last = Math.min(toUs, held.untilUs);
      for (let row = firstAbove(endUs, fromUs); row < endUs.length && (endUs[row] as number) <= last; row++) {
        visit(
          endUs[row] as number,
          arrivedUs[row] as number,
          link[row] as number,
          purpose[row] as number,
          good[row] as number,
        );
      }
    }
  }

  /** Visits the requests that ended after `fromUs`, up to and at `toUs`. */
  forEachEnd(fromUs: Micros, toUs: Micros, visit: EndVisit): void {
    for (let index = chunkAt(fromUs); index <= chunkAt(toUs); index++) {
      const held = this.chunks.get(index);
      if (held === undefined) continue;
      const { ends } = held.chunk;
      const last = Math.min(toUs, held.untilUs);
      for (
        let row = firstAbove(ends.endUs, fromUs);
        row < ends.endUs.length && (ends.endUs[row] as number) <= last;
        row++
      ) {
        visit(ends, row);
      }
    }
  }

  /** What became of the requests that were open at `fromUs` or came after it, as known at `toUs`. */
  outcomes(fromUs: Micros, toUs: Micros): Outcomes {
    const tally = new EndTally();
    const [first, last] = [chunkAt(fromUs), chunkAt(toUs)];
    for (let index = first; index <= last; index++) {
      const held = this.chunks.get(index);
      const summary = this.summaries[index];
      if (index > first && index < last && summary !== undefined) tally.addSummary(summary);
      else if (held !== undefined) {
        const { ends } = held.chunk;
        tally.addRows(ends, firstAbove(ends.endUs, fromUs), firstAbove(ends.endUs, toUs));
      } else if (summary !== undefined && index < last) tally.addSummary(summary);
    }
    const { answered, retried, failed, writes, writesFailed, failures } = tally;
    const waiting = this.waitingAt(toUs);
    return {
      total: answered + retried + failed + waiting,
      answered,
      retried,
      waiting,
      failed,
      writes,
      writesFailed,
      failures,
      flood: { ended: tally.floodEnded, failed: tally.floodFailed },
    };
  }

  /** Requests that had started and not ended; counts from the start of the second when the seconds before are not known. */
  waitingAt(us: Micros): number {
    const last = chunkAt(us);
    const held = this.chunks.get(last)?.chunk;
    let open = this.summaries[last - 1]?.waiting ?? 0;
    if (held !== undefined) {
      open += usersOf(held.starts.purpose, firstAbove(held.starts.atUs, us));
      open -= usersOf(held.ends.purpose, firstAbove(held.ends.endUs, us));
    }
    return Math.max(0, open);
  }

  /** The second `index` of the run, or undefined when it is not computed. */
  second(index: number): ChunkSummary | undefined {
    return this.summaries[index];
  }

  /** How many seconds are known, from the start of the run without a gap. */
  get seconds(): number {
    return this.summaries.length;
  }

  /** Visits state changes after `fromUs`, up to and at `toUs`, in order. */
  forEachStateChange(fromUs: Micros, toUs: Micros, visit: (change: StateChange) => void): void {
    for (let index = chunkAt(fromUs); index <= Math.min(chunkAt(toUs), this.summaries.length - 1); index++) {
      for (const change of this.summaries[index]?.changes ?? []) {
        if (change.atUs > fromUs && change.atUs <= toUs) visit(change);
      }
    }
  }

  /** The next state change after `us`, as far as the run has been seen. */
  nextStateChange(us: Micros): Micros | null {
    for (let index = chunkAt(us); index < this.summaries.length; index++) {
      for (const change of this.summaries[index]?.changes ?? []) if (change.atUs > us) return change.atUs;
    }
    return null;
  }

  previousStateChange(us: Micros): Micros | null {
    for (let index = Math.min(chunkAt(us), this.summaries.length - 1); index >= 0; index--) {
      const changes = this.summaries[index]?.changes ?? [];
      for (let at = changes.length - 1; at >= 0; at--) {
        const change = changes[at] as StateChange;
        if (change.atUs < us) return change.atUs;
      }
    }
    return null;
  }

  /** When `field` of `element` last became `value`, at or before `us`; null when that is not in the chunks held. */
  lastBecame(element: number, field: number, value: number, us: Micros): Micros | null {
    for (let index = chunkAt(us); index >= 0; index--) {
      const held = this.chunks.get(index);
      if (held === undefined) return null;
      const { changes } = held.chunk;
      for (let row = firstAbove(changes.atUs, us) - 1; row >= 0; row--) {
        if (changes.element[row] === element && changes.field[row] === field && changes.value[row] === value) {
          return changes.atUs[row] as number;
        }
      }
    }
    return null;
  }

  /** Since when `bit` of `field` has been set without a break, at `us`; null when that is not in the chunks held. */
  lastGained(element: number, field: number, bit: number, us: Micros): Micros | null {
    let sinceUs: Micros | null = null;
    for (let index = chunkAt(us); index >= 0; index--) {
      const held = this.chunks.get(index);
      if (held === undefined) return null;
      const { changes } = held.chunk;
      for (let row = firstAbove(changes.atUs, us) - 1; row >= 0; row--) {
        if (changes.element[row] !== element || changes.field[row] !== field) continue;
        if (((changes.value[row] as number) & bit) === 0) return sinceUs;
        sinceUs = changes.atUs[row] as number;
      }
    }
    return sinceUs;
  }

  /** Digest of the run at the end of a chunk, or null. */
  digestOf(index: number): string | null {
    return this.has(index) ? (this.chunks.get(index)?.chunk.digest ?? null) : null;
  }
}

/** The hops of a whole second are certain to the last, those of one whose end was changed by a command up to that. */
const lastHopUs = ({ chunk, untilUs }: Held, toUs: Micros): Micros =>
  untilUs === (chunk.index + 1) * CHUNK_US ? toUs : Math.min(toUs, untilUs);

/** Rows of the hops that the sample keeps, ascending. */
function sampledRows(held: Held, sample: HopSample): Int32Array {
  held.samples ??= new Map();
  const known = held.samples.get(sample.name);
  if (known !== undefined) return known;
  const { departUs, request, what } = held.chunk.hops;
  const rows: number[] = [];
  for (let row = 0; row < departUs.length; row++) {
    if (sample.keeps(departUs[row] as number, request[row] as number, what[row] as number)) rows.push(row);
  }
  const kept = Int32Array.from(rows);
  held.samples.set(sample.name, kept);
  return kept;
}

/** First row whose value is at least `value`, in an ascending column. */
function firstAtLeast(column: Float64Array, value: number): number {
  let [low, high] = [0, column.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((column[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First row whose value is above `value`, in an ascending column. */
function firstAbove(column: Float64Array, value: number): number {
  let [low, high] = [0, column.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((column[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
