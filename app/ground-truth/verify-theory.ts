// Holds the simulator against a table of queueing theory: a line per expected number, with the tolerance rule of the tables'
// README. Quick mode takes a tenth of the requests, so that the standard error (and with it the tolerance) is wider.
import { loadBalancerSchema } from '../catalogue/load-balancer/config.ts';
import { hashText } from '../foundation/prng.ts';
import { AVAILABILITY_FAMILIES, availabilityExperiment } from './theory-availability.ts';
import { runDetection } from './theory-detection.ts';
import { type Model, modelOf } from './theory-models.ts';
import { type Estimate, errorLimit, pooled, runModel } from './theory-run.ts';
import { runStaleReads } from './theory-stale.ts';
import { asymptoticSd, type TheoryRow, type TheoryTable } from './theory-table.ts';
import type { Row } from './verify-recording.ts';

export interface TheoryLine extends Row {
  readonly id: string;
  /** Distance from what is expected in standard errors; null where there is none. */
  readonly distance: number | null;
}

/** Runs a row with a seed: all quantities that it counts. */
type Experiment = (seed: number) => Map<string, Estimate>;

const FIRST_SEED = 0;
const FRESH_SEEDS = [1, 2, 3, 4, 5].map((n) => n << 20);
const QUICK_SHARE = 0.1;
const MOST_REQUESTS = 120_000_000;
/** What a table says of the parameters alone: nothing to simulate. */
const PARAMETERS = ['scv', 'sigma'];
/** A line per expected number of a table. */
export function* verifyTheory(table: TheoryTable, full: boolean): Generator<TheoryLine> {
  for (const row of table.rows) {
    const missing = notModelled(row);
    if (missing === null) yield* verifyRow(table.family, row, full);
    else {
      const empty = { what: 'the row', recorded: '', simulated: '', distance: null };
      yield { id: row.id, ...empty, verdict: 'not modelled yet', reason: missing };
    }
  }
}

function notModelled(row: TheoryRow): string | null {
  const { policy } = row.params;
  const balances = (name: unknown) => loadBalancerSchema.entries.balance.options.includes(name as never);
  if (policy !== undefined && !balances(policy)) return `balance ${String(policy)}`;
  return null;
}

function* verifyRow(family: string, row: TheoryRow, full: boolean): Generator<TheoryLine> {
  let experiment: { run: Experiment; wanted: readonly string[] };
  try {
    experiment = experimentOf(family, row, full);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    yield { id: row.id, what: 'the row', recorded: '', simulated: '', verdict: 'FAIL', reason, distance: null };
    return;
  }
  // Rows of one seed would meet the same arrivals, and miss or pass together.
  const own = hashText(JSON.stringify(row.params));
  const first = experiment.run(own ^ FIRST_SEED);
  const misses = experiment.wanted.filter((name) => missOf(name, row, first, full) !== null);
  const fresh = misses.length === 0 ? [] : FRESH_SEEDS.map((seed) => experiment.run(own ^ seed));
  for (const name of experiment.wanted) {
    const expected = row.expected[name] as number;
    const found = first.get(name) as Estimate;
    const isMissed = misses.includes(name);
    const counted = isMissed ? pooled(fresh.map((run) => run.get(name) as Estimate)) : found;
    const miss = isMissed ? missOf(name, row, new Map([[name, counted]]), full) : null;
    yield {
      id: row.id,
      what: name,
      recorded: text(expected),
      simulated: `${text(counted.value)} +- ${text(counted.error)}${isMissed ? ' (5 fresh seeds pooled)' : ''}`,
      verdict: miss === null ? 'pass' : 'FAIL',
      reason: miss ?? '',
      distance: found.error > 0 ? (found.value - expected) / found.error : null,
    };
  }
}

const text = (value: number): string => value.toPrecision(5);

/** Why an estimate is no match, or null. */
function missOf(name: string, row: TheoryRow, found: ReadonlyMap<string, Estimate>, full: boolean): string | null {
  const expected = row.expected[name] as number;
  const { value, error } = found.get(name) as Estimate;
  if (name.startsWith('min_') || name.startsWith('max_')) return boundMiss(name, expected, value);
  if (expected === 0) return value === 0 ? null : 'must be 0';
  if (!(Math.abs(value - expected) <= 3 * error)) return 'more than 3 standard errors away';
  const limit = errorLimit(name, expected) / (full ? 1 : Math.sqrt(QUICK_SHARE));
  return error <= limit * Math.abs(expected) ? null : `the standard error is above ${text(limit)} of it: no power`;
}

/** The extremes of a law: never beyond, and reached within one part in a hundred. */
function boundMiss(name: string, expected: number, value: number): string | null {
  const beyond = name.startsWith('min_') ? expected - value : value - expected;
  if (beyond > 1e-9) return 'is beyond what is possible';
  return beyond > -0.01 * expected ? null : 'is not reached';
}

function experimentOf(family: string, row: TheoryRow, full: boolean): { run: Experiment; wanted: readonly string[] } {
  const share = full ? 1 : QUICK_SHARE;
  const wanted = Object.keys(row.expected).filter((name) => !PARAMETERS.includes(name));
  if (family === 'detection') return { run: (seed) => runDetection(row.params, share, seed), wanted };
  if (family === 'stale_read') return { run: (seed) => runStaleReads(row.params, share, seed), wanted };
  if (AVAILABILITY_FAMILIES.includes(family)) {
    return { run: availabilityExperiment(family, row.params, share, wanted), wanted };
  }
  const model = modelOf(family, row.params);
  if (model === null) throw new Error(`Nobody knows the family ${family}.`);
  const unknown = wanted.filter((name) => !Object.hasOwn(model.quantities, name));
  if (unknown.length > 0) throw new Error(`Nothing counts ${unknown.join(', ')} in ${family}.`);
  const requests = Math.ceil(share * requestsFor(row, model, wanted));
  return { run: (seed) => runModel(model, requests, seed, wanted), wanted };
}

/** As many as the rule asks for, and as many more as the table's own scatter says that a sharp comparison needs. */
function requestsFor(row: TheoryRow, model: Model, wanted: readonly string[]): number {
  let requests = model.load >= 0.9 ? 5_000_000 : 1_000_000;
  for (const name of wanted) {
    const sd = asymptoticSd(row, name);
    const expected = row.expected[name] as number;
    if (sd !== null && expected !== 0) {
      // Twice as many and more: both standard errors are themselves uncertain by a ninth.
      requests = Math.max(requests, 2.2 * (sd / (errorLimit(name, expected) * expected)) ** 2);
    }
  }
  return Math.min(MOST_REQUESTS, requests);
}
