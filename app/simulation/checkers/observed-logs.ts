// The logs of databases as they look from outside, read from the trace alone: which write stands at each position, whose log
// counts, and every field of the trace as it is. Several checkers look through it.
import type { Design } from '../../design/design.ts';
import { elementsOf } from '../../design/elements.ts';
import { DatabaseSign, FIELDS, Field, type TraceChunk } from '../trace.ts';

const KIND = 'database';

/** What is told while a chunk is read, in the order in which it happened. */
export interface LogReader {
  /** A database wrote or received a position; it is in the log already. `request` is 0 where it was received. */
  took?(element: number, position: number, epoch: number, request: number, atUs: number): void;
  /** The log ends earlier than before; `removed` are the epochs of what is gone, the first of them at `length` + 1. */
  cut?(element: number, length: number, removed: readonly number[], atUs: number): void;
  /** A field of any element has another value. */
  changed?(element: number, field: number, value: number, before: number, atUs: number): void;
  /** A user's request ended; `row` of `TraceChunk.ends`. Comes after what else happened at that instant. */
  ended?(row: number, chunk: TraceChunk, atUs: number): void;
  /** Everything of an instant, at which something changed or ended, has been told. */
  settled?(atUs: number): void;
}

export class ObservedLogs {
  /** Elements of the databases, in document order. */
  readonly databases: readonly number[];
  /** Databases linked to each other, directly or not, have one group: the smallest element among them. */
  readonly groupOf = new Map<number, number>();
  /** By database: epoch of each position of its log, position 1 first. */
  readonly logs = new Map<number, number[]>();
  /** By group: the database whose log counts. */
  readonly records = new Map<number, number>();
  private readonly fields: Int32Array;

  constructor(design: Design) {
    const elements = elementsOf(design);
    const parts = design.components.filter(({ kind }) => kind === KIND);
    this.databases = parts.map(({ id }) => elements.indexOf(id));
    for (const one of this.databases) {
      this.logs.set(one, []);
      this.groupOf.set(one, one);
    }
    for (let round = 0; round < parts.length; round++) {
      for (const { from, to } of design.links) this.join(elements.indexOf(from), elements.indexOf(to));
    }
    this.fields = new Int32Array(elements.count * FIELDS);
  }

  private join(from: number, to: number): void {
    const [a, b] = [this.groupOf.get(from), this.groupOf.get(to)];
    if (a === undefined || b === undefined) return;
    this.groupOf.set(from, Math.min(a, b));
    this.groupOf.set(to, Math.min(a, b));
  }

  value(element: number, field: number): number {
    return this.fields[element * FIELDS + field] as number;
  }

  has(element: number, sign: number): boolean {
    return (this.value(element, Field.Signs) & sign) !== 0;
  }

  logOf(element: number): readonly number[] {
    return this.logs.get(element) as number[];
  }

  holds(element: number, epoch: number, position: number): boolean {
    return this.logs.get(element)?.[position - 1] === epoch;
  }

  recordOf(element: number): number | undefined {
    return this.records.get(this.groupOf.get(element) as number);
  }

  /** Goes through the next chunk. A trace has its sorts of rows apart; within an instant the fields say what came first. */
  read(chunk: TraceChunk, reader: LogReader): void {
    const { base, changes, logs, ends } = chunk;
    this.fields.set(base);
    for (const element of this.databases) this.noteRecord(element);
    let [log, end] = [0, 0];
    const takeUntil = (atUs: number, isLast: (row: number) => boolean) => {
      for (; log < logs.atUs.length && (logs.atUs[log] as number) <= atUs; log++) {
        this.take(logs, log, reader);
        if (isLast(log)) {
          log++;
          return;
        }
      }
    };
    const endUntil = (atUs: number) => {
      for (; end < ends.endUs.length && (ends.endUs[end] as number) <= atUs; end++) {
        const endUs = ends.endUs[end] as number;
        reader.ended?.(end, chunk, endUs);
        if (endUs < atUs) reader.settled?.(endUs);
      }
    };
    for (let row = 0; row < changes.atUs.length; row++) {
      const atUs = changes.atUs[row] as number;
      if (changes.atUs[row - 1] !== atUs) {
        endUntil(atUs - 1);
        takeUntil(atUs - 1, () => false);
      }
      const [element, value] = [changes.element[row] as number, changes.value[row] as number];
      const isLonger = changes.field[row] === Field.LogEnd && value > this.value(element, Field.LogEnd);
      // A log's new end is noted after the row that made it.
      if (isLonger) takeUntil(atUs, (at) => logs.element[at] === element && logs.position[at] === value);
      this.change(element, changes.field[row] as number, value, atUs, reader);
      if (changes.atUs[row + 1] === atUs) continue;
      takeUntil(atUs, () => false);
      endUntil(atUs);
      reader.settled?.(atUs);
    }
    takeUntil(Number.POSITIVE_INFINITY, () => false);
    endUntil(Number.POSITIVE_INFINITY);
  }

  private take(logs: TraceChunk['logs'], row: number, reader: LogReader): void {
    const [element, position] = [logs.element[row] as number, logs.position[row] as number];
    const log = this.logs.get(element);
    if (log === undefined) return;
    const epoch = logs.epoch[row] as number;
    log[position - 1] = epoch;
    reader.took?.(element, position, epoch, logs.request[row] as number, logs.atUs[row] as number);
  }

  private change(element: number, field: number, value: number, atUs: number, reader: LogReader): void {
    const at = element * FIELDS + field;
    const before = this.fields[at] as number;
    const log = this.logs.get(element);
    this.fields[at] = value;
    if (field === Field.LogEnd && log !== undefined && value < log.length) {
      const removed = log.splice(value);
      reader.cut?.(element, value, removed, atUs);
    }
    if (field === Field.Signs && log !== undefined) this.noteRecord(element);
    reader.changed?.(element, field, value, before, atUs);
  }

  private noteRecord(element: number): void {
    if (this.has(element, DatabaseSign.OfRecord)) this.records.set(this.groupOf.get(element) as number, element);
  }
}
