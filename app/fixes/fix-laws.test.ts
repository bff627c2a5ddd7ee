// A sample of what the bench holds over hundreds of drawings: every one-click fix clears its finding and keeps the design valid.
import { describe, expect, test } from 'vitest';
import { measureWith } from '../analysis/measure.ts';
import { KIND_RULES } from '../catalogue/findings.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { tryFix, tryTrade } from './fix-laws.ts';
import { FIXED_RULES } from './fixes.ts';

const tools = { measure: measureWith(behaviours, 7), knowledge, kindRules: KIND_RULES };
const SEEDS = [1, 2, 3];

describe.each(FIXED_RULES)('the fix of %s', (rule) => {
  test('clears its finding, keeps the design valid and shuts no line out', () => {
    const trials = SEEDS.map((seed) => tryFix(rule, seed, tools));
    expect(trials.filter(({ broken }) => broken !== null).length).toBeGreaterThan(0);
    expect(trials.filter(({ broken }) => broken !== null && broken.length > 0)).toEqual([]);
  });
});

/** Each of them changes much: a whole server, the way of the writes, every wall. */
const FAR_REACHING = ['AV-01', 'AV-02', 'AV-03', 'SE-01', 'MO-01'];

test.each(FAR_REACHING)('what is worse after the fix of %s is named by its preview', (rule) => {
  const { worse, unsaid } = tryTrade(rule, 1, tools);
  expect(worse).not.toBeNull();
  expect(unsaid).toEqual([]);
});
