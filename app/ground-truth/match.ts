// Holds a replay against the recorded requests, one by one. Recorded stamps of acts and transitions are some milliseconds
// late, so where a request first differs one entry beside it may be moved by up to 15 ms (haproxy/README.md, "What a
// simulator must match"); the number of moves is part of the result. Where a redispatch and an arrival coincide their order
// is open, because HAProxy's timers fire up to 2 ms late: there the order is taken from the recording.
import type { Arrival } from '../design/design.ts';
import { actsOf, arrivalsOf, type Entry, runOf, SERVER_LATENCY_MS, transitionsOf } from './recorded-run.ts';
import type { RecordedRequest, Recording, Repetition } from './recording.ts';
import { type Ended, type Replayed, replay } from './replay.ts';

const MOVES_MS = [-1, -2, -3, -4, -0.5, -5, -7, -9, -11, -13, -15, 0.5, 1, 2, 3, 4, 5, 7, 9, 11, 13, 15];
const MOST_CANDIDATES = 8;
const MOST_MOVES = 200;
/** How far an arrival that coincides with the end of another request's wait is moved, before or behind it. */
const ORDER_MOVES_MS = [-1, -2, -3, 1, 2, 3];
const COINCIDENCE_MS = 4;
/** An attempt this near to an entry may have met it. */
const NEAR_MS = 40;
/** A refusal took up to about 0.9 ms. */
const SLOW_REFUSAL_LATENCY_MS = 0.45;
/** More than the noise of any wait recorded: one of the two waited where the other did not. */
const OTHER_WAIT_MS = 150;

export interface Match {
  readonly requests: readonly RecordedRequest[];
  readonly replayed: Replayed;
  /** Index of the first request that differs, or -1. */
  readonly firstDifference: number;
  readonly differences: number;
  /** How far each moved entry was moved. */
  readonly movesMs: readonly number[];
  /** Arrivals whose order to a coinciding redispatch was taken from the recording. */
  readonly ordersTaken: number;
}

/** How a request ended, as text: what must be equal. */
export function recordedEnd(request: RecordedRequest): string {
  const termination = request.error === undefined ? (request.termination ?? '----').slice(0, 2) : '';
  const last = request.lbServer === undefined ? request.server : request.lbServer;
  return endText(
    request.status,
    request.server,
    last,
    request.retries ?? 0,
    request.redispatched === true,
    termination,
  );
}

export const simulatedEnd = (ended: Ended | null | undefined): string =>
  ended
    ? endText(ended.status, ended.server, ended.lastServer, ended.retries, ended.redispatched, ended.termination)
    : 'no end';

const endText = (
  status: number,
  server: string | null,
  last: string | null,
  retries: number,
  redispatched: boolean,
  termination: string,
): string =>
  `${status} ${server ?? '-'} ${last ?? '-'} ${retries}${redispatched ? '+' : ''} ${termination || 'no log'}`;

const isEqual = (request: RecordedRequest, ended: Ended | null | undefined): boolean =>
  ended !== null &&
  ended !== undefined &&
  recordedEnd(request) === simulatedEnd(ended) &&
  (ended.retries === 0 || Math.abs(request.latencyMs - ended.latencyMs) < OTHER_WAIT_MS);

/** Replays a repetition that lists its requests, with its recorded transitions, and matches request by request. */
export function matchRequests(recording: Recording, repetition: Repetition): Match {
  const fast = search(recording, repetition, SERVER_LATENCY_MS);
  if (fast.firstDifference < 0) return fast;
  const slow = search(recording, repetition, SLOW_REFUSAL_LATENCY_MS);
  return slow.firstDifference < 0 || slow.firstDifference > fast.firstDifference ? slow : fast;
}

/** What may be moved: the entries, then the arrivals, in one list. */
interface Setting {
  readonly recording: Recording;
  readonly requests: readonly RecordedRequest[];
  readonly arrivals: readonly Arrival[];
  readonly entries: readonly Entry[];
  readonly serverLatencyMs: number;
}

function search(recording: Recording, repetition: Repetition, serverLatencyMs: number): Match {
  const setting: Setting = {
    recording,
    requests: repetition.requests ?? [],
    arrivals: arrivalsOf(recording, repetition) ?? [],
    entries: [...actsOf(recording, repetition), ...transitionsOf(repetition)],
    serverLatencyMs,
  };
  const movesMs = [...setting.entries, ...setting.arrivals].map(() => 0);
  let best = matchOnce(setting, movesMs);
  for (let moved = 0; moved < MOST_MOVES && best.firstDifference >= 0; moved++) {
    const request = setting.requests[best.firstDifference] as RecordedRequest;
    const better =
      bestMove(setting, movesMs, best, candidates(setting, request), MOVES_MS) ??
      bestMove(setting, movesMs, best, coincidences(setting, best.firstDifference), ORDER_MOVES_MS);
    if (better === null) break;
    movesMs[better.index] = better.moveMs;
    best = better.match;
  }
  return best;
}

