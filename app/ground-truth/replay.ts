// Runs a run without a picture and says, in the recordings' words, how each request ended and what the balancer believed
// of each server.
import type { LoadBalancerState } from '../catalogue/load-balancer/backend.ts';
import type { LoadBalancerConfig } from '../catalogue/load-balancer/config.ts';
import { countersOf } from '../catalogue/load-balancer/counters.ts';
import { present } from '../foundation/assert.ts';
import { fromMs, type Micros, SECOND, toMs } from '../foundation/micros.ts';
import { Purpose, REASONS } from '../simulation/message.ts';
import { COOKIE_STATES, TERMINATIONS } from '../simulation/requests.ts';
import type { Run } from '../simulation/run.ts';
import { type Simulation, startSimulation } from '../simulation/simulation.ts';
import { Belief, BeliefState, HopSign, purposeOf, signOf, type TraceChunk } from '../simulation/trace.ts';
import { TraceRecorder } from '../simulation/trace-recorder.ts';
import { planOf } from '../simulation/world.ts';
import { REPLAY_BEHAVIOURS } from './recorded-run.ts';

/** How a request ended. */
export interface Ended {
  readonly atMs: number;
  readonly status: number;
  /** The server that answered, and the one that had it last. */
  readonly server: string | null;
  readonly lastServer: string | null;
  readonly latencyMs: number;
  readonly retries: number;
  readonly redispatched: boolean;
  /** Two characters, `--` when it ended normally; empty when the balancer did not end it. */
  readonly termination: string;
  /** The two characters behind it, `--` without cookies. */
  readonly cookieState: string;
  readonly reason: string;
  /** HAProxy's timers in milliseconds, -1 for what was never reached. */
  readonly timers: { readonly Tw: number; readonly Tc: number; readonly Tr: number; readonly Ta: number };
  readonly srvQueueAhead: number;
  readonly backendQueueAhead: number;
}

export interface Transition {
  readonly atMs: number;
  readonly server: string;
  readonly state: 'UP' | 'DOWN';
}

/** A server's weight as the statistics show it, from an instant on. */
interface Weighed {
  readonly atMs: number;
  readonly server: string;
  readonly weight: number;
}

/** A message on its way to a server. */
export interface Sent {
  readonly atMs: number;
  readonly server: string;
  readonly request: number;
}

