// How fast the built-in designs are played as the page's worker plays them: traced, with checkpoints.
import { BUILT_IN_IDS, builtInDesign } from '../../designs/built-in.ts';
import { tracedRate } from './alive-engine.ts';
import { type Figure, hoped, median, stated } from './measure.ts';
import { Progress } from './progress.ts';

const TRIALS = 5;
const SECONDS = 600;
const GOAL = 1_000_000;

export async function* builtInRates(): AsyncGenerator<Figure> {
  const progress = new Progress('built-in designs, traced', BUILT_IN_IDS.length, 'designs');
  for (const [index, id] of BUILT_IN_IDS.entries()) {
    progress.at(index);
    const design = builtInDesign(id, 'realistic');
    tracedRate(design, 0, SECONDS); // what a worker has compiled after its first seconds
    const trials = Array.from({ length: TRIALS }, (_, trial) => tracedRate(design, trial + 1, SECONDS));
    const rate = Math.round(median(trials.map((one) => one.rate)));
    yield hoped(`engine, ${id}, realistic, traced, median of ${TRIALS}`, rate, 'events/s', GOAL);
    yield stated(`  events in ${SECONDS} s of the run`, trials[0]?.events ?? 0, 'events');
  }
}
