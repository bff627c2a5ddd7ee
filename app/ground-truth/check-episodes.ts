// Holds the balancer's own check timers against recorded detections and recoveries. An episode is one fault of one server
// and its recovery. The phase of the checks comes from the last recorded check before the fault (or from the start), the
// fault times from the schedule; when the server goes DOWN and UP again is ours to say.
import { checkLimits, firstCheckDelaysMs } from '../catalogue/load-balancer/health-check.ts';
import { actsOf, type Entry, runOf, serverId } from './recorded-run.ts';
import type { RecordedCheck, RecordedServer, Recording, Repetition } from './recording.ts';
import { type Replayed, replay, type Transition } from './replay.ts';

/** HAProxy's timers are late by this much per pause of a check (haproxy-semantics, section 1: 0.7 to 2.3 ms). */
const LATENESS_MS = [1.3, 0.7, 1, 1.7, 2.3];
/** Stamps of faults are late by up to 15 ms; a fault in the millisecond of a check may fall on either side of it. */
const STAMPS_MS = [0, -4, -8, -15, 4, 8, 15];
/** Where no check is listed the moment of the start is known only so well: the first check comes before time 0. */
const STARTS_MS = [0, -10, -25, -40, -55, -5, -18, -33, -48];
/**
 * How early and how late a recorded transition may be. haproxy/README.md ("Within ranges") has -3 and +60 for durations;
 * here the stamp of the check before the fault adds its own lateness, of which -7 were seen.
 */
export const EARLIEST_MS = -10;
export const LATEST_MS = 60;

/** When the kernel sends a SYN again (Linux, initial retransmission timeout). */
const SYN_REPEAT_MS = 1000;

/** A transition as recorded and as our timers give it; `simulatedMs` is null when ours never comes. */
export interface Timed {
  readonly server: string;
  readonly state: 'UP' | 'DOWN';
  readonly recordedMs: number;
  readonly simulatedMs: number | null;
  /** So much earlier than ours it may be, because the time of a failing check is only known to lie in an interval. */
  readonly earlierMs?: number;
}

/** A duration with the interval in which its closed form puts it. */
export interface Span {
  readonly server: string;
  readonly what: 'fault to DOWN' | 'back to UP';
  readonly recordedMs: number;
  readonly simulatedMs: number | null;
  readonly leastMs: number;
  readonly mostMs: number;
}

export interface CheckResult {
  readonly timed: readonly Timed[];
  readonly spans: readonly Span[];
}

interface Episode {
  readonly server: RecordedServer;
  readonly check: RecordedCheck;
  /** Time 0 of the simulated runs: a check that left the server at its best health, or the start of the balancer. */
  readonly anchorMs: number;
  readonly isFromStart: boolean;
  readonly isListed: boolean;
  /** Acts on the server from its fault to its DOWN, and from there to its UP. */
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
  readonly downMs: number;
  readonly upMs: number | null;
  /**
   * Time that a failing check takes: nobody answers, or refused (or a wrong status) at once. A stopped process with a
   * `timeout check` below the interval makes it `leastFailingMs` at least.
   */
  readonly failingMs: number;
  readonly leastFailingMs: number;
}

/** Every recorded DOWN of a checked server that follows a fault, and the UP after it. */
export function checkTimings(recording: Recording, repetition: Repetition): CheckResult {
  const timed: Timed[] = [];
  const spans: Span[] = [];
  for (const episode of episodesOf(recording, repetition)) {
    const result = bestOf(recording, episode);
    timed.push(...result.timed);
    spans.push(...result.spans);
  }
  return { timed, spans };
}

/** Where errors of requests count, our transitions are those of the replay: every one in its order. */
export function observedTimings({ serverEvents }: Repetition, { transitions }: Replayed): readonly Timed[] {
  const played = [...transitions];
  return serverEvents.flatMap(({ server, state, atMs }) => {
    if (state !== 'UP' && state !== 'DOWN') return [];
    const at = played.findIndex((one) => one.server === server);
    const [own] = at < 0 ? [] : played.splice(at, 1);
    return [{ server, state, recordedMs: atMs, simulatedMs: own?.state === state ? own.atMs : null }];
  });
}

