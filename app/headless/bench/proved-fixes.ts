// Every one-click fix on hundreds of drawings that have its finding: it clears the finding, and what is left is a valid design.
import { measureWith } from '../../analysis/measure.ts';
import { KIND_RULES } from '../../catalogue/findings.ts';
import { behaviours } from '../../catalogue/kinds.ts';
import { knowledge } from '../../catalogue/knowledge.ts';
import { type FixTrial, tryFix } from '../../fixes/fix-laws.ts';
import { FIXED_RULES } from '../../fixes/fixes.ts';
import type { Measure } from './measure.ts';

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
  const verdict = had.length > 0 && good === had.length ? 'pass' : 'fail';
  return [
    {
      name: `fix of ${rule}: finding cleared, design valid`,
      value: good,
      unit: `of ${had.length} drawings`,
      bar: 'all',
      verdict,
    },
  ];
});
