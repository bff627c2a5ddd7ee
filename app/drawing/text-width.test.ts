import { describe, expect, it } from 'vitest';
import { roleWidth, textWidth, truncate, wrap } from './text-width.ts';

const BODY = { sizePx: 12 };

describe('the width of a text', () => {
  it('is the same for every digit, so that figures do not jump', () => {
    const widths = [...'0123456789'].map((digit) => textWidth(digit, BODY));
    expect(new Set(widths).size).toBe(1);
  });

  it('grows with the size', () => {
    expect(textWidth('Server 1', { sizePx: 24 })).toBeCloseTo(2 * textWidth('Server 1', BODY));
    expect(textWidth('ww', BODY)).toBeGreaterThan(textWidth('ii', BODY));
    expect(roleWidth('Server 1', 'host')).toBeGreaterThan(60);
  });

  it('is what Chromium measures, to a hundredth of the text', () => {
    // Measured with canvas measureText at 12 px, B612 regular and bold.
    expect(textWidth('took over 7.9 s ago 4 req/s p99 1.4 s', BODY)).toBeCloseTo(219.9, 1);
    expect(textWidth('Only Server 1 can save data', { sizePx: 12, bold: true }) / 162.0).toBeCloseTo(1, 2);
    expect(textWidth('AVATAR Ty', BODY) / 63.0).toBeLessThan(1.02);
  });

  it('counts a character that the font lacks as a digit', () => {
    expect(textWidth('漢', BODY)).toBe(textWidth('0', BODY));
  });

  it('truncates with an ellipsis, and leaves alone what fits', () => {
    expect(truncate('nginx', 60, BODY)).toBe('nginx');
    const short = truncate('a very long name of a server', 60, BODY);
    expect(short).toMatch(/^a very.*…$/);
    expect(textWidth(short, BODY)).toBeLessThanOrEqual(60);
    expect(truncate('wide', 1, BODY)).toBe('');
  });

  it('wraps at spaces', () => {
    const lines = wrap('Replica stopped: 540 of 540 of its reads failed', 120, BODY);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join(' ')).toBe('Replica stopped: 540 of 540 of its reads failed');
    for (const line of lines) expect(textWidth(line, BODY)).toBeLessThanOrEqual(120);
  });
});
