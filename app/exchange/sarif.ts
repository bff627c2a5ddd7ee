// A review as SARIF 2.1.0, the format in which code-scanning tools take findings: rules, results with the elements of the drawing
// as logical locations, and accepted risks as suppressions. Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
import type { Severity } from '../drawing/marks.ts';
import type { Review, ReviewIssue, ReviewRule } from './review.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** `error`, `warning` and `note` are all that it knows; our own level stands in the properties. */
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** JSON text, the same for the same review. */
export function reviewSarif(review: Review): string {
  const rules = review.rules.map(ruleOf);
  const indexOf = (rule: string): number => review.rules.findIndex(({ id }) => id === rule);
  const results = [
    ...review.issues.map((issue) => resultOf(issue, indexOf(issue.rule))),
    ...review.accepted.map(({ issue, reason }) => ({
      ...resultOf(issue, indexOf(issue.rule)),
      suppressions: [{ kind: 'external', justification: reason }],
    })),
  ];
  const run = {
    tool: { driver: { name: 'Spofcheck', rules } },
    automationDetails: {
      description: { text: `${review.title}, ${review.load}, ${review.mode}, seed ${review.seed}` },
    },
    results,
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

const ruleOf = (rule: ReviewRule) => ({
  id: rule.id,
  shortDescription: { text: rule.detects },
  fullDescription: { text: rule.why },
  help: { text: `${rule.fix} No weakness: ${rule.falsePositive} Source: ${rule.source}.` },
  defaultConfiguration: { level: LEVELS[rule.severity] },
  properties: { severity: rule.severity },
});

/** A rule without texts has no place in the list, and is named by its id alone. */
const resultOf = (issue: Omit<ReviewIssue, 'number'>, ruleIndex: number) => ({
  ruleId: issue.rule,
  ...(ruleIndex >= 0 ? { ruleIndex } : {}),
  level: LEVELS[issue.severity],
  message: { text: `${issue.title}. ${issue.evidence} Fix: ${issue.fix}.` },
  locations: [
    {
      logicalLocations:
        issue.elements.length === 0
          ? [{ name: issue.where }]
          : issue.elements.map(({ id, name }) => ({ name, fullyQualifiedName: id, kind: 'element' })),
    },
  ],
  partialFingerprints: { 'finding/v1': issue.id },
  properties: { severity: issue.severity, ...(issue.runs.length > 0 ? { runs: issue.runs } : {}) },
});
