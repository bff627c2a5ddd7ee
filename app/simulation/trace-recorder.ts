// Writes the trace while the engine runs: growing columns that are cut into a chunk each simulated second.
import { digestText } from '../foundation/digest.ts';
import type { Micros } from '../foundation/micros.ts';
import { CHUNK_US, type TraceChunk } from './trace.ts';
import type { World } from './world.ts';

type Column = Float64Array | Int32Array | Uint8Array;

/** Rows of one sort: columns of one length that grow together. */
class Rows<Columns extends Record<string, Column>> {
  columns: Columns;
  count = 0;
  private capacity: number;
  private readonly names: readonly (keyof Columns & string)[];

  constructor(columns: Columns) {
    this.columns = columns;
    this.names = Object.keys(columns);
    this.capacity = (columns[this.names[0] as string] as Column).length;
  }

  /** Index of a new row. */
  next(): number {
    if (this.count === this.capacity) this.grow();
    return this.count++;
  }

  private grow(): void {
    this.capacity *= 2;
    for (const name of this.names) {
      const column = this.columns[name] as Column;
      const larger = new (column.constructor as new (length: number) => Column)(this.capacity);
      larger.set(column as never);
      (this.columns as Record<string, Column>)[name] = larger;
    }
  }

  /** Copies of the columns, cut to the rows that were written; the recorder keeps its own for the next chunk. */
  cut(): Columns {
    const cut: Record<string, Column> = {};
    for (const name of this.names) cut[name] = (this.columns[name] as Column).slice(0, this.count);
    this.count = 0;
    return cut as Columns;
  }
}

/** Rows in the order of `departUs` from two sorts that have it each. */
function merged(now: HopColumns, later: HopColumns): HopColumns {
  const [all, more] = [now.departUs.length, later.departUs.length];
  if (more === 0) return now;
  const hops = {
    departUs: new Float64Array(all + more),
    arriveUs: new Float64Array(all + more),
    link: new Int32Array(all + more),
    request: new Int32Array(all + more),
    what: new Uint8Array(all + more),
  };
  for (let [a, b] = [0, 0]; a + b < all + more; ) {
    const isLater = a === all || (b < more && (later.departUs[b] as number) < (now.departUs[a] as number));
    const [from, row, to] = [isLater ? later : now, isLater ? b++ : a++, a + b - 1];
    hops.departUs[to] = from.departUs[row] as number;
    hops.arriveUs[to] = from.arriveUs[row] as number;
    hops.link[to] = from.link[row] as number;
    hops.request[to] = from.request[row] as number;
    hops.what[to] = from.what[row] as number;
  }
  return hops;
}

type HopColumns = TraceChunk['hops'];

const ROWS = 256;
const f64 = () => new Float64Array(ROWS);
const i32 = () => new Int32Array(ROWS);
const u8 = () => new Uint8Array(ROWS);

export class TraceRecorder {
  private base = new Int32Array(0);
  private readonly hops = new Rows({ departUs: f64(), arriveUs: f64(), link: i32(), request: i32(), what: u8() });
  /** What was known before it left: answers of the DNS. */
  private readonly laterHops = new Rows({ departUs: f64(), arriveUs: f64(), link: i32(), request: i32(), what: u8() });
  private readonly changes = new Rows({ atUs: f64(), element: i32(), field: u8(), value: i32() });
  private readonly spans = new Rows({
    endUs: f64(),
    arrivedUs: f64(),
    link: i32(),
    request: i32(),
    purpose: u8(),
    good: u8(),
    beganUs: f64(),
  });
  private readonly logs = new Rows({ atUs: f64(), element: i32(), position: i32(), epoch: i32(), request: i32() });
  private readonly starts = new Rows({ atUs: f64(), request: i32(), purpose: u8() });
  private readonly ends = new Rows({
    endUs: f64(),
    startUs: f64(),
    request: i32(),
    purpose: u8(),
    outcome: u8(),
    status: i32(),
    reason: u8(),
    cause: i32(),
    termination: u8(),
    retries: u8(),
    redispatched: u8(),
    server: i32(),
    staleBy: i32(),
    listIndex: i32(),
    address: i32(),
    cookieState: u8(),
    queueUs: f64(),
    connectUs: f64(),
    responseUs: f64(),
    activeUs: f64(),
    serverQueue: i32(),
    backendQueue: i32(),
  });

  /** Starts a chunk: notes the value of every field. */
  begin(world: World): void {
    this.base = world.fields.slice();
    const all = [this.hops, this.laterHops, this.changes, this.spans, this.logs, this.starts, this.ends];
    for (const rows of all) rows.count = 0;
  }

