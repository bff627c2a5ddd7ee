// A review of a design as plain data: what was found with its evidence, what was accepted and why, what is not known, what every
// single failure costs. The sheet, the Markdown and the SARIF are made of it.
import type { Severity } from '../drawing/marks.ts';

export interface ReviewIssue {
  readonly number: number;
  /** Stable: `rule@element`. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  readonly where: string;
  /** Ids and names of the elements that it sits on. */
  readonly elements: readonly { readonly id: string; readonly name: string }[];
  readonly evidence: string;
  /** The runs that it was read from, from 0 to `untilUs`; empty where the drawing alone decides. */
  readonly runs: readonly ReviewRun[];
  readonly fix: string;
}

/** Who plays it again on the same engine reads the same numbers. */
export interface ReviewRun {
  /** The rule tried a change of the drawing. */
  readonly isChanged: boolean;
  readonly seed: number;
  readonly commands: readonly object[];
  readonly untilUs: number;
}

export interface ReviewRule {
  readonly id: string;
  readonly detects: string;
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
  readonly falsePositive: string;
  readonly source: string;
}

export interface ReviewAccepted {
  readonly issue: Omit<ReviewIssue, 'number'>;
  readonly reason: string;
}

/** What one failed element costs, in words that carry their figures. */
export interface ReviewFailure {
  readonly element: string;
  readonly did: string;
  readonly reads: string;
  readonly writes: string;
  readonly detect: string;
  readonly recover: string;
  readonly lost: string;
  readonly verdict: string;
  readonly severity: Severity | 'none';
}

export interface Review {
  readonly title: string;
  readonly drawnBy: string;
  readonly date: string;
  readonly load: string;
  readonly mode: string;
  readonly seed: string;
  readonly issues: readonly ReviewIssue[];
  readonly accepted: readonly ReviewAccepted[];
  readonly unknowns: readonly { readonly rule: string; readonly sentence: string }[];
  /** What no drawing can remove. */
  readonly assumptions: readonly string[];
  readonly failures: readonly ReviewFailure[];
  /** Texts of the rules that are named. */
  readonly rules: readonly ReviewRule[];
}

/** One document; a table cell never breaks its table. */
export function reviewMarkdown(review: Review): string {
  const by = review.drawnBy === '' ? '' : `Drawn by ${plain(review.drawnBy)}. `;
  const how = `${review.load}, ${review.mode}, seed ${review.seed}`;
  const parts = [
    `# Review: ${plain(review.title)}`,
    `${by}${review.date}. ${how}. Every figure is of a simulated run that this seed repeats.`,
    section('Issues', table(ISSUE_HEADS, review.issues.map(issueCells)), 'No issues found.'),
    section(
      'Accepted, with the reason',
      table(ACCEPTED_HEADS, review.accepted.map(acceptedCells)),
      'Nothing is accepted.',
    ),
    section(
      'What one failure costs',
      table(FAILURE_HEADS, review.failures.map(failureCells)),
      'Nothing was measured yet.',
    ),
    section(
      'What the drawing leaves open',
      list(review.unknowns.map(({ rule, sentence }) => `${sentence} ${rule}`)),
      'Nothing.',
    ),
    section('What is taken for granted', list(review.assumptions), 'Nothing.'),
    section('The rules', review.rules.map(ruleText).join('\n\n'), 'None.'),
  ];
  return `${parts.join('\n\n')}\n`;
}

const ISSUE_HEADS = ['', 'Level', 'Issue', 'Where', 'What was measured', 'What would fix it', 'Rule'];
const ACCEPTED_HEADS = ['Level', 'Issue', 'Where', 'What was measured', 'Reason'];
const FAILURE_HEADS = [
  ...['Element', 'Done to it', 'Reads served', 'Writes served'],
  ...['Detected', 'Recovered', 'Confirmed writes lost', 'Verdict'],
];

const acceptedCells = ({ issue, reason }: ReviewAccepted): readonly string[] => [
  ...[issue.severity, issue.title, issue.where],
  ...[issue.evidence, reason],
];

const failureCells = (row: ReviewFailure): readonly string[] => [
  ...[row.element, row.did, row.reads, row.writes],
  ...[row.detect, row.recover, row.lost, row.verdict],
];

const ruleText = (rule: ReviewRule): string =>
  `**${rule.id}** ${plain(rule.detects)}. ${plain(rule.why)} *No weakness:* ${plain(rule.falsePositive)} *Source:* ${plain(rule.source)}.`;

const issueCells = (issue: ReviewIssue): readonly string[] => [
  String(issue.number),
  issue.severity,
  issue.title,
  issue.where,
  issue.evidence,
  issue.fix,
  issue.rule,
];

const section = (title: string, body: string, empty: string): string => `## ${title}\n\n${body === '' ? empty : body}`;

const list = (lines: readonly string[]): string => lines.map((line) => `- ${plain(line)}`).join('\n');

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.map(plain).join(' | ')} |`;
  return [line(heads), `|${' --- |'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
}

/** Names come from people: nothing of them is markup. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`)
    .trim();
