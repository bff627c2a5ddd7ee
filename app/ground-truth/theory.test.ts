// Theory is recognised by what a row says, never by its name or file: rows that no table has pass, wrong ones fail.
import { expect, test } from 'vitest';
import { readTheoryTable, type TheoryTable } from './theory-table.ts';
import { verifyTheory } from './verify-theory.ts';

const table = (family: string, params: object, expected: Record<string, number>): TheoryTable => ({
  family,
  title: '',
  formula: '',
  rows: [{ id: 'a row of no table', params: { ...params }, expected, verified_by: [] }],
});
const verdicts = (given: TheoryTable) => [...verifyTheory(given, false)].map((line) => [line.what, line.verdict]);
const all = (given: TheoryTable) => Object.keys(given.rows[0]?.expected ?? {}).map((name) => [name, 'pass']);

const RIGHT: readonly TheoryTable[] = [
  table('mm1', { lambda: 3, mu: 6, servers: 1 }, { rho: 0.5, W: 1 / 3, L: 1, p_wait: 0.5 }),
  table('mmcc', { lambda: 1, mu: 1, servers: 2 }, { p_block: 0.2, mean_busy: 0.8 }),
  table(
    'mg1',
    { lambda: 0.5, servers: 1, service: { law: 'uniform', a: 0, b: 2 } },
    { Wq: 0.5 * (4 / 3), W: 0.5 * (4 / 3) + 1 },
  ),
  table('mmck', { lambda: 1, mu: 1, servers: 1, capacity_total: 3 }, { p_block: 0.25, L: 1.5 }),
];

test.each(RIGHT.map((given) => [given.family, given] as const))('a new row of %s passes', (_, given) => {
  expect(verdicts(given)).toEqual(all(given));
});

test('a wrong number fails, and so does one that nothing counts', () => {
  const [wrong] = verifyTheory(table('mm1', { lambda: 3, mu: 6, servers: 1 }, { W: 0.36 }), false);
  expect(wrong?.verdict).toBe('FAIL');
  const [unknown] = verifyTheory(table('mm1', { lambda: 3, mu: 6, servers: 1 }, { colour: 1 }), false);
  expect(unknown).toMatchObject({ verdict: 'FAIL', reason: 'Nothing counts colour in mm1.' });
  const [lost] = verifyTheory(table('nobody knows it', {}, { W: 1 }), false);
  expect(lost?.verdict).toBe('FAIL');
});

test('a balancing algorithm that nobody has is said to be not modelled', () => {
  const [line] = verifyTheory(table('leastconn', { policy: 'by the moon' }, { W: 1 }), false);
  expect(line).toMatchObject({ verdict: 'not modelled yet', reason: 'balance by the moon' });
});

test('a table that is none is refused with a reason', () => {
  expect(readTheoryTable({ family: 'mm1', rows: [{ id: 1 }] })).toMatch(/\w/);
});
