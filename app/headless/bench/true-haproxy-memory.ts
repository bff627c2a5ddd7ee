// What the engine holds: bytes for a request in flight, and whether an hour of a busy site leaves memory flat.
import { behaviours } from '../../catalogue/kinds.ts';
import { plainDesign } from '../../designs/plain-design.ts';
import { SECOND } from '../../foundation/micros.ts';
import { appServer } from '../../ground-truth/theory-models.ts';
import { startSimulation } from '../../simulation/simulation.ts';
import { Timeline } from '../../timeline/timeline.ts';
import { busyDesign } from './alive-engine.ts';
import { atMost, type Measure, stated } from './measure.ts';
import { Progress } from './progress.ts';

const IN_FLIGHT = 500_000;
const RATE_RPS = 10_000;
const HOUR_S = 3_600;
const FLAT_FROM_S = 600;

const heldBytes = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Requests that all wait for an answer, each with its user's patience running. Tables grow by doubling: room for more is counted. */
export const bytesInFlight: Measure = async () => {
  const design = plainDesign({
    parts: [appServer('app', 2 * IN_FLIGHT, { meanMs: 600_000, distribution: 'fixed' })],
    links: [{ from: 'users', to: 'app' }],
    rateRps: RATE_RPS,
    clientTimeoutMs: 3_600_000,
  });
  const simulation = startSimulation({ design, seed: 1, commands: [] }, behaviours, null);
  const before = heldBytes();
  simulation.advance((IN_FLIGHT / RATE_RPS) * SECOND);
  const open = simulation.world.requests.open;
  return [
    stated('bytes per request in flight, timers included', (heldBytes() - before) / open, 'bytes'),
    stated('  requests in flight', open, 'requests'),
  ];
};

/** As the page's worker plays it: traced, with checkpoints; chunks are handed over and forgotten. */
export const simulatedHour: Measure = async () => {
  const timeline = new Timeline({ design: busyDesign(), seed: 3, commands: [] }, behaviours, structuredClone);
  const progress = new Progress('a simulated hour', HOUR_S, 'simulated seconds');
  const startMs = performance.now();
  let early = 0;
  let most = 0;
  for (let second = 0; second < HOUR_S; second++) {
    timeline.chunk(second);
    progress.at(second + 1);
    if (second % 60 !== 59) continue;
    const held = heldBytes();
    if (second <= FLAT_FROM_S) early = Math.max(early, held);
    else most = Math.max(most, held);
  }
  const { totals, events } = timeline.world;
  return [
    stated('a simulated hour at 1,000 req/s, traced', (performance.now() - startMs) / 1_000, 's'),
    stated('  requests', totals.started, 'requests'),
    stated('  events', events, 'events'),
    stated('  most memory held in the first ten minutes', early / 2 ** 20, 'MiB'),
    atMost('  most memory held after, beside that', most / early, 'times', 1.5),
  ];
};
