// What is true of the databases at an instant, in words: log positions, what lies between them, and what became of the users'
// writes, as only somebody outside the design knows it.
import type { Component, Design } from '../design/design.ts';
import type { Micros } from '../foundation/micros.ts';
import { Alive, DatabaseSign, FIELDS, Field, USERS_ELEMENT } from '../simulation/trace.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';

export type Fact = readonly [name: string, value: string];

/** Facts of one database and of all writes; empty while the instant is not computed. */
export function databaseFacts(window: TraceWindow, design: Design, id: string, nowUs: Micros): readonly Fact[] {
  const fields = window.fieldsAt(nowUs);
  if (fields === null) return [];
  const of = (element: number, field: number): number => fields[element * FIELDS + field] ?? 0;
  const at = (field: number): number => of(window.elements.indexOf(id), field);
  const signs = at(Field.Signs);
  const others = design.components.filter((one) => one.kind === 'database' && one.id !== id);
  const shown = at(Field.Version);
  const hostName = ({ hostId }: Component) => design.hosts.find((one) => one.id === hostId)?.name ?? hostId;
  const facts: Fact[] = [['Log position', `${at(Field.LogEnd)}, reads see ${shown}`]];
  if ((signs & DatabaseSign.Follows) !== 0) facts.push(...followsFacts(signs, at(Field.LogEnd) - shown));
  if ((signs & DatabaseSign.Writable) !== 0)
    for (const one of others)
      facts.push(behindFact(hostName(one), at(Field.LogEnd), of(window.elements.indexOf(one.id), Field.Version)));
  if ((signs & DatabaseSign.SemiSet) !== 0 && (signs & DatabaseSign.Writable) !== 0)
    facts.push(['Semi-synchronous', (signs & DatabaseSign.SemiOn) === 0 ? 'fallen back: nobody waits' : 'on']);
  if (at(Field.Divergent) > 0) facts.push(['Only here', `${at(Field.Divergent)} rows, and the primary has others`]);
  const users = (field: number): number => of(USERS_ELEMENT, field);
  const [saved, lost] = [users(Field.WritesSaved), users(Field.WritesLost)];
  facts.push(['Writes confirmed', `${saved}, of them lost ${lost}`]);
  facts.push(['Writes refused', `${users(Field.WritesRefused)}`]);
  facts.push(['Writes unclear', `${users(Field.WritesAmbiguous)}`]);
  facts.push(['Failed, yet stored', `${users(Field.WritesFailedYetStored)}`]);
  return facts;
}

/**
 * Changes whenever the ledger of the writes does: what is lost, stored all the same, or in one database only. Empty while there
 * is nothing of the sort (and nobody asks for one write), null while the instant is not computed.
 */
export function writeNews(window: TraceWindow, design: Design, nowUs: Micros, isAsked: boolean): string | null {
  const fields = window.fieldsAt(nowUs);
  if (fields === null) return null;
  const users = (field: number): number => fields[USERS_ELEMENT * FIELDS + field] ?? 0;
  const counts = [users(Field.WritesLost), users(Field.WritesFailedYetStored)];
  const databases = design.components.filter((one) => one.kind === 'database');
  const at = ({ id }: Component, field: number) => fields[window.elements.indexOf(id) * FIELDS + field] ?? 0;
  const apart = databases.map((one) => at(one, Field.Divergent));
  if (!isAsked && [...counts, ...apart].every((count) => count === 0)) return '';
  return [...counts, ...apart, ...databases.map((one) => at(one, Field.LogEnd))].join();
}

/** Whether a part runs; true as well where the instant is not computed. */
export function isUp(window: TraceWindow, id: string, nowUs: Micros): boolean {
  const fields = window.fieldsAt(nowUs);
  return fields === null || fields[window.elements.indexOf(id) * FIELDS + Field.Alive] === Alive.Up;
}

const behindFact = (host: string, end: number, seen: number): Fact => [
  host,
  end > seen ? `shows ${end - seen} writes less` : 'shows every write',
];

function followsFacts(signs: number, waiting: number): Fact[] {
  const error = Math.floor(signs / DatabaseSign.Error);
  const receives = (signs & DatabaseSign.Receives) !== 0 ? 'connected' : 'not connected';
  const facts: Fact[] = [
    ['Receiver', receives],
    ['Still to apply', `${waiting} of the received writes`],
  ];
  if (error > 0) facts.push(['Stopped by', `error ${error}`]);
  return facts;
}
