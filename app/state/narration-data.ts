// What is news of the databases: a promotion, confirmed writes that are lost by it, two that take writes, semi-synchronous
// replication that has fallen back, a replica that has stopped with an error.
import type { Component } from '../design/design.ts';
import { SECOND } from '../foundation/micros.ts';
import { Alive, DatabaseSign, FIELDS, Field, USERS_ELEMENT } from '../simulation/trace.ts';
import type { DataFacts, Facts } from './narration-facts.ts';
import type { Measured } from './readings.ts';
import { hostWords, listWords, sentenceCase, type Truth } from './truth.ts';

/** A promotion is told this long, then what it lost for as long again. */
const NEWS_US = 6 * SECOND;

export function dataFactsAt({ base, fields, window, nowUs }: Measured): DataFacts | null {
  const databases = base.components.filter((component) => component.kind === 'database');
  if (databases.length === 0) return null;
  const at = ({ id }: Component, field: number): number => fields[window.elements.indexOf(id) * FIELDS + field] ?? 0;
  const has = (sign: number) => (one: Component) => (at(one, Field.Signs) & sign) !== 0;
  const alive = databases.filter((one) => at(one, Field.Alive) === Alive.Up);
  const writable = alive.filter(has(DatabaseSign.Writable));
  const risen = writable.find((one) => one.config['role'] === 'replica');
  const first = databases.find((one) => one.config['role'] === 'primary');
  const stopped = alive.find((one) => at(one, Field.Signs) >= DatabaseSign.Error);
  const sinceUs =
    risen && window.lastGained(window.elements.indexOf(risen.id), Field.Signs, DatabaseSign.Writable, nowUs);
  return {
    running: alive.length,
    writable: writable.map((one) => one.hostId),
    powerless: databases.filter((one) => at(one, Field.Alive) === Alive.PoweredOff).map((one) => one.hostId),
    promoting: alive.find(has(DatabaseSign.Promoting))?.hostId ?? null,
    promoted:
      risen === undefined || first === undefined
        ? null
        : { hostId: risen.hostId, sinceUs: sinceUs ?? 0, before: first.hostId },
    onlyThere: alive.reduce((sum, one) => sum + at(one, Field.Divergent), 0),
    lost: fields[USERS_ELEMENT * FIELDS + Field.WritesLost] ?? 0,
    fellBack: writable.some((one) => has(DatabaseSign.SemiSet)(one) && !has(DatabaseSign.SemiOn)(one)),
    stopped:
      stopped === undefined
        ? null
        : { hostId: stopped.hostId, error: Math.floor(at(stopped, Field.Signs) / DatabaseSign.Error) },
  };
}

/** A monitor's power board did it: no act of a person. */
const fencedBy = (data: DataFacts, truth: Truth): string | undefined =>
  data.powerless.find((id) => !truth.isHostOff(id));

/** The sentence, or null where the databases are no news. */
export function tellData({ data, design, truth, nowUs }: Facts): string | null {
  if (data === null) return null;
  const host = (id: string) => hostWords(design, id);
  if (data.writable.length > 1) {
    if (data.onlyThere === 0)
      return `Two databases take writes: ${listWords(data.writable.map(host))}. So far neither has a row that the other lacks.`;
    const rows = data.onlyThere === 1 ? '1 row is' : `${data.onlyThere} rows are`;
    return `Two databases take writes: ${listWords(data.writable.map(host))}. ${sentenceCase(rows)} in only one of them.`;
  }
  if (data.promoting !== null)
    return `The replica on ${host(data.promoting)} is made the primary. No write is saved until then.`;
  if (data.promoted !== null) {
    const agoUs = nowUs - data.promoted.sinceUs;
    const fenced = fencedBy(data, truth);
    const before = fenced === undefined ? '' : `The monitor powered ${host(fenced)} off. `;
    if (agoUs < NEWS_US) return `${before}The primary is on ${host(data.promoted.hostId)} now: writes are saved again.`;
    if (agoUs < 2 * NEWS_US && data.lost > 0) {
      return `${data.lost === 1 ? '1 write was' : `${data.lost} writes were`} confirmed, then lost with ${host(data.promoted.before)}.`;
    }
  }
  if (data.stopped !== null)
    return `Replication to ${host(data.stopped.hostId)} has stopped with error ${data.stopped.error}. What it shows grows old.`;
  return data.fellBack
    ? 'No replica confirms writes: semi-synchronous replication has fallen back, and a crash can lose them.'
    : null;
}
