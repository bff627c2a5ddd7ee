// The floor that every run stands on: streams, logarithm, digest, clock.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestText, mixDigest } from './digest.ts';
import { exp, ln } from './exact-math.ts';
import { formatClock, formatDuration, fromMs } from './micros.ts';
import { nextInt32, nextUniform, seedStream } from './prng.ts';

describe('the logarithm', () => {
  test('agrees with the built-in one to 1 part in 10^15', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -1000, max: 2 ** 1000, noNaN: true }), (x) => {
        const expected = Math.log(x);
        expect(Math.abs(ln(x) - expected)).toBeLessThanOrEqual(2e-15 * Math.max(1, Math.abs(expected)));
      }),
    );
  });

  test('is as near at the ends of the numbers and around each half power of 2', () => {
    const around = [-1, -0.5, 0, 0.5, 1].flatMap((half) => [
      2 ** half,
      2 ** half * (1 - 2 ** -52),
      2 ** half * (1 + 2 ** -52),
    ]);
    for (const x of [...around, 2 ** -1022, Number.MAX_VALUE, Math.SQRT2 * 2 ** -33]) {
      const expected = Math.log(x);
      expect(Math.abs(ln(x) - expected)).toBeLessThanOrEqual(2e-15 * Math.max(1, Math.abs(expected)));
    }
  });

  test('is exact at 1 and grows', () => {
    expect(ln(1)).toBe(0);
    expect(ln(Math.E)).toBeCloseTo(1, 15);
    expect(ln(0.5)).toBeCloseTo(-Math.LN2, 15);
  });
});

describe('a stream', () => {
  const numbers = (seed: number, name: string, count: number) => {
    const state = new Int32Array(4);
    seedStream(state, 0, seed, name);
    return Array.from({ length: count }, () => nextInt32(state, 0));
  };

  test('is the same for the same seed and name, and another for another', () => {
    expect(numbers(7, 'users/arrival', 20)).toEqual(numbers(7, 'users/arrival', 20));
    expect(numbers(7, 'users/arrival', 20)).not.toEqual(numbers(8, 'users/arrival', 20));
    expect(numbers(7, 'users/arrival', 20)).not.toEqual(numbers(7, 'users/purpose', 20));
  });

  test('begins with these numbers on every machine', () => {
    expect(numbers(7, 'users/arrival', 3)).toEqual([...GOLDEN]);
  });

  test('is uniform: mean 1/2 and variance 1/12 within 5 standard errors, never 0 or 1', () => {
    const state = new Int32Array(4);
    seedStream(state, 0, 1, 'x');
    const count = 200_000;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const u = nextUniform(state, 0);
      expect(u > 0 && u < 1).toBe(true);
      sum += u;
      squares += (u - 0.5) ** 2;
    }
    expect(Math.abs(sum / count - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(squares / count - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / count));
  });
});

const GOLDEN = [374362293, -1064181589, -1223349904];

describe('the digest', () => {
  test('differs when the time, the event or the order differs', () => {
    const digest = (...events: (readonly [number, number, number])[]) => {
      const words = new Int32Array(2);
      for (const [at, a, b] of events) mixDigest(words, at, a, b);
      return digestText(words);
    };
    const base = digest([1, 2, 3], [4, 5, 6]);
    expect(base).toMatch(/^[0-9a-f]{16}$/);
    expect(digest([4, 5, 6], [1, 2, 3])).not.toBe(base);
    expect(digest([1, 2, 3], [4, 5, 7])).not.toBe(base);
    expect(digest([1, 2, 3], [5_000_000_000, 5, 6])).not.toBe(digest([1, 2, 3], [5_000_000_000 - 4294967296, 5, 6]));
  });
});

describe('time on the screen', () => {
  test('the clock cuts and never shows a tenth that has not come', () => {
    expect(formatClock(31_499_999)).toBe('00:31.4');
    expect(formatClock(0)).toBe('00:00.0');
    expect(formatClock(61_000_000)).toBe('01:01.0');
  });

  test('durations read like a person says them', () => {
    expect([formatDuration(fromMs(40)), formatDuration(fromMs(1200)), formatDuration(fromMs(0.7))]).toEqual([
      '40 ms',
      '1.2 s',
      '0.7 ms',
    ]);
  });
});

describe('the exponential', () => {
  test('undoes the logarithm, and agrees with the built-in one', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-14);
        expect(Math.abs(ln(exp(x)) - x)).toBeLessThan(1e-12);
      }),
    );
    expect([exp(0), exp(-800), exp(800)]).toEqual([1, 0, Number.POSITIVE_INFINITY]);
  });
});
