// Small charts of outcomes, for the rows of a table: requests a second by how they ended, and one bar of what was served.
// The fills are those of every chart: plain right away, hatched on another try, cross-hatched failed.
import type { Size } from '../design/design.ts';
import type { Shape } from './figure.ts';
import { number } from './link-path.ts';
import { issuePin, type Severity } from './marks.ts';

/** Of a curve in a row. */
export const CURVE_SIZE: Size = { width: 160, height: 36 };

/** Requests of one second. */
export interface OutcomeSecond {
  readonly answered: number;
  readonly retried: number;
  readonly failed: number;
}

export interface OutcomeCurve {
  readonly seconds: readonly OutcomeSecond[];
  /** Seconds from the start of the curve until the fault. */
  readonly faultS: number;
  /** Requests a second at the top; the same for curves that are compared. */
  readonly ceiling: number;
}

/** Steps of one second, stacked: answered, on another try, failed; an upright line where the fault begins. */
export function outcomeCurve({ seconds, faultS, ceiling }: OutcomeCurve, { width, height }: Size): readonly Shape[] {
  const base = height - 1;
  const step = width / Math.max(1, seconds.length);
  const y = (count: number): number => base - (count / Math.max(1, ceiling)) * (base - 2);
  const band = (from: (one: OutcomeSecond) => number, to: (one: OutcomeSecond) => number): string =>
    seconds
      .map((one, index) => [one, index] as const)
      .filter(([one]) => to(one) > from(one))
      .map(([one, index]) => {
        const [x, top, low] = [number(index * step), number(y(to(one))), number(y(from(one)))];
        return `M${x},${low}V${top}H${number((index + 1) * step)}V${low}Z`;
      })
      .join('');
  const answered = (one: OutcomeSecond) => one.answered;
  const served = (one: OutcomeSecond) => one.answered + one.retried;
  const all = (one: OutcomeSecond) => served(one) + one.failed;
  const faultX = number(faultS * step);
  return [
    { type: 'path', d: band(() => 0, answered), fill: 'work-tint' },
    { type: 'path', d: band(answered, served), pattern: 'doubtHatch' },
    { type: 'path', d: band(served, all), pattern: 'failCross' },
    { type: 'path', d: topLine(seconds.map(answered), step, y), stroke: 'work', strokeWidth: 1.5 },
    { type: 'path', d: `M0,${number(base + 0.5)}H${number(width)}`, stroke: 'link', strokeWidth: 1 },
    { type: 'path', d: `M${faultX},0V${number(base)}`, stroke: 'fail', strokeWidth: 1.6 },
  ];
}

function topLine(counts: readonly number[], step: number, y: (count: number) => number): string {
  return counts
    .map((count, index) => `${index === 0 ? 'M0,' : 'V'}${number(y(count))}H${number((index + 1) * step)}`)
    .join('');
}

/** Served, and the rest cross-hatched; an empty frame where nothing was asked for. */
export function servedBar(served: number, all: number, { width, height }: Size): readonly Shape[] {
  const filled = all === 0 ? 0 : (served / all) * width;
  const frame: Shape = { type: 'rect', x: 0.5, y: 0.5, width: width - 1, height: height - 1, stroke: 'rule' };
  if (all === 0) return [frame];
  return [
    frame,
    { type: 'rect', x: 0, y: 0, width: filled, height, fill: 'work' },
    ...(served < all
      ? [{ type: 'rect', x: filled, y: 0, width: width - filled, height, pattern: 'failCross' } as const]
      : []),
  ];
}

/**
 * What a fault came to: filled as a critical or a high issue where requests fail for good, a hollow diamond where that is over by
 * itself, a ring where none failed. About 20 px, its middle at x, y.
 */
export function verdictMark(shape: Severity | 'none', x: number, y: number): Shape {
  if (shape === 'none') return { type: 'circle', x, y, r: 7, stroke: 'ink', strokeWidth: 2 };
  const isForGood = shape === 'critical' || shape === 'high';
  return issuePin(x, y, '', shape, isForGood, 0.8);
}
