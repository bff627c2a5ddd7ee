// `npm run explore -- [--minutes N] [--runs N] [--seed S] [--first N]`: searches for faults in ourselves. Draws runs, tries each
// under all checkers and in every way that must make no difference, and writes what fails, made small, as a file that
// `npm run simulate -- FILE` reads. Ends with code 1 when anything failed. `--first` goes on where another search ended.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Run } from '../simulation/run.ts';
import { shrinkRun } from '../timeline/shrink-run.ts';
import { drawnRun, triedRun } from './explored.ts';

const FOLDER = 'test-results/explore';
const DEFAULT_MINUTES = 1;
const SHRINK_TRIES = 400;
const MOST_FAILURES = 20;
const REPORT_EVERY = 500;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    runs: { type: 'string' },
    seed: { type: 'string' },
    first: { type: 'string' },
  },
});
const minutes = Number(values.minutes ?? (values.runs === undefined ? DEFAULT_MINUTES : Number.POSITIVE_INFINITY));
const mostRuns = Number(values.runs ?? Number.POSITIVE_INFINITY);
const seed = Number(values.seed ?? 1);
const first = Number(values.first ?? 0);
if (!(minutes > 0) || !(mostRuns > 0) || !Number.isInteger(seed) || !Number.isInteger(first) || first < 0) {
  console.error('--minutes and --runs must be numbers above 0, --seed a whole number, --first one from 0.');
  process.exit(2);
}

function report(index: number, run: Run, seconds: number, sort: string, text: string): void {
  console.log(`run ${index}: ${text}`);
  const fails = (candidate: { run: Run; seconds: number }) =>
    triedRun(candidate.run, candidate.seconds).wrong?.sort === sort;
  const small = shrinkRun({ run, seconds }, fails, SHRINK_TRIES);
  const found = triedRun(small.run, small.seconds).wrong;
  mkdirSync(FOLDER, { recursive: true });
  const file = `${FOLDER}/run-${index}.json`;
  writeFileSync(file, `${JSON.stringify(small.run, null, 1)}\n`);
  const { components } = small.run.design;
  console.log(`  made small: ${components.length} parts, ${small.run.commands.length} commands, ${small.seconds} s`);
  console.log(`  ${found?.text ?? 'no longer fails'}`);
  console.log(`  npm run simulate -- ${file} --seconds ${small.seconds}`);
}

const startMs = performance.now();
const endMs = startMs + minutes * 60_000;
let runs = 0;
let failures = 0;
let events = 0;
for (; runs < mostRuns && performance.now() < endMs && failures < MOST_FAILURES; runs++) {
  const { index, run, seconds } = drawnRun(seed, first + runs);
  const trial = triedRun(run, seconds);
  events += trial.events;
  if (trial.wrong !== null) {
    failures++;
    report(index, run, seconds, trial.wrong.sort, trial.wrong.text);
  }
  if ((runs + 1) % REPORT_EVERY === 0) {
    console.log(`${runs + 1} runs, ${failures} failures, ${((performance.now() - startMs) / 60_000).toFixed(1)} min`);
  }
}
const took = ((performance.now() - startMs) / 60_000).toFixed(1);
const from = first === 0 ? '' : ` from run ${first}`;
console.log(`${runs} runs with ${events} events in ${took} min, seed ${seed}${from}: ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
