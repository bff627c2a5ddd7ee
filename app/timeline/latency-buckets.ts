// Latencies of any number of requests in little room: counts in buckets at most 1/128 of their value wide, so that a quantile
// read from them is off by less than half a percent, however many seconds are put together. Whole numbers only.
import type { Micros } from '../foundation/micros.ts';

/** Buckets of one doubling: 2 to the power of this. */
const FINE = 7;
const PER_DOUBLING = 1 << FINE;
/** Longer latencies (35 minutes) count as this long. */
const LONGEST_US = 2 ** 31 - 1;
const BUCKETS = (31 - FINE + 1) * PER_DOUBLING;
const MOST = 0xffff;

/** The bucket of a latency in microseconds. Up to 255 us every microsecond has its own. */
export function bucketOf(us: Micros): number {
  const value = Math.min(us, LONGEST_US) | 0;
  if (value < PER_DOUBLING) return Math.max(0, value);
  const doublings = 31 - Math.clz32(value) - FINE;
  return doublings * PER_DOUBLING + (value >> doublings);
}

/** The middle of a bucket, in microseconds. */
export function middleOf(bucket: number): Micros {
  if (bucket < 2 * PER_DOUBLING) return bucket;
  const doublings = Math.floor(bucket / PER_DOUBLING) - 1;
  const low = (bucket - doublings * PER_DOUBLING) * 2 ** doublings;
  return low + 2 ** doublings / 2;
}

/** Counts by bucket. Used again and again: it allocates once. */
export class LatencyTally {
  count = 0;
  private readonly counts = new Uint32Array(BUCKETS);
  private lowest = BUCKETS;
  private highest = -1;

  clear(): void {
    if (this.highest >= 0) this.counts.fill(0, this.lowest, this.highest + 1);
    [this.count, this.lowest, this.highest] = [0, BUCKETS, -1];
  }

  add(us: Micros): void {
    this.addTo(bucketOf(us), 1);
  }

  /** Adds what another tally gave as `pairs`. */
  addPairs(pairs: Uint16Array): void {
    for (let at = 0; at < pairs.length; at += 2) this.addTo(pairs[at] as number, pairs[at + 1] as number);
  }

  private addTo(bucket: number, count: number): void {
    this.counts[bucket] = (this.counts[bucket] as number) + count;
    this.count += count;
    if (bucket < this.lowest) this.lowest = bucket;
    if (bucket > this.highest) this.highest = bucket;
  }

  /** Bucket and count, bucket and count, ascending; a bucket that holds more than a column can say comes several times. */
  pairs(): Uint16Array {
    const pairs: number[] = [];
    for (let bucket = this.lowest; bucket <= this.highest; bucket++) {
      for (let left = this.counts[bucket] as number; left > 0; left -= MOST) pairs.push(bucket, Math.min(left, MOST));
    }
    return Uint16Array.from(pairs);
  }

  /** In microseconds, off by less than half a percent; null without a request. */
  meanUs(): Micros | null {
    let sum = 0;
    for (let bucket = this.lowest; bucket <= this.highest; bucket++) {
      sum += (this.counts[bucket] as number) * middleOf(bucket);
    }
    return this.count === 0 ? null : sum / this.count;
  }

  /** Nearest-rank quantile in microseconds, or null without a request. */
  quantileUs(share: number): Micros | null {
    if (this.count === 0) return null;
    let left = Math.max(1, Math.ceil(share * this.count));
    for (let bucket = this.lowest; bucket <= this.highest; bucket++) {
      left -= this.counts[bucket] as number;
      if (left <= 0) return middleOf(bucket);
    }
    return middleOf(this.highest);
  }
}
