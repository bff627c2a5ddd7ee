// A queue of requests, of the backend or of one server: first come, first served. One that leaves from the middle (its time is
// up, its user is gone) stays as an entry that no longer counts and is passed over when its turn comes.
import { CALLEE_DONE, type CallTable } from '../../simulation/calls.ts';

const FIRST_CAPACITY = 16;

export interface WaitingLine {
  /** A ring: each entry is a call and the ticket that it drew; the call still waits here if it still holds that ticket. */
  calls: Int32Array;
  tickets: Int32Array;
  head: number;
  entries: number;
  /** Requests that wait. */
  length: number;
  /** Requests that left from the front since the start, as HAProxy's log counts those ahead. */
  passed: number;
}

export const emptyLine = (): WaitingLine => ({
  calls: new Int32Array(FIRST_CAPACITY),
  tickets: new Int32Array(FIRST_CAPACITY),
  head: 0,
  entries: 0,
  length: 0,
  passed: 0,
});

/** A call at the load balancer that waits in a line carries its ticket so. */
export const ticketMark = (ticket: number): number => -ticket;

export function joinLine(line: WaitingLine, call: number, ticket: number): void {
  if (line.entries === line.calls.length) grow(line);
  const at = (line.head + line.entries++) & (line.calls.length - 1);
  line.calls[at] = call;
  line.tickets[at] = ticket;
  line.length++;
}

function grow(line: WaitingLine): void {
  const size = line.calls.length;
  const calls = new Int32Array(size * 2);
  const tickets = new Int32Array(size * 2);
  for (let i = 0; i < line.entries; i++) {
    const from = (line.head + i) & (size - 1);
    calls[i] = line.calls[from] as number;
    tickets[i] = line.tickets[from] as number;
  }
  line.calls = calls;
  line.tickets = tickets;
  line.head = 0;
}

/** The request that has waited longest, or -1. Entries before it that no longer count are dropped. */
export function frontOf(line: WaitingLine, calls: CallTable, self: number): number {
  if (line.length === 0) {
    line.entries = 0;
    return -1;
  }
  while (line.entries > 0) {
    const call = line.calls[line.head] as number;
    const mark = ticketMark(line.tickets[line.head] as number);
    if (calls.calleeA[call] === mark && calls.callee[call] === self && !calls.has(call, CALLEE_DONE)) return call;
    dropFront(line);
  }
  return -1;
}

/** Ticket of the entry that `frontOf` found. */
export const frontTicket = (line: WaitingLine): number => line.tickets[line.head] as number;

/** The request that `frontOf` found leaves. */
export function passFront(line: WaitingLine): void {
  dropFront(line);
  line.length--;
  line.passed++;
}

function dropFront(line: WaitingLine): void {
  line.head = (line.head + 1) & (line.calls.length - 1);
  line.entries--;
}
