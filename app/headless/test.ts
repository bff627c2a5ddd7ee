// `npm test`: every check of the project in order, past failures, and then one table and one closing line.
// `npm test -- unit e2e` runs only the stages named.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

interface Stage {
  name: string;
  command: string;
  /** Where the runner writes its counts, and how to read them; a stage without counts as one check. */
  report?: { file: string; read: (json: unknown) => Count };
}

const VITEST_REPORT = 'test-results/unit.json';
const PLAYWRIGHT_REPORT = 'test-results/e2e.json';

const STAGES: Stage[] = [
  { name: 'types', command: 'npm run --silent types' },
  { name: 'lint', command: 'npm run --silent lint' },
  { name: 'dead', command: 'npm run --silent dead' },
  {
    name: 'unit',
    command: `npm run --silent unit -- --reporter=default --reporter=json --outputFile.json=${VITEST_REPORT}`,
    report: { file: VITEST_REPORT, read: readVitest },
  },
  { name: 'size', command: 'npm run --silent build -- --logLevel warn && npm run --silent size' },
  { name: 'verify', command: 'npm run --silent verify' },
  {
    name: 'e2e',
    command: 'npm run --silent e2e -- --reporter=list,json',
    report: { file: PLAYWRIGHT_REPORT, read: readPlaywright },
  },
];

function readVitest(json: unknown): Count {
  const report = json as { numPassedTests: number; numFailedTests: number; numPendingTests: number };
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests };
}

function readPlaywright(json: unknown): Count {
  const { stats } = json as { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

function runStage(stage: Stage): Count {
  if (stage.report) rmSync(stage.report.file, { force: true });
  const { status } = spawnSync(stage.command, {
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT },
  });
  const count = stage.report ? readReport(stage.report) : { passed: status === 0 ? 1 : 0, failed: 0, skipped: 0 };
  // A runner can fail without a failed test: a file that does not load, a server that does not start, no test at all.
  const countsAsFailed = status !== 0 || count.passed + count.failed === 0;
  return countsAsFailed && count.failed === 0 ? { ...count, failed: 1 } : count;
}

function readReport({ file, read }: NonNullable<Stage['report']>): Count {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    console.log(`${file} could not be read: the runner stopped before its end.`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`No stage ${unknown.join(', ')}. There are: ${STAGES.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}

mkdirSync('test-results', { recursive: true });
const rows: string[] = [];
const sum: Count = { passed: 0, failed: 0, skipped: 0 };
for (const stage of STAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n=== ${stage.name}: ${stage.command}`);
  const startedMs = performance.now();
  const count = runStage(stage);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  sum.passed += count.passed;
  sum.failed += count.failed;
  sum.skipped += count.skipped;
  const verdict = count.failed === 0 ? 'ok' : 'FAILED';
  rows.push(
    `${stage.name.padEnd(8)}${verdict.padEnd(8)}${seconds.padStart(7)} s${String(count.passed).padStart(7)} passed` +
      `${String(count.failed).padStart(5)} failed${String(count.skipped).padStart(5)} skipped`,
  );
}

console.log(`\n=== all stages\n${rows.join('\n')}\n`);
const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
console.log(`${sum.passed} passed, ${sum.failed} failed${skipped}`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;
