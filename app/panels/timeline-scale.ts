// The scales of the timeline: where its lanes stand, how many seconds a bar holds, where the ticks are, what the top means. Pure.
import { formatClock, formatDuration, type Micros, MS, SECOND } from '../foundation/micros.ts';

export interface Lane {
  readonly top: number;
  readonly bottom: number;
}

/** Where things stand, in CSS px. A lane that has no room is null. */
export interface ChartBox {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  /** Middle of the marks' lane. */
  readonly marksY: number;
  /** Where the playhead's line begins. */
  readonly lineTop: number;
  readonly answers: Lane;
  readonly latency: Lane | null;
  readonly errors: Lane | null;
  /** Where the last lane ends. */
  readonly bottom: number;
}

/** On the narrowest pages there is one chart, and the gutter's figures stand above. */
const NARROW = 760;
const [ABOVE_LANES, BELOW_LANES, BETWEEN_LANES] = [64, 20, 8];

export function boxFor(width: number, height: number): ChartBox {
  const right = width - 16;
  if (width < NARROW) {
    const bottom = height - 62;
    const answers = { top: 80, bottom };
    return { width, height, left: 28, right, marksY: 66, lineTop: 58, answers, latency: null, errors: null, bottom };
  }
  const bottom = height - BELOW_LANES;
  const lane = (bottom - ABOVE_LANES - 2 * BETWEEN_LANES) / 3.1;
  const answers = { top: ABOVE_LANES, bottom: ABOVE_LANES + 1.1 * lane };
  const latency = { top: answers.bottom + BETWEEN_LANES, bottom: answers.bottom + BETWEEN_LANES + 1.1 * lane };
  const errors = { top: latency.bottom + BETWEEN_LANES, bottom };
  return { width, height, left: 150, right, marksY: 48, lineTop: 12, answers, latency, errors, bottom };
}

const BINS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600];
/** A narrower bar is not seen. */
const LEAST_BAR_PX = 3;

/** How many seconds a bar holds when so many are shown on so many px. */
export const binSecondsFor = (spanUs: Micros, width: number): number =>
  BINS_S.find((seconds) => (seconds * SECOND * width) / spanUs >= LEAST_BAR_PX) ?? 3_600;

const TICKS_US = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 14_400].map(
  (seconds) => seconds * SECOND,
);
const LEAST_TICK_PX = 80;

/** How far the ticks of the axis are apart. */
export const tickFor = (spanUs: Micros, width: number): Micros =>
  TICKS_US.find((tick) => (tick * width) / spanUs >= LEAST_TICK_PX) ?? 28_800 * SECOND;

/** `00:40`, with tenths where ticks are closer than a second. */
export const tickWord = (us: Micros, tickUs: Micros): string =>
  tickUs < SECOND ? formatClock(us) : formatClock(us).slice(0, -2);

/** The top of a chart: a round number above the most of one second. */
export function ceilingFor(most: number): number {
  if (most <= 8) return 8;
  for (let scale = 1; ; scale *= 10) {
    for (const step of [10, 12, 16, 20, 40, 50, 60, 80]) if (most <= step * scale) return step * scale;
  }
}

/** The top of the latency chart, for the longest one shown. */
export const latencyCeilingUs = (mostUs: Micros): Micros => ceilingFor(Math.ceil(mostUs / MS)) * MS;

export const latencyWord = (us: Micros): string =>
  us >= SECOND && us % SECOND === 0 ? `${us / SECOND} s` : formatDuration(us);
