// Holds the simulation against one recording of keepalived: a row for every entry of its `expect`, checked in several runs for
// each recorded repetition. Nothing depends on a name.
import { fromMs, toMs } from '../foundation/micros.ts';
import { type Row, row } from './row.ts';
import { film } from './vrrp-measure.ts';
import type { Expectation, VrrpRecording, VrrpRepetition } from './vrrp-recording.ts';
import { vrrpDesign, vrrpNotModelled, vrrpPlan } from './vrrp-run.ts';
import { problemWith, type ValueOf, valuesOf } from './vrrp-values.ts';

/** Runs for each repetition, each with another seed. */
const SEEDS = 4;
/** An advertisement is at most this part of its interval old: an older one was a stamp's noise. */
const OLDEST_SHARE = 0.98;
/** Probes that began before the end are seen to theirs. */
const LAST_PROBE_MS = 700;

/** One row per expectation; a single one when the simulation does not model what was recorded. */
export function verifyVrrp(recording: VrrpRecording): readonly Row[] {
  const missing = vrrpNotModelled(recording);
  if (missing !== null)
    return [{ what: 'the recording', recorded: '', simulated: '', verdict: 'not modelled yet', reason: missing }];
  const runs = (isYoung: boolean) =>
    recording.repetitions.flatMap((repetition, index) =>
      Array.from({ length: SEEDS }, (_, n) => played(recording, repetition, index * SEEDS + n + 1, isYoung)),
    );
  const settled = runs(false);
  let young: readonly ValueOf[] | null = null;
  return recording.expect.map((one) => {
    if (one.when === undefined || settled.some((value) => applies(one, value))) return expectationRow(one, settled);
    young ??= runs(true);
    return expectationRow(one, young);
  });
}

const applies = ({ phase, when }: Expectation, value: ValueOf): boolean =>
  Object.entries(when ?? {}).every(([other, wanted]) => JSON.stringify(value(phase, other)) === JSON.stringify(wanted));

/** One run: first without the fault, to begin it as long after an advertisement as it was recorded. */
function played(recording: VrrpRecording, repetition: VrrpRepetition, seed: number, isYoung: boolean): ValueOf {
  const design = vrrpDesign(recording.params);
  const plan = vrrpPlan(recording, repetition, seed, isYoung);
  const quiet = film(design, seed, plan.quiet, plan.settledMs);
  const lastMs = quiet.adverts.findLast((one) => one.node === 'lb1')?.atMs ?? plan.settledMs;
  const oldestMs = recording.params.advert * 1000 * OLDEST_SHARE;
  const ageMs = Math.min(repetition.advertAgeMs ?? plan.settledMs - lastMs, oldestMs);
  const startMs = lastMs + ageMs;
  const seen = film(design, seed, plan.commands(startMs, ageMs), startMs + repetition.endMs + LAST_PROBE_MS);
  // What happens at the very start of a phase belongs to it: both in whole microseconds.
  const phases = repetition.phases.map(([name, atMs]) => [name, toMs(fromMs(startMs + atMs))] as const);
  return valuesOf(seen, phases, toMs(fromMs(startMs + repetition.endMs)));
}

function expectationRow(expectation: Expectation, runs: readonly ValueOf[]): Row {
  const { phase, what, when } = expectation;
  const values = runs.filter((value) => applies(expectation, value)).map((value) => value(phase, what));
  const problem = values.map((value) => problemWith(expectation, value)).find((one) => one !== null) ?? null;
  const condition = when === undefined ? '' : ` when ${shortly(when)}`;
  const name = `${phase}: ${what}${condition}`;
  if (values.length > 0) return row(name, expected(expectation), simulated(values), problem);
  const reason = 'its condition comes about in no run';
  return { what: name, recorded: expected(expectation), simulated: 'in no run', verdict: 'not modelled yet', reason };
}

const shortly = (value: unknown): string => JSON.stringify(value).replaceAll('"', '');

function expected({ equals, min, max, absent, includes, subsetOf }: Expectation): string {
  if (absent === true) return 'none';
  if (equals !== undefined) return shortly(equals);
  if (includes !== undefined || subsetOf !== undefined)
    return `${shortly(includes ?? [])} of ${(subsetOf ?? []).length} kinds`;
  return `${min ?? ''} .. ${max ?? ''}`;
}

/** Range of numbers, or the different values, and in how many runs. */
function simulated(values: readonly unknown[]): string {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === values.length)
    return `${Math.min(...numbers).toFixed(1)} .. ${Math.max(...numbers).toFixed(1)} in ${values.length} runs`;
  const kinds = [...new Set(values.map((value) => (value === undefined ? 'none' : shortly(value))))];
  return `${kinds.join(' or ')} in ${values.length} runs`;
}
