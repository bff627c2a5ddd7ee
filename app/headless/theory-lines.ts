// The theory part of `npm run verify`: prints a line per expected number of each table, and counts the verdicts.
import type { TheoryTable } from '../ground-truth/theory-table.ts';
import { type TheoryLine, verifyTheory } from '../ground-truth/verify-theory.ts';

export interface TheoryCounts {
  readonly rows: number;
  readonly passed: number;
  readonly failed: number;
  readonly missing: number;
}

function print(line: TheoryLine): void {
  const columns = [line.id.padEnd(32), line.what.padEnd(44), line.recorded.padEnd(38), line.simulated.padEnd(46)];
  console.log(`${columns.join(' ')} ${line.verdict}${line.reason === '' ? '' : `: ${line.reason}`}`);
}

/** Runs and prints every row of the tables; `full` takes all the requests that the tolerance rule asks for. */
export function printTheory(tables: readonly TheoryTable[], full: boolean): TheoryCounts {
  const lines: TheoryLine[] = [];
  const families: string[] = [];
  for (const table of tables) {
    const own: TheoryLine[] = [];
    for (const line of verifyTheory(table, full)) {
      print(line);
      own.push(line);
    }
    lines.push(...own);
    families.push(`${table.family.padEnd(24)} ${table.rows.length} rows: ${verdictsOf(own)}`);
  }
  console.log('');
  for (const family of families) console.log(family);
  const distances = lines.flatMap((line) => (line.distance === null ? [] : [line.distance]));
  const mean = distances.reduce((sum, one) => sum + one, 0) / Math.max(1, distances.length);
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  const size = full ? 'all requests' : 'a tenth of the requests, the tolerance as much wider';
  console.log(
    `${rows} rows of theory (${size}): ${verdictsOf(lines)}; mean distance ${mean.toFixed(2)} standard errors`,
  );
  const count = (verdict: TheoryLine['verdict']) => lines.filter((line) => line.verdict === verdict).length;
  return { rows, passed: count('pass'), failed: count('FAIL'), missing: count('not modelled yet') };
}

function verdictsOf(lines: readonly TheoryLine[]): string {
  const count = (verdict: TheoryLine['verdict']) => lines.filter((line) => line.verdict === verdict).length;
  return `${count('pass')} numbers pass, ${count('FAIL')} fail, ${count('not modelled yet')} not modelled yet`;
}
