// `npm test`: every check of the project in order, past failures, and then one table and one closing line.
// `npm test -- unit e2e` runs only the stages named.
import { spawn } from 'node:child_process';
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
  /** Runs while this stage does, on the cores that it leaves idle; what it prints comes in its own turn. */
  beside?: string;
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
  { name: 'verify', command: 'npm run --silent verify', beside: 'unit' },
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

interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly seconds: number;
}

/** `quiet`: what it prints is kept. */
function run(stage: Stage, quiet: boolean): Promise<Ended> {
  const startedMs = performance.now();
  const child = spawn(stage.command, {
    shell: true,
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT },
  });
  const pieces: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => pieces.push(text));
  }
  return new Promise((resolve) => {
    child.on('close', (status) =>
      resolve({ status, output: pieces.join(''), seconds: (performance.now() - startedMs) / 1000 }),
    );
  });
}

const early = new Map<string, Promise<Ended>>();

async function runStage(stage: Stage, others: readonly Stage[]): Promise<{ count: Count; seconds: number }> {
  if (stage.report) rmSync(stage.report.file, { force: true });
  for (const other of others) if (other.beside === stage.name) early.set(other.name, run(other, true));
  const { status, output, seconds } = await (early.get(stage.name) ?? run(stage, false));
  process.stdout.write(output);
  const count = stage.report ? readReport(stage.report) : { passed: status === 0 ? 1 : 0, failed: 0, skipped: 0 };
  // A runner can fail without a failed test: a file that does not load, a server that does not start, no test at all.
  const countsAsFailed = status !== 0 || count.passed + count.failed === 0;
  return { count: countsAsFailed && count.failed === 0 ? { ...count, failed: 1 } : count, seconds };
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
const stages = STAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
for (const stage of stages) {
  console.log(`\n=== ${stage.name}: ${stage.command}`);
  const { count, seconds } = await runStage(stage, stages);
  sum.passed += count.passed;
  sum.failed += count.failed;
  sum.skipped += count.skipped;
  const verdict = count.failed === 0 ? 'ok' : 'FAILED';
  rows.push(
    `${stage.name.padEnd(8)}${verdict.padEnd(8)}${seconds.toFixed(1).padStart(7)} s${String(count.passed).padStart(7)} passed` +
      `${String(count.failed).padStart(5)} failed${String(count.skipped).padStart(5)} skipped`,
  );
}

console.log(`\n=== all stages\n${rows.join('\n')}\n`);
const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
console.log(`${sum.passed} passed, ${sum.failed} failed${skipped}`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;
