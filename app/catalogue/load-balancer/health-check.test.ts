// The health counter, the pauses and the first checks, with HAProxy's own numbers; then the closed forms of detection.
import { expect, test } from 'vitest';
import type { CheckConfig } from './config.ts';
import {
  afterFailure,
  afterPass,
  bestHealth,
  checkLimits,
  firstCheckDelaysMs,
  isHealthy,
  pauseMs,
} from './health-check.ts';

const check = (more: Partial<CheckConfig> = {}): CheckConfig => ({
  type: 'http',
  interMs: 2000,
  fastinterMs: null,
  downinterMs: null,
  fall: 3,
  rise: 2,
  ...more,
});

/** Health after each result: `.` passed, `x` failed. */
function healths(results: string, from: number, settings = check()): string {
  let health = from;
  const after = [...results].map((result) => {
    health = result === '.' ? afterPass(health, settings) : afterFailure(health, settings);
    return health;
  });
  return after.join(' ');
}

test('a fresh server is UP with a health of rise, and its first failure marks it DOWN whatever fall is', () => {
  expect(healths('x', 2)).toBe('0');
  expect(healths('.', 2)).toBe('4');
});

test('a server at its best falls at the third failure in a row, and any pass forgets the failures', () => {
  expect(healths('xxx', 4)).toBe('3 2 0');
  expect(healths('xx.xxx', 4)).toBe('3 2 4 3 2 0');
});

test('a server that is DOWN rises at the second pass in a row, and any failure forgets the passes', () => {
  expect(healths('..', 0)).toBe('1 4');
  expect(healths('.x..', 0)).toBe('1 0 1 4');
  expect([0, 1, 2, 4].map((health) => isHealthy(health, check()))).toEqual([false, false, true, true]);
});

test('the pause is inter at the best health, downinter at 0, fastinter in between', () => {
  const all = check({ interMs: 1500, fastinterMs: 300, downinterMs: 800 });
  expect([0, 1, 2, 3, 4].map((health) => pauseMs(health, all))).toEqual([800, 300, 300, 300, 1500]);
  expect([0, 1, 2, 3, 4].map((health) => pauseMs(health, check()))).toEqual([2000, 2000, 2000, 2000, 2000]);
});

test.each([
  ['two servers, inter 2000', [2000, 2000], null, [0, 1000]],
  ['three, inter 1500', [1500, 1500, 1500], null, [0, 500, 1000]],
  ['three, inter 400', [400, 400, 400], null, [0, 133, 267]],
  ['four, inter 1300 and fastinter 400', [1300, 1300, 1300, 1300], 400, [0, 100, 200, 300]],
  ['two, inter 2000 and fastinter 1000', [2000, 2000], 1000, [0, 500]],
  ['a slow one beside a quick one', [4000, 1000], null, [0, 500]],
])('first checks of %s', (_, inters, fastinterMs, expected) => {
  const delays = firstCheckDelaysMs(inters.map((interMs) => check({ interMs, fastinterMs })));
  expect(delays.map((delay) => Math.round(delay ?? -1))).toEqual(expected);
});

test('a server without a check takes no place among the first checks', () => {
  expect(firstCheckDelaysMs([check(), null, check()])).toEqual([0, null, 1000]);
});

test('a check has inter in all; with timeout check, the connection has timeout connect', () => {
  expect(checkLimits(check(), 1000, null)).toEqual({ connectMs: 2000, answerMs: 2000 });
  expect(checkLimits(check(), 1000, 1000)).toEqual({ connectMs: 1000, answerMs: 1000 });
  expect(checkLimits(check({ interMs: 1000 }), 650, 800)).toEqual({ connectMs: 650, answerMs: 800 });
  expect(checkLimits(check({ interMs: 1000 }), 5000, 300)).toEqual({ connectMs: 1000, answerMs: 1000 });
});

/** From the first failing check to DOWN, each check taking `failingMs`. */
function firstFailToDownMs(settings: CheckConfig, failingMs: number): number {
  let health = bestHealth(settings);
  let elapsedMs = failingMs;
  for (;;) {
    health = afterFailure(health, settings);
    if (!isHealthy(health, settings)) return elapsedMs;
    elapsedMs += pauseMs(health, settings) + failingMs;
  }
}

test('from the first failing check to DOWN it takes T + (fall - 1) * (F + T)', () => {
  expect(firstFailToDownMs(check(), 0)).toBe(4000);
  expect(firstFailToDownMs(check({ fastinterMs: 1000 }), 0)).toBe(2000);
  expect(firstFailToDownMs(check({ fastinterMs: 1000 }), 1000)).toBe(5000);
  expect(firstFailToDownMs(check({ fall: 1 }), 700)).toBe(700);
});
