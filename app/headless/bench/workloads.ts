// The three workloads of performance.md as designs of the catalogue's parts, played by the engine as the page plays them, with
// nothing traced but how long each request took.
import { behaviours } from '../../catalogue/kinds.ts';
import type { Design } from '../../design/design.ts';
import { type PlainPart, plainDesign, plainLinkId } from '../../designs/plain-design.ts';
import { SECOND, toSeconds } from '../../foundation/micros.ts';
import { appServer, type Law } from '../../ground-truth/theory-models.ts';
import type { OutcomeMeter } from '../../simulation/engine.ts';
import { startSimulation } from '../../simulation/simulation.ts';
import type { World } from '../../simulation/world.ts';
import { LatencyTally } from '../../timeline/latency-buckets.ts';

export const WORKLOADS = ['W1', 'W2', 'W3'] as const;
export type Workload = (typeof WORKLOADS)[number];

const exponential = (meanMs: number): Law => ({ meanMs, distribution: 'exponential' });

/** One worker, exponential service with mean 1 s, arrivals 0.8 a second. */
const w1 = (): Design =>
  plainDesign({
    parts: [appServer('app', 1, exponential(1_000))],
    links: [{ from: 'users', to: 'app' }],
    rateRps: 0.8,
    clientTimeoutMs: 3_600_000,
  });

function balancer(check: object | null): PlainPart {
  const server = (name: string) => ({ name, link: plainLinkId('lb', name), weight: 1, backup: false, check });
  const limits = { timeoutConnectMs: 5_000, timeoutServerMs: 60_000, timeoutClientMs: 60_000 };
  const none = { redispatch: null, timeoutCheckMs: null, timeoutQueueMs: null };
  const config = { balance: 'roundrobin', servers: ['app1', 'app2'].map(server), retries: 0, ...limits, ...none };
  return { id: 'lb', kind: 'load-balancer', config };
}

const BALANCED = [
  { from: 'users', to: 'lb' },
  { from: 'lb', to: 'app1' },
  { from: 'lb', to: 'app2' },
];

/** Round robin over 2 servers with 4 workers each, service 40 ms, 160 arrivals a second. */
const w2 = (): Design =>
  plainDesign({
    parts: [balancer(null), appServer('app1', 4, exponential(40)), appServer('app2', 4, exponential(40))],
    links: BALANCED,
    rateRps: 160,
    clientTimeoutMs: 60_000,
  });

/** W2 with 34 ms, then a database while the worker is held, a time-out of 1 s, and 4 health checks each 2 s. */
function w3(): Design {
  const times = { readMs: 5, writeMs: 10, applyMs: 0, distribution: 'exponential', connections: 100_000, threads: 4 };
  const database = (role: string): PlainPart => ({ id: role, kind: 'database', config: { ...times, role } });
  const own = { readsFrom: 'replica' };
  // Databases have no checks of the balancer: its two servers are asked twice as often.
  const check = { type: 'tcp', interMs: 1_000, fastinterMs: null, downinterMs: null, fall: 3, rise: 2 };
  const queries = ['app1', 'app2'].flatMap((from) => ['primary', 'replica'].map((to) => ({ from, to })));
  return plainDesign({
    parts: [
      balancer(check),
      appServer('app1', 4, exponential(34), own),
      appServer('app2', 4, exponential(34), own),
      database('primary'),
      database('replica'),
    ],
    links: [...BALANCED, ...queries],
    rateRps: 160,
    writeShare: 0.2,
    clientTimeoutMs: 1_000,
  });
}

const workloadDesign = (name: Workload): Design => ({ W1: w1, W2: w2, W3: w3 })[name]();

/** Notes how long each request took, as the page counts it, and nothing else. */
class LatencyMeter implements OutcomeMeter {
  readonly latencies = new LatencyTally();

  ended(world: World, slot: number): void {
    this.latencies.add(world.nowUs - (world.requests.startUs[slot] as number));
  }
}

export interface WorkloadResult {
  readonly requests: number;
  readonly meanS: number;
  readonly p95S: number;
  readonly events: number;
}

export function playWorkload(name: Workload, requests: number, seed: number): WorkloadResult {
  const design = workloadDesign(name);
  const simulation = startSimulation({ design, seed, commands: [] }, behaviours, null);
  const meter = new LatencyMeter();
  simulation.meter = meter;
  simulation.advance(Math.round((requests / design.traffic.rateRps) * SECOND));
  const { totals, events } = simulation.world;
  const ended = totals.answered + totals.retried;
  const p95S = toSeconds(meter.latencies.quantileUs(0.95) ?? Number.NaN);
  return { requests: totals.started, meanS: toSeconds(totals.latencySumUs / ended), p95S, events };
}
