// `npm run explore -- [--minutes N] [--runs N] [--seed S]`: searches for faults in ourselves. Draws runs, tries each under all
// checkers and in every way that must make no difference, and writes what fails, made small, as a file that
// `npm run simulate -- FILE` reads. Ends with code 1 when anything failed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { behaviours } from '../catalogue/kinds.ts';
import { loadBalancerSchema } from '../catalogue/load-balancer/config.ts';
import { kindSchemas } from '../catalogue/schemas.ts';
import { parseDesign, problemText } from '../design/parse.ts';
import { randomDataRun } from '../designs/random-data-run.ts';
import { randomRun } from '../designs/random-run.ts';
import type { Run } from '../simulation/run.ts';
import { shrinkRun } from '../timeline/shrink-run.ts';
import { type Trial, tryRun } from '../timeline/try-run.ts';

const FOLDER = 'test-results/explore';
const DEFAULT_MINUTES = 1;
const SHRINK_TRIES = 400;
const MOST_FAILURES = 20;
const REPORT_EVERY = 500;

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, runs: { type: 'string' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes ?? (values.runs === undefined ? DEFAULT_MINUTES : Number.POSITIVE_INFINITY));
const mostRuns = Number(values.runs ?? Number.POSITIVE_INFINITY);
const seed = Number(values.seed ?? 1);
if (!(minutes > 0) || !(mostRuns > 0) || !Number.isInteger(seed)) {
  console.error('--minutes and --runs must be numbers above 0, --seed a whole number.');
  process.exit(2);
}

const choices = { balances: loadBalancerSchema.entries.balance.options };
const SECONDS = [6, 12, 20, 30];

/** Fails also when the design is none that a person could open. */
function tried(run: Run, seconds: number): Trial {
  const design = parseDesign(JSON.parse(JSON.stringify(run.design)), kindSchemas);
  if (!design.ok) {
    const text = design.problems.map(problemText).join(' ');
    return { events: 0, digest: '', wrong: { sort: 'design', text } };
  }
  return tryRun({ ...run, design: design.value }, seconds, behaviours, structuredClone);
}

function report(index: number, run: Run, seconds: number, sort: string, text: string): void {
  console.log(`run ${index}: ${text}`);
  const fails = (candidate: { run: Run; seconds: number }) =>
    tried(candidate.run, candidate.seconds).wrong?.sort === sort;
  const small = shrinkRun({ run, seconds }, fails, SHRINK_TRIES);
  const found = tried(small.run, small.seconds).wrong;
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
  const index = seed * 1_000_000 + runs;
  const seconds = SECONDS[runs % SECONDS.length] as number;
  // Every third run is about data and addresses.
  const run = runs % 3 === 2 ? randomDataRun(index, seconds, choices) : randomRun(index, seconds, choices);
  const trial = tried(run, seconds);
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
console.log(`${runs} runs with ${events} events in ${took} min, seed ${seed}: ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
