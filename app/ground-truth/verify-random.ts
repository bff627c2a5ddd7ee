// What is random in a recording, compared as a distribution: shares of the servers under `balance random`, and pauses between
// checks under `spread-checks`.
import { actsOf, arrivalsOf, runOf } from './recorded-run.ts';
import { randomDrawsOf, spreadOf } from './recorded-settings.ts';
import type { Recording, Repetition, ScheduleEntry } from './recording.ts';
import { replay } from './replay.ts';
import { type Row, row, sum } from './row.ts';

const SEEDS = Array.from({ length: 10 }, (_, index) => index + 1);
const STANDARD_ERRORS = 4;

/** Do later picks depend on when requests end, to the millisecond? Then only shares can be compared. */
export const isShareOnly = ({ model, inFlight }: Recording): boolean => randomDrawsOf(model) > 1 && inFlight > 0;

/** Shares of the servers: those of the ring where nothing else counts, else those that were recorded. */
export function sharesRow(recording: Recording): Row | null {
  const draws = randomDrawsOf(recording.model);
  const repetition = recording.repetitions[0];
  const arrivals = repetition === undefined ? null : arrivalsOf(recording, repetition);
  if (draws === 0 || arrivals === null) return null;
  const names = recording.model.servers.map((server) => server.name);
  const counts = (ownGenerator: boolean, seeds: readonly number[]) => {
    const picks = seeds.flatMap((seed) =>
      replay(runOf(recording, { arrivals, entries: [], checks: false, seed, ownGenerator }), 0).requests.map(
        (ended) => ended?.server,
      ),
    );
    return names.map((name) => picks.filter((server) => server === name).length);
  };
  const fresh = recording.countsPerRepetition[0] ?? {};
  const recorded = names.map((name) => fresh[name] ?? 0);
  const isLoaded = isShareOnly(recording);
  const ring = names.map((name) => recording.ringShare?.[name] ?? 0);
  const expected = isLoaded || recording.ringShare === null ? shares(recorded) : ring;
  const known = isLoaded || recording.ringShare === null ? sum(recorded) : Number.POSITIVE_INFINITY;
  if (sum(expected) === 0) return null;
  const own = counts(true, SEEDS);
  const reason =
    shareProblem('our generator', own, expected, known, names) ??
    (isLoaded ? shareProblem("HAProxy's generator", counts(false, [1]), expected, known, names) : null);
  const text = (values: readonly number[]) => values.map((value) => value.toFixed(3)).join(' ');
  return row('shares of the servers', text(expected), `${text(shares(own))} of ${sum(own)}`, reason);
}

const shares = (counts: readonly number[]): readonly number[] =>
  counts.map((count) => count / Math.max(1, sum(counts)));

function shareProblem(
  what: string,
  counts: readonly number[],
  expected: readonly number[],
  known: number,
  names: readonly string[],
): string | null {
  const total = sum(counts);
  const bad = names.findIndex((_, index) => {
    const p = expected[index] as number;
    const error = Math.sqrt(p * (1 - p) * (1 / total + 1 / known));
    return Math.abs((counts[index] as number) / total - p) > STANDARD_ERRORS * error;
  });
  return bad < 0 ? null : `${what}: ${names[bad]} has ${counts[bad]} of ${total}`;
}

interface Durations {
  readonly detectMs: number[];
  readonly recoverMs: number[];
}

/** From each kill to the DOWN after it, from each start to the UP after it. */
function durations(
  acts: readonly { readonly atMs: number; readonly action: string; readonly target: string }[],
  transitions: readonly { readonly atMs: number; readonly server: string; readonly state: string }[],
): Durations {
  const after = (atMs: number, server: string, state: string) =>
    transitions.find((one) => one.server === server && one.state === state && one.atMs >= atMs);
  const of = (action: string, state: string) =>
    acts.flatMap((act) => {
      const end = act.action === action ? after(act.atMs, act.target, state) : undefined;
      return end === undefined ? [] : [end.atMs - act.atMs];
    });
  return { detectMs: of('kill -9', 'DOWN'), recoverMs: of('listening', 'UP') };
}

