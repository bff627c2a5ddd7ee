// What the analysis says of the built-in designs, against the lists that were reviewed.
import { analyse } from '../../analysis/analyse.ts';
import { measureWith } from '../../analysis/measure.ts';
import { KIND_RULES } from '../../catalogue/findings.ts';
import { behaviours } from '../../catalogue/kinds.ts';
import { knowledge } from '../../catalogue/knowledge.ts';
import { BUILT_IN_IDS, builtInDesign } from '../../designs/built-in.ts';
import { REVIEWED_FINDINGS } from '../../designs/reviewed-findings.ts';
import { type Measure, none, stated } from './measure.ts';

const tools = { measure: measureWith(behaviours, 4), knowledge, kindRules: KIND_RULES };

export const lists: Measure = async () => {
  const differing = BUILT_IN_IDS.map((id) => {
    const found = analyse(builtInDesign(id, 'classroom'), tools).findings.map((one) => `${one.id} ${one.severity}`);
    const frozen = REVIEWED_FINDINGS[id].map((one) => one.join(' '));
    const beside = [...found.filter((one) => !frozen.includes(one)), ...frozen.filter((one) => !found.includes(one))];
    return { id, count: found.length, beside: beside.length };
  });
  const hardened = analyse(builtInDesign('hardened', 'classroom'), tools).findings;
  return [
    ...differing.flatMap(({ id, count, beside }) => [
      none(`design ${id}: issues beside its frozen list`, beside, 'issues'),
      stated('  issues', count, 'issues'),
    ]),
    none('hardened design: issues above low', hardened.filter(({ severity }) => severity !== 'low').length, 'issues'),
    stated('  issues', hardened.length, 'issues'),
  ];
};
