// The numbers in the sentences of issues, counted again by other code from the runs that the issues cite.
import { measureWith } from '../../analysis/measure.ts';
import { RULE_BOOK } from '../../analysis/rule-book.ts';
import { tryRule } from '../../analysis/rule-trial.ts';
import { KIND_RULES } from '../../catalogue/findings.ts';
import { behaviours } from '../../catalogue/kinds.ts';
import { knowledge } from '../../catalogue/knowledge.ts';
import { weakenedDesign } from '../../designs/weakened.ts';
import { Dice } from '../../foundation/dice.ts';
import { numbersIn, recount } from '../recount/recount.ts';
import { atLeast, type Measure, none, stated } from './measure.ts';

const DRAWINGS_A_RULE = 20;
const tools = { measure: measureWith(behaviours, 4), knowledge, kindRules: KIND_RULES };

export const evidence: Measure = async () => {
  const rules = Object.keys(RULE_BOOK).filter((rule) => RULE_BOOK[rule]?.proof !== 'drawing');
  const shown = new Set<string>();
  let [numbers, sentences, wrong] = [0, 0, 0];
  for (const rule of rules) {
    const dice = new Dice(29, `evidence/${rule}`);
    for (let draw = 0; draw < DRAWINGS_A_RULE; draw++) {
      const design = weakenedDesign(dice, rule);
      for (const finding of tryRule(rule, design, tools).findings) {
        const complaints = recount(finding, design);
        for (const complaint of complaints) console.error(complaint);
        wrong += complaints.length;
        numbers += numbersIn(finding.evidence ?? '', design).length;
        sentences++;
        shown.add(rule);
      }
    }
  }
  return [
    none('sentences of issues whose numbers differ from a recount of their runs', wrong, 'sentences'),
    atLeast('  rules that are proven by runs, and were shown', shown.size, 'rules', rules.length),
    stated('  sentences', sentences, 'sentences'),
    stated('  numbers in them', numbers, 'numbers'),
  ];
};
