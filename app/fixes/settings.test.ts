// The fixes that are a setting: each clears its finding, leaves a valid design whose lines are let through, and says what it changes.
import { describe, expect, test } from 'vitest';
import { measureWith } from '../analysis/measure.ts';
import { tryRule } from '../analysis/rule-trial.ts';
import { KIND_RULES } from '../catalogue/findings.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { kindSchemas } from '../catalogue/schemas.ts';
import type { Design } from '../design/design.ts';
import { isLetThrough } from '../design/firewall.ts';
import { parseDesign } from '../design/parse.ts';
import { WEAK_AVAILABILITY } from '../designs/weak-availability.ts';
import { WEAK_CAPACITY } from '../designs/weak-capacity.ts';
import { WEAK_DATA } from '../designs/weak-data.ts';
import { planOf } from './fixes.ts';

const tools = { measure: measureWith(behaviours, 7), knowledge, kindRules: KIND_RULES };
const findingsOf = (rule: string, design: Design) => tryRule(rule, design, tools).findings;

/** Another server, or another place for one: no setting does that. */
const WITHOUT_BUTTON = ['AV-04', 'AV-15', 'CA-01'];
/** They add hosts, and have tests of their own. */
const LARGE = ['AV-05', 'AV-06', 'AV-16'];
const weak = [...WEAK_AVAILABILITY, ...WEAK_DATA, ...WEAK_CAPACITY].filter(({ rule }) => !LARGE.includes(rule));

describe.each(weak.filter(({ rule }) => !WITHOUT_BUTTON.includes(rule)))('$rule', ({ rule, has }) => {
  test('has a button that clears it', () => {
    for (const finding of findingsOf(rule, has)) {
      const plan = planOf(has, finding);
      if (plan === null) throw new Error('there is no fix');
      expect(parseDesign(JSON.parse(JSON.stringify(plan.design)), kindSchemas)).toMatchObject({ ok: true });
      expect(plan.design.links.filter((link) => !isLetThrough(plan.design, link))).toEqual([]);
      for (const change of plan.changes) expect(change).toMatch(/^[a-z].*[^.\s]$/i);
      expect(plan.changes.length).toBeGreaterThan(0);
      expect(findingsOf(rule, plan.design)).toEqual([]);
    }
    expect(findingsOf(rule, has).length).toBeGreaterThan(0);
  });
});

test.each(WITHOUT_BUTTON)('%s has none: what is missing is a server', (rule) => {
  const designs = weak.filter((one) => one.rule === rule);
  expect(designs.length).toBeGreaterThan(0);
  for (const { has } of designs) for (const finding of findingsOf(rule, has)) expect(planOf(has, finding)).toBeNull();
});