function episodesOf(recording: Recording, repetition: Repetition): Episode[] {
  const acts = actsOf(recording, repetition);
  const launches = repetition.schedule.filter((entry) => entry.action === 'lb-launch').map((entry) => entry.atMs);
  return recording.model.servers.flatMap((server) => {
    const check = server.check;
    if (!check) return [];
    const own = acts.filter((entry) => concerns(entry, server.name));
    const events = repetition.serverEvents.filter((event) => event.server === server.name);
    const downs = events.filter((event) => event.state === 'DOWN');
    return downs.flatMap(({ atMs: downMs }): Episode[] => {
      const lastUpMs = Math.max(
        -1000,
        ...events.filter((one) => one.state === 'UP' && one.atMs < downMs).map((one) => one.atMs),
      );
      const before = own.filter((entry) => entry.atMs > lastUpMs && entry.atMs <= downMs);
      const faultMs = before.find(isFault)?.atMs;
      const hasRestarted = launches.some((atMs) => atMs > (faultMs ?? 0) && atMs <= downMs + 1);
      if (faultMs === undefined || hasRestarted) return [];
      const upMs = events.find((one) => one.state === 'UP' && one.atMs > downMs)?.atMs ?? null;
      const after = own.filter((entry) => entry.atMs > downMs && entry.atMs <= (upMs ?? downMs));
      const base = { server, check, before, after, downMs, upMs, ...failingTimes(recording, check, before) };
      return [{ ...base, ...anchorOf(recording, repetition, server.name, faultMs, launches) }];
    });
  });
}

const concerns = (entry: Entry, name: string): boolean =>
  entry.commands.some((command) => command.target === serverId(name) || command.target === `host ${name}`);

function isFault(entry: Entry): boolean {
  return entry.commands.some(
    (command) =>
      command.type === 'kill' ||
      command.type === 'hang' ||
      (command.type === 'reconfigure' && Number(command.patch['healthStatus'] ?? 0) >= 400),
  );
}

function failingTimes(
  { model }: Recording,
  check: RecordedCheck,
  acts: readonly Entry[],
): Pick<Episode, 'failingMs' | 'leastFailingMs'> {
  const has = (type: string, prefix: string) =>
    acts.some(({ commands }) => commands.some((one) => one.type === type && one.target.startsWith(prefix)));
  const connectMs = model.timeouts['connect'] ?? check.inter;
  const checkMs = model.timeouts['check'] ?? null;
  const limits = checkLimits(configured(check), connectMs, checkMs);
  if (has('kill', 'host ')) return { failingMs: limits.connectMs, leastFailingMs: limits.connectMs };
  if (has('hang', '')) return { failingMs: limits.answerMs, leastFailingMs: checkMs ?? limits.answerMs };
  return { failingMs: 0, leastFailingMs: 0 };
}

const configured = (check: RecordedCheck) => ({
  type: check.type,
  interMs: check.inter,
  fastinterMs: check.fastinter ?? null,
  downinterMs: check.downinter ?? null,
  fall: check.fall,
  rise: check.rise,
});

