// The rules about load, limits and timeouts: each finds its weakness where it is, not where it is not, and says when it cannot know.
import { describe, expect, test } from 'vitest';
import { measureWith } from '../analysis/measure.ts';
import { tryRule } from '../analysis/rule-trial.ts';
import type { Design } from '../design/design.ts';
import { WEAK_CAPACITY } from '../designs/weak-capacity.ts';
import { KIND_RULES } from './findings.ts';
import { behaviours } from './kinds.ts';
import { knowledge } from './knowledge.ts';

const tools = { measure: measureWith(behaviours, 7), knowledge, kindRules: KIND_RULES };
const trial = (rule: string, design: Design) => tryRule(rule, design, tools);

const IDS = Array.from({ length: 8 }, (_, index) => `CA-0${index + 1}`);

test('every rule of the family can fire', () => {
  expect([...new Set(WEAK_CAPACITY.map(({ rule }) => rule))]).toEqual(IDS);
});

describe.each(WEAK_CAPACITY)('$rule', ({ rule, has, hasNot, lacks }) => {
  test('finds the weakness where it is, with what a run showed', () => {
    const { findings, unknowns } = trial(rule, has);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) {
      expect(finding.evidence).toMatch(/^[A-Z\d].*\d.*\.$/);
      expect(finding.places.length).toBeGreaterThan(0);
      expect(finding.id).toMatch(new RegExp(`^${rule}@`));
    }
    expect(unknowns).toEqual([]);
  });

  test('does not find it where it is not', () => {
    expect(trial(rule, hasNot)).toEqual({ findings: [], unknowns: [] });
  });

  test.runIf(lacks !== undefined)('says what it would have to know', () => {
    const { findings, unknowns } = trial(rule, lacks as Design);
    expect(findings).toEqual([]);
    expect(unknowns.length).toBe(1);
    expect(unknowns[0]?.unknown).toMatch(new RegExp(`^${rule}@`));
    expect(unknowns[0]?.sentence).toMatch(/^\S.* (does|do) not say .*\.$/);
  });
});
