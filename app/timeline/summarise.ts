// Makes of a chunk what stays of it for ever. Runs where the run is computed, so that every second has its summary, also those
// whose chunk nobody asks for.
import type { Design } from '../design/design.ts';
import { type Elements, elementsOf } from '../design/elements.ts';
import { Purpose } from '../simulation/message.ts';
import { OUTCOMES } from '../simulation/requests.ts';
import { Belief, CHUNK_US, DatabaseSign, FIELDS, Field, type TraceChunk, USERS_ELEMENT } from '../simulation/trace.ts';
import {
  type ChunkSummary,
  EndTally,
  POINT_COLUMNS,
  POINTS_BELOW,
  type StateChange,
  usersOf,
} from './chunk-summary.ts';
import { LatencyTally } from './latency-buckets.ts';

const FAILED = OUTCOMES.indexOf('failed');

export class Summariser {
  private readonly elements: Elements;
  /** Primary and replica, as elements, of each line of replication. */
  private readonly pairs: readonly (readonly [number, number])[];
  private readonly databases: ReadonlySet<number>;
  private readonly latency = new LatencyTally();

  constructor(elements: Elements, pairs: readonly (readonly [number, number])[] = []) {
    this.elements = elements;
    this.pairs = pairs;
    this.databases = new Set(pairs.flat());
  }

  /** `before` is the summary of the second before, null at the start of the run. */
  summarise(chunk: TraceChunk, before: ChunkSummary | null): ChunkSummary {
    const tally = new EndTally();
    tally.addRows(chunk.ends, 0, chunk.ends.endUs.length);
    const started = usersOf(chunk.starts.purpose, chunk.starts.purpose.length);
    const ended = tally.answered + tally.retried + tally.failed;
    return {
      index: chunk.index,
      started,
      answered: tally.answered,
      retried: tally.retried,
      failed: tally.failed,
      writes: tally.writes,
      writesFailed: tally.writesFailed,
      failures: tally.failures,
      flood: { ended: tally.floodEnded, failed: tally.floodFailed },
      changes: stateChanges(chunk, this.elements, this.databases),
      waiting: (before?.waiting ?? 0) + started - ended,
      latency: this.latencies(chunk),
      points: ended < POINTS_BELOW ? pointsOf(chunk, ended) : new Uint32Array(0),
      failedUs: firstFailureUs(chunk),
      behind: this.mostBehind(chunk),
      lastFailedUs: lastFailed(chunk.ends, 0, chunk.ends.endUs.length),
      writesLost: atEnd(chunk, USERS_ELEMENT, Field.WritesLost),
      lastRequest: chunk.starts.request.at(-1) ?? 0,
    };
  }

  private latencies({ ends }: TraceChunk): Uint16Array {
    this.latency.clear();
    for (let row = 0; row < ends.endUs.length; row++) {
      if (ends.purpose[row] !== Purpose.Flood)
        this.latency.add((ends.endUs[row] as number) - (ends.startUs[row] as number));
    }
    return this.latency.pairs();
  }

  private mostBehind({ base, changes }: TraceChunk): number {
    let most = 0;
    for (const [primary, replica] of this.pairs) {
      let written = base[primary * FIELDS + Field.Version] as number;
      let copied = base[replica * FIELDS + Field.Version] as number;
      most = Math.max(most, written - copied);
      for (let row = 0; row < changes.atUs.length; row++) {
        if (changes.field[row] !== Field.Version) continue;
        if (changes.element[row] === primary) written = changes.value[row] as number;
        else if (changes.element[row] === replica) copied = changes.value[row] as number;
        most = Math.max(most, written - copied);
      }
    }
    return most;
  }
}

/** One for the runs of a design. */
export function summariserOf(design: Design): Summariser {
  const elements = elementsOf(design);
  const lines = design.links.filter((link) => link.protocol === 'replication');
  return new Summariser(
    elements,
    lines.map(({ from, to }) => [elements.indexOf(from), elements.indexOf(to)] as const),
  );
}

function firstFailureUs({ ends }: TraceChunk): number {
  const row = ends.outcome.findIndex((outcome, at) => outcome === 2 && ends.purpose[at] !== Purpose.Flood);
  return ends.endUs[row] ?? -1;
}

function pointsOf({ index, ends }: TraceChunk, count: number): Uint32Array {
  const points = new Uint32Array(count * POINT_COLUMNS);
  let at = 0;
  for (let row = 0; row < ends.endUs.length; row++) {
    if (ends.purpose[row] === Purpose.Flood) continue;
    const endUs = ends.endUs[row] as number;
    points[at] = endUs - index * CHUNK_US;
    points[at + 1] = endUs - (ends.startUs[row] as number);
    points[at + 2] = ends.request[row] as number;
    points[at + 3] = (ends.outcome[row] as number) + (ends.purpose[row] === Purpose.Write ? 4 : 0);
    at += POINT_COLUMNS;
  }
  return points;
}

/** When the last read, and the last write, failed in these rows; -1 when none did. */
export function lastFailed(ends: TraceChunk['ends'], from: number, to: number): readonly [number, number] {
  const last: [number, number] = [-1, -1];
  for (let row = from; row < to; row++) {
    if (ends.outcome[row] !== FAILED || ends.purpose[row] === Purpose.Flood) continue;
    last[ends.purpose[row] === Purpose.Write ? 1 : 0] = ends.endUs[row] as number;
  }
  return last;
}

/** What a field of an element is when the second is over. */
function atEnd({ base, changes }: TraceChunk, element: number, field: number): number {
  for (let row = changes.atUs.length - 1; row >= 0; row--) {
    if (changes.element[row] === element && changes.field[row] === field) return changes.value[row] as number;
  }
  return base[element * FIELDS + field] as number;
}

/** Changes at the very start of a run are its beginning, not an event. */
function stateChanges(chunk: TraceChunk, elements: Elements, databases: ReadonlySet<number>): StateChange[] {
  const found: StateChange[] = [];
  const { atUs, element, field, value } = chunk.changes;
  const fields = chunk.base.slice();
  for (let row = 0; row < atUs.length; row++) {
    const slot = (element[row] as number) * FIELDS + (field[row] as number);
    const before = fields[slot] as number;
    const after = value[row] as number;
    fields[slot] = after;
    if (after === before || (atUs[row] as number) === 0) continue;
    const at = element[row] as number;
    const isSign = field[row] === Field.Signs && databases.has(at);
    if (isSign ? !isNews(before, after) : !matters(elements, at, field[row] as number)) continue;
    found.push({
      atUs: atUs[row] as number,
      element: at,
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
  if (sort === 'users') return field === Field.AnswersFor;
  if (sort !== 'host' && sort !== 'component') return false;
  return field === Field.Alive || field === Field.Hung || field === Field.SlowPercent;
}

/** Of a database: who takes writes, whether somebody confirms them, an error. What comes and goes with its process does not count. */
const NEWS_SIGNS = DatabaseSign.Writable | DatabaseSign.SemiOn;
const isNews = (before: number, after: number): boolean =>
  before !== 0 &&
  after !== 0 &&
  (((before ^ after) & NEWS_SIGNS) !== 0 ||
    Math.floor(before / DatabaseSign.Error) !== Math.floor(after / DatabaseSign.Error));
