// Figures that a test of the project takes: the bench runs the test and counts, so that a table of bars is whole in one place.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, type Measure, none } from './measure.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Unit tests in these files, those whose names match where a pattern is given. A run without a test fails. */
export const unitTests =
  (name: string, files: readonly string[], pattern?: string): Measure =>
  async () =>
    figures(
      name,
      counted((report) => {
        const only = pattern === undefined ? [] : ['-t', pattern];
        run('vitest', ['run', ...files, ...only, '--reporter=json', `--outputFile.json=${report}`], {});
        const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
        return { passed: numPassedTests, failed: numFailedTests };
      }),
    );

/** Browser tests in these files, likewise. */
export const browserTests =
  (name: string, files: readonly string[], pattern?: string): Measure =>
  async () =>
    figures(
      name,
      counted((report) => {
        const only = pattern === undefined ? [] : ['-g', pattern];
        run('playwright', ['test', ...files, ...only, '--reporter=json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
        const { stats } = JSON.parse(readFileSync(report, 'utf8'));
        return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
      }),
    );

const figures = (name: string, { passed, failed }: Counts) => [
  none(`${name}: tests that fail`, failed, 'tests'),
  atLeast('  that pass', passed, 'tests', 1),
];

function counted(take: (report: string) => Counts): Counts {
  const folder = mkdtempSync(join(tmpdir(), 'spofcheck-bench-'));
  try {
    return take(join(folder, 'report.json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(program: string, words: readonly string[], env: Readonly<Record<string, string>>): void {
  spawnSync('npx', [program, ...words], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } });
}
