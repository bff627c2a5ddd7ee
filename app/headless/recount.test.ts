// Every number in the sentence of every issue that a run has proven is counted again, by other code, from the runs that it cites.
import { expect, test } from 'vitest';
import { analyse } from '../analysis/analyse.ts';
import type { Finding } from '../analysis/finding.ts';
import { measureWith } from '../analysis/measure.ts';
import { RULE_BOOK } from '../analysis/rule-book.ts';
import { tryRule } from '../analysis/rule-trial.ts';
import { KIND_RULES } from '../catalogue/findings.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import type { Design } from '../design/design.ts';
import { BUILT_IN_IDS, builtInDesign } from '../designs/built-in.ts';
import { weakenedDesign } from '../designs/weakened.ts';
import { Dice } from '../foundation/dice.ts';
import { isRecounted, numbersIn, recount } from './recount/recount.ts';

const tools = { measure: measureWith(behaviours, 4), knowledge, kindRules: KIND_RULES };
const MEASURED = Object.keys(RULE_BOOK).filter((rule) => RULE_BOOK[rule]?.proof !== 'drawing');
/** Drawings that are tried until one has the issue. */
const MOST_DRAWS = 40;

function drawnWith(rule: string): { readonly design: Design; readonly finding: Finding } {
  const dice = new Dice(11, `recount/${rule}`);
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const design = weakenedDesign(dice, rule);
    const [finding] = tryRule(rule, design, tools).findings;
    if (finding !== undefined) return { design, finding };
  }
  throw new Error(`None of ${MOST_DRAWS} drawings has ${rule}.`);
}

test('every rule that goes by a run has somebody who counts again', () => {
  expect(MEASURED.length).toBeGreaterThan(25);
  expect(MEASURED.filter((rule) => !isRecounted(rule))).toEqual([]);
});

test.each(MEASURED)(
  '%s: the numbers of its sentence are those of the runs that it cites, and no other would pass',
  (rule) => {
    const { design, finding } = drawnWith(rule);
    expect(recount(finding, design)).toEqual([]);
    const sentence = finding.evidence ?? '';
    const said = numbersIn(sentence, design);
    expect(said.length).toBeGreaterThan(0);
    for (const { at } of said) {
      const digit = (Number(sentence[at]) + 1) % 10;
      const other = `${sentence.slice(0, at)}${digit}${sentence.slice(at + 1)}`;
      expect(recount(finding, design, other), other).not.toEqual([]);
    }
    expect(recount(finding, design, `${sentence} And 17 more.`)).not.toEqual([]);
  },
);

test.each(BUILT_IN_IDS)('design %s: every measured issue', (id) => {
  const design = builtInDesign(id, 'classroom');
  const { findings } = analyse(design, tools);
  const measured = findings.filter(({ cites }) => cites !== undefined);
  const isMeasured = ({ rule }: Finding) => RULE_BOOK[rule]?.proof !== 'drawing';
  expect(measured.filter((one) => isMeasured(one)).length).toBe(findings.filter(isMeasured).length);
  expect(measured.flatMap((finding) => recount(finding, design))).toEqual([]);
});
