// The few icons that stand inside pictures, as path data on a grid of 24, drawn with a line of 2.
// From Lucide (ISC licence, lucide.dev), rectangles written out as paths.
import type { Shape } from './figure.ts';
import type { ColourName } from './palette.ts';

const LOCK_BODY = 'M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2Z';

const ICONS = {
  'power-off': 'M18.36 6.64A9 9 0 0 1 20.77 15M6.16 6.16a9 9 0 1 0 12.68 12.68M12 2v4M2 2l20 20',
  wrench:
    'M14.7 6.3a1 1 0 0 0 0 1.4l1.6 1.6a1 1 0 0 0 1.4 0l3.106-3.105c.32-.322.863-.22.983.218a6 6 0 0 1-8.259 7.057l-7.91 7.91a1 1 0 0 1-2.999-3l7.91-7.91a6 6 0 0 1 7.057-8.259c.438.12.54.662.219.984z',
  'lock-open': `${LOCK_BODY}M7 11V7a5 5 0 0 1 9.9-1`,
  lock: `${LOCK_BODY}M7 11V7a5 5 0 0 1 10 0v4`,
  activity:
    'M22 12h-2.48a2 2 0 0 0-1.93 1.46l-2.35 8.36a.25.25 0 0 1-.48 0L9.24 2.18a.25.25 0 0 0-.48 0l-2.35 8.36A2 2 0 0 1 4.49 12H2',
  bell: 'M10.268 21a2 2 0 0 0 3.464 0M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.738 7.326',
} as const;

export type IconName = keyof typeof ICONS;

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
