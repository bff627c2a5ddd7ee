// The parts of the panels that can be checked without a page: colours, marks, what is announced.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { distributedDesign } from '../designs/distributed.ts';
import { COLOUR_NAMES, DARK, LIGHT } from '../drawing/palette.ts';
import { SECOND } from '../foundation/micros.ts';
import { spanFor } from '../state/time-view.ts';
import { Announcer } from './announcer.ts';
import { Pace } from './pace.ts';
import { sideOfEmptyWords, sideOfWords } from './timeline-marks.ts';
import { ceilingFor } from './timeline-scale.ts';
import { nextOf, tokenGroups, tokensOf } from './timeline-tokens.ts';

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

test('acts too close to stand apart share a token at the time of the first, and each stays in reach', () => {
  const tokens = [10, 11, 12, 13, 40].map((second) => ({
    atUs: second * SECOND,
    icon: 'power-off' as const,
    text: String(second),
    untilUs: null,
    command: { type: 'kill' as const, atUs: second * SECOND, target: 'server1' },
  }));
  const groups = tokenGroups(tokens, 10);
  expect(groups.map((group) => group.map((token) => token.text))).toEqual([['10', '11', '12'], ['13'], ['40']]);
  expect(tokenGroups(tokens, 30)).toHaveLength(5);
  const [first] = groups;
  if (first === undefined) throw new Error('there is no group');
  expect([0, 10, 11, 12, 30].map((second) => nextOf(first, second * SECOND) / SECOND)).toEqual([10, 11, 12, 10, 10]);
});

test('the words of a mark stand in the past, and nothing runs through them', () => {
  const free = { at: 300, width: 100, takenUntil: 0, takenFrom: 900, playhead: 500 };
  expect(sideOfWords(free)).toBe('right');
  expect(sideOfWords({ ...free, playhead: 350 })).toBe('left');
  expect(sideOfWords({ ...free, playhead: 350, takenUntil: 250 })).toBeNull();
  expect(sideOfWords({ ...free, takenFrom: 380 })).toBe('left');
  expect(sideOfWords({ ...free, playhead: 290 })).toBeNull();
});

test('the words of an empty track make way for the playhead', () => {
  expect([0, 700, 780, 1_000].map((x) => sideOfEmptyWords(x, 1_000, 230))).toEqual(['right', 'right', 'left', 'left']);
  expect(sideOfEmptyWords(170, 340, 230)).toBeNull();
});

test('the strip says how fast the run is when it cannot keep up, not when it was moved or held', () => {
  const pace = new Pace();
  const words = (rates: readonly number[], speed = 100) => {
    let [nowMs, playheadUs] = [0, 0];
    return rates.map((rate) => {
      nowMs += 1_000;
      playheadUs += rate * 1_000_000;
      return pace.at({ nowMs, playheadUs, speed, playing: true });
    });
  };
  expect(words([0, 22, 22, 19, 97, 97])).toEqual(['', '', '20×', '20×', '', '']);
  expect(words([0, 900, 900, 99])).toEqual(['', '', '', '']);
  expect(words([1, 1, 1, 0.4, 0.4], 1)).toEqual(['', '', '', '', '0.4×']);
});
