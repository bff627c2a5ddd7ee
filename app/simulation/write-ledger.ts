// What became of the writes at an instant, by name, as plain data for a page: which confirmed ones are lost, which failed ones
// are stored all the same, and what two databases do not have in common. The counts are exact; of very many, the first are named.
import { holds, rowsApart } from './history.ts';
import type { WriteName, Writes } from './writes.ts';

const MOST_NAMED = 200;

export interface NamedWrites {
  readonly count: number;
  /** Oldest first, at most 200 of them; a row that no user's request wrote has no name. */
  readonly first: readonly WriteName[];
}

/** A database that has what the log of record has not, and what that has instead. Components by index. */
export interface Apart {
  readonly component: number;
  readonly only: NamedWrites;
  readonly record: number;
  readonly onlyRecord: NamedWrites;
}

export interface WriteLedger {
  readonly lost: NamedWrites;
  readonly failedYetStored: NamedWrites;
  readonly apart: readonly Apart[];
  /** Of the copy that was asked for: the databases whose log holds it, and those whose log counts. */
  readonly holders: readonly number[];
  readonly records: readonly number[];
}

/** A stored write as logs name it. */
export interface Copy {
  readonly epoch: number;
  readonly position: number;
}

const named = (count: number, names: readonly WriteName[]): NamedWrites => ({
  count,
  first: names.slice(0, MOST_NAMED),
});

/** `copy` is one write whose holders are asked for, or null. */
export function ledgerOf(writes: Writes, copy: Copy | null): WriteLedger {
  const databases = writes.histories.flatMap((history, component) => (history === null ? [] : [component]));
  return {
    lost: named(writes.counts.lost, writes.lost()),
    failedYetStored: named(writes.counts.failedYetStored, writes.failedYetStored()),
    apart: databases.flatMap((component) => apartOf(writes, component)),
    holders: databases.filter((one) => copy !== null && holds(writes.historyOf(one), copy.epoch, copy.position)),
    records: databases.filter((one) => writes.recordOf(one) === one),
  };
}

function apartOf(writes: Writes, component: number): readonly Apart[] {
  const count = writes.divergent(component);
  if (count === 0) return [];
  const record = writes.recordOf(component);
  const [own, others] = [writes.historyOf(component), writes.historyOf(record)];
  return [
    {
      component,
      only: named(count, writes.onlyIn(component, record)),
      record,
      onlyRecord: named(rowsApart(others, own), writes.onlyIn(record, component)),
    },
  ];
}
