// The fixes of security, monitoring and the drawing: each clears its finding, leaves a valid design, and states nothing beside it.
import { describe, expect, test } from 'vitest';
import { analysisSteps } from '../analysis/analyse.ts';
import type { Finding } from '../analysis/finding.ts';
import { measureWith } from '../analysis/measure.ts';
import { tryRule } from '../analysis/rule-trial.ts';
import { KIND_RULES } from '../catalogue/findings.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { kindSchemas } from '../catalogue/schemas.ts';
import type { Design } from '../design/design.ts';
import { editHosts, withConfigs } from '../design/edit.ts';
import { isLetThrough } from '../design/firewall.ts';
import { parseDesign } from '../design/parse.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { securedDesign } from '../designs/secured.ts';
import { WEAK_PROTECTION } from '../designs/weak-protection.ts';
import { planOf } from './fixes.ts';

const tools = { measure: measureWith(behaviours, 7), knowledge, kindRules: KIND_RULES };
const findingIn = (design: Design, rule: string): Finding => {
  const [finding] = tryRule(rule, design, tools).findings;
  if (finding === undefined) throw new Error(`${rule} is not in the design`);
  return finding;
};
/** Those that the drawing shows at once, without a run. */
const drawnIn = (design: Design) => {
  const first = analysisSteps(design, tools).next().value;
  return first.findings.filter(({ evidence }) => evidence !== null).map(({ rule }) => rule);
};

/** What a mere edit cannot decide: which part of the drawing is meant. */
const WITHOUT_BUTTON = ['HY-02', 'HY-03'];

describe.each(WEAK_PROTECTION.filter(({ rule }) => !WITHOUT_BUTTON.includes(rule)))('$rule', ({ rule, has }) => {
  const plan = planOf(has, findingIn(has, rule));

  test('has a button that clears it, and the design stays valid', () => {
    if (plan === null) throw new Error('there is no fix');
    expect(parseDesign(JSON.parse(JSON.stringify(plan.design)), kindSchemas)).toMatchObject({ ok: true });
    expect(plan.design.links.filter((link) => !isLetThrough(plan.design, link))).toEqual([]);
    expect(tryRule(rule, plan.design, tools).findings).toEqual([]);
    expect(plan.changes.length).toBeGreaterThan(0);
    for (const change of plan.changes) expect(change).toMatch(/^[a-z].*[^.\s]$/);
  });

  test('raises nothing else on the drawing', () => {
    const before = drawnIn(has);
    expect(drawnIn(plan?.design ?? has).filter((one) => !before.includes(one))).toEqual([]);
  });
});

test.each(WITHOUT_BUTTON)('%s has no button where it is not known what is meant', (rule) => {
  const { has } = WEAK_PROTECTION.find((weak) => weak.rule === rule) ?? {};
  if (has === undefined) throw new Error(`there is no design with ${rule}`);
  expect(planOf(has, findingIn(has, rule))).toBeNull();
});

test('HY-02: a line that a wall stops is let through', () => {
  const walled = editHosts(securedDesign('classroom'), (host) =>
    host.id === 'server1' ? { ...host, firewall: { rules: [] } } : host,
  );
  const plan = planOf(walled, findingIn(walled, 'HY-02'));
  expect(tryRule('HY-02', plan?.design ?? walled, tools).findings).toEqual([]);
});

test('HY-01: a primary is not guessed', () => {
  const pair = distributedDesign('classroom');
  const lost = { ...pair, links: pair.links.filter(({ protocol }) => protocol !== 'replication') };
  expect(planOf(lost, findingIn(lost, 'HY-01'))).toBeNull();
});

test('SE-13 without a wall: the page goes, since a password alone leaves it to strangers', () => {
  const open = withConfigs(distributedDesign('classroom'), ({ kind }) =>
    kind === 'load-balancer' ? { stats: { port: 8404, auth: true }, statsSocket: 'unix' } : null,
  );
  const plan = planOf(open, findingIn(open, 'SE-13'));
  expect(tryRule('SE-13', plan?.design ?? open, tools).findings).toEqual([]);
});
