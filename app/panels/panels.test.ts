// The parts of the panels that can be checked without a page: colours, marks, what is announced.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { distributedDesign } from '../designs/distributed.ts';
import { COLOUR_NAMES, DARK, LIGHT } from '../drawing/palette.ts';
import { SECOND } from '../foundation/micros.ts';
import { Announcer } from './announcer.ts';
import { ceilingFor, spanFor } from './timeline-marks.ts';
import { tokensOf } from './timeline-tokens.ts';

describe('tokens.css says what palette.ts says', () => {
  const css = readFileSync(new URL('../ui/tokens.css', import.meta.url), 'utf8');
  const [light = '', dark = ''] = css.split('data-theme="dark"');
  const valuesIn = (text: string) =>
    Object.fromEntries(
      [...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]+)/gi)].map(([, name, value]) => [name, value?.toUpperCase()]),
    );

  test.each([
    ['light', light, LIGHT],
    ['dark', dark, DARK],
  ] as const)('%s', (_theme, text, colours) => {
    expect(COLOUR_NAMES.length).toBeGreaterThan(20);
    expect(valuesIn(text)).toEqual(Object.fromEntries(COLOUR_NAMES.map((name) => [name, colours[name].toUpperCase()])));
  });
});

test('at most one announcement every 2.5 s, and the newest wins', () => {
  const announcer = new Announcer();
  announcer.offer('one');
  expect(announcer.next(0)).toBe('one');
  announcer.offer('two');
  expect(announcer.next(1_000)).toBeNull();
  announcer.offer('three');
  expect(announcer.next(2_500)).toBe('three');
  announcer.offer('three');
  expect(announcer.next(9_000)).toBeNull();
});

test('the axis shows all that was reached, the chart a round top', () => {
  expect([0, 50, 55, 400, 3_000].map((seconds) => spanFor(seconds * SECOND))).toEqual([60, 60, 120, 600, 3_600]);
  expect([0, 8, 9, 41, 55, 130, 999].map(ceilingFor)).toEqual([8, 8, 10, 50, 60, 160, 1_000]);
});

test('acts become tokens with words', () => {
  const tokens = tokensOf(distributedDesign('classroom'), [
    { type: 'kill', atUs: 1, target: 'server1' },
    { type: 'reconfigure', atUs: 2, target: 'users', patch: {} },
    { type: 'kill', atUs: 3, target: 'app2' },
    { type: 'repair', atUs: 4, target: 'server1' },
  ]);
  const texts = tokens.map((token) => token.text);
  expect(texts).toEqual(['Power off, Server 1', 'Kill, the app server on Server 2', 'Repair, Server 1']);
  expect(tokens.map((token) => token.untilUs)).toEqual([4, null, null]);
});
