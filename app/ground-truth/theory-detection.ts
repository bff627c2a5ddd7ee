// How long a load balancer takes to see that a server is dead, and how many requests go there meanwhile: its own health checks,
// and hosts that lose power (or processes that die, where a check is refused at once) at random moments.
import * as v from 'valibot';
import { behaviours } from '../catalogue/kinds.ts';
import type { Design } from '../design/design.ts';
import { plainDesign, plainLinkId } from '../designs/plain-design.ts';
import { fromSeconds, SECOND } from '../foundation/micros.ts';
import { nextUniform, STREAM_WORDS, seedStream } from '../foundation/prng.ts';
import type { Command } from '../simulation/command.ts';
import { Purpose } from '../simulation/message.ts';
import { startSimulation } from '../simulation/simulation.ts';
import { Belief, BeliefState, HopSign, purposeOf, signOf } from '../simulation/trace.ts';
import { TraceRecorder } from '../simulation/trace-recorder.ts';
import type { World } from '../simulation/world.ts';
import { appServer } from './theory-models.ts';
import { type Estimate, estimate } from './theory-run.ts';

const DEATHS = 1_000_000;
const DEATHS_UNDER_LOAD = 400;
const BATCHES = 40;

const rowSchema = v.object({
  interval_s: v.number(),
  check_timeout_s: v.number(),
  fall: v.pipe(v.number(), v.integer()),
  backends: v.pipe(v.number(), v.integer()),
  lambda: v.number(),
  policy: v.literal('roundrobin'),
});
type DetectionRow = v.InferOutput<typeof rowSchema>;

export function runDetection(params: unknown, share: number, seed: number): Map<string, Estimate> {
  const row = v.parse(rowSchema, params);
  const cycles = Math.ceil((DEATHS * share) / BATCHES / row.backends);
  const delays = Array.from({ length: BATCHES }, (_, batch) => quietDeaths(row, cycles, seed + batch));
  const requests = Array.from({ length: BATCHES }, (_, batch) => {
    const deaths = Math.ceil((DEATHS_UNDER_LOAD * share) / BATCHES);
    return deathsUnderLoad(row, deaths, seed + 500 + batch);
  });
  const sorted = delays.map((batch) => batch.toSorted());
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, one) => sum + one, 0) / values.length;
  const p95 = (values: Float64Array) => values[Math.floor(0.95 * values.length)] as number;
  const over = (of: (values: Float64Array) => number): Estimate => {
    const values = sorted.map(of);
    return estimate(mean(values), values);
  };
  return new Map([
    ['mean_s', over(mean)],
    ['p95_s', over(p95)],
    ['min_s', { value: Math.min(...sorted.map((batch) => batch[0] as number)), error: 0 }],
    ['max_s', { value: Math.max(...sorted.map((batch) => batch.at(-1) as number)), error: 0 }],
    ['mean_requests_to_dead_node', estimate(mean(requests), requests)],
  ]);
}

/** Notes when the balancer gives a server up, and what is sent to a dead one. */
class DeathMeter extends TraceRecorder {
  readonly delaysS: number[] = [];
  toDead = 0;
  private readonly firstLink: number;
  /** By link: when the server behind it died, or -1 while it is alive or known to be dead. */
  private readonly diedUs: Float64Array;

  constructor(world: World) {
    super();
    this.firstLink = world.plan.linkElement;
    this.diedUs = new Float64Array(world.plan.design.links.length).fill(-1);
  }

  died(link: number, atUs: number): void {
    this.diedUs[link] = atUs;
  }

  override change(atUs: number, element: number, field: number, value: number): void {
    const link = element - this.firstLink;
    if (link < 0 || field !== Belief.State || value !== BeliefState.Down) return;
    const diedUs = this.diedUs[link] as number;
    if (diedUs < 0) return;
    this.delaysS.push((atUs - diedUs) / SECOND);
    this.diedUs[link] = -1;
  }

  override hop(_departUs: number, _arriveUs: number, element: number, _request: number, what: number): void {
    const diedUs = this.diedUs[element - this.firstLink];
    if (diedUs === undefined || diedUs < 0) return;
    if (signOf(what) === HopSign.Ask && purposeOf(what) !== Purpose.Check) this.toDead++;
  }

