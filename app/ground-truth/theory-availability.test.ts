// Years of failures and repairs against the tables of theory: the closed forms say every number of them, and so do the years
// within three standard errors. Rows are recognised by what they say: new ones pass, wrong ones fail.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { atLeastOf, availabilityFrom, failoverChain, inSeries, repairChain } from '../analysis/availability/chains.ts';
import { YEAR_H } from '../analysis/availability/system.ts';
import { readTheoryTable, type TheoryRow, type TheoryTable } from './theory-table.ts';
import { verifyTheory } from './verify-theory.ts';

function tableOf(family: string): TheoryTable {
  const table = readTheoryTable(JSON.parse(readFileSync(join(import.meta.dirname, `theory/${family}.json`), 'utf8')));
  if (typeof table === 'string') throw new Error(table);
  return table;
}

const rowsOf = (family: string) => tableOf(family).rows.map((row) => [row.id, row] as const);
const numberOf = (row: TheoryRow, name: string): number => row.params[name] as number;
const near = (row: TheoryRow, said: Readonly<Record<string, number>>) => {
  for (const [name, expected] of Object.entries(row.expected)) {
    expect([name, (said[name] as number) / expected]).toEqual([name, expect.closeTo(1, 9)]);
  }
};

describe('closed forms', () => {
  test.each(rowsOf('availability_repair'))('%s', (_, row) => {
    const given = ['units', 'needed', 'crews'].map((name) => numberOf(row, name)) as [number, number, number];
    const [units, needed, crews] = given;
    const [mtbfH, mttrH] = [numberOf(row, 'mtbf_h'), numberOf(row, 'mttr_h')];
    const { availability, meanTimeToFirstOutageH, outagesPerH, meanOutageH } = repairChain({
      ...{ units, needed, crews },
      ...{ mtbfH, mttrH },
    });
    near(row, {
      availability,
      mean_time_to_first_outage_h: meanTimeToFirstOutageH,
      outages_per_year: outagesPerH * YEAR_H,
      mean_outage_h: meanOutageH,
    });
  });

  test.each(rowsOf('failover'))('%s', (_, row) => {
    const { writeAvailability, readAvailability, failoversPerH } = failoverChain({
      mtbfH: numberOf(row, 'mtbf_h'),
      mttrH: numberOf(row, 'mttr_h'),
      promotionMeanH: numberOf(row, 'promotion_mean_h'),
      promotionSuccess: numberOf(row, 'promotion_success'),
      manualRecoveryMeanH: numberOf(row, 'manual_recovery_mean_h'),
    });
    near(row, {
      write_availability: writeAvailability,
      read_availability: readAvailability,
      write_downtime_h_per_year: (1 - writeAvailability) * YEAR_H,
      failovers_per_year: failoversPerH * YEAR_H,
    });
  });

  test('series, parallel, k of n and mixed', () => {
    const of = (units: number, mtbfH: number, mttrH: number) => Array(units).fill(availabilityFrom(mtbfH, mttrH));
    const said: Readonly<Record<string, number>> = {
      'av-series-3': inSeries([of(1, 2000, 1)[0], of(1, 1000, 4)[0], of(1, 3000, 2)[0]]),
      'av-parallel-2': atLeastOf(1, of(2, 720, 8)),
      'av-2of3': atLeastOf(2, of(3, 500, 10)),
      'av-4of6': atLeastOf(4, of(6, 200, 20)),
      'av-site': inSeries([atLeastOf(1, of(2, 2000, 1)), atLeastOf(2, of(3, 500, 10)), atLeastOf(1, of(2, 1500, 6))]),
    };
    const rows = rowsOf('availability_static');
    expect(rows.map(([id]) => id)).toEqual(Object.keys(said));
    for (const [id, row] of rows) {
      const availability = said[id] as number;
      near(row, { availability, downtime_h_per_year: (1 - availability) * YEAR_H });
    }
  });
});

describe.each(['availability_static', 'availability_repair', 'failover'])('years of %s', (family) => {
  test('every number within three standard errors, which are small', () => {
    const lines = [...verifyTheory(tableOf(family), false)];
    expect(lines.length).toBeGreaterThanOrEqual(10);
    expect(lines.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    // Errors are in units of themselves: together they must scatter as chance does.
    const squares = lines.map(({ distance }) => (distance ?? 0) ** 2);
    expect(squares.reduce((sum, one) => sum + one, 0) / squares.length).toBeLessThan(3);
  });
});

describe('rows of no table', () => {
  const table = (family: string, params: TheoryRow['params'], expected: TheoryRow['expected']): TheoryTable => ({
    ...{ family, title: '', formula: '' },
    rows: [{ id: 'new', params, expected, verified_by: [] }],
  });
  const verdict = (given: TheoryTable) => [...verifyTheory(given, false)].map((line) => line.verdict);
  const structure = 'series of: 1-of-1 web (100 h/2.5 h), 1-of-2 db (50 h/1 h)';

  test('right ones pass, wrong ones fail', () => {
    const availability = inSeries([availabilityFrom(100, 2.5), atLeastOf(1, Array(2).fill(availabilityFrom(50, 1)))]);
    const downtime = (of: number) => ({ downtime_h_per_year: (1 - of) * YEAR_H });
    expect(verdict(table('availability_static', { structure }, downtime(availability)))).toEqual(['pass']);
    expect(verdict(table('availability_static', { structure }, downtime(availability - 0.004)))).toEqual(['FAIL']);
    const params = { units: 4, needed: 2, crews: 1, mtbf_h: 60, mttr_h: 6, laws: 'exponential' };
    const chain = repairChain({ units: 4, needed: 2, crews: 1, mtbfH: 60, mttrH: 6 });
    expect(verdict(table('availability_repair', params, { mean_outage_h: chain.meanOutageH }))).toEqual(['pass']);
    expect(verdict(table('availability_repair', params, { mean_outage_h: 6 }))).toEqual(['FAIL']);
  });

  test('what nobody can read fails with a reason', () => {
    for (const params of [{ structure: 'a heap' }, { structure: '2-and-3', mtbf_h: 1, mttr_h: 1 }, {}]) {
      const [line] = verifyTheory(table('availability_static', params, { availability: 1 }), false);
      expect(line).toMatchObject({ verdict: 'FAIL', reason: expect.stringMatching(/\w/) });
    }
  });
});
