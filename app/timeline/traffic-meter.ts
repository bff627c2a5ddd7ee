// Rates and latencies over a stretch of the trace: how many calls each link carried, and how long the callee took for them.
import type { Micros } from '../foundation/micros.ts';
import { SECOND, toMs } from '../foundation/micros.ts';
import { Purpose } from '../simulation/message.ts';
import type { TraceWindow } from './trace-window.ts';

/** One more than the greatest code of `Purpose`. */
const PURPOSES = 7;

export class TrafficMeter {
  private counts = new Int32Array(0);
  private durationsUs = new Float64Array(1024);
  private links = new Int32Array(1024);
  private rows = 0;
  private lengthUs = SECOND;

  /** Reads the calls that ended after `fromUs`, up to `toUs`. What follows speaks of these. */
  measure(window: TraceWindow, fromUs: Micros, toUs: Micros): void {
    const size = window.elements.count * PURPOSES;
    if (this.counts.length === size) this.counts.fill(0);
    else this.counts = new Int32Array(size);
    this.rows = 0;
    this.lengthUs = Math.max(1, toUs - fromUs);
    window.forEachSpan(fromUs, toUs, (endUs, arrivedUs, link, purpose) => {
      const slot = link * PURPOSES + purpose;
      this.counts[slot] = (this.counts[slot] as number) + 1;
      if (purpose <= Purpose.Static) this.add(link, endUs - arrivedUs);
    });
  }

  private add(link: number, durationUs: number): void {
    if (this.rows === this.links.length) {
      const [links, durations] = [new Int32Array(this.rows * 2), new Float64Array(this.rows * 2)];
      links.set(this.links);
      durations.set(this.durationsUs);
      [this.links, this.durationsUs] = [links, durations];
    }
    this.links[this.rows] = link;
    this.durationsUs[this.rows] = durationUs;
    this.rows++;
  }

  /** Calls a second on these links (element indices) for these purposes. */
  perSecond(links: readonly number[], ...purposes: readonly number[]): number {
    let count = 0;
    for (const link of links) for (const purpose of purposes) count += this.counts[link * PURPOSES + purpose] ?? 0;
    return (count * SECOND) / this.lengthUs;
  }

  /** Nearest-rank quantile of how long the callee took, in milliseconds; null without a call. Checks and copies do not count. */
  quantileMs(links: readonly number[], share: number): number | null {
    const taken: number[] = [];
    for (let row = 0; row < this.rows; row++) {
      if (links.includes(this.links[row] as number)) taken.push(this.durationsUs[row] as number);
    }
    return quantileMs(Float64Array.from(taken), share);
  }
}

/** Nearest-rank quantile of durations in microseconds, as milliseconds. Sorts what it is given. */
export function quantileMs(durationsUs: Float64Array, share: number): number | null {
  if (durationsUs.length === 0) return null;
  durationsUs.sort();
  return toMs(durationsUs[Math.min(durationsUs.length - 1, Math.ceil(share * durationsUs.length) - 1)] as number);
}
