// What is held against the real programs and against theory, counted: `npm run verify -- --full` prints the same, check by check.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTheoryTable, readTheoryTable } from '../../ground-truth/theory-table.ts';
import { verifyTheory } from '../../ground-truth/verify-theory.ts';
import { recordings } from './alive-recordings.ts';
import { atMost, type Measure, none, stated } from './measure.ts';

const FOLDER = join(import.meta.dirname, '../../ground-truth');
/** Of all recordings and rows, as the bar says. */
const MOST_NOT_MODELLED_SHARE = 0.03;

export const truth: Measure = async () => {
  const recorded = await recordings();
  const [failed, passed, missing] = recorded.map(({ value }) => value) as [number, number, number];
  let [numbers, wrong, rows, rowsMissing] = [0, 0, 0, 0];
  const distances: number[] = [];
  for (const name of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.json')) continue;
    const input: unknown = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
    const table = isTheoryTable(input) ? readTheoryTable(input) : null;
    if (table === null) continue;
    if (typeof table === 'string') throw new Error(`${name}: ${table}`);
    rows += table.rows.length;
    for (const { verdict, distance } of verifyTheory(table, true)) {
      if (verdict === 'not modelled yet') rowsMissing++;
      else numbers++;
      if (verdict === 'FAIL') wrong++;
      if (distance !== null) distances.push(distance);
    }
  }
  if (numbers === 0) throw new Error(`No table of theory was found in ${FOLDER}.`);
  const mean = distances.reduce((sum, one) => sum + one, 0) / distances.length;
  const share = (missing + rowsMissing) / (failed + passed + missing + rows);
  return [
    ...recorded,
    none('numbers of theory outside their tolerance, all requests', wrong, 'numbers'),
    stated('  inside', numbers - wrong, 'numbers'),
    stated('  rows', rows, 'rows'),
    stated('  mean distance from theory', mean, 'std errors'),
    atMost('recordings and rows not modelled', share * 100, '%', MOST_NOT_MODELLED_SHARE * 100),
  ];
};
