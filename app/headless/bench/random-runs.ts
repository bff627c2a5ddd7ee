// A hundred runs to compare engines by: designs, seeds and commands drawn from numbered streams, and the digests of each run
// lived forward, after seeks, and with its commands inserted late. Runs in Node and in a worker of a browser alike.
import { behaviours } from '../../catalogue/kinds.ts';
import { distributedDesign } from '../../designs/distributed.ts';
import { simpleDesign } from '../../designs/simple.ts';
import { SECOND } from '../../foundation/micros.ts';
import { nextInt32, nextUniform, STREAM_WORDS, seedStream } from '../../foundation/prng.ts';
import type { Command } from '../../simulation/command.ts';
import type { Run } from '../../simulation/run.ts';
import { Timeline } from '../../timeline/timeline.ts';

export const RUNS = 100;
export const RUN_SECONDS = 40;
const MOST_COMMANDS = 8;

export interface RunDigests {
  readonly forward: string;
  /** Of the last second again, after seeks to random seconds before it. */
  readonly afterSeeks: string;
  /** Of a run that was computed to its end before each of its commands came. */
  readonly commandsLate: string;
  readonly events: number;
}

class Dice {
  private readonly state = new Int32Array(STREAM_WORDS);

  constructor(seed: number) {
    seedStream(this.state, 0, seed, 'bench/random-run');
  }
  below(limit: number): number {
    return Math.floor(nextUniform(this.state, 0) * limit);
  }
  one<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
  share(): number {
    return nextUniform(this.state, 0);
  }
  seed(): number {
    return nextInt32(this.state, 0);
  }
}

/** Run number `index`: the same on every machine. */
export function randomRun(index: number): Run {
  const dice = new Dice(index);
  const design = dice.one([simpleDesign, distributedDesign])(dice.one(['classroom', 'realistic'] as const));
  const targets = [...design.hosts, ...design.components].map((element) => element.id);
  const commands = Array.from({ length: dice.below(MOST_COMMANDS + 1) }, (): Command => {
    const atUs = dice.below(RUN_SECONDS * SECOND);
    const sort = dice.one(['kill', 'kill', 'kill', 'repair', 'repair', 'traffic', 'workers', 'latency'] as const);
    if (sort === 'kill' || sort === 'repair') return { type: sort, atUs, target: dice.one(targets) };
    const patches = {
      traffic: ['users', { rateRps: dice.below(61), writeShare: dice.share() }],
      workers: [dice.one(['app', 'app1', 'app2']), { workers: 1 + dice.below(8) }],
      latency: [dice.one(design.links).id, { latencyMs: dice.below(400) }],
    } as const;
    const [target, patch] = patches[sort];
    return { type: 'reconfigure', atUs, target, patch };
  });
  return { design, seed: dice.seed(), commands };
}

export function digestsOf(index: number): RunDigests {
  const run = randomRun(index);
  const last = RUN_SECONDS - 1;
  const timeline = new Timeline(run, behaviours, structuredClone);
  const { digest: forward, events } = timeline.chunk(last);
  const dice = new Dice(-1 - index);
  for (let seek = 0; seek < 4; seek++) timeline.chunk(dice.below(RUN_SECONDS));
  const afterSeeks = timeline.chunk(last).digest;
  const lived = new Timeline({ ...run, commands: [] }, behaviours, structuredClone);
  lived.chunk(last);
  run.commands.forEach((_, count) => {
    lived.setCommands(run.commands.slice(0, count + 1));
    lived.chunk(last);
  });
  return { forward, afterSeeks, commandsLate: lived.chunk(last).digest, events };
}
