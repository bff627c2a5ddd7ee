// The order of the rows of the blast radius: by any column, the worst first or last. What is still to come stands below, and what
// is equal keeps the order of the drawing, so that a row that comes late moves none of the others to and fro.
import { type FaultMeasure, VERDICTS } from '../analysis/fault-measure.ts';
import type { Micros } from '../foundation/micros.ts';
import type { BlastEntry } from './blast-room.ts';

export type BlastColumn = 'name' | 'reads' | 'writes' | 'detect' | 'recover' | 'lost' | 'verdict';

export interface BlastOrder {
  readonly by: BlastColumn;
  /** The worst, or the first of the alphabet, stands above. */
  readonly worstFirst: boolean;
}

export const WORST_FIRST: BlastOrder = { by: 'verdict', worstFirst: true };

/** Larger is worse. */
type Badness = (measure: FaultMeasure) => number;

const share = (answered: number, all: number): number => (all === 0 ? 1 : answered / all);
/** What never comes is worse than what comes late. */
const late = (us: Micros | null): number => us ?? Number.POSITIVE_INFINITY;

const BADNESS: Readonly<Record<Exclude<BlastColumn, 'name'>, readonly Badness[]>> = {
  reads: [(measure) => -share(measure.readsAnswered, measure.reads)],
  writes: [(measure) => -share(measure.writesAnswered, measure.writes)],
  detect: [(measure) => late(measure.detectUs)],
  recover: [(measure) => late(measure.recoverUs)],
  lost: [(measure) => measure.lostWrites],
  verdict: [
    (measure) => -VERDICTS.indexOf(measure.verdict),
    (measure) => -share(measure.answered, measure.requests),
    (measure) => measure.lostWrites,
    (measure) => measure.retried,
  ],
};

/** `nameOf` is what the rows are called. */
export function inOrder(
  entries: readonly BlastEntry[],
  { by, worstFirst }: BlastOrder,
  nameOf: (entry: BlastEntry) => string,
): readonly BlastEntry[] {
  const sign = worstFirst ? 1 : -1;
  const measured = entries.filter(({ row }) => row !== null);
  const others = entries.filter(({ row }) => row === null);
  const compare = (a: BlastEntry, b: BlastEntry): number =>
    by === 'name' ? compareNames(nameOf(a), nameOf(b)) : worse(a, b, BADNESS[by]);
  return [...measured.toSorted((a, b) => sign * compare(a, b)), ...others];
}

const compareNames = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

/** Negative where `a` is worse. Infinity minus infinity is no number, so they are compared. */
function worse(a: BlastEntry, b: BlastEntry, badness: readonly Badness[]): number {
  if (a.row === null || b.row === null) return 0;
  for (const of of badness) {
    const [left, right] = [of(a.row.measure), of(b.row.measure)];
    if (left !== right) return left > right ? -1 : 1;
  }
  return 0;
}
