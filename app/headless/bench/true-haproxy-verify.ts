// What is held against the real programs and against theory, counted: `npm run verify -- --full` prints the same, check by check.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTheoryTable, readTheoryTable } from '../../ground-truth/theory-table.ts';
import { verifyTheory } from '../../ground-truth/verify-theory.ts';
import { recordings } from './alive-recordings.ts';
import { atMost, type Figure, figuresOf, none, stated } from './measure.ts';
import { Progress } from './progress.ts';

const FOLDER = join(import.meta.dirname, '../../ground-truth');
/** Of all recordings and rows, as the bar says. */
const MOST_NOT_MODELLED_SHARE = 0.03;

export async function* truth(): AsyncGenerator<Figure> {
  const recorded: Figure[] = [];
  for await (const figure of figuresOf(recordings)) {
    recorded.push(figure);
    yield figure;
  }
  const [failed, passed, missing] = recorded.map(({ value }) => value) as [number, number, number];
  let [numbers, wrong, rows, rowsMissing] = [0, 0, 0, 0];
  const distances: number[] = [];
  const tables = theoryTables();
  const progress = new Progress('theory, all requests', tables.length, 'tables');
  for (const [index, table] of tables.entries()) {
    progress.at(index);
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
  yield* [
    none('numbers of theory outside their tolerance, all requests', wrong, 'numbers'),
    stated('  inside', numbers - wrong, 'numbers'),
    stated('  rows', rows, 'rows'),
    stated('  mean distance from theory', mean, 'std errors'),
    atMost('recordings and rows not modelled', share * 100, '%', MOST_NOT_MODELLED_SHARE * 100),
  ];
}

function theoryTables() {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    if (!name.endsWith('.json')) return [];
    const input: unknown = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
    const table = isTheoryTable(input) ? readTheoryTable(input) : null;
    if (typeof table === 'string') throw new Error(`${name}: ${table}`);
    return table === null ? [] : [table];
  });
}
