// Tries a run in every way that must make no difference, under all checkers: forward with a trace, without one, from copies
// of the world at random instants, after seeks, and with its commands inserted late. Says what is wrong with it.
import { Dice } from '../foundation/dice.ts';
import { digestText } from '../foundation/digest.ts';
import { SECOND } from '../foundation/micros.ts';
import { checkChunks } from '../simulation/checkers/checker.ts';
import { checkersFor } from '../simulation/checkers/watch.ts';
import type { Run } from '../simulation/run.ts';
import { startSimulation } from '../simulation/simulation.ts';
import type { Behaviours, Copy } from '../simulation/world.ts';
import { Timeline } from './timeline.ts';

export interface Trial {
  readonly events: number;
  readonly digest: string;
  /** What is wrong: a sort (the checker's name, or the way that differs) and a sentence. Null: nothing. */
  readonly wrong: { readonly sort: string; readonly text: string } | null;
}

const CHECKPOINTS = 3;
const SEEKS = 3;

export function tryRun(run: Run, seconds: number, behaviours: Behaviours, copyState: Copy): Trial {
  let events = 0;
  let digest = '';
  const wrong = (sort: string, text: string): Trial => ({ events, digest, wrong: { sort, text } });
  try {
    const timeline = new Timeline(run, behaviours, copyState);
    const checkers = checkersFor(run.design, run.commands);
    for (let second = 0; second < seconds; second++) {
      const chunk = timeline.chunk(second);
      digest = chunk.digest;
      events = chunk.events;
      const [violation] = checkChunks(checkers, [chunk]);
      if (violation !== undefined) return wrong(violation.slice(0, violation.indexOf(':')), violation);
    }
    const miscount = miscounted(timeline);
    if (miscount !== null) return wrong('totals', miscount);
    const dice = new Dice(run.seed, 'try-run');
    const replayed = replay(run, seconds, behaviours, copyState, dice);
    if (replayed !== digest) return wrong('replay', `from copies of the world: ${replayed}, at first ${digest}`);
    for (let seek = 0; seek < SEEKS; seek++) timeline.chunk(dice.whole(0, seconds - 1));
    const sought = timeline.chunk(seconds - 1).digest;
    if (sought !== digest) return wrong('seek', `after seeks: ${sought}, at first ${digest}`);
    const late = insertedLate(run, seconds, behaviours, copyState);
    if (late !== digest) return wrong('late commands', `with commands inserted late: ${late}, at first ${digest}`);
    return { events, digest, wrong: null };
  } catch (error) {
    const text =
      error instanceof Error ? `${error.message} ${(error.stack ?? '').split('\n')[1]?.trim()}` : String(error);
    return wrong('exception', text);
  }
}

function miscounted({ world }: Timeline): string | null {
  const { started, answered, retried, failed, floodStarted, floodEnded } = world.totals;
  const left = answered + retried + failed + floodEnded + world.requests.open;
  return started + floodStarted === left
    ? null
    : `${started + floodStarted} requests started, ${left} are accounted for`;
}

/** Without a trace, and each time going on from a copy of the world at a random instant. */
function replay(run: Run, seconds: number, behaviours: Behaviours, copyState: Copy, dice: Dice): string {
  const simulation = startSimulation(run, behaviours, null);
  const stops = Array.from({ length: CHECKPOINTS }, () => dice.whole(1, seconds * SECOND)).sort((a, b) => a - b);
  for (const stopUs of stops) {
    simulation.advance(stopUs);
    simulation.resume(simulation.world.copy(copyState), run.commands);
  }
  simulation.advance(seconds * SECOND);
  return digestText(simulation.world.digest);
}

/** Lived to its end without commands, then with one more command each time. */
function insertedLate(run: Run, seconds: number, behaviours: Behaviours, copyState: Copy): string {
  const lived = new Timeline({ ...run, commands: [] }, behaviours, copyState);
  lived.chunk(seconds - 1);
  const half = run.commands.slice(0, Math.ceil(run.commands.length / 2));
  lived.setCommands(half);
  lived.chunk(seconds - 1);
  lived.setCommands(run.commands);
  return lived.chunk(seconds - 1).digest;
}