interface Move {
  readonly index: number;
  readonly moveMs: number;
  readonly match: Match;
}

/** The move that gets furthest; the smallest of those that get equally far; null when none gets further. */
function bestMove(
  setting: Setting,
  movesMs: readonly number[],
  current: Match,
  indices: readonly number[],
  steps: readonly number[],
): Move | null {
  let best: Move | null = null;
  let furthest = current.firstDifference;
  for (const index of indices) {
    for (const moveMs of steps) {
      const match = matchOnce(
        setting,
        movesMs.map((before, other) => (other === index ? moveMs : before)),
      );
      if (match.firstDifference < 0) return { index, moveMs, match };
      if (match.firstDifference <= furthest) continue;
      furthest = match.firstDifference;
      best = { index, moveMs, match };
    }
  }
  return best;
}

/** Arrivals up to the first difference, latest first, at the moment at which another request's wait ends. */
function coincidences({ requests, entries, recording }: Setting, firstDifference: number): number[] {
  const connectMs = recording.model.timeouts['connect'] ?? 1000;
  const waits = [connectMs, Math.min(1000, connectMs)];
  const indices: number[] = [];
  for (let index = firstDifference; index >= 0 && indices.length < MOST_CANDIDATES; index--) {
    const { atMs } = requests[index] as RecordedRequest;
    const meets = requests.some(
      (other) =>
        (other.retries ?? 0) > 0 &&
        waits.some((waitMs) => {
          const k = Math.round((atMs - other.atMs) / waitMs);
          return k >= 1 && k <= (other.retries ?? 0) && Math.abs(other.atMs + k * waitMs - atMs) <= COINCIDENCE_MS;
        }),
    );
    if (meets) indices.push(entries.length + index);
  }
  return indices;
}

/** Entries beside one of the moments at which the request may have met them, nearest first, then the last one before it. */
function candidates({ recording, entries }: Setting, request: RecordedRequest): number[] {
  const { timeouts, retries } = recording.model;
  const connectMs = timeouts['connect'] ?? 1000;
  const moments = [request.atMs, request.atMs + request.latencyMs];
  for (let k = 1; k <= retries + 1; k++) {
    moments.push(request.atMs + k * Math.min(1000, connectMs), request.atMs + k * connectMs);
  }
  const distance = (entry: Entry) => Math.min(...moments.map((moment) => Math.abs(moment - entry.atMs)));
  const near = entries
    .map((entry, index) => ({ index, distanceMs: distance(entry) }))
    .filter((one) => one.distanceMs <= NEAR_MS)
    .sort((a, b) => a.distanceMs - b.distanceMs)
    .slice(0, MOST_CANDIDATES)
    .map((one) => one.index);
  let before = -1;
  entries.forEach((entry, index) => {
    const latest = entries[before]?.atMs ?? Number.NEGATIVE_INFINITY;
    if (entry.atMs <= request.atMs && entry.atMs > latest) before = index;
  });
  return before < 0 || near.includes(before) ? near : [...near, before];
}

function matchOnce(setting: Setting, movesMs: readonly number[]): Match {
  const { recording, requests, arrivals, entries, serverLatencyMs } = setting;
  const moved = <T extends { readonly atMs: number }>(one: T, index: number): T =>
    movesMs[index] === 0 ? one : { ...one, atMs: Math.max(0, one.atMs + (movesMs[index] ?? 0)) };
  const run = runOf(recording, {
    entries: entries.map(moved),
    arrivals: arrivals.map((arrival, index) => moved(arrival, entries.length + index)),
    checks: false,
    serverLatencyMs,
  });
  const replayed = replay(run, 0);
  let firstDifference = -1;
  let differences = 0;
  requests.forEach((request, index) => {
    if (isEqual(request, replayed.requests[index])) return;
    if (firstDifference < 0) firstDifference = index;
    differences++;
  });
  return {
    requests,
    replayed,
    firstDifference,
    differences,
    movesMs: movesMs.slice(0, entries.length).filter((moveMs) => moveMs !== 0),
    ordersTaken: movesMs.slice(entries.length).filter((moveMs) => moveMs !== 0).length,
  };
}
