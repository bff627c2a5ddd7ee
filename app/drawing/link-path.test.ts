import { describe, expect, it } from 'vitest';
import { arrowhead, linkPath, longestMiddle, type PathPoint, pointAt } from './link-path.ts';

const STRAIGHT = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
];
const CORNER = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
  { x: 100, y: 50 },
];
const at = (fraction: number, corners = STRAIGHT): PathPoint => {
  const out = { x: 0, y: 0, dx: 0, dy: 0 };
  pointAt(linkPath(corners), fraction, out);
  return out;
};

describe('a wire', () => {
  it('is written with rounded corners', () => {
    expect(linkPath(CORNER).d).toBe('M0,0L92,0Q100,0 100,8L100,50');
  });

  it('is as long as its pieces, a little less at a corner', () => {
    expect(linkPath(STRAIGHT).length).toBe(100);
    expect(linkPath(CORNER).length).toBeGreaterThan(140);
    expect(linkPath(CORNER).length).toBeLessThan(150);
  });

  it('has at least 64 samples, evenly spaced', () => {
    const { samples, length } = linkPath(CORNER);
    const count = samples.length / 2 - 1;
    expect(count).toBeGreaterThanOrEqual(64);
    for (let i = 1; i <= count; i++) {
      const dx = (samples[i * 2] ?? 0) - (samples[i * 2 - 2] ?? 0);
      const dy = (samples[i * 2 + 1] ?? 0) - (samples[i * 2 - 1] ?? 0);
      expect(Math.hypot(dx, dy)).toBeLessThanOrEqual(length / count + 0.001);
      expect(Math.hypot(dx, dy)).toBeGreaterThan((length / count) * 0.9);
    }
  });

  it('gives the place and the direction at a fraction of the way', () => {
    expect(at(0.25)).toEqual({ x: 25, y: 0, dx: 1, dy: 0 });
    expect(at(1, CORNER)).toEqual({ x: 100, y: 50, dx: 0, dy: 1 });
    expect(at(7)).toEqual(at(1));
    expect(at(-1)).toEqual(at(0));
  });

  it('ends in an arrowhead whose tip is the end', () => {
    expect(arrowhead(CORNER)).toBe('M100,50L95.5,41L104.5,41Z');
  });

  it('has its padlock on its longest piece', () => {
    expect(longestMiddle(CORNER)).toEqual({ x: 50, y: 0 });
  });

  it('must lead somewhere', () => {
    expect(() =>
      linkPath([
        { x: 1, y: 1 },
        { x: 1, y: 1 },
      ]),
    ).toThrow('two ends');
  });
});
