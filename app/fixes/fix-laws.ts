// What every fix promises, held against one design: the design after it is a valid document, its walls let every line of it in, and
// the finding is gone. For tests and for the bench.
import type { AnalysisTools } from '../analysis/analyse.ts';
import { tryRule } from '../analysis/rule-trial.ts';
import { kindSchemas } from '../catalogue/schemas.ts';
import type { Design } from '../design/design.ts';
import { isLetThrough } from '../design/firewall.ts';
import { parseDesign, problemText } from '../design/parse.ts';
import { weakenedDesign } from '../designs/weakened.ts';
import { Dice } from '../foundation/dice.ts';
import { planOf } from './fixes.ts';

/** So many drawings are thrown away at most for one that has the finding and a button. */
const MOST_DRAWS = 60;

export interface FixTrial {
  readonly seed: number;
  /** What the fix broke, one sentence each; empty for a good one. Null where no drawing had the finding and a button. */
  readonly broken: readonly string[] | null;
}

/** A drawing by this seed, or the next ones, in which the rule finds something that has a button; and its fix. */
export function tryFix(rule: string, seed: number, tools: AnalysisTools): FixTrial {
  const dice = new Dice(seed, `fix/${rule}`);
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const design = weakenedDesign(dice, rule);
    const [finding] = tryRule(rule, design, tools).findings;
    const plan = finding === undefined ? null : planOf(design, finding);
    if (finding === undefined || plan === null) continue;
    const after = plan.design;
    const still = tryRule(rule, after, tools).findings.some(({ id }) => id === finding.id);
    return { seed, broken: [...problemsOf(after, design), ...(still ? [`${finding.id} is still there.`] : [])] };
  }
  return { seed, broken: null };
}

/** A wall that was in the way of a line before may stay; one that is new in the way is the fix's own. */
function problemsOf(after: Design, before: Design): readonly string[] {
  const parsed = parseDesign(JSON.parse(JSON.stringify(after)), kindSchemas);
  const known = new Set(before.links.filter((link) => !isLetThrough(before, link)).map(({ id }) => id));
  const shut = after.links.filter((link) => !isLetThrough(after, link) && !known.has(link.id));
  return [...(parsed.ok ? [] : parsed.problems.map(problemText)), ...shut.map(({ id }) => `A wall stops ${id}.`)];
}
