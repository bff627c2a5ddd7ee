// Damage to what a trace says of an address that two balancers share.
import { Purpose } from '../../simulation/message.ts';
import { Field, HopSign, purposeOf, type TraceChunk } from '../../simulation/trace.ts';
import { insertChange, rewriteField } from './broken-trace.ts';
import { type Damage, firstRow } from './damage.ts';
import { at, shared } from './damage-runs.ts';

const isAdvert = (chunk: TraceChunk, row: number) => purposeOf(chunk.hops.what[row] as number) === Purpose.Advert;
/** Of a keepalived, as the checker knows it. */
const STATE = 4;

export const OF_THE_ADDRESS: readonly Damage[] = [
  {
    checker: 'address holder',
    what: 'a MASTER has no address',
    run: shared,
    says: /keepalived1 is MASTER without the address/,
    damage: (chunks, { element }) => insertChange(chunks, at(2.5), element('balancer1'), Field.HoldsAddress, 0),
  },
  {
    checker: 'address holder',
    what: 'a BACKUP has the address',
    run: shared,
    says: /keepalived2 has the address without being MASTER/,
    damage: (chunks, { element }) => insertChange(chunks, at(2.5), element('balancer2'), Field.HoldsAddress, 1),
  },
  {
    checker: 'address holder',
    what: 'a host without power has the address',
    run: shared,
    says: /has the address without power/,
    damage: (chunks, { element }) => insertChange(chunks, at(6), element('balancer1'), Field.HoldsAddress, 1),
  },
  {
    checker: 'address holder',
    what: 'one answers that does not hold it',
    run: shared,
    says: /answers for the address at \d+ us and does not hold it/,
    damage: (chunks, { element }) => insertChange(chunks, at(2.5), 0, Field.AnswersFor, element('balancer2')),
  },
  {
    checker: 'address holder',
    what: 'a BACKUP takes the address before its timer',
    run: shared,
    says: /keepalived2 takes the address \d+ us after an advertisement that it accepted/,
    damage: (chunks, { element }) => {
      insertChange(chunks, at(2.5), element('balancer2'), Field.HoldsAddress, 1);
      insertChange(chunks, at(2.5), element('keepalived2'), STATE, 2);
    },
  },
  {
    checker: 'address holder',
    what: 'a BACKUP that hears nobody never takes it',
    run: shared,
    says: /keepalived2 has been BACKUP for \d+ us without a word/,
    damage: (chunks, { element }) => {
      rewriteField(chunks, element('keepalived2'), STATE, (state) => Math.min(state, 1));
      rewriteField(chunks, element('balancer2'), Field.HoldsAddress, () => 0);
      rewriteField(chunks, 0, Field.AnswersFor, (one) => (one === element('balancer2') ? 0 : one));
    },
  },
  {
    checker: 'address holder',
    what: 'a MASTER hears a higher one and stays',
    run: shared,
    says: /keepalived1 stays MASTER/,
    damage: (chunks, { element }) => {
      const priority = 5;
      rewriteField(chunks, element('keepalived2'), priority, () => 250);
      const { chunk, row } = firstRow(chunks, 1, isAdvert, 'hops');
      // The same way, against the line: from the second to the first.
      chunk.hops.what[row] = Purpose.Advert | (HopSign.Good << 3);
    },
  },
];
