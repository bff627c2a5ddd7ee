// What a person can tell a database now, and why not: to become the primary, to follow the primary again, to take the primary's
// data. Judged by the trace at the playhead; each refusal is a sentence that says what to do instead.
import type { Component, Design } from '../design/design.ts';
import type { Micros } from '../foundation/micros.ts';
import { Alive, DatabaseSign, FIELDS, Field } from '../simulation/trace.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';
import { hostWords, sentenceCase } from './truth.ts';

export type Order = 'promote' | 'rejoin' | 'reclone';

/** The databases of a run at an instant. */
export interface DataMoment {
  readonly window: TraceWindow;
  /** With the roles of that instant. */
  readonly design: Design;
  readonly nowUs: Micros;
}

const NOT_COMPUTED = 'This instant is still being computed. Try again.';
const KEYS: Readonly<Record<Order, string>> = { promote: ', then press W', rejoin: ', then press J', reclone: '' };

const databasesOf = ({ components }: Design): readonly Component[] =>
  components.filter(({ kind }) => kind === 'database');

/** The database that is meant: itself, the one on a host, or with nothing chosen the only one that can be told so. */
export function databaseMeant(moment: DataMoment, order: Order, id: string): string | null {
  const databases = databasesOf(moment.design);
  if (databases.some((one) => one.id === id)) return id;
  const there = id === '' ? databases.filter((one) => whyNot(moment, order, one.id) === null) : onHost(databases, id);
  return there.length === 1 ? (there[0]?.id ?? null) : null;
}

const onHost = (databases: readonly Component[], hostId: string): readonly Component[] =>
  databases.filter((one) => one.hostId === hostId);

/** Why nobody is meant: a sentence. */
export function whyNobody(moment: DataMoment, order: Order, id: string): string {
  const databases = databasesOf(moment.design);
  if (databases.length < 2) return databases.length === 0 ? 'This design has no database.' : ALONE[order];
  if (id !== '' || databases.every((one) => whyNot(moment, order, one.id) === null))
    return `Choose a database first${KEYS[order]}.`;
  const reasons = databases.map((one) => whyNot(moment, order, one.id)).filter((why) => why !== null);
  const open = databases.length - reasons.length;
  return open > 1 ? `${open} databases can. Choose one first${KEYS[order]}.` : (reasons.at(-1) ?? NOT_COMPUTED);
}

const ALONE: Readonly<Record<Order, string>> = {
  promote: 'There is one database, and it takes the writes already.',
  rejoin: 'There is one database: there is nobody to follow.',
  reclone: 'There is one database: there is nobody to copy from.',
};

/** Why this database cannot be told so now, or null. */
export function whyNot({ window, design, nowUs }: DataMoment, order: Order, id: string): string | null {
  const fields = window.fieldsAt(nowUs);
  if (fields === null) return NOT_COMPUTED;
  const at = (one: string, field: number): number => fields[window.elements.indexOf(one) * FIELDS + field] ?? 0;
  const has = (one: string, sign: number) => (at(one, Field.Signs) & sign) !== 0;
  const words = (one: string) => databaseIn(design, one, (id2) => has(id2, DatabaseSign.Writable));
  const own = sentenceCase(words(id));
  if (at(id, Field.Alive) !== Alive.Up) return `${own} is dead: nobody obeys. Repair it first.`;
  if (at(id, Field.Hung) !== 0) return `${own} hangs: nobody obeys. Repair it first.`;
  if (has(id, DatabaseSign.Promoting)) return `${own} is being made the primary already.`;
  if (order === 'promote') return has(id, DatabaseSign.Writable) ? `${own} takes writes already.` : null;
  const record = databasesOf(design).find((one) => has(one.id, DatabaseSign.OfRecord))?.id;
  if (record === undefined || record === id) return `${own} has the log that counts. Let another one follow it.`;
  if (lineBetween(design, id, record) === undefined) return `No line leads from ${words(id)} to ${words(record)}.`;
  const error = Math.floor(at(id, Field.Signs) / DatabaseSign.Error);
  if (order === 'rejoin') {
    if (error > 0) return `Error ${error}: its log does not fit. Replace its data, in its settings.`;
    const follows = has(id, DatabaseSign.Follows) && !has(id, DatabaseSign.Writable);
    return follows ? `${own} follows the primary already.` : null;
  }
  if (at(record, Field.Alive) !== Alive.Up || at(record, Field.Hung) !== 0)
    return `${sentenceCase(words(record))} does not answer: there is nobody to copy from.`;
  if (at(lineBetween(design, id, record) ?? '', Field.Cut) === 1)
    return `The line to ${words(record)} is cut: nothing can be copied.`;
  return error > 0 || at(id, Field.Divergent) > 0 ? null : `${own} has the primary's data already.`;
}

/** `the primary on Server 1`, `the replica on Server 2`, as it is now. */
const databaseIn = (design: Design, id: string, isWritable: (id: string) => boolean): string => {
  const hostId = databasesOf(design).find((one) => one.id === id)?.hostId ?? '';
  return `the ${isWritable(id) ? 'primary' : 'replica'} on ${hostWords(design, hostId)}`;
};

const lineBetween = ({ links }: Design, a: string, b: string): string | undefined =>
  links.find(({ from, to }) => (from === a && to === b) || (from === b && to === a))?.id;

/** Whom a database follows when it is told to. */
export function recordOf({ window, design, nowUs }: DataMoment): string | undefined {
  const fields = window.fieldsAt(nowUs);
  return databasesOf(design).find(({ id }) => {
    const signs = fields?.[window.elements.indexOf(id) * FIELDS + Field.Signs] ?? 0;
    return (signs & DatabaseSign.OfRecord) !== 0;
  })?.id;
}
