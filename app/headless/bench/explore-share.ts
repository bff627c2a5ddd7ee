// A share of the random runs, in a process of its own: `explore-share.ts SEED FIRST STEP RUNS`. Sends word of each run.
import { drawnRun, triedRun } from '../explored.ts';

export interface Tried {
  readonly number: number;
  readonly events: number;
  /** What is wrong with it, or null. */
  readonly wrong: string | null;
}

const [seed, first, step, runs] = process.argv.slice(2).map(Number) as [number, number, number, number];

for (let number = first; number < runs; number += step) {
  const { run, seconds } = drawnRun(seed, number);
  const { events, wrong } = triedRun(run, seconds);
  process.send?.({ number, events, wrong: wrong?.text ?? null } satisfies Tried);
}
process.disconnect?.();