/** Recorded times may lie so much outside of the form (stamps, lateness of timers). */
const OUTSIDE_MS = { earlyMs: -3, lateMs: 60 };

/** Detection and recovery under `spread-checks`: each inside its interval, and the same means. */
export function spreadRow(recording: Recording, repetition: Repetition): Row | null {
  const spread = spreadOf(recording.model) / 100;
  const check = recording.model.servers.find((server) => server.check)?.check;
  if (spread === 0 || !check) return null;
  const recorded = durations(repetition.schedule, repetition.serverEvents);
  const target = repetition.schedule[0]?.target ?? '';
  const cycleMs = CYCLE_PAUSES * (check.fall + check.rise) * check.inter;
  const schedule = Array.from({ length: CYCLES }, (_, index) => cycle(target, cycleMs, index, check.inter));
  const plan = { ...repetition, schedule: schedule.flat() };
  const own = SEEDS.map((seed) => {
    const run = runOf(recording, { arrivals: [], entries: actsOf(recording, plan), checks: true, seed });
    return durations(plan.schedule, replay(run, (CYCLES + 2) * cycleMs).transitions);
  });
  const fast = check.fastinter ?? check.inter;
  const forms = {
    detectMs: interval(check.inter, (check.fall - 1) * fast, spread),
    recoverMs: interval(check.downinter ?? check.inter, (check.rise - 1) * fast, spread),
  };
  const reason = (['detectMs', 'recoverMs'] as const)
    .map((what) =>
      spreadProblem(
        what,
        recorded[what],
        own.flatMap((one) => one[what]),
        forms[what],
      ),
    )
    .find((problem) => problem !== null);
  const text = ({ detectMs, recoverMs }: Durations) => `${mean(detectMs).toFixed(0)}, ${mean(recoverMs).toFixed(0)} ms`;
  const all = { detectMs: own.flatMap((one) => one.detectMs), recoverMs: own.flatMap((one) => one.recoverMs) };
  return row('mean detection and recovery', text(recorded), `${text(all)} in ${SEEDS.length} runs`, reason ?? null);
}

/** Faults of one server, far enough apart that each is over before the next, at phases that spread evenly. */
const CYCLES = 20;
const CYCLE_PAUSES = 4;
const GOLDEN_SHARE = 0.618;
function cycle(target: string, cycleMs: number, index: number, interMs: number): readonly ScheduleEntry[] {
  const killMs = (index + 1) * cycleMs + ((index * GOLDEN_SHARE) % 1) * interMs;
  return [
    { atMs: killMs, action: 'kill -9', target },
    { atMs: killMs + cycleMs / 2, action: 'listening', target },
  ];
}

const mean = (values: readonly number[]): number => sum(values) / Math.max(1, values.length);

/** One pause that the fault falls into, and further ones, each drawn. */
const interval = (pauseMs: number, furtherMs: number, spread: number) => ({
  leastMs: furtherMs * (1 - spread),
  mostMs: (pauseMs + furtherMs) * (1 + spread),
});

function spreadProblem(
  what: string,
  recorded: readonly number[],
  own: readonly number[],
  form: { readonly leastMs: number; readonly mostMs: number },
): string | null {
  if (recorded.length === 0) return null;
  const { earlyMs, lateMs } = OUTSIDE_MS;
  const bad = [...recorded, ...own].find((ms) => ms < form.leastMs + earlyMs || ms > form.mostMs + lateMs);
  if (bad !== undefined) return `${what}: ${bad.toFixed(0)} lies outside ${form.leastMs} .. ${form.mostMs}`;
  if (own.length === 0) return `${what}: never`;
  const variance = mean(own.map((ms) => (ms - mean(own)) ** 2));
  const error = Math.sqrt(variance * (1 / recorded.length + 1 / own.length));
  return Math.abs(mean(own) - mean(recorded)) > STANDARD_ERRORS * error ? `${what}: another mean` : null;
}
