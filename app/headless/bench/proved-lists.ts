// What the analysis says of the built-in designs, against the lists that were reviewed.
import { analyse } from '../../analysis/analyse.ts';
import { measureWith } from '../../analysis/measure.ts';
import { KIND_RULES } from '../../catalogue/findings.ts';
import { behaviours } from '../../catalogue/kinds.ts';
import { knowledge } from '../../catalogue/knowledge.ts';
import { builtInDesign } from '../../designs/built-in.ts';
import { CLASSIC_FINDINGS } from '../../designs/reviewed-findings.ts';
import { type Measure, none, stated } from './measure.ts';

const tools = { measure: measureWith(behaviours, 4), knowledge, kindRules: KIND_RULES };

export const lists: Measure = async () => {
  const classic = analyse(builtInDesign('distributed', 'classroom'), tools).findings;
  const found = classic.map(({ id, severity }) => `${id} ${severity}`);
  const frozen = CLASSIC_FINDINGS.map((one) => one.join(' '));
  const differing = [...found.filter((one) => !frozen.includes(one)), ...frozen.filter((one) => !found.includes(one))];
  const hardened = analyse(builtInDesign('hardened', 'classroom'), tools).findings;
  return [
    none('classic design: issues beside the frozen list', differing.length, 'issues'),
    stated('  issues', classic.length, 'issues'),
    none('hardened design: issues above low', hardened.filter(({ severity }) => severity !== 'low').length, 'issues'),
    stated('  issues', hardened.length, 'issues'),
  ];
};
