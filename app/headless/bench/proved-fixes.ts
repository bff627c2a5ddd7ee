// Every one-click fix on hundreds of drawings that have its finding: it clears the finding, and what is left is a valid design.
import { measureWith } from '../../analysis/measure.ts';
import { KIND_RULES } from '../../catalogue/findings.ts';
import { behaviours } from '../../catalogue/kinds.ts';
import { knowledge } from '../../catalogue/knowledge.ts';
import { type FixTrial, tryFix, tryTrade } from '../../fixes/fix-laws.ts';
import { FIXED_RULES } from '../../fixes/fixes.ts';
import { type Measure, none, stated } from './measure.ts';

const DRAWINGS = 300;
const tools = { measure: measureWith(behaviours, 7), knowledge, kindRules: KIND_RULES };

/** One measure a rule: the long ones are printed as they come. */
export const fixes: readonly Measure[] = FIXED_RULES.map((rule) => async () => {
  const trials: FixTrial[] = [];
  for (let seed = 1; seed <= DRAWINGS; seed++) trials.push(tryFix(rule, seed, tools));
  const had = trials.filter(({ broken }) => broken !== null);
  const good = had.filter(({ broken }) => broken?.length === 0).length;
  for (const { seed, broken } of had) {
    if (broken !== null && broken.length > 0) console.error(`${rule}, drawing ${seed}: ${broken.join(' ')}`);
  }
  const verdict = had.length === DRAWINGS && good === DRAWINGS ? 'pass' : 'fail';
  return [
    {
      name: `fix of ${rule}: finding cleared, design valid`,
      value: good,
      unit: `of ${had.length} drawings`,
      bar: `all of ${DRAWINGS}`,
      verdict,
    },
  ];
});

/** Two whole analyses each: fewer of them. */
const TRADE_DRAWINGS = 4;

/** A fix that trades one weakness for another says so. */
export const trades: Measure = async () => {
  const trials = FIXED_RULES.flatMap((rule) =>
    Array.from({ length: TRADE_DRAWINGS }, (_, index) => ({ rule, ...tryTrade(rule, index + 1, tools) })),
  ).filter(({ worse }) => worse !== null);
  for (const { rule, seed, unsaid } of trials) {
    if (unsaid.length > 0) console.error(`${rule}, drawing ${seed}: ${unsaid.join(', ')} without a word.`);
  }
  const unsaid = trials.reduce((sum, one) => sum + one.unsaid.length, 0);
  return [
    none('issues new or worse after a fix that its preview does not name', trials.length === 0 ? 1 : unsaid, 'issues'),
    stated('  fixes tried, each with the whole analysis before and after', trials.length, 'fixes'),
    stated(
      '  that trade: something is new or worse after them',
      trials.filter(({ worse }) => worse?.length).length,
      'fixes',
    ),
  ];
};
