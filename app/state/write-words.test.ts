// Writes in words: names that a person can follow, and what became of one.
import { describe, expect, test } from 'vitest';
import { distributedDesign } from '../designs/distributed.ts';
import type { WriteLedger } from '../simulation/write-ledger.ts';
import { fateOf, writeName, writeSections } from './write-words.ts';

const design = distributedDesign('classroom');
const component = (id: string) => design.components.findIndex((one) => one.id === id);
const [mysql1, mysql2] = [component('mysql1'), component('mysql2')];
const name = (request: number) => ({ request, user: request % 7, startUs: request * 100_000 });
const NONE = { count: 0, first: [] };
const quiet: WriteLedger = { lost: NONE, failedYetStored: NONE, apart: [], holders: [], records: [mysql1] };

test('a write is named by its request, its user and its moment, as far as they are known', () => {
  expect(writeName({ request: 213, user: 2, startUs: 12_400_000 })).toBe('Write 213 of user 3, 00:12.4');
  expect(writeName({ request: 213, user: -1, startUs: -1 })).toBe('Write 213');
});

describe('the lists', () => {
  const titles = (ledger: WriteLedger, isUp = true) =>
    writeSections(design, ledger, () => isUp).map((one) => one.title);

  test('are empty while every confirmed write is where it should be', () => {
    expect(titles(quiet)).toEqual([]);
  });

  test('tell lost ones, stored ones and rows of one database apart, and count what is not named', () => {
    const ledger: WriteLedger = {
      ...quiet,
      records: [mysql2],
      lost: { count: 1, first: [name(3)] },
      failedYetStored: { count: 2, first: [name(5), name(6)] },
      apart: [
        {
          component: mysql1,
          only: { count: 3, first: [name(3)] },
          record: mysql2,
          onlyRecord: { count: 1, first: [name(9)] },
        },
      ],
    };
    expect(titles(ledger)).toEqual([
      '1 confirmed write is lost',
      '2 failed writes are stored all the same',
      '3 rows are only on Server 1',
      '1 row is only on Server 2',
    ]);
    expect(titles(ledger, false)).toEqual(['1 confirmed write is lost', '2 failed writes are stored all the same']);
    const [lost, , only] = writeSections(design, ledger, () => true);
    expect(lost?.text).toBe('The primary on Server 2 does not have it.');
    expect([lost?.rest, only?.rest]).toEqual(['', 'and 2 more']);
  });
});

describe('the fate of one', () => {
  const confirmed = { request: 3, fate: 'confirmed', isStored: true } as const;
  const at = (ledger: Partial<WriteLedger>, write: Parameters<typeof fateOf>[1] = confirmed) =>
    fateOf(design, write, { ...quiet, ...ledger }, 42_000_000);

  test('says where it is stored', () => {
    expect(at({ holders: [mysql1, mysql2] })).toBe('At 00:42.0: confirmed, and stored on Server 1 and Server 2.');
    expect(at({ holders: [mysql1] }, { ...confirmed, fate: 'open' })).toBe(
      'At 00:42.0: not answered yet, and stored on Server 1.',
    );
  });

  test('says that it is lost, and who still has it', () => {
    expect(at({ holders: [mysql1], records: [mysql2] })).toBe(
      'At 00:42.0: confirmed, and lost. Only Server 1 has it, and the primary is on Server 2.',
    );
    expect(at({ records: [mysql2] })).toBe('At 00:42.0: confirmed, and lost. No database has it.');
  });

  test('says that it is stored although it failed, also where its copy is out of sight', () => {
    const failed = { ...confirmed, fate: 'failed' } as const;
    expect(at({ holders: [mysql1] }, failed)).toBe(
      'At 00:42.0: failed for its user, and stored all the same, on Server 1.',
    );
    const named = { count: 1, first: [name(3)] };
    expect(at({ failedYetStored: named }, { ...failed, isStored: false })).toBe(
      'At 00:42.0: failed for its user, and stored all the same, on Server 1.',
    );
    expect(at({}, { ...failed, isStored: false })).toBe('At 00:42.0: failed, and stored nowhere.');
  });
});
