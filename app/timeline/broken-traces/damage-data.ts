// Damage to what a trace says of logs, of what reads see, and of what became of the writes.
import { reasonCode } from '../../simulation/message.ts';
import { DatabaseSign, Field, type TraceChunk } from '../../simulation/trace.ts';
import { insertChange, type Played, rewriteField, without } from './broken-trace.ts';
import { type Damage, endOf, firstRow, isGood } from './damage.ts';
import { at, plain, risen } from './damage-runs.ts';

/** The first position that the replica received from second 1 on. */
const received = (chunks: readonly TraceChunk[], { element }: Played) =>
  firstRow(chunks, 1, ({ logs }, row) => logs.element[row] === element('mysql2'), 'logs');

export const OF_DATA: readonly Damage[] = [
  {
    checker: 'replication',
    what: 'a replica receives what nobody wrote',
    run: plain,
    says: /mysql2 receives position \d+ of epoch 77, which nobody wrote/,
    damage: (chunks, run) => {
      const { chunk, row } = received(chunks, run);
      chunk.logs.epoch[row] = 77;
    },
  },
  {
    checker: 'replication',
    what: 'a replica leaves a position out',
    run: plain,
    says: /mysql2 takes position \d+ after/,
    damage: (chunks, run) => {
      const { chunk, row, index } = received(chunks, run);
      chunks[index] = { ...chunk, logs: without(chunk.logs, (one) => one === row) };
    },
  },
  {
    checker: 'replication',
    what: 'reads at one replica go back',
    run: plain,
    says: /reads of mysql2 go back/,
    damage: (chunks, { element }) => insertChange(chunks, at(12.5), element('mysql2'), Field.Version, 1),
  },
  {
    checker: 'replication',
    what: 'reads show what is not in the log',
    run: plain,
    says: /reads of mysql2 show \d+ of \d+ positions/,
    damage: (chunks, { element }) => insertChange(chunks, at(12.5), element('mysql2'), Field.Version, 99_999),
  },
  {
    checker: 'replication',
    what: 'a second database takes writes and nobody allowed it',
    run: plain,
    says: /2 databases take writes/,
    damage: (chunks, { element }) =>
      rewriteField(chunks, element('mysql2'), Field.Signs, (signs) => signs | DatabaseSign.Writable),
  },
  {
    checker: 'replication',
    what: 'two take writes before the promotion that allows it',
    run: risen,
    says: /2 databases take writes/,
    damage: (chunks, { element }) =>
      insertChange(chunks, at(5), element('mysql2'), Field.Signs, DatabaseSign.Writable | DatabaseSign.Follows),
  },
  ...(
    [
      ['confirmed and stored', Field.WritesSaved],
      ['refused', Field.WritesRefused],
      ['unclear', Field.WritesAmbiguous],
      ['lost', Field.WritesLost],
      ['failed yet stored', Field.WritesFailedYetStored],
    ] as const
  ).map(
    ([name, field]): Damage => ({
      checker: 'write fates',
      what: `one write more is said to be ${name}`,
      run: risen,
      says: new RegExp(`\\d+ writes are said to be ${name} at`),
      damage: (chunks) => rewriteField(chunks, 0, field, (value) => value + 1),
    }),
  ),
  {
    checker: 'write fates',
    what: 'rows of its own are said of a database that has none',
    run: risen,
    says: /mysql2 is said to have 3 rows of its own/,
    damage: (chunks, { element }) => rewriteField(chunks, element('mysql2'), Field.Divergent, () => 3),
  },
  {
    checker: 'write fates',
    what: 'a stored write was told that it was certainly not stored',
    run: risen,
    says: /is stored, and was told read-only/,
    damage: (chunks) => {
      const stored = new Set(chunks.flatMap(({ logs }) => [...logs.request]));
      const { ends, row } = endOf(chunks, (one, at) => stored.has(one.request[at] as number) && isGood(one, at));
      ends.outcome[row] = 2;
      ends.reason[row] = reasonCode('read-only');
    },
  },
];
