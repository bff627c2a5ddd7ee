// Plays a run without the page and gathers what `npm run simulate` prints.
import type { LoadBalancerConfig } from '../catalogue/load-balancer/config.ts';
import { loadBalancer } from '../catalogue/load-balancer/kind.ts';
import type { Design } from '../design/design.ts';
import { elementsOf } from '../design/elements.ts';
import { digestText } from '../foundation/digest.ts';
import { fromMs, type Micros, SECOND, toMs } from '../foundation/micros.ts';
import { REASONS } from '../simulation/message.ts';
import { COOKIE_STATES, OUTCOMES, TERMINATIONS } from '../simulation/requests.ts';
import { type Simulation, startSimulation } from '../simulation/simulation.ts';
import { Alive, Belief, BeliefState, Field, type TraceChunk } from '../simulation/trace.ts';
import { TraceRecorder } from '../simulation/trace-recorder.ts';
import type { World } from '../simulation/world.ts';
import type { Runnable } from './run-file.ts';

/** Requests of a list that have not ended this long after the last arrival are left open. */
const LONGEST_WAIT_US: Micros = 3_700 * SECOND;

/** A run that was played to its end. */
export interface PlayedRun {
  readonly design: Design;
  readonly world: World;
  readonly trace: TraceChunk;
  /** Name of an element; of a link to a server, the name under which the load balancer has the server. */
  name(element: number): string | null;
}

export function playRun({ run, behaviours }: Runnable, durationUs: Micros): PlayedRun {
  const recorder = new TraceRecorder();
  const simulation = startSimulation(run, behaviours, recorder);
  play(simulation, durationUs);
  const { ids } = elementsOf(run.design);
  const servers = serverNames(run.design);
  const name = (element: number): string | null => {
    const id = ids[element];
    return id === undefined ? null : (servers.get(id) ?? id);
  };
  return { design: run.design, world: simulation.world, trace: recorder.cut(simulation.world), name };
}

/** The whole run as plain data. Times are in milliseconds since the start. */
export function simulate(runnable: Runnable, durationUs: Micros) {
  const { design, world, trace, name } = playRun(runnable, durationUs);
  const { sortOf } = elementsOf(design);
  const requests = requestsOf(trace, name);
  return {
    digest: digestText(world.digest),
    events: world.events,
    durationMs: toMs(world.nowUs),
    metrics: { ...metricsOf(requests, toMs(world.nowUs)), open: world.requests.open },
    requests,
    changes: changesOf(trace, name, (element) => sortOf(element) === 'link'),
  };
}

/** By link, the name under which a load balancer has the server behind it. */
function serverNames(design: Design): ReadonlyMap<string, string> {
  const balancers = design.components.filter((component) => component.kind === loadBalancer.id);
  const configs = balancers.map((balancer) => balancer.config as unknown as LoadBalancerConfig);
  return new Map(configs.flatMap((config) => config.servers.map((server) => [server.link, server.name] as const)));
}

/** A list of arrivals to its end, other traffic for the duration; commands are all carried out. */
function play(simulation: Simulation, durationUs: Micros): void {
  const { arrivals } = simulation.world.traffic;
  if (arrivals.type !== 'list') {
    simulation.advance(durationUs);
    return;
  }
  const lastUs = fromMs(arrivals.list.at(-1)?.atMs ?? 0) + 1;
  simulation.advance(lastUs);
  while (simulation.world.totals.started < arrivals.list.length || simulation.world.requests.open > 0) {
    if (simulation.world.nowUs > lastUs + LONGEST_WAIT_US) return;
    simulation.advance(simulation.world.nowUs + SECOND);
  }
}

type Name = (element: number) => string | null;

function requestsOf({ ends }: TraceChunk, name: Name) {
  const requests = Array.from(ends.request, (id, row) => ({
    id,
    atMs: toMs(ends.startUs[row] as number),
    status: ends.status[row] as number,
    server: name(ends.server[row] as number),
    latencyMs: toMs((ends.endUs[row] as number) - (ends.startUs[row] as number)),
    retries: ends.retries[row] as number,
    redispatched: ends.redispatched[row] === 1,
    termination: TERMINATIONS[ends.termination[row] as number] ?? '',
    cookieState: COOKIE_STATES[ends.cookieState[row] as number] ?? '',
    timers: {
      Tw: timerMs(ends.queueUs[row]),
      Tc: timerMs(ends.connectUs[row]),
      Tr: timerMs(ends.responseUs[row]),
      Ta: timerMs(ends.activeUs[row]),
    },
    srvQueueAhead: ends.serverQueue[row] as number,
    backendQueueAhead: ends.backendQueue[row] as number,
    outcome: OUTCOMES[ends.outcome[row] as number] ?? '',
    reason: REASONS[ends.reason[row] as number] ?? '',
    cause: name(ends.cause[row] as number),
  }));
  return requests.sort((a, b) => a.id - b.id);
}

const timerMs = (us: number | undefined): number => (us === undefined || us < 0 ? -1 : toMs(us));

const nameIn = (codes: Readonly<Record<string, number>>, value: number): string =>
  Object.keys(codes).find((key) => codes[key] === value) ?? String(value);

/** What dies and comes back, and what a load balancer believes of the server behind a link. */
function changesOf({ changes }: TraceChunk, name: Name, isLink: (element: number) => boolean) {
  return Array.from(changes.atUs, (atUs, row) => {
    const element = changes.element[row] as number;
    const field = changes.field[row] as number;
    const value = changes.value[row] as number;
    const atMs = toMs(atUs);
    if (!isLink(element)) {
      return field === Field.Alive ? { atMs, element: name(element), alive: nameIn(Alive, value) } : null;
    }
    if (field === Belief.State) return { atMs, server: name(element), state: nameIn(BeliefState, value) };
    if (field === Belief.Health) return { atMs, server: name(element), health: value };
    return null;
  }).filter((change) => change !== null);
}

function metricsOf(requests: ReturnType<typeof requestsOf>, durationMs: number) {
  const latencies = requests.map((request) => request.latencyMs).sort((a, b) => a - b);
  const quantile = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))];
  const counts: Record<string, number> = {};
  for (const { status, termination } of requests) {
    const key = `${status} ${termination || '-'}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  const failed = requests.filter((request) => request.outcome === 'failed').length;
  return {
    ended: requests.length,
    answered: requests.length - failed,
    failed,
    ratePerSecond: durationMs > 0 ? (1000 * requests.length) / durationMs : 0,
    latencyMs: {
      mean: latencies.length > 0 ? latencies.reduce((sum, one) => sum + one, 0) / latencies.length : null,
      median: quantile(0.5) ?? null,
      p95: quantile(0.95) ?? null,
      p99: quantile(0.99) ?? null,
      most: latencies.at(-1) ?? null,
    },
    counts,
  };
}
