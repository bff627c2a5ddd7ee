// What became of single writes, in words: names that a person can follow, lists of those that are lost, stored all the same or
// in one database only, and the fate of one.
import type { Design } from '../design/design.ts';
import { formatClock, type Micros } from '../foundation/micros.ts';
import type { NamedWrites, WriteLedger } from '../simulation/write-ledger.ts';
import type { WriteName } from '../simulation/writes.ts';
import { hostWords, listWords, sentenceCase } from './truth.ts';

/** `Write 213 of user 3, 00:12.4`: the number is that of its request. */
export function writeName({ request, user, startUs }: WriteName): string {
  const who = user < 0 ? '' : ` of user ${user + 1}`;
  return `Write ${request}${who}${startUs < 0 ? '' : `, ${formatClock(startUs)}`}`;
}

export interface WriteSection {
  /** Tells it from the others as long as it is there. */
  readonly key: string;
  /** `2 confirmed writes are lost`. */
  readonly title: string;
  /** Why they are here, one sentence. */
  readonly text: string;
  readonly tone: 'fail' | 'doubt' | 'plain';
  readonly writes: readonly WriteName[];
  /** What of the count has no name in the list, or empty. */
  readonly rest: string;
}

/**
 * Only what there is; empty while every confirmed write is where it should be. What a dead database alone has is lost, or will be
 * when it comes back: it is not told twice.
 */
export function writeSections(
  design: Design,
  ledger: WriteLedger,
  isUp: (componentId: string) => boolean,
): readonly WriteSection[] {
  const place = (component: number) => hostWords(design, design.components[component]?.hostId ?? '');
  const { lost, failedYetStored, apart } = ledger;
  const sections: WriteSection[] = [];
  if (lost.count > 0) {
    const them = lost.count === 1 ? 'it' : 'them';
    const primary = listWords(ledger.records.map(place));
    sections.push({
      key: 'lost',
      title: `${counted(lost.count, 'confirmed write')} lost`,
      text: `The primary on ${primary} does not have ${them}.`,
      tone: 'fail',
      ...listed(lost),
    });
  }
  if (failedYetStored.count > 0) {
    const they = failedYetStored.count === 1 ? 'Its user was' : 'Their users were';
    sections.push({
      key: 'stored',
      title: `${counted(failedYetStored.count, 'failed write')} stored all the same`,
      text: `${they} told nothing, or an error.`,
      tone: 'doubt',
      ...listed(failedYetStored),
    });
  }
  for (const { component, only, record, onlyRecord } of apart) {
    if (!isUp(design.components[component]?.id ?? '')) continue;
    const [here, there] = [place(component), place(record)];
    sections.push({
      key: `only ${component}`,
      title: `${counted(only.count, 'row')} only on ${here}`,
      text: `The primary on ${there} does not have ${only.count === 1 ? 'it' : 'them'}.`,
      tone: 'fail',
      ...listed(only),
    });
    if (onlyRecord.count > 0)
      sections.push({
        key: `only ${record} beside ${component}`,
        title: `${counted(onlyRecord.count, 'row')} only on ${there}`,
        text: `The database on ${here} has others in their place, or none.`,
        tone: 'plain',
        ...listed(onlyRecord),
      });
  }
  return sections;
}

/** `1 row is`, `2 rows are`. */
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? ' is' : 's are'}`;

function listed({ count, first }: NamedWrites): Pick<WriteSection, 'writes' | 'rest'> {
  const rest = count - first.length;
  return { writes: first, rest: rest === 0 ? '' : `and ${rest} more` };
}

/** A write as its user knows it, and where it was stored first as far as the trace is at hand. */
export interface FollowedWrite {
  readonly request: number;
  readonly fate: 'open' | 'confirmed' | 'failed';
  readonly isStored: boolean;
}

/** `At 00:42.0: confirmed, and lost. Only Server 1 has it, and the primary is on Server 2.` */
export function fateOf(design: Design, write: FollowedWrite, ledger: WriteLedger, atUs: Micros): string {
  const place = (component: number) => hostWords(design, design.components[component]?.hostId ?? '');
  const opening = `At ${formatClock(atUs)}`;
  const holders = listWords(ledger.holders.map(place));
  const primary = listWords(ledger.records.map(place));
  const isNamed = ledger.failedYetStored.first.some(({ request }) => request === write.request);
  const isOnRecord = ledger.records.some((record) => ledger.holders.includes(record)) || isNamed;
  const ended = write.fate === 'open' ? 'not answered yet' : write.fate;
  if (!write.isStored && !isNamed) return `${opening}: ${ended}, and stored nowhere.`;
  if (isOnRecord) {
    const where = holders === '' ? `on ${primary}` : `on ${holders}`;
    return write.fate === 'failed'
      ? `${opening}: failed for its user, and stored all the same, ${where}.`
      : `${opening}: ${ended}, and stored ${where}.`;
  }
  const left = holders === '' ? 'No database has it.' : `Only ${holders} has it, and the primary is on ${primary}.`;
  if (write.fate === 'confirmed') return `${opening}: confirmed, and lost. ${sentenceCase(left)}`;
  return `${opening}: ${ended}, and not with the primary. ${sentenceCase(left)}`;
}