/** The latest sign of best health before the fault. */
function anchorOf(
  recording: Recording,
  repetition: Repetition,
  name: string,
  faultMs: number,
  launches: readonly number[],
): Pick<Episode, 'anchorMs' | 'isFromStart' | 'isListed'> {
  const checks = repetition.healthChecks.filter((entry) => entry.server === name && entry.atMs < faultMs);
  const best = checks.filter((entry) => /^(\d+)\/\1 UP$/.test(entry.health)).map((entry) => entry.atMs);
  const ups = repetition.serverEvents
    .filter((event) => event.server === name && event.state === 'UP' && event.atMs < faultMs)
    .map((event) => event.atMs);
  const launchMs = Math.max(Number.NEGATIVE_INFINITY, ...launches.filter((atMs) => atMs < faultMs));
  const signs = [...best, ...ups].filter((atMs) => atMs > launchMs);
  const isListed = recording.repetitions.some((one) => one.healthChecks.length > 0);
  if (signs.length > 0) return { anchorMs: Math.max(...signs), isFromStart: false, isListed };
  return { anchorMs: Number.isFinite(launchMs) ? launchMs : 0, isFromStart: true, isListed };
}

/** A share of what is allowed. */
const NEAR_ENOUGH = 0.1;

/** How far a transition is from ours, against how far it may be on that side. */
function offBy({ recordedMs, simulatedMs, earlierMs }: Timed): number {
  if (simulatedMs === null) return Number.POSITIVE_INFINITY;
  const difference = recordedMs - simulatedMs;
  return difference < 0 ? difference / (EARLIEST_MS - (earlierMs ?? 0)) : difference / LATEST_MS;
}

/** The variation of what is known only to some milliseconds that comes nearest to the recording. */
function bestOf(recording: Recording, episode: Episode): CheckResult {
  const starts = episode.isFromStart && !episode.isListed ? STARTS_MS : [0];
  let best: CheckResult = { timed: [], spans: [] };
  let leastError = Number.POSITIVE_INFINITY;
  for (const startMs of starts) {
    for (const stampMs of STAMPS_MS) {
      for (const latenessMs of LATENESS_MS) {
        const result = playEpisode(recording, episode, episode.anchorMs + startMs, stampMs, latenessMs);
        const error = Math.max(...result.timed.map(offBy));
        if (error < leastError || best.timed.length === 0) {
          best = result;
          leastError = error;
        }
        if (leastError < NEAR_ENOUGH) return best;
      }
    }
  }
  return best;
}

/**
 * Plays fault and recovery against our timers. Ours are never late, so recorded times are brought to our clock first: a
 * phase of checks that takes n pauses here takes n * lateness more there.
 */
function playEpisode(
  recording: Recording,
  episode: Episode,
  anchorMs: number,
  stampMs: number,
  latenessMs: number,
): CheckResult {
  const { server, check, downMs, upMs } = episode;
  const servers = episode.isFromStart ? recording.model.servers : [server];
  const play = (entries: readonly Entry[], untilMs: number) =>
    replay(runOf(recording, { arrivals: [], entries, checks: true, servers }), untilMs);
  const moved = (entry: Entry, atMs: number): Entry => ({ ...entry, atMs: Math.max(0, atMs) });
  const upRate = check.inter / (check.inter + latenessMs);
  const before = episode.before.map((entry) => moved(entry, (entry.atMs + stampMs - anchorMs) * upRate));
  const horizonMs = downMs - anchorMs + 2 * (check.inter + episode.failingMs) + 1000;
  const first = play(before, horizonMs);
  const faultMs = before.find(isFault)?.atMs ?? 0;
  const down = first.transitions.find((one) => isOf(one, server.name, 'DOWN') && one.atMs >= faultMs);
  const ownDownMs =
    down === undefined ? null : anchorMs + down.atMs + latenessMs * pauses(first, server.name, 0, down.atMs);
  const earlierMs = check.fall * (episode.failingMs - episode.leastFailingMs);
  const timed: Timed[] = [
    { server: server.name, state: 'DOWN', recordedMs: downMs, simulatedMs: ownDownMs, earlierMs },
  ];
  const spans: Span[] = [];
  const form = closedForm(recording, episode);
  if (form.isKnown) {
    const recordedMs = downMs - (episode.before.find(isFault)?.atMs ?? 0);
    const simulatedMs = down === undefined ? null : down.atMs - faultMs;
    spans.push({ server: server.name, what: 'fault to DOWN', recordedMs, simulatedMs, ...form.detect });
  }
  if (down === undefined || upMs === null || episode.after.length === 0) return { timed, spans };
  const pauseMs = (check.downinter ?? check.inter) + episode.failingMs;
  const downRate = pauseMs / (pauseMs + latenessMs);
  const after = episode.after.map((entry) => moved(entry, down.atMs + (entry.atMs + stampMs - downMs) * downRate));
  const second = play([...before, ...after], upMs - anchorMs + 3 * pauseMs + check.rise * check.inter);
  const up = second.transitions.find((one) => isOf(one, server.name, 'UP') && one.atMs > down.atMs);
  const backMs = after.at(-1)?.atMs ?? 0;
  const late = (toMs: number) => downMs + toMs - down.atMs + latenessMs * pauses(second, server.name, down.atMs, toMs);
  const again = retransmitted(second, episode, backMs);
  const possible = [up?.atMs ?? null, again].flatMap((atMs) => (atMs === null ? [] : [late(atMs)]));
  possible.sort((a, b) => Math.abs(a - upMs) - Math.abs(b - upMs));
  // Which check meets the return depends on how long those before it took.
  if (earlierMs === 0) {
    timed.push({ server: server.name, state: 'UP', recordedMs: upMs, simulatedMs: possible[0] ?? null });
  }
  const simulatedMs = up === undefined ? null : up.atMs - backMs;
  const recordedMs = upMs - (episode.after.at(-1)?.atMs ?? 0);
  spans.push({ server: server.name, what: 'back to UP', recordedMs, simulatedMs, ...form.recover });
  return { timed, spans };
}

