// The colours and hatches of every picture, as names and values: one table for the live canvas, the SVG and the PNG.
// Shapes carry names only, so that one drawing serves three themes. Values and their contrast: look.md, section 2.

/** A row of the table: name, value in light, value in dark. */
const TABLE = [
  ['ground', '#E3E8E7', '#0F171A'],
  ['field', '#F1F4F3', '#19242A'],
  ['panel', '#F9FAF9', '#141D21'],
  ['comp', '#FFFFFF', '#202D33'],
  ['ink', '#142024', '#EAF0F1'],
  ['ink2', '#3F4D53', '#BAC6CA'],
  ['ink3', '#55636A', '#97A6AC'],
  ['line', '#3C4A50', '#9FB0B6'],
  ['link', '#74848A', '#64767E'],
  ['bay', '#74848A', '#64767E'],
  ['rule', '#CAD1D0', '#2E3B41'],
  ['rule2', '#DEE3E2', '#233036'],
  ['work', '#1C6CB4', '#5FB2F3'],
  ['work-deep', '#0A2A4D', '#F4F8FA'],
  ['work-tint', '#BFD6EA', '#24506F'],
  ['doubt', '#8F5600', '#FFD166'],
  ['doubt-fill', '#C48200', '#FFD166'],
  ['doubt-tint', '#F9E6BE', '#4A3A16'],
  ['fail', '#960828', '#FF6680'],
  ['fail-tint', '#F3D5DB', '#4A1F2B'],
  ['on-fail', '#FFFFFF', '#1B0A0A'],
  ['on-ink', '#FFFFFF', '#0F171A'],
  ['focus', '#1C6CB4', '#8CCBFF'],
  ['cap', '#142024', '#2A3A42'],
  ['on-cap', '#FFFFFF', '#FFFFFF'],
] as const;

export type ColourName = (typeof TABLE)[number][0];

/** `export` is what is handed in: light, on white paper. */
export type Theme = 'light' | 'dark' | 'export';

export type Colours = Readonly<Record<ColourName, string>>;

const column = (index: 1 | 2): Colours =>
  Object.fromEntries(TABLE.map((row) => [row[0], row[index]])) as Record<ColourName, string>;

export const LIGHT: Colours = column(1);
export const DARK: Colours = column(2);
export const EXPORT: Colours = { ...LIGHT, ground: '#FFFFFF', panel: '#FFFFFF', field: '#F1F4F4' };

export const THEMES: Readonly<Record<Theme, Colours>> = { light: LIGHT, dark: DARK, export: EXPORT };

export const COLOUR_NAMES: readonly ColourName[] = TABLE.map((row) => row[0]);

/** Each name as a CSS variable of the page, for pictures that follow the theme without being drawn again. */
export const VARIABLES: Colours = Object.fromEntries(COLOUR_NAMES.map((name) => [name, `var(--${name})`])) as Record<
  ColourName,
  string
>;

/** The declarations that give the variables their values: `--ground:#E3E8E7;...`. */
export const cssVariables = (theme: Theme): string =>
  COLOUR_NAMES.map((name) => `--${name}:${THEMES[theme][name]}`).join(';');

/** A hatch: a square tile, turned by 45 degrees, with lines over an optional ground. */
export interface Pattern {
  readonly tile: number;
  readonly ground: ColourName | null;
  readonly lines: string;
  readonly stroke: ColourName;
  readonly strokeWidth: number;
  readonly opacity: number;
}

export type PatternName = 'failHatch' | 'failCross' | 'doubtHatch';

export const PATTERNS: Readonly<Record<PatternName, Pattern>> = {
  failHatch: { tile: 7, ground: null, lines: 'M0,0V7', stroke: 'fail', strokeWidth: 2.2, opacity: 0.42 },
  failCross: { tile: 6, ground: 'fail-tint', lines: 'M0,3H6M3,0V6', stroke: 'fail', strokeWidth: 1.7, opacity: 1 },
  doubtHatch: { tile: 7, ground: 'doubt-tint', lines: 'M3,0V7', stroke: 'doubt-fill', strokeWidth: 2.4, opacity: 1 },
};

export const PATTERN_NAMES: readonly PatternName[] = ['failHatch', 'failCross', 'doubtHatch'];

/** WCAG 2.x contrast of two values `#RRGGBB`, 1 to 21. Source: WCAG 2.2, "contrast ratio" and "relative luminance". */
export function contrast(a: string, b: string): number {
  const first = luminance(a);
  const second = luminance(b);
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

function luminance(value: string): number {
  const channel = (at: number): number => {
    const share = Number.parseInt(value.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
