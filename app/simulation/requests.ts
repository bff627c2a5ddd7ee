// The request table: one row per request that a user waits for, from the click to its single outcome. The load balancer
// writes down here how it ended a request (termination state, retries, server); the users' end reads it when it closes.
import { assert } from '../foundation/assert.ts';
import type { CallTable } from './calls.ts';

/** How a request ended. Order is part of the trace format. */
export const OUTCOMES = ['answered', 'answered-after-retry', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** HAProxy's termination states (first two characters of its log field). Order is part of the trace format. */
export const TERMINATIONS = ['', '--', 'SC', 'sC', 'sQ', 'sH', 'SH', 'DH', 'CD', 'cD'] as const;
export type Termination = (typeof TERMINATIONS)[number];
export const terminationCode = (termination: Termination): number => TERMINATIONS.indexOf(termination);

const FIRST_CAPACITY = 256;
const MAX_WAITING = 4_000_000;

export class RequestTable {
  private capacity = FIRST_CAPACITY;
  private free = -1;
  private used = 0;
  private next = new Int32Array(FIRST_CAPACITY);
  /** Requests that are waiting for their outcome. */
  open = 0;
  /** Numbers are given in order of arrival, from 1. */
  lastId = 0;

  id = new Int32Array(FIRST_CAPACITY);
  purpose = new Uint8Array(FIRST_CAPACITY);
  user = new Int32Array(FIRST_CAPACITY);
  startUs = new Float64Array(FIRST_CAPACITY);
  /** Work asked for by an explicit list of arrivals, or -1. */
  serviceUs = new Float64Array(FIRST_CAPACITY);
  /** Index in the explicit list, or -1. */
  listIndex = new Int32Array(FIRST_CAPACITY);
  termination = new Uint8Array(FIRST_CAPACITY);
  retries = new Uint8Array(FIRST_CAPACITY);
  redispatched = new Uint8Array(FIRST_CAPACITY);
  /** Link from the balancer to the server that got the request last, or -1. */
  serverLink = new Int32Array(FIRST_CAPACITY);
  /** How many writes the answer was behind the primary, 0 when it was current. */
  staleBy = new Int32Array(FIRST_CAPACITY);

  take(): number {
    let slot = this.free;
    if (slot >= 0) this.free = this.next[slot] as number;
    else {
      if (this.used === this.capacity) this.grow();
      slot = this.used++;
    }
    this.open++;
    this.id[slot] = ++this.lastId;
    this.serviceUs[slot] = -1;
    this.listIndex[slot] = -1;
    this.termination[slot] = 0;
    this.retries[slot] = 0;
    this.redispatched[slot] = 0;
    this.serverLink[slot] = -1;
    this.staleBy[slot] = 0;
    return slot;
  }

  /** The request has its outcome: its row is free. */
  finish(slot: number): void {
    this.id[slot] = 0;
    this.next[slot] = this.free;
    this.free = slot;
    this.open--;
  }

  /** The row of the request that a call serves, or -1 when nobody waits for it any more (or never did). */
  of(calls: CallTable, call: number): number {
    const slot = calls.request[call] as number;
    return slot >= 0 && this.id[slot] === calls.requestId[call] ? slot : -1;
  }

  private grow(): void {
    assert(this.capacity < MAX_WAITING, `at most ${MAX_WAITING} requests wait at once`);
    this.capacity *= 2;
    const next = new Int32Array(this.capacity);
    next.set(this.next);
    this.next = next;
    for (const name of COLUMNS) {
      const column = new (this[name].constructor as new (length: number) => Int32Array)(this.capacity);
      column.set(this[name]);
      this.set(name, column);
    }
  }

  private set(name: (typeof COLUMNS)[number], column: ArrayBufferView): void {
    (this as unknown as Record<string, ArrayBufferView>)[name] = column;
  }

  copy(): RequestTable {
    const copy = new RequestTable();
    copy.capacity = this.capacity;
    copy.free = this.free;
    copy.used = this.used;
    copy.open = this.open;
    copy.lastId = this.lastId;
    copy.next = this.next.slice();
    for (const name of COLUMNS) copy.set(name, this[name].slice());
    return copy;
  }
}

const COLUMNS = [
  'id',
  'purpose',
  'user',
  'startUs',
  'serviceUs',
  'listIndex',
  'termination',
  'retries',
  'redispatched',
  'serverLink',
  'staleBy',
] as const;
