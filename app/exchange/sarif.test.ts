// The SARIF file holds every issue, validates against the standard's schema, and says why what is suppressed is suppressed.

import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv from 'ajv';
import draft4 from 'ajv/lib/refs/json-schema-draft-04.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { type Review, type ReviewIssue, reviewMarkdown } from './review.ts';
import { reviewSarif } from './sarif.ts';

const issue: ReviewIssue = {
  number: 1,
  id: 'AV-01@lb',
  rule: 'AV-01',
  severity: 'critical',
  title: 'One load balancer, nothing behind it',
  where: 'Load balancer',
  elements: [{ id: 'lb', name: 'Load balancer' }],
  evidence: 'Killed it: 0 of 135 requests answered.',
  runs: [
    { isChanged: false, seed: 4, commands: [{ atUs: 5_000_000, type: 'kill', target: 'lb' }], untilUs: 80_000_000 },
  ],
  fix: 'Second load balancer, shared IP',
};
const review: Review = {
  title: 'A site | with *signs*',
  drawnBy: '',
  date: '1 Dec 2026',
  load: '4 req/s',
  mode: 'active-active, classroom',
  seed: '4',
  issues: [issue, { ...issue, number: 2, id: 'XX-01@design', rule: 'XX-01', severity: 'low', elements: [] }],
  accepted: [{ issue: { ...issue, id: 'SE-03@users', rule: 'SE-03', severity: 'medium' }, reason: 'A demonstration.' }],
  unknowns: [{ rule: 'AV-04', sentence: 'Nobody says where they stand.' }],
  assumptions: ["The users' own line works."],
  failures: [
    {
      element: 'Load balancer',
      did: 'powered off',
      reads: '0 of 99',
      writes: '0 of 36',
      detect: 'never',
      recover: 'never',
      lost: '0',
      verdict: 'Everything stops',
      severity: 'critical',
    },
  ],
  rules: [
    {
      id: 'AV-01',
      detects: 'One of its kind',
      severity: 'critical',
      why: 'It dies.',
      fix: 'Two.',
      falsePositive: 'Never.',
      source: 'A manual, its chapter',
    },
  ],
};

const ajv = new Ajv({ schemaId: 'id', meta: false, unknownFormats: 'ignore' });
ajv.addMetaSchema(draft4);
const validate = ajv.compile(schema);

describe('SARIF', () => {
  const log = JSON.parse(reviewSarif(review));

  test('validates against the schema of the standard, and the schema refuses what is not SARIF', () => {
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...log, version: '9' })).toBe(false);
    expect(validate({ ...log, runs: [{ results: [] }] })).toBe(false);
  });

  test('has a result for each issue and each accepted one, with its stable id', () => {
    const [run] = log.runs;
    expect(run.results.map((one: { partialFingerprints: object }) => one.partialFingerprints)).toEqual(
      ['AV-01@lb', 'XX-01@design', 'SE-03@users'].map((id) => ({ 'finding/v1': id })),
    );
    expect(run.results.map((one: { level: string }) => one.level)).toEqual(['error', 'note', 'warning']);
    expect(run.results[2].suppressions).toEqual([{ kind: 'external', justification: 'A demonstration.' }]);
    expect(run.tool.driver.rules[run.results[0].ruleIndex].id).toBe('AV-01');
  });
});

test('Markdown says everything, and names that look like markup are only names', () => {
  const text = reviewMarkdown(review);
  for (const words of [
    'A site \\| with \\*signs\\*',
    issue.evidence,
    'A demonstration.',
    'Nobody says',
    'own line',
    'Everything stops',
    'Never.',
  ])
    expect(text).toContain(words);
  const rows = text.split('\n').filter((line) => line.startsWith('| 1 |'));
  expect(rows).toHaveLength(1);
});
