// `npm run verify -- [FOLDER] [--full]`: replays every recording and table of theory in FOLDER (the project's own when left
// out) and prints a row per check: name, what must hold, recorded, simulated, verdict. Fails when a row fails, or when there
// was nothing to replay. Theory takes a tenth of the requests that its tolerance rule asks for, with --full all of them.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../foundation/result.ts';
import { isDatabaseRecording, readDatabaseRecording } from '../ground-truth/database-recording.ts';
import { isRecording, readRecording } from '../ground-truth/recording.ts';
import { isTheoryTable, readTheoryTable, type TheoryTable } from '../ground-truth/theory-table.ts';
import { scenarioOf, verifyDatabase } from '../ground-truth/verify-database.ts';
import { type Row, verifyRecording } from '../ground-truth/verify-recording.ts';
import { verifyVrrp } from '../ground-truth/verify-vrrp.ts';
import { isVrrpRecording, readVrrpRecording } from '../ground-truth/vrrp-recording.ts';
import { printTheory } from './theory-lines.ts';

const full = process.argv.includes('--full');
const folder = process.argv.slice(2).find((word) => word !== '--full') ?? join(import.meta.dirname, '../ground-truth');
if (!existsSync(folder)) {
  console.error(`There is no folder ${folder}. Give one with recordings (*.json), or none for the project's own.`);
  process.exit(2);
}

/** Files in order of their names; what is neither file nor folder (a broken link) is passed over. */
function filesIn(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) return filesIn(inner);
    return entry.isFile() && entry.name.endsWith('.json') ? [inner] : [];
  });
}

function print(name: string, row: Row): void {
  const columns = [name.padEnd(32), row.what.padEnd(44), row.recorded.padEnd(38), row.simulated.padEnd(46)];
  console.log(`${columns.join(' ')} ${row.verdict}${row.reason === '' ? '' : `: ${row.reason}`}`);
}

type Verdict = Row['verdict'];
const families = new Map<string, Record<Verdict, number>>();

/** A recording fails with any of its rows. */
function count(family: string, rows: readonly Row[]): void {
  const counts = families.get(family) ?? { pass: 0, FAIL: 0, 'not modelled yet': 0 };
  const verdict: Verdict = rows.some((row) => row.verdict === 'FAIL') ? 'FAIL' : (rows[0]?.verdict ?? 'FAIL');
  counts[verdict]++;
  families.set(family, counts);
}

function report(name: string, family: string, rows: readonly Row[]): void {
  for (const row of rows) {
    print(name, row);
    if (row.verdict === 'pass') passed++;
    else if (row.verdict === 'FAIL') failed++;
    else missing++;
  }
  count(family, rows);
}

function refuse(file: string, problems: readonly Problem[]): void {
  console.log(`${file}: ${problems.map((one) => `${one.path}: ${one.reason}`).join(' ')}`);
  failed++;
}

let passed = 0;
let failed = 0;
let missing = 0;
const tables: TheoryTable[] = [];
for (const file of filesIn(folder)) {
  let input: unknown;
  try {
    input = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.log(`${file}: not JSON (${error instanceof Error ? error.message : String(error)})`);
    failed++;
    continue;
  }
  if (isTheoryTable(input)) {
    const table = readTheoryTable(input);
    if (typeof table !== 'string') tables.push(table);
    else {
      console.log(`${file}: ${table}`);
      failed++;
    }
  }
  if (isVrrpRecording(input)) {
    const recording = readVrrpRecording(input);
    if (recording.ok)
      report(recording.value.name, `virtual IP, ${recording.value.action}`, verifyVrrp(recording.value));
    else refuse(file, recording.problems);
    continue;
  }
  if (isDatabaseRecording(input)) {
    const recording = readDatabaseRecording(input);
    if (recording.ok)
      report(recording.value.id, `MariaDB: ${scenarioOf(recording.value).name}`, verifyDatabase(recording.value));
    else refuse(file, recording.problems);
    continue;
  }
  if (!isRecording(input)) continue;
  const recording = readRecording(input);
  if (!recording.ok) {
    refuse(file, recording.problems);
    continue;
  }
  report(recording.value.name, recording.value.family, verifyRecording(recording.value));
}

const theory = printTheory(tables, full);
console.log('');
let found = 0;
for (const [family, counts] of families) {
  found += counts.pass + counts.FAIL + counts['not modelled yet'];
  const texts = [`${counts.pass} pass`, `${counts.FAIL} fail`, `${counts['not modelled yet']} not modelled yet`];
  console.log(`${family.padEnd(24)} ${texts.join(', ')}`);
}
console.log(`${found} recordings: ${passed} checks passed, ${failed} failed, ${missing} not modelled yet`);
const nothing = found + theory.rows === 0;
if (nothing)
  console.error(
    `No recording (schema haproxy-trace/1, vrrp-trace/1 or db-trace/1) and no table of theory was found in ${folder}.`,
  );
process.exitCode = !nothing && failed + theory.failed === 0 ? 0 : 1;
