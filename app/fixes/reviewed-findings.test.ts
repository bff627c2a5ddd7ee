// The lists of the built-in designs, which somebody has reviewed, are frozen; and what the fixes lead to is clean.
import { describe, expect, test } from 'vitest';
import { analyse } from '../analysis/analyse.ts';
import { measureWith } from '../analysis/measure.ts';
import { KIND_RULES } from '../catalogue/findings.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { BUILT_IN_IDS, builtInDesign } from '../designs/built-in.ts';
import { REVIEWED_FINDINGS } from '../designs/reviewed-findings.ts';

const tools = { measure: measureWith(behaviours, 4), knowledge, kindRules: KIND_RULES };

/** What the rules are asked to find at least, by the textbook. */
const DEMANDED = ['AV-01', 'AV-02', 'AV-03', 'SE-01', 'SE-02', 'SE-03', 'SE-14', 'MO-01', 'MO-02'];

const PACES = ['classroom', 'realistic'] as const;

describe.each(BUILT_IN_IDS)('design %s', (id) => {
  test.each(PACES)('%s: the frozen list, every issue measured', (pace) => {
    const { findings } = analyse(builtInDesign(id, pace), tools);
    expect(findings.map(({ id: found, severity }) => [found, severity])).toEqual(REVIEWED_FINDINGS[id]);
    expect(findings.filter(({ evidence }) => evidence === null)).toEqual([]);
  });
});

test.each(PACES)('the classic design, %s: what the textbook asks for is found, and monitoring at once', (pace) => {
  const { findings, onTop } = analyse(builtInDesign('distributed', pace), tools);
  expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(DEMANDED));
  expect(findings.slice(0, onTop).some(({ rule }) => rule === 'MO-01')).toBe(true);
});

test.each(['classroom', 'realistic'] as const)(
  'the hardened design, %s: nothing above low, nothing unknown',
  (pace) => {
    const { findings, unknowns } = analyse(builtInDesign('hardened', pace), tools);
    expect(findings.filter(({ severity }) => severity !== 'low')).toEqual([]);
    expect(unknowns).toEqual([]);
  },
);
