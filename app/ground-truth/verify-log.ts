// What HAProxy's log and statistics say beside the outcome: timers, places in the queues, counters, and the weight of a server
// that warms up.
import type { Match } from './match.ts';
import type { RecordedRequest, Repetition } from './recording.ts';
import type { Ended } from './replay.ts';
import { quantile, type Row, row, signed } from './row.ts';

type Timers = NonNullable<RecordedRequest['timers']>;
const TIMERS: readonly (keyof Timers)[] = ['Tw', 'Tc', 'Tr', 'Ta'];

/** haproxy/README.md, "Within ranges": within 15 ms for 96 of 100, the others up to 60 ms. */
const NEAR_MS = 15;
const NEAR_SHARE = 0.96;
const FAR_MS = 60;
const STALLS_ALLOWED = 0.01;

/** Timers of requests that did not wait are all noise of the machine. */
const TIMERS_NEAR_SHARE = 0.9;

/** Pairs of a recorded request and ours, of those that the log has. */
const pairsOf = (matches: readonly Match[]): readonly (readonly [RecordedRequest, Ended])[] =>
  matches.flatMap(({ requests, replayed }) =>
    requests.flatMap((request, index) => {
      const ended = replayed.requests[index];
      return ended && request.error === undefined ? [[request, ended] as const] : [];
    }),
  );

/** Most differences are small, and hardly one is large; a single stall of the machine is nobody's fault. */
export function withinRanges(differences: readonly number[], nearShare = NEAR_SHARE): string | null {
  const beyond = (ms: number) => differences.filter((difference) => Math.abs(difference) > ms).length;
  const most = (share: number) => 1 + share * differences.length;
  if (beyond(NEAR_MS) > most(1 - nearShare)) return `${beyond(NEAR_MS)} differ by more than ${NEAR_MS} ms`;
  return beyond(FAR_MS) > most(STALLS_ALLOWED) ? `${beyond(FAR_MS)} differ by more than ${FAR_MS} ms` : null;
}

/** Tw, Tc, Tr, Ta where the recording lists them: what was never reached is exact, the rest within ranges. */
export function timersRow(matches: readonly Match[]): Row | null {
  const differences: number[] = [];
  let requests = 0;
  let reason: string | null = null;
  for (const [request, ended] of pairsOf(matches)) {
    if (request.timers === undefined) continue;
    requests++;
    for (const name of TIMERS) {
      const [recorded, own] = [request.timers[name], ended.timers[name]];
      if (recorded < 0 !== own < 0) reason ??= `request ${request.id}: ${name} recorded ${recorded}, simulated ${own}`;
      else differences.push(recorded - own);
    }
  }
  if (requests === 0) return null;
  differences.sort((a, b) => a - b);
  const text = `median ${signed(quantile(differences, 0.5))} ms, ${signed(quantile(differences, 0))} .. ${signed(quantile(differences, 1))}`;
  return row(
    'timers Tw, Tc, Tr, Ta',
    `${requests} requests`,
    text,
    reason ?? withinRanges(differences, TIMERS_NEAR_SHARE),
  );
}

/** How many were ahead in the queues: one more or less where a request left as another came, of five at most one. */
const EQUAL_PLACES = 0.8;

export function queuePlacesRow(matches: readonly Match[]): Row | null {
  const pairs = pairsOf(matches).filter(([request]) => request.srvQueueAhead !== undefined);
  if (pairs.length === 0) return null;
  const off = (request: RecordedRequest, ended: Ended) =>
    Math.max(
      Math.abs((request.srvQueueAhead ?? 0) - ended.srvQueueAhead),
      Math.abs((request.backendQueueAhead ?? 0) - ended.backendQueueAhead),
    );
  const equal = pairs.filter(([request, ended]) => off(request, ended) === 0).length;
  const bad = pairs.find(([request, ended]) => off(request, ended) > 1);
  let reason: string | null = null;
  if (bad !== undefined) {
    const [request, ended] = bad;
    const recorded = `${request.srvQueueAhead}/${request.backendQueueAhead}`;
    reason = `request ${request.id}: recorded ${recorded}, simulated ${ended.srvQueueAhead}/${ended.backendQueueAhead}`;
  } else if (equal < EQUAL_PLACES * pairs.length) reason = `${pairs.length - equal} are off by one`;
  return row('places in the queues', `${pairs.length} that waited`, `${equal} equal`, reason);
}

/** HAProxy's counters at the end: exact. */
export function countersRow(listed: readonly Repetition[], matches: readonly Match[]): Row | null {
  let compared = 0;
  let reason: string | null = null;
  listed.forEach(({ finalStats }, index) => {
    for (const [server, counters] of Object.entries(finalStats ?? {})) {
      for (const [name, recorded] of Object.entries(counters)) {
        const own = matches[index]?.replayed.counters[server]?.[name];
        if (own === undefined) continue;
        compared++;
        if (own !== Number(recorded)) reason ??= `${server} ${name}: recorded ${recorded}, simulated ${own}`;
      }
    }
  });
  if (compared === 0) return null;
  return row('counters', `${compared} counters`, reason === null ? 'the same' : 'others', reason);
}

/** A sample and a step of the weight this near may be in either order. */
const SAMPLE_MS = 40;

/** The weight that the statistics showed, at every sample. */
export function weightsRow(listed: readonly Repetition[], matches: readonly Match[]): Row | null {
  let samples = 0;
  let steps = 0;
  let reason: string | null = null;
  listed.forEach(({ stats }, index) => {
    const weights = matches[index]?.replayed.weights ?? [];
    if (weights.length === 0) return;
    steps += weights.length;
    for (const { atMs, servers } of stats) {
      for (const server of new Set(weights.map((one) => one.server))) {
        const recorded = servers[server]?.weight;
        if (recorded === undefined) continue;
        const own = weights.filter((one) => one.server === server);
        const before = own.findLast((one) => one.atMs <= atMs - SAMPLE_MS);
        const around = own.filter((one) => Math.abs(one.atMs - atMs) < SAMPLE_MS);
        if (before === undefined) continue;
        samples++;
        if ([before, ...around].some((one) => one.weight === recorded)) continue;
        reason ??= `${server} at ${atMs} ms: recorded ${recorded}, simulated ${before.weight}`;
      }
    }
  });
  if (samples === 0) return null;
  return row('weight while it warms up', `${samples} samples`, `${steps} steps`, reason);
}
