// Holds the simulation against one recording and says, check by check, what must hold, what was recorded, what was
// simulated, and whether that passes. Which checks apply is decided by what the recording contains, never by its name.
import {
  type CheckResult,
  checkTimings,
  EARLIEST_MS,
  LATEST_MS,
  observedTimings,
  type Span,
  type Timed,
} from './check-episodes.ts';
import { brokenLaw } from './laws.ts';
import { type Match, matchRequests, recordedEnd, simulatedEnd } from './match.ts';
import { countRecorded, countSimulated, largestDifference, type Outcomes, readCounts } from './outcome-counts.ts';
import { actsOf, arrivalsOf, type Entry, runOf, transitionsOf } from './recorded-run.ts';
import { isObserved, notModelled, spreadOf } from './recorded-settings.ts';
import type { RecordedRequest, Recording, Repetition } from './recording.ts';
import { replay } from './replay.ts';
import { quantile, type Row, row, signed, sum } from './row.ts';
import { countersRow, queuePlacesRow, timersRow, weightsRow, withinRanges } from './verify-log.ts';
import { isShareOnly, sharesRow, spreadRow } from './verify-random.ts';

export type { Row } from './row.ts';

/** One row per check; a single one when the simulation does not model what was recorded. */
export function verifyRecording(recording: Recording): readonly Row[] {
  const missing = notModelled(recording);
  if (missing !== null) {
    return [{ what: 'the recording', recorded: '', simulated: '', verdict: 'not modelled yet', reason: missing }];
  }
  const isExact = !isShareOnly(recording);
  const listed = recording.repetitions.filter((one) => one.requests !== null && isExact);
  const matches = listed.map((one) => matchRequests(recording, one));
  const timings = recording.repetitions.map((one) => timingsOf(recording, one, matches[listed.indexOf(one)]));
  const timed = timings.flatMap((one) => one.timed);
  const spans = timings.flatMap((one) => one.spans);
  const rows = [
    requestsRow(matches),
    latencyRow(matches),
    timersRow(matches),
    queuePlacesRow(matches),
    countersRow(listed, matches),
    weightsRow(listed, matches),
    sharesRow(recording),
    ...recording.repetitions.map((one) => spreadRow(recording, one)),
    orderRow(recording, listed, matches),
    timingRow(timed),
    closedFormRow(spans),
    quietRow(recording),
    unlistedRow(recording),
    ownCountsRow(
      recording,
      timings.map((one) => one.timed),
    ),
    lawsRow(recording, matches),
  ].filter((row) => row !== null);
  if (rows.length > 0) return rows;
  return [row('the recording', 'nothing to compare', '', 'It lists no request, no order and no transition.')];
}

/** The balancer's own UP and DOWN, where they can be known. */
function timingsOf(recording: Recording, repetition: Repetition, match: Match | undefined): CheckResult {
  if (spreadOf(recording.model) > 0) return { timed: [], spans: [] };
  if (!isObserved(recording.model)) return checkTimings(recording, repetition);
  return { timed: match === undefined ? [] : observedTimings(repetition, match.replayed), spans: [] };
}

/** Status, servers, retries, redispatch and termination of every request: no tolerance but the moved entries. */
function requestsRow(matches: readonly Match[]): Row | null {
  if (matches.length === 0) return null;
  const total = sum(matches.map((match) => match.requests.length));
  const wrong = sum(matches.map((match) => match.differences));
  const moves = matches.flatMap((match) => match.movesMs);
  const orders = sum(matches.map((match) => match.ordersTaken));
  const most = Math.max(0, ...moves.map(Math.abs));
  const notes = [
    `${total - wrong} equal`,
    ...(moves.length > 0 ? [`${moves.length} stamps moved by up to ${most} ms`] : []),
    ...(orders > 0 ? [`${orders} open orders taken`] : []),
  ];
  const bad = matches.find((match) => match.firstDifference >= 0);
  const request = bad?.requests[bad.firstDifference];
  const reason =
    bad === undefined || request === undefined
      ? null
      : `request ${request.id} at ${request.atMs} ms: recorded ${recordedEnd(request)}, ` +
        `simulated ${simulatedEnd(bad.replayed.requests[bad.firstDifference])}`;
  return row('each request', `${total} in ${matches.length} runs`, notes.join(', '), reason);
}

/** haproxy/README.md, "Within ranges": waits and timeouts have a median of -1 .. +15 ms and single ones up to +60. */
const MEDIAN_EARLIEST_MS = -1;
const MEDIAN_LATEST_MS = 15;
const SINGLE_LATEST_MS = 60;
/** A stall of the machine may delay one wait in a hundred by more. */
const STALLS_ALLOWED = 0.01;
/** A request that ends at a fault ends at a stamp, which may be late; else noise only ever adds. */
const SINGLE_EARLIEST_MS = -16;

