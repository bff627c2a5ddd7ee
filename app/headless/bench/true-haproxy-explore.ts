// The search for faults in ourselves, as long as the table of bars asks for: ten thousand random runs, on all cores.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Tried } from './explore-share.ts';
import { atLeast, type Measure, none, stated } from './measure.ts';
import { Progress } from './progress.ts';

/** Always the same, so that whoever measures again measures the same: `npm run explore -- --seed N` looks elsewhere. */
const SEED = 1;
const RUNS = 10_000;
/** A machine that is not done by then falls short. */
const MOST_MINUTES = 60;
const SHARE = fileURLToPath(new URL('./explore-share.ts', import.meta.url));

export const manyRandomRuns: Measure = async () => {
  const startMs = performance.now();
  const progress = new Progress('random runs under all checkers', RUNS, 'runs');
  const counts = { runs: 0, failures: 0, events: 0 };
  const take = ({ number, events, wrong }: Tried) => {
    progress.at(++counts.runs);
    counts.events += events;
    if (wrong === null) return;
    counts.failures++;
    console.error(`run ${number}: ${wrong} npm run explore -- --seed ${SEED} --first ${number} --runs 1`);
  };
  const shares = availableParallelism();
  await Promise.all(Array.from({ length: shares }, (_, share) => playShare(share, shares, take)));
  return [
    none(`random runs that fail a checker or differ in a replay, seed ${SEED}`, counts.failures, 'runs'),
    atLeast(`  runs, in ${MOST_MINUTES} min at most`, counts.runs, 'runs', RUNS),
    stated('  events', counts.events, 'events'),
    stated('  took', (performance.now() - startMs) / 60_000, 'min'),
  ];
};

function playShare(first: number, step: number, take: (tried: Tried) => void): Promise<void> {
  return new Promise((done, failed) => {
    const child = fork(SHARE, [SEED, first, step, RUNS].map(String));
    const limit = setTimeout(() => child.kill(), MOST_MINUTES * 60_000);
    child.on('message', (tried) => take(tried as Tried));
    child.on('error', failed);
    child.on('exit', (code, signal) => {
      clearTimeout(limit);
      if (code === 0 || signal !== null) done();
      else failed(new Error(`A share of the random runs ended with code ${code}.`));
    });
  });
}
