// A sample of what `npm run explore` does for hours: random runs under all checkers, tried in every way that must make no
// difference. And every run that it once found wrong, made small and kept (found-runs).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { loadBalancerSchema } from '../catalogue/load-balancer/config.ts';
import { kindSchemas } from '../catalogue/schemas.ts';
import { parseDesign, problemText } from '../design/parse.ts';
import { randomRun } from '../designs/random-run.ts';
import type { Problem } from '../foundation/result.ts';
import type { Run } from '../simulation/run.ts';
import { shrinkRun } from './shrink-run.ts';
import { tryRun } from './try-run.ts';

const SAMPLE = 60;
const SECONDS = 10;
const FOLDER = join(import.meta.dirname, 'found-runs');

const choices = { balances: loadBalancerSchema.entries.balance.options };
const drawn = (index: number) => randomRun(index, SECONDS, choices);

test.each(Array.from({ length: SAMPLE }, (_, index) => index))('random run %i holds all laws', (index) => {
  expect(tryRun(drawn(index), SECONDS, behaviours, structuredClone).wrong).toBeNull();
});

describe('a run that was found wrong once', () => {
  const files = readdirSync(FOLDER);
  test('is kept', () => expect(files.length).toBeGreaterThan(0));

  test.each(files)('%s is right now', (file) => {
    const found = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Run & { readonly seconds: number };
    const design = parseDesign(found.design, kindSchemas);
    if (!design.ok) throw new Error(problemText(design.problems[0] as Problem));
    expect(tryRun({ ...found, design: design.value }, found.seconds, behaviours, structuredClone).wrong).toBeNull();
  });
});

test('a defect is seen, and its run made small', () => {
  const fails = ({ run }: { run: Run }) => run.commands.some((command) => command.type === 'flood');
  const index = Array.from({ length: 500 }, (_, one) => one).find((one) => fails({ run: drawn(one) })) as number;
  const { run, seconds } = shrinkRun({ run: drawn(index), seconds: SECONDS }, fails, 2_000);
  expect(run.commands.length).toBe(1);
  expect(run.design.components.length).toBe(0);
  expect(seconds).toBe(1);
});
