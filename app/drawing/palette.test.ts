import { describe, expect, it } from 'vitest';
import { COLOUR_NAMES, type ColourName, contrast, cssVariables, DARK, EXPORT, LIGHT } from './palette.ts';

// The table of look.md, section 2: pair, ratio in light, ratio in dark, what is needed.
const TABLE: readonly (readonly [ColourName, ColourName, number, number, number])[] = [
  ['ink', 'ground', 13.4, 15.7, 4.5],
  ['ink', 'panel', 15.9, 14.9, 4.5],
  ['ink', 'comp', 16.6, 12.3, 4.5],
  ['ink2', 'ground', 7.1, 10.4, 4.5],
  ['ink2', 'panel', 8.4, 9.8, 4.5],
  ['ink3', 'ground', 5.0, 7.2, 4.5],
  ['ink3', 'panel', 5.9, 6.8, 4.5],
  ['doubt', 'ground', 4.8, 12.6, 4.5],
  ['doubt', 'comp', 6.0, 9.8, 4.5],
  ['doubt', 'doubt-tint', 4.9, 7.6, 4.5],
  ['fail', 'ground', 7.2, 6.4, 4.5],
  ['fail', 'comp', 8.9, 5.0, 4.5],
  ['fail', 'fail-tint', 6.5, 4.9, 4.5],
  ['on-fail', 'fail', 8.9, 6.8, 4.5],
  ['on-cap', 'cap', 16.6, 11.8, 4.5],
  ['work', 'panel', 5.2, 7.5, 4.5],
  ['line', 'ground', 7.4, 8.1, 3.0],
  ['line', 'comp', 9.2, 6.3, 3.0],
  ['link', 'ground', 3.1, 3.8, 3.0],
  ['link', 'field', 3.5, 3.3, 3.0],
  ['work', 'ground', 4.4, 7.9, 3.0],
  ['work-deep', 'ground', 11.7, 17.0, 3.0],
  ['focus', 'ground', 4.4, 10.5, 3.0],
  ['focus', 'comp', 5.4, 8.2, 3.0],
];

describe('the palette', () => {
  it.each(TABLE)('%s on %s has the contrast that look.md says, in both themes', (name, ground, light, dark, needed) => {
    const measured = [contrast(LIGHT[name], LIGHT[ground]), contrast(DARK[name], DARK[ground])];
    expect(measured[0]).toBeCloseTo(light, 0);
    expect(measured[1]).toBeCloseTo(dark, 0);
    expect(Math.min(...measured)).toBeGreaterThanOrEqual(needed);
  });

  it('stands on white when it is handed in', () => {
    expect([EXPORT.ground, EXPORT.panel, EXPORT.field]).toEqual(['#FFFFFF', '#FFFFFF', '#F1F4F4']);
    expect(EXPORT.fail).toBe(LIGHT.fail);
  });

  it('gives the page a variable for every name', () => {
    expect(cssVariables('dark').split(';')).toHaveLength(COLOUR_NAMES.length);
    expect(cssVariables('dark')).toContain('--work-deep:#F4F8FA');
  });
});
