// The review of what is open: the issues with their evidence, what was accepted and why, what the drawing leaves open, and what
// every single failure costs. Every figure is of the analysis that the page shows.
import type { Finding } from '../analysis/finding.ts';
import { RULE_BOOK } from '../analysis/rule-book.ts';
import type { Design } from '../design/design.ts';
import { shareOfWrites } from '../drawing/words.ts';
import type { Review, ReviewFailure, ReviewIssue, ReviewRule } from '../exchange/review.ts';
import type { DesignState, FindingsState } from './app.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import { balancerOf } from './beliefs.ts';
import { cellsOf } from './blast-cells.ts';
import { elementName } from './blast-words.ts';

export interface ReviewInput {
  readonly state: DesignState;
  /** The drawing with the settings of this moment. */
  readonly design: Design;
  readonly findings: FindingsState;
  readonly drawnBy: string;
  readonly date: string;
}

export function reviewOf({ state, design, findings, drawnBy, date }: ReviewInput): Review {
  const issues = findings.findings.map((finding, index) => ({ number: index + 1, ...issueOf(design, finding) }));
  const accepted = findings.accepted.map(({ finding, reason }) => ({ issue: issueOf(design, finding), reason }));
  const named = new Set([...issues, ...accepted.map(({ issue }) => issue)].map(({ rule }) => rule));
  return {
    title: design.title,
    drawnBy,
    date,
    load: `${design.traffic.rateRps} requests a second, ${shareOfWrites(design.traffic.writeShare)}`,
    mode: balancerOf(design) === undefined ? state.timings : `${state.mode}, ${state.timings}`,
    seed: String(state.seed),
    issues,
    accepted,
    unknowns: findings.unknowns,
    assumptions: ASSUMPTIONS,
    failures: failuresOf(design, findings),
    rules: [...named].flatMap(ruleOf),
  };
}

function issueOf(design: Design, finding: Finding): Omit<ReviewIssue, 'number'> {
  const { id, rule, severity, title, where, evidence, cites = [], fix, places } = finding;
  const elements = places.flatMap((place) =>
    'id' in place ? [{ id: place.id, name: elementName(design, place.id) }] : [],
  );
  const runs = cites.map(({ design: changed, ...run }) => ({ isChanged: changed !== null, ...run }));
  return { id, rule, severity, title, where, elements, evidence: evidence ?? 'Being measured.', runs, fix };
}

function ruleOf(id: string): readonly ReviewRule[] {
  const text = RULE_BOOK[id];
  if (text === undefined) return [];
  const { detects, severity, why, fix, falsePositive, source } = text;
  return [{ id, detects, severity, why, fix, falsePositive, source: `${source.title}, ${source.section}` }];
}

const WORST_FIRST = ['critical', 'high', 'medium', 'low', 'none'] as const;

/** The kills of the analysis, worst first, in the words of the blast radius. */
function failuresOf(design: Design, { kills, findings }: FindingsState): readonly ReviewFailure[] {
  const rows = kills.flatMap((measure): ReviewFailure[] => {
    const entry = { fault: measure.fault, row: { measure, foretold: null }, problem: null };
    const cells = cellsOf(design, entry, findings);
    if (cells === null) return [];
    return [
      {
        element: cells.name,
        did: cells.did,
        reads: cells.reads.text,
        writes: cells.writes.text,
        detect: cells.detect.text,
        recover: cells.recover.text,
        lost: cells.lost.text,
        verdict: cells.verdict.note === '' ? cells.verdict.title : `${cells.verdict.title}: ${cells.verdict.note}`,
        severity: cells.verdict.shape,
      },
    ];
  });
  return WORST_FIRST.flatMap((level) => rows.filter(({ severity }) => severity === level));
}