export interface Replayed {
  /** In order of arrival; null for one that has not ended by the end of the run. */
  readonly requests: readonly (Ended | null)[];
  readonly transitions: readonly Transition[];
  readonly weights: readonly Weighed[];
  readonly checks: readonly Sent[];
  readonly attempts: readonly Sent[];
  /** HAProxy's counters at the end, by server and for BACKEND. */
  readonly counters: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** A request that waits longer than this past the last arrival or command does not end. */
const LONGEST_WAIT_US: Micros = 700 * SECOND;
const STEP_US: Micros = 5 * SECOND;

/** Plays a run until all its listed requests have ended, and at least until `untilMs`. */
export function replay(run: Run, untilMs: number): Replayed {
  const recorder = new TraceRecorder();
  const simulation = startSimulation(run, REPLAY_BEHAVIOURS, recorder);
  const { arrivals } = run.design.traffic;
  const list = arrivals.type === 'list' ? arrivals.list : [];
  const lastUs = Math.max(fromMs(untilMs), fromMs(list.at(-1)?.atMs ?? 0)) + 1;
  simulation.advance(lastUs);
  while (simulation.world.totals.started < list.length || simulation.world.requests.open > 0) {
    if (simulation.world.nowUs > lastUs + LONGEST_WAIT_US) break;
    simulation.advance(simulation.world.nowUs + STEP_US);
  }
  return { ...readTrace(run, recorder.cut(simulation.world), list.length), counters: readCounters(run, simulation) };
}

function readTrace(run: Run, chunk: TraceChunk, count: number): Omit<Replayed, 'counters'> {
  const plan = planOf(run.design, REPLAY_BEHAVIOURS);
  const balancer = present(
    run.design.components.find((one) => one.kind === 'load-balancer'),
    'the load balancer',
  );
  const { servers } = balancer.config as unknown as LoadBalancerConfig;
  const serverOf = (element: number): string | null => {
    const link = run.design.links[element - plan.linkElement];
    return servers.find((server) => server.link === link?.id)?.name ?? null;
  };
  return {
    requests: readRequests(chunk, count, serverOf),
    transitions: readTransitions(chunk, serverOf),
    weights: readWeights(chunk, serverOf),
    ...readHops(chunk, serverOf),
  };
}

function readCounters(run: Run, simulation: Simulation): Replayed['counters'] {
  const index = run.design.components.findIndex((one) => one.kind === 'load-balancer');
  const state = simulation.world.states[index] as LoadBalancerState;
  const balancer = present(run.design.components[index], 'the load balancer');
  const { servers } = balancer.config as unknown as LoadBalancerConfig;
  const names = [...servers.map((server) => server.name), 'BACKEND'];
  return Object.fromEntries(names.map((name, row) => [name, countersOf(state.counters, row)]));
}

type ServerOf = (element: number) => string | null;

function readRequests({ ends }: TraceChunk, count: number, serverOf: ServerOf): (Ended | null)[] {
  const requests: (Ended | null)[] = new Array(count).fill(null);
  for (let row = 0; row < ends.endUs.length; row++) {
    const termination = TERMINATIONS[ends.termination[row] as number] ?? '';
    // Without a termination the balancer died with the request and has logged nothing of it.
    const lastServer = termination === '' ? null : serverOf(ends.server[row] as number);
    requests[ends.listIndex[row] as number] = {
      atMs: toMs(ends.startUs[row] as number),
      status: ends.status[row] as number,
      server: termination === '--' ? lastServer : null,
      lastServer,
      latencyMs: toMs((ends.endUs[row] as number) - (ends.startUs[row] as number)),
      retries: ends.retries[row] as number,
      redispatched: ends.redispatched[row] === 1,
      termination,
      cookieState: COOKIE_STATES[ends.cookieState[row] as number] ?? '',
      reason: REASONS[ends.reason[row] as number] ?? '',
      timers: {
        Tw: timerMs(ends.queueUs[row]),
        Tc: timerMs(ends.connectUs[row]),
        Tr: timerMs(ends.responseUs[row]),
        Ta: timerMs(ends.activeUs[row]),
      },
      srvQueueAhead: ends.serverQueue[row] as number,
      backendQueueAhead: ends.backendQueue[row] as number,
    };
  }
  return requests;
}

const timerMs = (us: number | undefined): number => (us === undefined || us < 0 ? -1 : toMs(us));

function readTransitions({ changes }: TraceChunk, serverOf: ServerOf): Transition[] {
  const transitions: Transition[] = [];
  for (let row = 0; row < changes.atUs.length; row++) {
    if (changes.field[row] !== Belief.State) continue;
    const server = serverOf(changes.element[row] as number);
    if (server === null) continue;
    const isDown = changes.value[row] === BeliefState.Down;
    transitions.push({ atMs: toMs(changes.atUs[row] as number), server, state: isDown ? 'DOWN' : 'UP' });
  }
  return transitions;
}

function readWeights({ changes }: TraceChunk, serverOf: ServerOf): Weighed[] {
  const weights: Weighed[] = [];
  for (let row = 0; row < changes.atUs.length; row++) {
    const server = serverOf(changes.element[row] as number);
    if (changes.field[row] !== Belief.Weight || server === null) continue;
    weights.push({ atMs: toMs(changes.atUs[row] as number), server, weight: changes.value[row] as number });
  }
  return weights;
}

function readHops({ hops }: TraceChunk, serverOf: ServerOf): { checks: Sent[]; attempts: Sent[] } {
  const checks: Sent[] = [];
  const attempts: Sent[] = [];
  for (let row = 0; row < hops.departUs.length; row++) {
    const what = hops.what[row] as number;
    if (signOf(what) !== HopSign.Ask) continue;
    const server = serverOf(hops.link[row] as number);
    if (server === null) continue;
    const sent = { atMs: toMs(hops.departUs[row] as number), server, request: hops.request[row] as number };
    if (purposeOf(what) === Purpose.Check) checks.push(sent);
    else attempts.push(sent);
  }
  return { checks, attempts };
}