/** Recorded minus simulated latency: of those that waited within the ranges, of plain answers never earlier than ours. */
function latencyRow(matches: readonly Match[]): Row | null {
  const hasQueued = matches.some(({ requests }) => requests.some((one) => one.srvQueueAhead || one.backendQueueAhead));
  const all: number[] = [];
  const waits: number[] = [];
  for (const { requests, replayed } of matches) {
    requests.forEach((request, index) => {
      const ended = replayed.requests[index];
      if (!ended) return;
      const difference = request.latencyMs - ended.latencyMs;
      all.push(difference);
      if (ended.retries > 0 || ['sC', 'sH'].includes(ended.termination)) waits.push(difference);
    });
  }
  if (all.length === 0) return null;
  for (const list of [all, waits]) list.sort((a, b) => a - b);
  const median = quantile(waits, 0.5);
  const least = quantile(all, 0);
  const stalls = waits.filter((difference) => difference > SINGLE_LATEST_MS).length;
  let reason: string | null = null;
  if (hasQueued) reason = withinRanges(all);
  else if (least < SINGLE_EARLIEST_MS) reason = `one ended ${-least} ms before ours`;
  else if (quantile(all, 0.5) < MEDIAN_EARLIEST_MS) reason = 'most ended before ours';
  else if (median < MEDIAN_EARLIEST_MS || median > MEDIAN_LATEST_MS) reason = 'the median of the waits lies outside';
  else if (stalls > STALLS_ALLOWED * waits.length)
    reason = `${stalls} waits were more than ${SINGLE_LATEST_MS} ms longer`;
  const text = (list: readonly number[]) =>
    `median ${signed(quantile(list, 0.5))} ms, ${signed(quantile(list, 0))} .. ${signed(quantile(list, 1))}`;
  const waited = waits.length === 0 ? 'none waited' : `${waits.length} that waited: ${text(waits)}`;
  return row('latency, recorded minus ours', text(all), waited, reason);
}

/** Servers in order of arrival: exact. */
function orderRow(recording: Recording, listed: readonly Repetition[], matches: readonly Match[]): Row | null {
  let total = 0;
  let reason: string | null = null;
  listed.forEach(({ pickOrder }, index) => {
    if (pickOrder === null) return;
    const ends = matches[index]?.replayed.requests ?? [];
    pickOrder.forEach((server, position) => {
      total++;
      const ours = ends[position]?.server ?? null;
      if (server !== ours) reason ??= `pick ${position + 1}: recorded ${server}, simulated ${ours}`;
    });
  });
  if (total === 0) return null;
  const weights = recording.model.servers.map((server) => server.weight).join(':');
  return row(`pick order, weights ${weights}`, `${total} picks`, reason === null ? 'the same' : 'another', reason);
}

/** Our own check timers against the recorded UP and DOWN. */
function timingRow(timed: readonly Timed[]): Row | null {
  if (timed.length === 0) return null;
  const differences = timed.map((one) => (one.simulatedMs === null ? Number.NaN : one.recordedMs - one.simulatedMs));
  const found = differences.filter((one) => !Number.isNaN(one)).sort((a, b) => a - b);
  const bad = timed.find((one) => {
    const difference = one.simulatedMs === null ? Number.NaN : one.recordedMs - one.simulatedMs;
    return !(difference >= EARLIEST_MS - (one.earlierMs ?? 0) && difference <= LATEST_MS);
  });
  const reason =
    bad === undefined
      ? null
      : `${bad.server} ${bad.state}: recorded ${bad.recordedMs} ms, simulated ${bad.simulatedMs?.toFixed(1) ?? 'never'}`;
  const text = `median ${signed(quantile(found, 0.5))} ms, ${signed(quantile(found, 0))} .. ${signed(quantile(found, 1))}`;
  return row('own checks: UP and DOWN', `${timed.length} transitions`, text, reason);
}

