import { describe, expect, it } from 'vitest';
import { elapsed, milliseconds, percent, perSecond, shareOfWrites } from './words.ts';

describe('figures on a diagram', () => {
  it('writes rates with their unit, singular where it is one', () => {
    expect(perSecond(20, 'req')).toBe('20 req/s');
    expect(perSecond(1.52, 'read')).toBe('1.5 reads/s');
    expect(perSecond(1, 'write')).toBe('1 write/s');
    expect(perSecond(0, 'copied')).toBe('0 copied/s');
    expect(perSecond(0.0001, 'req')).toBe('0.0001 req/s');
    expect(perSecond(null, 'req')).toBe('--');
  });

  it('writes times in the unit that a person would say', () => {
    expect(milliseconds(58.4)).toBe('58 ms');
    expect(milliseconds(0.25)).toBe('0.3 ms');
    expect(milliseconds(999.6)).toBe('1.0 s');
    expect(milliseconds(1112)).toBe('1.1 s');
    expect(milliseconds(null)).toBe('--');
  });

  it('counts seconds, and minutes above 100 s', () => {
    expect([0, 4_430_000, 99_950_000, 100_000_000, 4_507_000_000].map(elapsed)).toEqual([
      '0.0 s',
      '4.4 s',
      '99.9 s',
      '1 min',
      '75 min',
    ]);
  });

  it('says 100% only of all, and 0% only of none', () => {
    expect(percent(0.9999)).toBe('99%');
    expect(percent(0.0001)).toBe('1%');
    expect([percent(1), percent(0)]).toEqual(['100%', '0%']);
  });

  it('says the share of writes as people do', () => {
    expect(shareOfWrites(0.25)).toBe('1 in 4 writes');
    expect(shareOfWrites(0.3)).toBe('3 in 10 writes');
    expect(shareOfWrites(0.37)).toBe('37% writes');
    expect(shareOfWrites(0)).toBe('no writes');
  });
});
