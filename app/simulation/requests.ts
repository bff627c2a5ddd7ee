// The request table: one row per request that a user waits for, from the click to its single outcome. The load balancer
// writes down here how it ended a request (termination state, retries, server); the users' end reads it when it closes.
import { assert } from '../foundation/assert.ts';
import type { CallTable } from './calls.ts';

/** How a request ended. Order is part of the trace format. */
export const OUTCOMES = ['answered', 'answered-after-retry', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** HAProxy's termination states (first two characters of its log field). Order is part of the trace format. */
export const TERMINATIONS = ['', '--', 'SC', 'sC', 'sQ', 'sH', 'SH', 'DH', 'CD', 'cD', 'SQ', 'CC', 'CQ', 'CH'] as const;
export type Termination = (typeof TERMINATIONS)[number];
export const terminationCode = (termination: Termination): number => TERMINATIONS.indexOf(termination);

/** HAProxy's persistence flags (the last two characters): the client's cookie, and whether one was inserted. As codes. */
export const COOKIE_STATES = ['--', 'NN', 'NI', 'IN', 'II', 'DN', 'DI', 'VN', 'VI'] as const;
/** What a client's cookie was worth: it sent none, one of no server, one of a server that is down, or a good one. */
export const ClientCookie = { None: 0, Invalid: 1, Down: 2, Valid: 3 } as const;
export const cookieState = (client: number, inserted: boolean): number => 1 + 2 * client + (inserted ? 1 : 0);

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
  /** The user's address as a 32-bit number. */
  address = new Int32Array(FIRST_CAPACITY);
  /** Cookie that the user sent and that the answer sets, 0 for none; and an index into COOKIE_STATES. */
  cookie = new Int32Array(FIRST_CAPACITY);
  setCookie = new Int32Array(FIRST_CAPACITY);
  cookieState = new Uint8Array(FIRST_CAPACITY);
  /** HAProxy's timers Tw, Tc, Tr and Ta in microseconds, -1 for what was never reached. */
  queueUs = new Float64Array(FIRST_CAPACITY);
  connectUs = new Float64Array(FIRST_CAPACITY);
  responseUs = new Float64Array(FIRST_CAPACITY);
  activeUs = new Float64Array(FIRST_CAPACITY);
  /** Requests that left the queue of the server and of the backend before this one, itself included; 0: it did not wait. */
  serverQueue = new Int32Array(FIRST_CAPACITY);
  backendQueue = new Int32Array(FIRST_CAPACITY);
  /** Row of the write in the table of writes (writes.ts), or -1 while it is stored nowhere. */
  writeRow = new Int32Array(FIRST_CAPACITY);

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
    this.address[slot] = 0;
    this.cookie[slot] = 0;
    this.setCookie[slot] = 0;
    this.cookieState[slot] = 0;
    this.queueUs[slot] = -1;
    this.connectUs[slot] = -1;
    this.responseUs[slot] = -1;
    this.activeUs[slot] = -1;
    this.serverQueue[slot] = 0;
    this.backendQueue[slot] = 0;
    this.writeRow[slot] = -1;
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
  'address',
  'cookie',
  'setCookie',
  'cookieState',
  'queueUs',
  'connectUs',
  'responseUs',
  'activeUs',
  'serverQueue',
  'backendQueue',
  'writeRow',
] as const;
