// Counts of requests per outcome, recorded and simulated, brought to one form. The recordings write a key in three ways:
// `503 SC--`, `200 ---- retries 2+` and `200 ---- retries=2+`; a bare `-` is an outcome that HAProxy's log does not have.
import type { Counts, RecordedRequest } from './recording.ts';
import type { Ended } from './replay.ts';

export interface Outcomes {
  readonly counts: ReadonlyMap<string, number>;
  /** Do the keys tell retries? */
  readonly withRetries: boolean;
}

const KEY = /^(\d+)(?: [a-z-]{2,})? (\S+?)(?: retries[ =](\d+\+?))?$/;

/** Recorded counts; a key that cannot be read stands for itself. */
export function readCounts(recorded: Counts): Outcomes {
  const withRetries = Object.keys(recorded).some((key) => key.includes('retries'));
  const counts = new Map<string, number>();
  for (const [key, count] of Object.entries(recorded)) {
    const [, status, logged, retries] = KEY.exec(key) ?? [];
    if (status === undefined || logged === undefined) add(counts, key, count);
    else add(counts, keyOf(Number(status), logged.slice(0, 2), withRetries ? (retries ?? '0') : null), count);
  }
  return { counts, withRetries };
}

export function countRecorded(requests: readonly RecordedRequest[]): Outcomes {
  const counts = new Map<string, number>();
  for (const request of requests) {
    const termination = request.error === undefined ? (request.termination ?? '--') : '-';
    const retries = `${request.retries ?? 0}${request.redispatched ? '+' : ''}`;
    add(counts, keyOf(request.status, termination.slice(0, 2), retries), 1);
  }
  return { counts, withRetries: true };
}

export function countSimulated(ends: readonly (Ended | null)[], withRetries: boolean): Outcomes {
  const counts = new Map<string, number>();
  for (const ended of ends) {
    if (ended === null) add(counts, 'no end', 1);
    else {
      const retries = withRetries ? `${ended.retries}${ended.redispatched ? '+' : ''}` : null;
      add(counts, keyOf(ended.status, ended.termination || '-', retries), 1);
    }
  }
  return { counts, withRetries };
}

/** A request that the log lost is counted as ended normally when it was answered. */
function keyOf(status: number, termination: string, retries: string | null): string {
  const logged = termination === '-' && status > 0 ? '--' : termination;
  return retries === null || retries === '0' ? `${status} ${logged}` : `${status} ${logged} ${retries}`;
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

/** The largest difference of any outcome's count. */
export function largestDifference(a: Outcomes, b: Outcomes): number {
  const keys = new Set([...a.counts.keys(), ...b.counts.keys()]);
  return Math.max(0, ...[...keys].map((key) => Math.abs((a.counts.get(key) ?? 0) - (b.counts.get(key) ?? 0))));
}