  /** A hop that leaves now. */
  hop(departUs: Micros, arriveUs: Micros, link: number, request: number, what: number): void {
    const row = this.hops.next();
    const hops = this.hops.columns;
    hops.departUs[row] = departUs;
    hops.arriveUs[row] = arriveUs;
    hops.link[row] = link;
    hops.request[row] = request;
    hops.what[row] = what;
  }

  /** A hop that is certain to leave later. It is in the chunk in which it was noted. */
  hopLater(departUs: Micros, arriveUs: Micros, link: number, request: number, what: number): void {
    let row = this.laterHops.next();
    const hops = this.laterHops.columns;
    // Where the DNS has just become quicker, an answer overtakes those that were asked for before.
    for (; row > 0 && (hops.departUs[row - 1] as number) > departUs; row--) {
      hops.departUs[row] = hops.departUs[row - 1] as number;
      hops.arriveUs[row] = hops.arriveUs[row - 1] as number;
      hops.link[row] = hops.link[row - 1] as number;
      hops.request[row] = hops.request[row - 1] as number;
      hops.what[row] = hops.what[row - 1] as number;
    }
    hops.departUs[row] = departUs;
    hops.arriveUs[row] = arriveUs;
    hops.link[row] = link;
    hops.request[row] = request;
    hops.what[row] = what;
  }

  change(atUs: Micros, element: number, field: number, value: number): void {
    const row = this.changes.next();
    const changes = this.changes.columns;
    changes.atUs[row] = atUs;
    changes.element[row] = element;
    changes.field[row] = field;
    changes.value[row] = value;
  }

  span(
    endUs: Micros,
    arrivedUs: Micros,
    link: number,
    request: number,
    purpose: number,
    good: number,
    beganUs: number,
  ): void {
    const row = this.spans.next();
    const spans = this.spans.columns;
    spans.endUs[row] = endUs;
    spans.arrivedUs[row] = arrivedUs;
    spans.link[row] = link;
    spans.request[row] = request;
    spans.purpose[row] = purpose;
    spans.good[row] = good;
    spans.beganUs[row] = beganUs;
  }

  log(atUs: Micros, element: number, position: number, epoch: number, request: number): void {
    const row = this.logs.next();
    const logs = this.logs.columns;
    logs.atUs[row] = atUs;
    logs.element[row] = element;
    logs.position[row] = position;
    logs.epoch[row] = epoch;
    logs.request[row] = request;
  }

  start(atUs: Micros, request: number, purpose: number): void {
    const row = this.starts.next();
    const starts = this.starts.columns;
    starts.atUs[row] = atUs;
    starts.request[row] = request;
    starts.purpose[row] = purpose;
  }

  /** The outcome of the request in `slot` of the world's request table. */
  end(world: World, slot: number, outcome: number, status: number, reason: number, cause: number): void {
    const row = this.ends.next();
    const ends = this.ends.columns;
    const requests = world.requests;
    const server = requests.serverLink[slot] as number;
    ends.endUs[row] = world.nowUs;
    ends.startUs[row] = requests.startUs[slot] as number;
    ends.request[row] = requests.id[slot] as number;
    ends.purpose[row] = requests.purpose[slot] as number;
    ends.outcome[row] = outcome;
    ends.status[row] = status;
    ends.reason[row] = reason;
    ends.cause[row] = cause;
    ends.termination[row] = requests.termination[slot] as number;
    ends.retries[row] = requests.retries[slot] as number;
    ends.redispatched[row] = requests.redispatched[slot] as number;
    ends.server[row] = server < 0 ? -1 : world.plan.linkElement + server;
    ends.staleBy[row] = requests.staleBy[slot] as number;
    ends.listIndex[row] = requests.listIndex[slot] as number;
    ends.address[row] = requests.address[slot] as number;
    ends.cookieState[row] = requests.cookieState[slot] as number;
    ends.queueUs[row] = requests.queueUs[slot] as number;
    ends.connectUs[row] = requests.connectUs[slot] as number;
    ends.responseUs[row] = requests.responseUs[slot] as number;
    ends.activeUs[row] = requests.activeUs[slot] as number;
    ends.serverQueue[row] = requests.serverQueue[slot] as number;
    ends.backendQueue[row] = requests.backendQueue[slot] as number;
  }

  /** Ends the chunk that `begin` started. */
  cut(world: World): TraceChunk {
    return {
      index: Math.round(world.nowUs / CHUNK_US) - 1,
      base: this.base,
      hops: merged(this.hops.cut(), this.laterHops.cut()),
      changes: this.changes.cut(),
      spans: this.spans.cut(),
      logs: this.logs.cut(),
      starts: this.starts.cut(),
      ends: this.ends.cut(),
      digest: digestText(world.digest),
      events: world.events,
    };
  }
}
