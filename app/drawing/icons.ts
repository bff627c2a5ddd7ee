// The few icons that stand inside pictures, as path data on a grid of 24, drawn with a line of 2.
// From Lucide (ISC licence, lucide.dev), rectangles written out as paths.
import type { Shape } from './figure.ts';
import type { ColourName } from './palette.ts';

const LOCK_BODY = 'M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2Z';

const WAVE = (y: number): string =>
  `M2 ${y}c.6.5 1.2 1 2.5 1C7 ${y + 1} 7 ${y - 1} 9.5 ${y - 1}c2.6 0 2.4 2 5 2 2.5 0 2.5-2 5-2 1.3 0 1.9.5 2.5 1`;

const ICONS = {
  'power-off': 'M18.36 6.64A9 9 0 0 1 20.77 15M6.16 6.16a9 9 0 1 0 12.68 12.68M12 2v4M2 2l20 20',
  hourglass:
    'M5 22h14M5 2h14M17 22v-4.172a2 2 0 0 0-.586-1.414L12 12l-4.414 4.414A2 2 0 0 0 7 17.828V22M7 2v4.172a2 2 0 0 0 .586 1.414L12 12l4.414-4.414A2 2 0 0 0 17 6.172V2',
  snail:
    'M2 13a6 6 0 1 0 12 0 4 4 0 1 0-8 0 2 2 0 0 0 4 0M2 13a8 8 0 1 0 16 0a8 8 0 1 0-16 0M2 21h12c4.4 0 8-3.6 8-8V7a2 2 0 1 0-4 0v6M18 3l1.1 2.2M22 3l-1.1 2.2',
  scissors:
    'M3 6a3 3 0 1 0 6 0a3 3 0 1 0-6 0M8.12 8.12L12 12M20 4L8.12 15.88M3 18a3 3 0 1 0 6 0a3 3 0 1 0-6 0M14.8 14.8L20 20',
  waves: `${WAVE(6)}${WAVE(12)}${WAVE(18)}`,
  /** Ours: a line with holes, and a clock's hand over it. */
  holes: 'M2 17h3M10 17h4M19 17h3M12 3v7l4 2',
  unlink:
    'm18.84 12.25 1.72-1.71h-.02a5.004 5.004 0 0 0-.12-7.07 5.006 5.006 0 0 0-6.95 0l-1.72 1.71M5.17 11.75l-1.71 1.71a5.004 5.004 0 0 0 .12 7.07 5.006 5.006 0 0 0 6.95 0l1.71-1.71M8 2v3M2 8h3M16 19v3M19 16h3',
  restart: 'M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8M21 3v5h-5',
  /** Ours: the mark of a server that drains. */
  drain: 'M4 5h16L12 19Z',
  /** Ours: up to the first place; and back into the line behind it. */
  promote: 'M12 21V9M6 14l6-6 6 6M5 3h14',
  rejoin: 'M4 7h11a5 5 0 0 1 0 10H5M9 13l-4 4 4 4',
  wrench:
    'M14.7 6.3a1 1 0 0 0 0 1.4l1.6 1.6a1 1 0 0 0 1.4 0l3.106-3.105c.32-.322.863-.22.983.218a6 6 0 0 1-8.259 7.057l-7.91 7.91a1 1 0 0 1-2.999-3l7.91-7.91a6 6 0 0 1 7.057-8.259c.438.12.54.662.219.984z',
  'lock-open': `${LOCK_BODY}M7 11V7a5 5 0 0 1 9.9-1`,
  lock: `${LOCK_BODY}M7 11V7a5 5 0 0 1 10 0v4`,
  activity:
    'M22 12h-2.48a2 2 0 0 0-1.93 1.46l-2.35 8.36a.25.25 0 0 1-.48 0L9.24 2.18a.25.25 0 0 0-.48 0l-2.35 8.36A2 2 0 0 1 4.49 12H2',
  bell: 'M10.268 21a2 2 0 0 0 3.464 0M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.738 7.326',
} as const;

export type IconName = keyof typeof ICONS;

/** The lines of an icon, on its grid of 24. */
export const iconPath = (name: IconName): string => ICONS[name];

/** An icon with its middle at x, y, `size` px wide. `strokeWidth` is in units of its grid of 24. */
export const icon = (
  name: IconName,
  x: number,
  y: number,
  size: number,
  stroke: ColourName,
  strokeWidth = 2,
): Shape => ({
  type: 'group',
  x: x - size / 2,
  y: y - size / 2,
  scale: size / 24,
  shapes: [{ type: 'path', d: ICONS[name], stroke, strokeWidth, linecap: 'round', linejoin: 'round' }],
});