/** Detection and recovery, recorded and ours, within the intervals of their closed forms. */
function closedFormRow(spans: readonly Span[]): Row | null {
  if (spans.length === 0) return null;
  const isInside = (ms: number | null, { leastMs, mostMs }: Span, earlyMs: number, lateMs: number) =>
    ms !== null && ms >= leastMs + earlyMs && ms <= mostMs + lateMs;
  const bad = spans.find(
    (span) => !isInside(span.recordedMs, span, EARLIEST_MS, LATEST_MS) || !isInside(span.simulatedMs, span, -1, 2),
  );
  const reason =
    bad === undefined
      ? null
      : `${bad.server} ${bad.what}: recorded ${bad.recordedMs.toFixed(1)}, simulated ${bad.simulatedMs?.toFixed(1)}, ` +
        `form ${bad.leastMs} .. ${bad.mostMs} ms`;
  const range = (what: Span['what'], of: (span: Span) => number | null) => {
    const values = spans.filter((span) => span.what === what).map((span) => of(span) ?? 0);
    return values.length === 0 ? '' : `${Math.round(Math.min(...values))}-${Math.round(Math.max(...values))}`;
  };
  const text = (of: (span: Span) => number | null) => `${range('fault to DOWN', of)}, ${range('back to UP', of)} ms`;
  const form = spans[0] as Span;
  const what = `${form.what} in ${form.leastMs}-${form.mostMs} ms, and back to UP`;
  return row(
    what,
    text((span) => span.recordedMs),
    text((span) => span.simulatedMs),
    reason,
  );
}

/** Where no server changed its state, our checks change none either. */
function quietRow(recording: Recording): Row | null {
  const quiet = recording.repetitions.filter(
    (one) => one.serverEvents.length === 0 && one.requests !== null && one.schedule.length > 0,
  );
  if (quiet.length === 0 || recording.model.servers.every((server) => !server.check)) return null;
  const changes = quiet.flatMap((one) => {
    const arrivals = arrivalsOf(recording, one) ?? [];
    return replay(runOf(recording, { arrivals, entries: actsOf(recording, one), checks: true }), 0).transitions;
  });
  const first = changes[0];
  const reason = first === undefined ? null : `${first.server} goes ${first.state} at ${first.atMs} ms`;
  return row('own checks: no DOWN', '0 transitions', `${changes.length}`, reason);
}

/** Each entry may meet a request on either side, or one in each of its waits. */
const slackOf = (entries: readonly Entry[]): number => 2 + entries.length;

/** Repetitions of which only counts are kept: planned arrivals, recorded transitions. */
function unlistedRow(recording: Recording): Row | null {
  const pairs = recording.repetitions.flatMap((one): [Repetition, readonly Entry[]][] =>
    one.requests === null && one.outcomeCounts !== null
      ? [[one, [...actsOf(recording, one), ...transitionsOf(one)]]]
      : [],
  );
  return countsRow(recording, 'counts per outcome, requests not listed', pairs);
}

/** The same requests with the transitions at the times that our own checks give them. */
function ownCountsRow(recording: Recording, timings: readonly (readonly Timed[])[]): Row | null {
  const pairs = recording.repetitions.flatMap((one, index): [Repetition, readonly Entry[]][] => {
    const timed = timings[index] ?? [];
    const transitions = transitionsOf(one);
    if (timed.length === 0 || timed.length !== transitions.length) return [];
    if (timed.some((each) => each.simulatedMs === null)) return [];
    const events = timed.map((each) => ({ atMs: each.simulatedMs as number, server: each.server, state: each.state }));
    return [[one, [...actsOf(recording, one), ...transitionsOf({ ...one, serverEvents: events })]]];
  });
  return countsRow(recording, 'counts per outcome, own checks', pairs);
}

function countsRow(recording: Recording, what: string, pairs: readonly [Repetition, readonly Entry[]][]): Row | null {
  let compared = 0;
  let largest = 0;
  let reason: string | null = null;
  for (const [repetition, entries] of pairs) {
    const arrivals = arrivalsOf(recording, repetition);
    const recorded = recordedOutcomes(repetition);
    if (arrivals === null || recorded === null) continue;
    const replayed = replay(runOf(recording, { arrivals, entries, checks: false }), 0);
    const difference = largestDifference(recorded, countSimulated(replayed.requests, recorded.withRetries));
    compared++;
    largest = Math.max(largest, difference);
    if (difference > slackOf(entries)) {
      reason ??= `repetition ${repetition.number}: an outcome differs by ${difference}`;
    }
    const law = brokenLaw(recording, replayed);
    if (law !== null) reason ??= law;
  }
  if (compared === 0) return null;
  return row(what, `${compared} runs`, `within ${largest} of each count`, reason);
}

const recordedOutcomes = ({ requests, outcomeCounts }: Repetition): Outcomes | null =>
  requests !== null
    ? countRecorded(requests as readonly RecordedRequest[])
    : outcomeCounts && readCounts(outcomeCounts);

function lawsRow(recording: Recording, matches: readonly Match[]): Row | null {
  if (matches.length === 0) return null;
  const reason = matches.map((match) => brokenLaw(recording, match.replayed)).find((law) => law !== null) ?? null;
  return row('laws: ends, DOWN servers, backups', 'hold', reason === null ? 'hold' : 'broken', reason);
}
