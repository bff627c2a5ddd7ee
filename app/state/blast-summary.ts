// What all rows of the blast radius come to, in a sentence, and what they have in common: the run that each of them is.
import { FAULT_US } from '../analysis/blast-radius.ts';
import type { FaultMeasure, LastingFault, Verdict } from '../analysis/fault-measure.ts';
import { SECOND } from '../foundation/micros.ts';
import type { BlastEntry, BlastPairs, BlastTable } from './blast-room.ts';

/** `43 pairs stop what neither of the two stops alone.`; null where they were not looked for yet. */
export function pairWords(pairs: BlastPairs | null): string {
  if (pairs === null) return 'what neither of the two stops alone';
  const { entries, isComplete } = pairs;
  const rest = isComplete ? '' : ' Not every pair could be tried: there may be more.';
  if (entries.length === 0) return `No two kills stop together what neither of them stops alone.${rest}`;
  const measures = measured(entries);
  const noun = entries.length === 1 ? 'pair stops' : 'pairs stop';
  const count = isMeasured(entries) ? '' : ` ${measures.length} of ${entries.length} measured.`;
  return `${entries.length} ${noun} what neither of the two stops alone.${count}${rest}`;
}

/** Seconds from the beginning of a run until its fault. */
export const FAULT_S = FAULT_US / SECOND;

const NOUNS: Readonly<Record<LastingFault['type'], readonly [one: string, many: string]>> = {
  kill: ['kill', 'kills'],
  hang: ['hang', 'hangs'],
  cut: ['cut', 'cuts'],
};

const counted = (count: number, type: LastingFault['type']): string => `${count} ${NOUNS[type][count === 1 ? 0 : 1]}`;

const measured = (entries: readonly BlastEntry[]): readonly FaultMeasure[] =>
  entries.flatMap(({ row }) => (row === null ? [] : [row.measure]));

export const isMeasured = (entries: readonly BlastEntry[]): boolean =>
  entries.every(({ row, problem }) => row !== null || problem !== null);

/** `4 of 11 kills done`. */
const countWords = (entries: readonly BlastEntry[], type: LastingFault['type']): string =>
  `${measured(entries).length} of ${counted(entries.length, type)} done`;

/** `4 of 11 kills stop writes, 2 of them everything. 4 were noticed.` While they run: how many are done. */
export function summaryWords(entries: readonly BlastEntry[], type: LastingFault['type']): string {
  if (!isMeasured(entries)) return countWords(entries, type);
  const measures = measured(entries);
  const count = (...verdicts: readonly Verdict[]) =>
    measures.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const everything = count('no-requests');
  const [writes, reads] = [everything + count('no-writes'), everything + count('no-reads')];
  const noticed = measures.filter(({ detectUs }) => detectUs !== null).length;
  const failed = entries.length - measures.length;
  return [
    ...stopWords(measures.length, type, everything, writes, reads),
    `${noticed} of ${measures.length} ${noticed === 1 ? 'was' : 'were'} noticed.`,
    ...(failed > 0 ? [`${failed} could not be measured.`] : []),
  ].join(' ');
}

function stopWords(
  of: number,
  type: LastingFault['type'],
  everything: number,
  writes: number,
  reads: number,
): readonly string[] {
  if (writes === 0 && reads === 0) return [`None of ${counted(of, type)} stops all reads or all writes.`];
  const stops = (count: number, what: string) =>
    `${count} of ${counted(of, type)} ${count === 1 ? 'stops' : 'stop'} ${what}`;
  if (writes === everything && reads === everything) return [`${stops(everything, 'everything')}.`];
  const rest = everything > 0 ? `, ${everything} of them everything` : '';
  if (reads === everything) return [`${stops(writes, 'writes')}${rest}.`];
  if (writes === everything) return [`${stops(reads, 'reads')}${rest}.`];
  return [`${stops(writes, 'writes')}, ${reads} reads${rest}.`];
}

/** `Each server and part killed once, alone, in a fresh run: 38 s of the same 135 requests, seed 4, 99 reads and 36 writes.` */
export function runWords({ parts, how, seed }: BlastTable): string {
  const did = how === 'kill' ? 'killed' : 'hung';
  const begins = `Each server and part ${did} once, alone, in a fresh run`;
  const measures = measured(parts);
  const [first] = measures;
  if (first === undefined) return `${begins}.`;
  const span = `${first.seconds.length - FAULT_S} s`;
  const isSame = measures.every(
    ({ reads, writes, requests }) => reads === first.reads && writes === first.writes && requests === first.requests,
  );
  if (!isSame) return `${begins}: ${span} of traffic, seed ${seed}.`;
  const { requests, reads, writes } = first;
  return `${begins}: ${span} of the same ${requests} requests, seed ${seed}, ${reads} reads and ${writes} writes.`;
}
