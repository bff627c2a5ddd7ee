// Simulated time from wall time: exact in slow motion, never past what is computed.
import { expect, test } from 'vitest';
import { SECOND } from '../foundation/micros.ts';
import { nextSpeed, Playhead, SPEEDS, speedWord, stepUs } from './playhead.ts';

test('a second on the wall is a second times the speed', () => {
  for (const speed of SPEEDS) {
    const playhead = new Playhead();
    playhead.speed = speed;
    for (let frame = 0; frame < 60; frame++) playhead.advance(1000 / 60, Number.MAX_SAFE_INTEGER);
    expect(Math.abs(playhead.us - speed * SECOND)).toBeLessThanOrEqual(1);
  }
});

test('it waits at the end of what is known, and where it is when nothing is', () => {
  const playhead = new Playhead();
  playhead.advance(100, 50_000);
  expect(playhead.us).toBe(49_999);
  playhead.seek(700_000);
  playhead.advance(100, 700_000);
  expect(playhead.us).toBe(700_000);
});

test('paused it stays; a frame that was held up does not jump', () => {
  const playhead = new Playhead();
  playhead.playing = false;
  expect(playhead.advance(100, SECOND)).toBe(0);
  playhead.playing = true;
  expect(playhead.advance(60_000, 10 * SECOND)).toBe(250_000);
});

test('speeds have neighbours, words and steps', () => {
  expect([nextSpeed(1, 1), nextSpeed(1, -1), nextSpeed(100, 1), nextSpeed(1 / 16, -1)]).toEqual([
    2,
    1 / 2,
    100,
    1 / 16,
  ]);
  expect([1 / 16, 1, 100].map(speedWord)).toEqual(['1/16×', '1×', '100×']);
  expect([stepUs(1), stepUs(100), stepUs(1 / 4)]).toEqual([100_000, 100_000, 25_000]);
});
