// What a fix promises: the design after it is a valid document, every line of it is let in, and the finding is gone.
import { describe, expect, test } from 'vitest';
import { analyse } from '../analysis/analyse.ts';
import type { Finding } from '../analysis/finding.ts';
import { measureWith } from '../analysis/measure.ts';
import { KIND_RULES } from '../catalogue/findings.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { kindSchemas } from '../catalogue/schemas.ts';
import type { Design } from '../design/design.ts';
import { isLetThrough } from '../design/firewall.ts';
import { parseDesign, problemText } from '../design/parse.ts';
import { BUILT_IN_IDS, builtInDesign } from '../designs/built-in.ts';
import { planOf } from './fixes.ts';

const tools = { measure: measureWith(behaviours, 7), knowledge, kindRules: KIND_RULES };
const findingsOf = (design: Design): readonly Finding[] => analyse(design, tools).findings;

const problemsOf = (design: Design): readonly string[] => {
  const parsed = parseDesign(JSON.parse(JSON.stringify(design)), kindSchemas);
  return parsed.ok ? [] : parsed.problems.map(problemText);
};

// The hardened design is what is left when every fix is applied.
describe.each(BUILT_IN_IDS.filter((id) => id !== 'hardened'))('design %s', (id) => {
  const design = builtInDesign(id, 'classroom');
  const fixable = findingsOf(design).flatMap((finding) => {
    const plan = planOf(design, finding);
    return plan === null ? [] : [{ id: finding.id, finding, plan }];
  });

  test('has something to fix', () => {
    expect(fixable.length).toBeGreaterThan(0);
  });

  test.each(fixable)('the fix of $id', ({ finding, plan }) => {
    expect(problemsOf(plan.design)).toEqual([]);
    expect(plan.design.links.filter((link) => !isLetThrough(plan.design, link))).toEqual([]);
    expect(plan.changes.length).toBeGreaterThan(0);
    expect(findingsOf(plan.design).map((one) => one.id)).not.toContain(finding.id);
  });
});
