// What a fix buys and what it costs: the issues that it clears and creates, and the same kills on both sides. All from the
// analyses of the two drawings, none of it foretold.
import type { FaultMeasure } from '../analysis/fault-measure.ts';
import type { Design } from '../design/design.ts';
import { type IssueChanges, issueChanges } from '../fixes/issue-changes.ts';
import { formatDuration } from '../foundation/micros.ts';
import type { FindingsState } from './app.ts';
import { type CompareRow, least, parts } from './compare-rows.ts';
import { targetWords } from './truth.ts';

export interface FixSide {
  readonly design: Design;
  readonly findings: FindingsState;
}

export interface FixOutcome extends IssueChanges {
  /** Both analyses are whole. */
  readonly isKnown: boolean;
  readonly rows: readonly CompareRow[];
}

const isWhole = ({ done, of }: FindingsState): boolean => of > 0 && done === of;

/** `wanted`: the element whose death the issue speaks of, or null. */
export function fixOutcome(before: FixSide, after: FixSide, wanted: string | null): FixOutcome {
  return {
    isKnown: isWhole(before.findings) && isWhole(after.findings),
    ...issueChanges(before.findings.findings, after.findings.findings),
    rows: [...killRows(before, after, wanted), ...wholeRows(before, after)],
  };
}

const killOf = ({ findings }: FixSide, target: string): FaultMeasure | null =>
  findings.kills.find((kill) => kill.target === target && kill.fault.type === 'kill') ?? null;

/** The element that the issue is about, killed on both sides. */
function killRows(before: FixSide, after: FixSide, wanted: string | null): readonly CompareRow[] {
  if (wanted === null) return [];
  const kills = [killOf(before, wanted), killOf(after, wanted)] as const;
  const [one, other] = kills;
  if (one === null || other === null) return [];
  const name = targetWords(before.design, wanted).replace(/^the /, '');
  return [
    parts(
      `Answered, ${name} killed`,
      `of ${one.requests} requests, more is better`,
      { count: one.answered, of: one.requests },
      { count: other.answered, of: other.requests },
    ),
    parts(
      `Writes saved, ${name} killed`,
      'more is better',
      { count: one.writesAnswered, of: one.writes },
      { count: other.writesAnswered, of: other.writes },
    ),
    recovery(kills as readonly [FaultMeasure, FaultMeasure]),
    least({
      name: 'Confirmed writes lost',
      note: 'fewer is better',
      values: kills.map((kill) => kill?.lostWrites ?? null),
      words: String,
      tone: 'fail',
    }),
  ];
}

/** Never is the longest of all: its bar is full, as long as the run was watched. */
function recovery(kills: readonly [FaultMeasure, FaultMeasure]): CompareRow {
  const never = Math.max(...kills.map(({ seconds }) => seconds.length)) * 1_000_000;
  return least({
    name: 'Time until answers came back',
    note: 'shorter is better',
    values: kills.map(({ recoverUs }) => recoverUs ?? never),
    words: (value, at) =>
      kills[at]?.recoverUs === null ? 'never' : value === 0 ? 'none failed' : formatDuration(value),
    tone: 'fail',
  });
}

function wholeRows(before: FixSide, after: FixSide): readonly CompareRow[] {
  const sides = [before, after] as const;
  const denying = (side: FixSide) => side.findings.kills.filter((kill) => kill.denied !== null).length;
  return [
    least({
      name: 'Single deaths that stop requests, reads or writes',
      note: `of ${sides.map(({ findings }) => findings.kills.length).join(' and ')} kills, fewer is better`,
      values: sides.map((side) => (isWhole(side.findings) ? denying(side) : null)),
      words: String,
      tone: 'fail',
    }),
    least({
      name: 'Slowest 1 in 100, nothing wrong',
      note: 'shorter is better',
      values: sides.map(({ findings }) => findings.calmP99Us),
      words: (value) => formatDuration(value),
    }),
    least({
      name: 'Issues found',
      note: 'fewer is better',
      values: sides.map(({ findings }) => (isWhole(findings) ? findings.findings.length : null)),
      words: String,
    }),
    least({
      name: 'Servers to pay for',
      note: 'fewer is better',
      values: sides.map(({ design }) => design.hosts.length),
      words: String,
    }),
  ];
}
