// What every fix promises, held against one design: the design after it is a valid document, its walls let every line of it in, and
// the finding is gone. For tests and for the bench.
import { type AnalysisTools, analyse } from '../analysis/analyse.ts';
import type { Finding } from '../analysis/finding.ts';
import { tryRule } from '../analysis/rule-trial.ts';
import { kindSchemas } from '../catalogue/schemas.ts';
import type { Design } from '../design/design.ts';
import { isLetThrough } from '../design/firewall.ts';
import { parseDesign, problemText } from '../design/parse.ts';
import { weakenedDesign } from '../designs/weakened.ts';
import { Dice } from '../foundation/dice.ts';
import { planOf } from './fixes.ts';
import { issueChanges, SEVERITIES } from './issue-changes.ts';

/** So many drawings are thrown away at most for one that has the finding and a button. */
const MOST_DRAWS = 60;

export interface FixTrial {
  readonly seed: number;
  /** What the fix broke, one sentence each; empty for a good one. Null where no drawing had the finding and a button. */
  readonly broken: readonly string[] | null;
}

/** A drawing by this seed, or the next ones, in which the rule finds something that has a button; and its fix. */
export function tryFix(rule: string, seed: number, tools: AnalysisTools): FixTrial {
  const found = fixable(rule, seed, tools);
  if (found === null) return { seed, broken: null };
  const { design, finding, after } = found;
  const still = tryRule(rule, after, tools).findings.some(({ id }) => id === finding.id);
  return { seed, broken: [...problemsOf(after, design), ...(still ? [`${finding.id} is still there.`] : [])] };
}

export interface TradeTrial {
  readonly seed: number;
  /** Issues that are new or worse after the fix, by id. Null where no drawing had the finding and a button. */
  readonly worse: readonly string[] | null;
  /** Those of them that the preview of the fix does not name. */
  readonly unsaid: readonly string[];
}

/** The whole analysis before and after the fix: what is worse then, and whether the preview says so. */
export function tryTrade(rule: string, seed: number, tools: AnalysisTools): TradeTrial {
  const found = fixable(rule, seed, tools);
  if (found === null) return { seed, worse: null, unsaid: [] };
  const [before, after] = [found.design, found.after].map((design) => analyse(design, tools).findings) as [
    readonly Finding[],
    readonly Finding[],
  ];
  const levelBefore = (id: string) => SEVERITIES.indexOf(before.find((one) => one.id === id)?.severity ?? 'low');
  const isNew = (id: string) => before.every((one) => one.id !== id);
  const worse = after.filter(({ id, severity }) => isNew(id) || SEVERITIES.indexOf(severity) > levelBefore(id));
  const { created, raised } = issueChanges(before, after);
  const said = new Set([...created, ...raised].map((one) => one.finding.id));
  const ids = worse.map(({ id }) => id);
  return { seed, worse: ids, unsaid: ids.filter((id) => !said.has(id)) };
}

interface Fixable {
  readonly design: Design;
  readonly finding: Finding;
  readonly after: Design;
}

function fixable(rule: string, seed: number, tools: AnalysisTools): Fixable | null {
  const dice = new Dice(seed, `fix/${rule}`);
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const design = weakenedDesign(dice, rule);
    const [finding] = tryRule(rule, design, tools).findings;
    const plan = finding === undefined ? null : planOf(design, finding);
    if (finding !== undefined && plan !== null) return { design, finding, after: plan.design };
  }
  return null;
}

/** A wall that was in the way of a line before may stay; one that is new in the way is the fix's own. */
function problemsOf(after: Design, before: Design): readonly string[] {
  const parsed = parseDesign(JSON.parse(JSON.stringify(after)), kindSchemas);
  const known = new Set(before.links.filter((link) => !isLetThrough(before, link)).map(({ id }) => id));
  const shut = after.links.filter((link) => !isLetThrough(after, link) && !known.has(link.id));
  return [...(parsed.ok ? [] : parsed.problems.map(problemText)), ...shut.map(({ id }) => `A wall stops ${id}.`)];
}
