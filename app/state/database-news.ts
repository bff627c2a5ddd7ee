// What a change of a database's signs means, in a few words: for the list of what happened, and for the marks of the timeline.
import type { Design } from '../design/design.ts';
import { DatabaseSign } from '../simulation/trace.ts';
import type { StateChange } from '../timeline/chunk-summary.ts';
import { hostWords, sentenceCase } from './truth.ts';

export interface DatabaseNews {
  readonly tone: 'good' | 'doubt' | 'bad';
  /** For a list: `The replica on Server 2 became the primary`. */
  readonly text: string;
  /** For a mark: `Server 2 is primary`. */
  readonly short: string;
}

/** Null for a change that is no news. `hostId`: where the database runs. */
export function databaseNews(design: Design, hostId: string, { before, value }: StateChange): DatabaseNews | null {
  const host = hostWords(design, hostId);
  const [gained, lost] = [value & ~before, before & ~value];
  const short = (words: string) => sentenceCase(`${host} ${words}`);
  if ((gained & DatabaseSign.Writable) !== 0)
    return { tone: 'good', text: `The replica on ${host} became the primary`, short: short('is primary') };
  if ((lost & DatabaseSign.Writable) !== 0)
    return { tone: 'good', text: `The old primary on ${host} follows now`, short: short('follows') };
  const [error, errorBefore] = [value, before].map((signs) => Math.floor(signs / DatabaseSign.Error));
  if (error !== errorBefore) {
    return error === 0
      ? { tone: 'good', text: `Replication to ${host} goes on`, short: short('copies again') }
      : { tone: 'bad', text: `Replication to ${host} stopped, error ${error}`, short: short('stopped copying') };
  }
  if ((value & DatabaseSign.SemiSet) === 0 || (value & DatabaseSign.Writable) === 0) return null;
  if ((lost & DatabaseSign.SemiOn) !== 0)
    return { tone: 'doubt', text: `No replica confirms what ${host} commits`, short: short('commits alone') };
  return (gained & DatabaseSign.SemiOn) !== 0
    ? { tone: 'good', text: `A replica confirms again what ${host} commits`, short: short('is confirmed again') }
    : null;
}
