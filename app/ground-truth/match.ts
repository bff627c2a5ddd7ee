// Holds a replay against the recorded requests, one by one. Recorded stamps of acts and transitions are some milliseconds
// late, so where a request first differs one entry beside it may be moved by up to 15 ms (haproxy/README.md, "What a
// simulator must match"); the number of moves is part of the result. Where a redispatch and an arrival coincide their order
// is open, because HAProxy's timers fire up to 2 ms late: there the order is taken from the recording.
import type { Arrival } from '../design/design.ts';
import {
  actsOf,
  arrivalsOf,
  type Entry,
  runOf,
  SERVER_LATENCY_MS,
  type Services,
  transitionsOf,
} from './recorded-run.ts';
import { isObserved } from './recorded-settings.ts';
import type { RecordedRequest, Recording, Repetition } from './recording.ts';
import { type Ended, type Replayed, replay } from './replay.ts';

const MOVES_MS = [-1, -2, -3, -4, -0.5, -5, -7, -9, -11, -13, -15, 0.5, 1, 2, 3, 4, 5, 7, 9, 11, 13, 15];
const MOST_CANDIDATES = 8;
const MOST_MOVES = 200;
/** How far an arrival that coincides with the end of another request's wait is moved, before or behind it. */
const ORDER_MOVES_MS = [-1, -2, -3, 1, 2, 3];
const COINCIDENCE_MS = 4;
/** The same for the end that a client saw, which a busy machine delays. */
const END_COINCIDENCE_MS = 8;
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
  const termination = request.error === undefined ? (request.termination ?? '----') : '';
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
    ? endText(
        ended.status,
        ended.server,
        ended.lastServer,
        ended.retries,
        ended.redispatched,
        ended.termination && ended.termination + ended.cookieState,
      )
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
  let best: Match | null = null;
  for (const way of waysOf(recording)) {
    const match = search(recording, repetition, way);
    if (match.firstDifference < 0) return match;
    if (best === null || match.firstDifference > best.firstDifference) best = match;
  }
  return best as Match;
}

/** How a recording is replayed. */
interface Way {
  readonly services: Services;
  readonly serverLatencyMs: number;
  /** Transitions are our own: where errors of requests mark a server DOWN, they come in the middle of a request. */
  readonly checks: boolean;
}

/** Do picks depend on when other requests end? */
const looksAtLoad = ({ model }: Recording): boolean =>
  /^(leastconn|random)/.test(model.balance) || model.servers.some((server) => server.maxconn);

function waysOf(recording: Recording): readonly Way[] {
  const services: readonly Services[] = looksAtLoad(recording) ? ['planned', 'as-ended'] : ['planned'];
  return services.flatMap((one) =>
    [SERVER_LATENCY_MS, SLOW_REFUSAL_LATENCY_MS].map((serverLatencyMs) => ({
      services: one,
      serverLatencyMs,
      checks: isObserved(recording.model),
    })),
  );
}

/** What may be moved: the entries, then the arrivals, in one list. */
interface Setting {
  readonly recording: Recording;
  readonly requests: readonly RecordedRequest[];
  readonly arrivals: readonly Arrival[];
  readonly entries: readonly Entry[];
  readonly way: Way;
}

function search(recording: Recording, repetition: Repetition, way: Way): Match {
  const acts = actsOf(recording, repetition);
  const setting: Setting = {
    recording,
    requests: repetition.requests ?? [],
    arrivals: arrivalsOf(recording, repetition, way.services) ?? [],
    entries: way.checks ? acts : [...acts, ...transitionsOf(repetition)],
    way,
  };
  const movesMs = [...setting.entries, ...setting.arrivals].map(() => 0);
  let best = matchOnce(setting, movesMs);
  for (let moved = 0; moved < MOST_MOVES && best.firstDifference >= 0; moved++) {
    const request = setting.requests[best.firstDifference] as RecordedRequest;
    const better =
      bestMove(setting, movesMs, best, candidates(setting, request), () => MOVES_MS) ??
      bestMove(setting, movesMs, best, coincidences(setting, best.firstDifference), () => ORDER_MOVES_MS) ??
      bestMove(setting, movesMs, best, stalled(setting, best.firstDifference), (index) => stallMove(setting, index));
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
  steps: (index: number) => readonly number[],
): Move | null {
  let best: Move | null = null;
  let furthest = current.firstDifference;
  for (const index of indices) {
    for (const moveMs of steps(index)) {
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
    const meetsEnd = (other: RecordedRequest) =>
      other.status > 0 && Math.abs(other.atMs + other.latencyMs - atMs) <= END_COINCIDENCE_MS;
    const meetsWait = (other: RecordedRequest) =>
      waits.some((waitMs) => {
        const k = Math.round((atMs - other.atMs) / waitMs);
        return k >= 1 && k <= (other.retries ?? 0) && Math.abs(other.atMs + k * waitMs - atMs) <= COINCIDENCE_MS;
      });
    const meets = requests.some((other) => meetsWait(other) || (looksAtLoad(recording) && meetsEnd(other)));
    if (meets) indices.push(entries.length + index);
  }
  return indices;
}

/** A pause of the whole process between a refusal and its redispatch, as HAProxy's own timer shows it. */
const STALL_MS = 2;
const isStalled = ({ retries, timers }: RecordedRequest): boolean =>
  (retries ?? 0) > 0 && timers !== undefined && timers.Tw >= STALL_MS && timers.Tw <= NEAR_MS;

/** Arrivals up to the first difference that fell into such a pause: they were balanced before the redispatch. */
function stalled({ requests, entries }: Setting, firstDifference: number): number[] {
  return requests.flatMap((request, index) =>
    index <= firstDifference && requests.some((other) => isStalled(other) && isDuring(request, other))
      ? [entries.length + index]
      : [],
  );
}

const isDuring = ({ atMs }: RecordedRequest, other: RecordedRequest): boolean =>
  atMs > other.atMs && atMs <= other.atMs + (other.timers?.Tw ?? 0);

function stallMove({ requests, entries }: Setting, index: number): readonly number[] {
  const request = requests[index - entries.length] as RecordedRequest;
  const other = requests.find((one) => isStalled(one) && isDuring(request, one));
  return other === undefined ? [] : [other.atMs - request.atMs + AT_ONCE_MS];
}

/** Behind another arrival, before the answer to anything that it causes. */
const AT_ONCE_MS = 0.01;

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
  const { recording, requests, arrivals, entries, way } = setting;
  const moved = <T extends { readonly atMs: number }>(one: T, index: number): T =>
    movesMs[index] === 0 ? one : { ...one, atMs: Math.max(0, one.atMs + (movesMs[index] ?? 0)) };
  const run = runOf(recording, {
    entries: entries.map(moved),
    arrivals: arrivals.map((arrival, index) => moved(arrival, entries.length + index)),
    checks: way.checks,
    serverLatencyMs: way.serverLatencyMs,
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
