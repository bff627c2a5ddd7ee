// The random runs of `npm run explore`, by seed and number, and how one of them is tried. The bench tries the same ones.
import { behaviours } from '../catalogue/kinds.ts';
import { loadBalancerSchema } from '../catalogue/load-balancer/config.ts';
import { kindSchemas } from '../catalogue/schemas.ts';
import { parseDesign, problemText } from '../design/parse.ts';
import { randomDataRun } from '../designs/random-data-run.ts';
import { randomRun } from '../designs/random-run.ts';
import type { Run } from '../simulation/run.ts';
import { type Trial, tryRun } from '../timeline/try-run.ts';

const choices = { balances: loadBalancerSchema.entries.balance.options };
const SECONDS = [6, 12, 20, 30];
/** So many runs of one seed differ from those of the next. */
const RUNS_OF_A_SEED = 1_000_000;

export interface Drawn {
  /** Names the run: the same one under whatever seed it is found. */
  readonly index: number;
  readonly run: Run;
  readonly seconds: number;
}

/** `number` counts from 0. Every third run is about data and addresses. */
export function drawnRun(seed: number, number: number): Drawn {
  const index = seed * RUNS_OF_A_SEED + number;
  const seconds = SECONDS[number % SECONDS.length] as number;
  const draw = number % 3 === 2 ? randomDataRun : randomRun;
  return { index, run: draw(index, seconds, choices), seconds };
}

/** Under all checkers, and in every way that must make no difference. Fails also when nobody could open the design. */
export function triedRun(run: Run, seconds: number): Trial {
  const design = parseDesign(JSON.parse(JSON.stringify(run.design)), kindSchemas);
  if (!design.ok) {
    const text = design.problems.map(problemText).join(' ');
    return { events: 0, digest: '', wrong: { sort: 'design', text } };
  }
  return tryRun({ ...run, design: design.value }, seconds, behaviours, structuredClone);
}
