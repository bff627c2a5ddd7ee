// Where in simulated time the page looks: wall milliseconds in, simulated microseconds out. It never runs past what has been
// computed, so the clock waits for the picture and not the other way round.
import { type Micros, MS } from '../foundation/micros.ts';

/** From slow motion to fast forward: simulated time over wall time. */
export const SPEEDS: readonly number[] = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 5, 10, 30, 100];

/** A frame that comes later than this was held up (a hidden tab, a long task): the run does not jump over what nobody saw. */
const LONGEST_FRAME_MS = 250;
const STEP_US = 100 * MS;

export class Playhead {
  us: Micros = 0;
  playing = true;
  speed = 1;
  /** What is left of a microsecond, so that slow motion does not lose time. */
  private rest = 0;

  /** A frame has passed. `coveredUntilUs` is the end of what is known from here on. */
  advance(wallMs: number, coveredUntilUs: Micros): Micros {
    if (!this.playing) return this.us;
    const exact = this.us + this.rest + Math.min(wallMs, LONGEST_FRAME_MS) * MS * this.speed;
    const limit = Math.max(this.us, coveredUntilUs - 1);
    this.rest = exact >= limit ? 0 : exact - Math.floor(exact);
    this.us = Math.min(Math.floor(exact), limit);
    return this.us;
  }

  seek(us: Micros): void {
    this.us = Math.max(0, Math.round(us));
    this.rest = 0;
  }
}

/** How far one step goes: a tenth of a second, less in slow motion. */
export const stepUs = (speed: number): Micros => Math.round(STEP_US * Math.min(1, speed));

/** The next speed of the list, or the same at its end. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  if (direction > 0) return SPEEDS.find((one) => one > speed) ?? speed;
  return SPEEDS.filter((one) => one < speed).at(-1) ?? speed;
}

/** `1×`, `1/4×`, `100×`. */
export const speedWord = (speed: number): string => (speed < 1 ? `1/${Math.round(1 / speed)}×` : `${speed}×`);
