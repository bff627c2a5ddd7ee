// The call table: one row per open connection between two components, in typed columns, so that an event allocates
// nothing and a checkpoint is a copy of arrays. A row is free again when both ends are done; its generation then grows,
// which makes every message and timer that still names it void.
import { assert } from '../foundation/assert.ts';

export const CALLER_DONE = 1;
export const CALLEE_DONE = 2;
const BOTH_DONE = CALLER_DONE | CALLEE_DONE;
/** The callee's host has accepted the connection. */
export const ARRIVED = 4;
export const ONE_WAY = 8;
/** Set by a load balancer that has tried this request before: the picture rings its bead. */
export const RETRIED = 16;
/** A message of this call waits for a cut link. */
export const PARKED = 32;
/** To an address that moves: it goes to the host which the caller's neighbour table names (address.ts). */
export const TO_ADDRESS = 64;

const FIRST_CAPACITY = 256;
/** More open calls than this is a runaway design: the run stops with a sentence instead of eating all memory. */
const MAX_OPEN_CALLS = 4_000_000;

type Column = Int32Array | Uint8Array | Float64Array;

const grown = <T extends Column>(column: T, capacity: number): T => {
  const copy = new (column.constructor as new (length: number) => T)(capacity);
  copy.set(column as never);
  return copy;
};

export class CallTable {
  capacity = FIRST_CAPACITY;
  open = 0;
  /** First free slot, or -1; `next` chains the free ones. */
  private free = -1;
  private used = 0;
  private next = new Int32Array(FIRST_CAPACITY);

  generation = new Int32Array(FIRST_CAPACITY);
  flags = new Uint8Array(FIRST_CAPACITY);
  code = new Uint8Array(FIRST_CAPACITY);
  purpose = new Uint8Array(FIRST_CAPACITY);
  link = new Int32Array(FIRST_CAPACITY);
  caller = new Int32Array(FIRST_CAPACITY);
  callee = new Int32Array(FIRST_CAPACITY);
  /** The call at the caller that this one serves, or -1. It stays open at least as long as its callee is not done. */
  parent = new Int32Array(FIRST_CAPACITY);
  /** Slot in the request table and the request's number there, or -1 for checks and copies. */
  request = new Int32Array(FIRST_CAPACITY);
  requestId = new Int32Array(FIRST_CAPACITY);
  status = new Int32Array(FIRST_CAPACITY);
  reason = new Uint8Array(FIRST_CAPACITY);
  /** Element of the trace that is to blame for a failure, or -1. */
  cause = new Int32Array(FIRST_CAPACITY);
  sentUs = new Float64Array(FIRST_CAPACITY);
  arrivedUs = new Float64Array(FIRST_CAPACITY);
  /** When the callee began to work on it, where it keeps a line; -1 elsewhere. */
  beganUs = new Float64Array(FIRST_CAPACITY);
  /** What the message carries: a version of the data for queries and binlog events, the page for health checks. */
  data = new Int32Array(FIRST_CAPACITY);
  /** Scratch of the caller and of the callee, two numbers each, zero when the call opens. */
  callerA = new Int32Array(FIRST_CAPACITY);
  callerB = new Int32Array(FIRST_CAPACITY);
  calleeA = new Int32Array(FIRST_CAPACITY);
  calleeB = new Int32Array(FIRST_CAPACITY);

  /** A fresh row, everything zero but the generation. */
  take(): number {
    let slot = this.free;
    if (slot >= 0) this.free = this.next[slot] as number;
    else {
      if (this.used === this.capacity) this.grow();
      slot = this.used++;
    }
    this.open++;
    this.flags[slot] = 0;
    this.status[slot] = 0;
    this.reason[slot] = 0;
    this.cause[slot] = -1;
    this.arrivedUs[slot] = 0;
    this.beganUs[slot] = -1;
    this.data[slot] = 0;
    this.callerA[slot] = 0;
    this.callerB[slot] = 0;
    this.calleeA[slot] = 0;
    this.calleeB[slot] = 0;
    return slot;
  }

  /** Marks an end as done; the row is free again when both are. */
  finish(slot: number, end: number): void {
    const before = this.flags[slot] as number;
    this.flags[slot] = before | end;
    if (((before | end) & BOTH_DONE) === BOTH_DONE) this.release(slot, before);
  }

  private release(slot: number, before: number): void {
    assert((before & BOTH_DONE) !== BOTH_DONE, 'a call ends once');
    this.generation[slot] = ((this.generation[slot] as number) + 1) | 0;
    this.next[slot] = this.free;
    this.free = slot;
    this.open--;
  }

  has(slot: number, flag: number): boolean {
    return ((this.flags[slot] as number) & flag) !== 0;
  }

  /** Slots ever used: rows below this may be open. */
  get extent(): number {
    return this.used;
  }

  isOpen(slot: number): boolean {
    return ((this.flags[slot] as number) & BOTH_DONE) !== BOTH_DONE;
  }

  private grow(): void {
    assert(this.capacity < MAX_OPEN_CALLS, `at most ${MAX_OPEN_CALLS} calls are open at once`);
    this.capacity *= 2;
    this.next = grown(this.next, this.capacity);
    for (const name of COLUMNS) this.set(name, grown(this[name], this.capacity));
  }

  private set(name: (typeof COLUMNS)[number], column: Column): void {
    (this as unknown as Record<string, Column>)[name] = column;
  }

  /** A copy that shares nothing. */
  copy(): CallTable {
    const copy = new CallTable();
    copy.capacity = this.capacity;
    copy.open = this.open;
    copy.free = this.free;
    copy.used = this.used;
    copy.next = this.next.slice();
    for (const name of COLUMNS) copy.set(name, this[name].slice());
    return copy;
  }
}

const COLUMNS = [
  'generation',
  'flags',
  'code',
  'purpose',
  'link',
  'caller',
  'callee',
  'parent',
  'request',
  'requestId',
  'status',
  'reason',
  'cause',
  'sentUs',
  'arrivedUs',
  'beganUs',
  'data',
  'callerA',
  'callerB',
  'calleeA',
  'calleeB',
] as const;
