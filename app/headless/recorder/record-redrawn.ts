// Records the real HAProxy under parameters that no recording of the project has, drawn from a seed, some at a time.
import { Dice } from '../../foundation/dice.ts';
import { runOf } from '../../ground-truth/recorded-run.ts';
import { readRecording } from '../../ground-truth/recording.ts';
import { replay } from '../../ground-truth/replay.ts';
import { type Recorded, record } from './record.ts';
import { FAMILIES, type Family } from './redrawn.ts';
import type { Scenario } from './scenario.ts';

/** So many at a time: most of them wait most of the time. */
const SIDE_BY_SIDE = 3;
const MOST_DRAWS = 2_000;

/** A machine that holds the recorder up for longer moves what lies nearer to each other than the comparison forgives. */
export const MOST_STALL_MS = 12;
const TRIES = 3;

/** In the order in which they are done; every seed has other parameters. What the machine held up is recorded again. */
export async function recordRedrawn(program: string, seed: number, take: (recorded: Recorded) => void): Promise<void> {
  const dice = new Dice(seed, 'redrawn-recordings');
  const scenarios = FAMILIES.flatMap((family) => Array.from({ length: family.share }, () => drawn(family, dice)));
  let next = 0;
  const work = async (): Promise<void> => {
    for (let self = next++; self < scenarios.length; self = next++) {
      take(await recordCalmly(program, scenarios[self] as Scenario, `redrawn ${seed}-${self}`));
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
}

async function recordCalmly(program: string, scenario: Scenario, name: string): Promise<Recorded> {
  let best = await record(program, scenario, name);
  for (let tries = 1; tries < TRIES && best.environment.stallMs > MOST_STALL_MS; tries++) {
    const again = await record(program, scenario, name);
    if (again.environment.stallMs < best.environment.stallMs) best = again;
  }
  return best;
}

function drawn({ draw, apartMs }: Family, dice: Dice): Scenario {
  for (let tries = 0; tries < MOST_DRAWS; tries++) {
    const scenario = draw(dice);
    if (apartMs === undefined || nearestMs(scenario) >= apartMs) return scenario;
  }
  throw new Error(`In ${MOST_DRAWS} draws two moments of "${draw.name}" always coincide.`);
}

/**
 * How near two moments of a scenario come at which something is decided: arrivals, ends, waits that run out. As the
 * recordings' README says of the schedules of others: chosen with the help of a model, so that noise decides nothing.
 */
function nearestMs(scenario: Scenario): number {
  const plan = { schema: 'haproxy-trace/1', name: '', family: '', model: scenario.model, schedule: [] };
  const recording = readRecording(plan);
  if (!recording.ok) throw new Error(recording.problems[0]?.reason);
  const arrivals = scenario.requests.map(({ atMs, serviceMs }) => ({
    atMs: atMs ?? 0,
    kind: 'read' as const,
    serviceMs,
  }));
  const { requests } = replay(runOf(recording.value, { arrivals, entries: [], checks: false }), 0);
  const moments = requests.flatMap((ended) => (ended === null ? [] : [ended.atMs, ended.atMs + ended.latencyMs]));
  moments.sort((a, b) => a - b);
  return Math.min(...moments.slice(1).map((atMs, index) => atMs - (moments[index] as number)));
}
