// A row of the blast radius as it is shown: on the page, in the picture and for those who hear it. Words and figures only.

import { FAULT_US } from '../analysis/blast-radius.ts';
import type { BlastRow } from '../analysis/blast-row.ts';
import { isAsForetold, type Wish } from '../analysis/blast-row.ts';
import { type FaultMeasure, faultsIn, type LastingFault } from '../analysis/fault-measure.ts';
import type { Finding } from '../analysis/finding.ts';
import type { Design } from '../design/design.ts';
import { formatDuration, type Micros } from '../foundation/micros.ts';
import type { BlastEntry } from './blast-room.ts';
import { faultName, faultWord, type VerdictWords, verdictWords } from './blast-words.ts';
import { SERVED } from './experiment-measured.ts';
import { hasComeTrue } from './pins.ts';
import { componentNamed, truthAt } from './truth.ts';

/** What one cell says: the figure, and what stands below it. */
export interface BlastCell {
  readonly text: string;
  readonly note: string;
  readonly tone: 'plain' | 'fail';
}

/** How many of the reads, or of the writes, were served. */
export interface ServedCell {
  readonly answered: number;
  readonly all: number;
  /** `53 of 99`. */
  readonly text: string;
  /** What the drawing foretold, held against what was served once things had settled. */
  readonly note: string;
  /** Null where nothing was foretold, or nothing was asked. */
  readonly agrees: boolean | null;
}

/** An issue that came true in this run. */
export interface ProvedIssue {
  readonly number: number;
  readonly finding: Finding;
}

export interface BlastCells {
  readonly fault: LastingFault;
  readonly name: string;
  /** `powered off`. */
  readonly did: string;
  readonly proved: readonly ProvedIssue[];
  readonly measure: FaultMeasure;
  readonly reads: ServedCell;
  readonly writes: ServedCell;
  readonly detect: BlastCell;
  readonly recover: BlastCell;
  readonly lost: BlastCell;
  readonly verdict: VerdictWords;
}

/** Null as long as the row is not measured. */
export function cellsOf(design: Design, { fault, row }: BlastEntry, findings: readonly Finding[]): BlastCells | null {
  if (row === null) return null;
  const { measure } = row;
  const proved = provedBy(design, fault, measure, findings);
  return {
    fault,
    name: faultName(design, fault),
    did: faultWord(design, fault),
    proved,
    measure,
    reads: served(row, 'reads'),
    writes: served(row, 'writes'),
    detect: detected(design, measure),
    recover: recovered(measure),
    lost: {
      text: String(measure.lostWrites),
      note: measure.lostWrites === 0 ? '' : 'confirmed, then gone',
      tone: measure.lostWrites > 0 ? 'fail' : 'plain',
    },
    verdict: verdictWords(
      design,
      measure,
      proved.map(({ finding }) => finding),
    ),
  };
}

/** An issue is proved where requests fail for good: a part whose death nobody feels proves nothing. */
function provedBy(
  design: Design,
  fault: LastingFault,
  { verdict }: FaultMeasure,
  findings: readonly Finding[],
): readonly ProvedIssue[] {
  if (verdict === 'survives' || verdict === 'recovers') return [];
  const truth = truthAt(
    design,
    faultsIn(fault).map((one) => ({ ...one, atUs: FAULT_US })),
    FAULT_US,
  );
  return findings.flatMap((finding, index) => (hasComeTrue(finding, truth) ? [{ number: index + 1, finding }] : []));
}

function served(row: BlastRow, wish: Wish): ServedCell {
  const { measure, foretold } = row;
  const of = (shares: Pick<FaultMeasure, 'reads' | 'readsAnswered' | 'writes' | 'writesAnswered'>) =>
    wish === 'reads'
      ? ([shares.readsAnswered, shares.reads] as const)
      : ([shares.writesAnswered, shares.writes] as const);
  const [answered, all] = of(measure);
  const [then, ofThen] = of(measure.settled);
  const agrees = isAsForetold(row, wish);
  const sort = (part: number, whole: number) => (part === 0 ? 0 : part === whole ? 2 : 1);
  // Only where it went on otherwise than it began does the second half need words of its own.
  const settled = sort(answered, all) === sort(then, ofThen) ? [] : [`then ${then} of ${ofThen}`];
  const share = foretold?.[wish] ?? null;
  const expected = share === null ? [] : [`expected ${SERVED[share]}`];
  return {
    answered,
    all,
    text: all === 0 ? 'none asked' : `${answered} of ${all}`,
    note: all === 0 ? '' : [...settled, ...expected].join(', '),
    agrees,
  };
}

const isHurt = ({ verdict }: FaultMeasure): boolean => verdict !== 'survives' && verdict !== 'recovers';

function detected(design: Design, measure: FaultMeasure): BlastCell {
  const { detectUs, detectedBy, toldUs } = measure;
  const notes = [
    ...(detectedBy === null ? [] : [`by ${componentNamed(design, detectedBy)?.name ?? detectedBy}`]),
    ...(toldUs === null ? [] : [`told after ${formatDuration(toldUs)}`]),
  ];
  return {
    text: detectUs === null ? 'never' : formatDuration(detectUs),
    note: notes.join(', '),
    tone: detectUs === null && isHurt(measure) ? 'fail' : 'plain',
  };
}

function recovered(measure: FaultMeasure): BlastCell {
  const { recoverUs, readsRecoverUs, writesRecoverUs, reads, writes } = measure;
  const classes = [
    ['reads', readsRecoverUs, reads],
    ['writes', writesRecoverUs, writes],
  ] as const;
  const isApart = reads > 0 && writes > 0 && readsRecoverUs !== writesRecoverUs;
  const words = (us: Micros | null) => (us === null ? 'never' : us === 0 ? 'went on' : `after ${formatDuration(us)}`);
  return {
    text: recoverUs === null ? 'never' : recoverUs === 0 ? 'no outage' : formatDuration(recoverUs),
    note: isApart ? classes.map(([what, us]) => `${what} ${words(us)}`).join(', ') : '',
    tone: recoverUs === null ? 'fail' : 'plain',
  };
}

/** The most requests of any second of any row: curves that are compared have one scale. */
export const ceilingOf = (entries: readonly BlastEntry[]): number =>
  entries.reduce((most, { row }) => {
    for (const { answered, retried, failed } of row?.measure.seconds ?? [])
      most = Math.max(most, answered + retried + failed);
    return most;
  }, 1);
