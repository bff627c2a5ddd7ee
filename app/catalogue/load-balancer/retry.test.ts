// Which retry is balanced anew, and how long it waits: the table of HAProxy 2.6.12's behaviour as sentences.
import { expect, test } from 'vitest';
import { isRedispatched, waitMs } from './retry.ts';

const UP = false;
const DOWN = true;
/** The retries that are redispatched, out of 1 .. retries. */
const redispatched = (
  retries: number,
  redispatch: number | null,
  isDown: boolean,
  usable: number,
  isBound = false,
): number[] =>
  Array.from({ length: retries }, (_, index) => index + 1).filter((retry) =>
    isRedispatched({ retries, redispatch }, retry, isDown, isBound, usable),
  );

test('without the option no retry leaves its server, not even a DOWN one', () => {
  expect(redispatched(3, null, DOWN, 2)).toEqual([]);
});

test('with another usable active server every retry leaves at once, whatever the interval', () => {
  expect(redispatched(3, -1, UP, 2)).toEqual([1, 2, 3]);
  expect(redispatched(3, 2, UP, 2)).toEqual([1, 2, 3]);
});

test('with one active server only, the plain option leaves on the last retry, an interval on its multiples', () => {
  expect(redispatched(3, -1, UP, 1)).toEqual([3]);
  expect(redispatched(3, 1, UP, 1)).toEqual([1, 2, 3]);
  expect(redispatched(4, 2, UP, 1)).toEqual([2, 4]);
  expect(redispatched(4, -2, UP, 1)).toEqual([3]);
  expect(redispatched(1, -3, UP, 1)).toEqual([]);
});

test('a retry that finds its server DOWN leaves it', () => {
  expect(redispatched(3, -1, DOWN, 0)).toEqual([1, 2, 3]);
});

test('a request that a cookie or a hash binds leaves on the last retry only, and at once a server that is DOWN', () => {
  expect(redispatched(3, -1, UP, 3, true)).toEqual([3]);
  expect(redispatched(3, 2, UP, 3, true)).toEqual([2]);
  expect(redispatched(3, -1, DOWN, 3, true)).toEqual([1, 2, 3]);
});

test('a refusal waits a second, or timeout connect, at the same server or with at most one active one', () => {
  expect(waitMs(5000, false, false, 2)).toBe(1000);
  expect(waitMs(300, false, false, 2)).toBe(300);
  expect(waitMs(5000, false, true, 1)).toBe(1000);
  expect(waitMs(5000, false, true, 0)).toBe(1000);
});

test('no wait before another of several active servers, and none after a timeout', () => {
  expect(waitMs(5000, false, true, 2)).toBe(0);
  expect(waitMs(300, true, false, 2)).toBe(0);
});
