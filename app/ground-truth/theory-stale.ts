// Reads from a replica that lags: application server, primary and replica of the catalogue, with writes and reads as a row
// says. Lag is the time to apply a copied write; a fixed one is the way there.
import * as v from 'valibot';
import { behaviours } from '../catalogue/kinds.ts';
import type { Arrival, Arrivals, Design } from '../design/design.ts';
import { type PlainDesign, plainDesign } from '../designs/plain-design.ts';
import { ln } from '../foundation/exact-math.ts';
import { fromMs, SECOND } from '../foundation/micros.ts';
import { nextUniform, STREAM_WORDS, seedStream } from '../foundation/prng.ts';
import { startSimulation } from '../simulation/simulation.ts';
import { TheoryMeter } from './theory-meter.ts';
import { appServer, type Law, lawOf } from './theory-models.ts';
import { type Estimate, estimate } from './theory-run.ts';

const READS = 1_000_000;
const BATCHES = 40;
/** Far enough after a pair of write and read for its lag to be over. */
const LAGS_APART = 40;
/** Reads for each write where both come at random: more would only see the same lag again. */
const READS_PER_WRITE = 1;

const lagSchema = v.variant('law', [
  v.object({ law: v.literal('exponential'), mean_s: v.number() }),
  v.object({ law: v.literal('deterministic'), mean_s: v.number() }),
  v.object({ law: v.literal('uniform(0,2m)'), mean_s: v.number() }),
  v.object({ law: v.literal('lognormal'), mu: v.number(), sigma: v.number() }),
]);
const base = { share_replica: v.number(), lag: lagSchema };
const rowSchema = v.variant('kind', [
  v.object({ ...base, kind: v.literal('read_your_write_fixed_gap'), gap_s: v.number() }),
  v.object({ ...base, kind: v.literal('read_your_write_exponential_gap'), gap_rate_per_s: v.number() }),
  v.object({ ...base, kind: v.literal('random_read'), writes_per_s_per_key: v.number() }),
]);
type StaleRow = v.InferOutput<typeof rowSchema>;

/** The share of all reads that do not see every write before them. */
export function runStaleReads(params: unknown, share: number, seed: number): Map<string, Estimate> {
  const row = v.parse(rowSchema, params);
  const reads = Math.ceil((READS * share) / BATCHES);
  const shares = Array.from({ length: BATCHES }, (_, batch) => staleShare(row, reads, seed + batch));
  const value = shares.reduce((sum, one) => sum + one, 0) / BATCHES;
  return new Map([['p_stale', estimate(value, shares)]]);
}

function staleShare(row: StaleRow, reads: number, seed: number): number {
  const lag = lagOf(row.lag);
  const design = row.kind === 'random_read' ? randomReads(row, lag) : pairs(row, lag, reads, seed);
  const simulation = startSimulation({ design, seed, commands: [] }, behaviours, null);
  const all = row.kind === 'random_read' ? reads * (1 + 1 / READS_PER_WRITE) : 2 * reads;
  const meter = new TheoryMeter(simulation.world, [], row.kind === 'random_read' ? 50 : 0, Math.floor(all));
  simulation.recorder = meter;
  const { arrivals, rateRps } = design.traffic;
  const endUs = arrivals.type === 'list' ? fromMs(arrivals.list.at(-1)?.atMs ?? 0) : (all / rateRps) * SECOND;
  while (meter.batches.length === 0) simulation.advance(simulation.world.nowUs + Math.ceil(endUs / 10));
  return meter.all.stale / meter.all.reads;
}

const lagOf = (lag: StaleRow['lag']): Law => {
  if (lag.law === 'uniform(0,2m)') return { meanMs: lag.mean_s * 1_000, distribution: 'uniform' };
  if (lag.law === 'lognormal') return lawOf(lag);
  if (lag.law === 'exponential') return lawOf({ law: 'exponential', mean: lag.mean_s });
  return lawOf({ law: 'deterministic', value: lag.mean_s });
};

/** Writes and reads at random, independently: of a Poisson stream each is a write with the same chance. */
function randomReads(row: Extract<StaleRow, { kind: 'random_read' }>, lag: Law): Design {
  const rateRps = row.writes_per_s_per_key * (1 + READS_PER_WRITE);
  return site(row.share_replica, lag, { rateRps, writeShare: 1 / (1 + READS_PER_WRITE) });
}

/** A user who writes, and reads a while later what was written. */
function pairs(row: Exclude<StaleRow, { kind: 'random_read' }>, lag: Law, reads: number, seed: number): Design {
  const state = new Int32Array(STREAM_WORDS);
  seedStream(state, 0, seed, 'theory/gaps');
  const list: Arrival[] = [];
  let atMs = 1;
  for (let pair = 0; pair < reads; pair++) {
    const gapS = row.kind === 'read_your_write_fixed_gap' ? row.gap_s : -ln(nextUniform(state, 0)) / row.gap_rate_per_s;
    list.push({ atMs, kind: 'write' }, { atMs: atMs + gapS * 1_000, kind: 'read' });
    atMs += gapS * 1_000 + LAGS_APART * lag.meanMs;
  }
  const arrivals: Arrivals = { type: 'list', list, closedLoop: false };
  return site(row.share_replica, lag, { rateRps: 0, arrivals });
}

/** Nothing takes time but the lag; so many threads that every write has a lag of its own. */
function site(
  replicaShare: number,
  lag: Law,
  traffic: Pick<PlainDesign, 'rateRps' | 'arrivals' | 'writeShare'>,
): Design {
  const inOrder = lag.distribution === 'fixed';
  const variation = lag.variation === undefined ? {} : { variation: lag.variation };
  const own = { readMs: 0, writeMs: 0, distribution: lag.distribution, ...variation, connections: 100_000 };
  const none: Law = { meanMs: 0, distribution: 'fixed' };
  return plainDesign({
    parts: [
      appServer('app', 10_000, none, { readsFrom: 'both', replicaShare }),
      { id: 'primary', kind: 'database', config: { ...own, role: 'primary', applyMs: 0 } },
      {
        id: 'replica',
        kind: 'database',
        config: { ...own, role: 'replica', applyMs: inOrder ? 0 : lag.meanMs, applyThreads: 10_000 },
      },
    ],
    links: [
      { from: 'users', to: 'app' },
      { from: 'app', to: 'primary' },
      { from: 'app', to: 'replica' },
      { from: 'primary', to: 'replica', latencyMs: inOrder ? lag.meanMs : 0 },
    ],
    ...traffic,
    clientTimeoutMs: 60_000,
  });
}
