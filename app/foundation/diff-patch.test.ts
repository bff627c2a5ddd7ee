import { expect, test } from 'vitest';
import { Dice } from './dice.ts';
import { diffPatch, isSame } from './diff-patch.ts';
import { mergePatch } from './merge-patch.ts';

test('a patch names only what differs', () => {
  const before = {
    a: 1,
    list: [
      { fall: 3, rise: 2 },
      { fall: 3, rise: 2 },
    ],
    deep: { b: null, c: 'x' },
  };
  const after = {
    a: 1,
    list: [
      { fall: 3, rise: 2 },
      { fall: 2, rise: 2 },
    ],
    deep: { b: null, c: 'y' },
  };
  expect(diffPatch<unknown>(before, after)).toEqual({ list: { 1: { fall: 2 } }, deep: { c: 'y' } });
});

test('what is gone, what is new, and a list of another length', () => {
  const before: unknown = { gone: 1, list: [1, 2], keep: {} };
  const after = { list: [1], keep: {}, fresh: [true] };
  expect(mergePatch<unknown>(before, diffPatch<unknown>(before, after))).toEqual(after);
});

const randomValue = (dice: Dice, depth: number): unknown => {
  if (depth === 0 || dice.chance(0.3)) return dice.one([null, true, 0, 1.5, '', 'text']);
  const parts = Array.from({ length: dice.whole(0, 3) }, () => randomValue(dice, depth - 1));
  if (dice.chance(0.4)) return parts;
  return Object.fromEntries(parts.map((part, at) => [dice.one(['a', 'b', 'c', `k${at}`]), part]));
};

test('a patch leads to the second object, or there is none', () => {
  const dice = new Dice(1, 'patches');
  let found = 0;
  for (let round = 0; round < 2_000; round++) {
    const [before, after] = [{ root: randomValue(dice, 4) }, { root: randomValue(dice, 4) }];
    const patch = diffPatch(before, after);
    if (patch === null) continue;
    found++;
    expect(isSame(mergePatch(before, patch), after), `${JSON.stringify(before)} to ${JSON.stringify(after)}`).toBe(
      true,
    );
  }
  expect(found).toBeGreaterThan(1_000);
});

test('no patch makes an object of a list', () => {
  expect(diffPatch<unknown>({ a: [1] }, { a: { 0: 2 } })).toBe(null);
});