  override start(): void {}
  override span(): void {}
  override end(): void {}
}

/** Every server dies once in each cycle, at a moment of its own; nobody asks for a page. */
function quietDeaths(row: DetectionRow, cycles: number, seed: number): Float64Array {
  const { meter } = playDeaths(
    row,
    cycles,
    seed,
    Array.from({ length: row.backends }, (_, server) => server),
    false,
  );
  return Float64Array.from(meter.delaysS);
}

/** One server dies in each cycle, under traffic: how many requests were sent to it, on average. */
function deathsUnderLoad(row: DetectionRow, cycles: number, seed: number): number {
  return playDeaths(row, cycles, seed, [0], true).meter.toDead / cycles;
}

function playDeaths(row: DetectionRow, cycles: number, seed: number, dying: readonly number[], loaded: boolean) {
  const { interval_s: intervalS, check_timeout_s: timeoutS, fall } = row;
  const longestS = fall * intervalS + timeoutS;
  const cycleS = longestS + 4 * intervalS + 3 * timeoutS;
  const state = new Int32Array(STREAM_WORDS);
  seedStream(state, 0, seed, 'theory/deaths');
  const design = balanced(row, loaded);
  const deaths: { atUs: number; server: number }[] = [];
  const commands: Command[] = [];
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (const server of dying) {
      const atS = (cycle + 1) * cycleS + nextUniform(state, 0) * intervalS;
      const target = timeoutS > 0 ? `host-app${server}` : `app${server}`;
      const atUs = fromSeconds(atS);
      deaths.push({ atUs, server });
      commands.push({ atUs, type: 'kill', target });
      commands.push({ atUs: fromSeconds(atS + longestS + intervalS / 8), type: 'repair', target });
      if (!loaded) continue;
      const rate = (rateRps: number, at: number): Command => {
        return { atUs: fromSeconds(at), type: 'reconfigure', target: 'users', patch: { rateRps } };
      };
      commands.push(rate(row.lambda, atS - Math.min(1, intervalS)), rate(0, atS + longestS));
    }
  }
  const simulation = startSimulation({ design, seed, commands }, behaviours, null);
  const meter = new DeathMeter(simulation.world);
  simulation.recorder = meter;
  const links = design.links.map((link) => link.id);
  for (const { atUs, server } of deaths.sort((a, b) => a.atUs - b.atUs)) {
    simulation.advance(atUs);
    meter.died(links.indexOf(plainLinkId('lb', `app${server}`)), atUs);
  }
  simulation.advance(fromSeconds((cycles + 2) * cycleS));
  return { meter };
}

/** A check that fails takes its timeout; `fastinter` brings the next one so much earlier that checks start every interval. */
function balanced(row: DetectionRow, loaded: boolean): Design {
  const servers = Array.from({ length: row.backends }, (_, server) => `app${server}`);
  const interMs = row.interval_s * 1_000;
  const timeoutMs = row.check_timeout_s * 1_000;
  const check = { type: 'tcp', interMs, fastinterMs: interMs - timeoutMs, downinterMs: null, fall: row.fall, rise: 1 };
  const config = {
    balance: row.policy,
    servers: servers.map((app) => ({ name: app, link: plainLinkId('lb', app), weight: 1, backup: false, check })),
    retries: 0,
    redispatch: null,
    timeoutConnectMs: Math.max(1, timeoutMs),
    timeoutServerMs: 60_000,
    timeoutClientMs: 60_000,
    timeoutCheckMs: timeoutMs > 0 ? timeoutMs : null,
    timeoutQueueMs: null,
  };
  return plainDesign({
    parts: [
      { id: 'lb', kind: 'load-balancer', config },
      ...servers.map((app) => appServer(app, 10_000, { meanMs: 1, distribution: 'fixed' })),
    ],
    links: [{ from: 'users', to: 'lb' }, ...servers.map((app) => ({ from: 'lb', to: app }))],
    rateRps: loaded ? row.lambda : 0,
    clientTimeoutMs: 60_000,
  });
}
