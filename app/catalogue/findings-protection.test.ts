// The rules about security, monitoring and the drawing: each finds its weakness where it is, not where it is not, and says when it
// cannot know. What each says is in the tests beside the rules.
import { describe, expect, test } from 'vitest';
import { measureWith } from '../analysis/measure.ts';
import { RULE_BOOK } from '../analysis/rule-book.ts';
import { tryRule } from '../analysis/rule-trial.ts';
import type { Design } from '../design/design.ts';
import { parseDesign } from '../design/parse.ts';
import { WEAK_PROTECTION } from '../designs/weak-protection.ts';
import { KIND_RULES } from './findings.ts';
import { behaviours } from './kinds.ts';
import { knowledge } from './knowledge.ts';
import { kindSchemas } from './schemas.ts';

const tools = { measure: measureWith(behaviours, 7), knowledge, kindRules: KIND_RULES };
const trial = (rule: string, design: Design) => tryRule(rule, design, tools);

const FAMILIES = { SE: 18, MO: 8, HY: 3 };
const IDS = Object.entries(FAMILIES).flatMap(([family, count]) =>
  Array.from({ length: count }, (_, index) => `${family}-${String(index + 1).padStart(2, '0')}`),
);

test('every rule of the families can fire, and is in the rule book', () => {
  expect(WEAK_PROTECTION.map(({ rule }) => rule)).toEqual(IDS);
  expect(IDS.filter((id) => !(id in RULE_BOOK))).toEqual([]);
});

describe.each(WEAK_PROTECTION)('$rule', ({ rule, has, hasNot, lacks }) => {
  test('finds the weakness where it is, on the diagram and with a figure', () => {
    expect(parseDesign(JSON.parse(JSON.stringify(has)), kindSchemas)).toMatchObject({ ok: true });
    const { findings } = trial(rule, has);
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    expect(finding?.id).toMatch(new RegExp(`^${rule}@[\\w-]+$`));
    expect(finding?.severity).toBe(RULE_BOOK[rule]?.severity);
    expect(finding?.evidence).toMatch(/^(?=.*\d)[A-Z\d].*\.$/);
    expect(finding?.places.length).toBeGreaterThan(0);
    for (const words of [finding?.title, finding?.where, finding?.fix]) expect(words).toMatch(/^\S.*[^.\s]$/);
  });

  test('does not find it where it is not, and leaves nothing open there', () => {
    expect(trial(rule, hasNot)).toEqual({ findings: [], unknowns: [] });
  });

  test.runIf(lacks !== undefined)('says what it would have to know, and does not take it for safe', () => {
    const { findings, unknowns } = trial(rule, lacks as Design);
    expect(findings).toEqual([]);
    expect(unknowns).toHaveLength(1);
    expect(unknowns[0]).toMatchObject({ rule });
    expect(unknowns[0]?.unknown).toMatch(new RegExp(`^${rule}@`));
    expect(unknowns[0]?.sentence).toMatch(/^\S.* (does|do) not say .*\.$/);
  });
});