/**
 * A check that waits for a silent host when it returns passes after all if the kernel repeats its SYN in time: 1 s after
 * the first, which a `timeout connect` of 1000 ms sometimes lets pass (seen once, classic-host-off-gap230). The simulated
 * network repeats nothing; so this UP is as good as ours.
 */
function retransmitted(replayed: Replayed, { server, check, failingMs }: Episode, backMs: number): number | null {
  const waiting = replayed.checks.findLast((one) => one.server === server.name && one.atMs <= backMs);
  if (waiting === undefined || failingMs < SYN_REPEAT_MS || waiting.atMs + SYN_REPEAT_MS < backMs) return null;
  return waiting.atMs + SYN_REPEAT_MS + (check.rise - 1) * (check.fastinter ?? check.inter);
}

const isOf = (one: Transition, server: string, state: string): boolean => one.server === server && one.state === state;

/** Pauses between checks in a stretch of a run. */
const pauses = (replayed: Replayed, server: string, fromMs: number, toMs: number): number =>
  Math.max(
    0,
    replayed.checks.filter((one) => one.server === server && one.atMs >= fromMs && one.atMs <= toMs).length - 1,
  );

/** Section 8 of haproxy-semantics; unknown while the server had not yet passed its first check. */
function closedForm(recording: Recording, episode: Episode) {
  const { server, check, failingMs: t, leastFailingMs, isFromStart, anchorMs, before } = episode;
  const fast = check.fastinter ?? check.inter;
  const detectMs = t + (check.fall - 1) * (fast + t);
  const leastMs = leastFailingMs + (check.fall - 1) * (fast + leastFailingMs);
  const recoverMs = (check.rise - 1) * fast;
  const index = recording.model.servers.indexOf(server);
  const delays = firstCheckDelaysMs(recording.model.servers.map((one) => (one.check ? configured(one.check) : null)));
  const faultMs = (before.find(isFault)?.atMs ?? 0) - anchorMs;
  return {
    isKnown: !isFromStart || faultMs > (delays[index] ?? 0) + LATEST_MS,
    detect: { leastMs, mostMs: check.inter + detectMs },
    recover: { leastMs: recoverMs, mostMs: (check.downinter ?? check.inter) + t + recoverMs },
  };
}
