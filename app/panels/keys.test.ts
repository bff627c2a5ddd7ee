// One list of keys: what the page shows, what the README prints, and what the keyboard hears are the same.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LETTERS } from './keyboard.ts';
import { KEYS } from './keys.ts';

/** Keys that other parts of the page hear: the timeline, fields, the diagram. */
const ELSEWHERE = ['<', '>', 'E', '+', '-', '0'];

const listed = KEYS.flatMap(([keys]) =>
  keys.split(/, then a number|, | and /).flatMap((key) => {
    const [from, to] = key.split(' to ');
    if (to === undefined || from === undefined) return [key];
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => String(Number(from) + index));
  }),
).filter((key) => key.length === 1 && !ELSEWHERE.includes(key));

test('every letter and sign that the keyboard hears is in the list, and no other', () => {
  expect(listed.map((key) => key.toLowerCase()).sort()).toEqual(Object.keys(LETTERS).sort());
});

test('no key is listed twice', () => {
  const all = KEYS.map(([keys]) => keys);
  expect(new Set(all).size).toBe(all.length);
  expect(new Set(listed).size).toBe(listed.length);
});

test('the README prints the list as it is', () => {
  const readme = readFileSync('README.md', 'utf8');
  const rows = KEYS.map(([keys, does]) => `| ${keys} | ${does} |`);
  expect(readme).toContain(['| key | does |', '| --- | --- |', ...rows].join('\n'));
});
