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
  /** The durations by link, and where each link's begin; made when they are first asked for. */
  private sorted = new Float64Array(0);
  private starts = new Int32Array(0);
  private isSorted = false;
  private lengthUs = SECOND;

  /** Reads the calls that ended after `fromUs`, up to `toUs`. What follows speaks of these. */
  measure(window: TraceWindow, fromUs: Micros, toUs: Micros): void {
    const size = window.elements.count * PURPOSES;
    if (this.counts.length === size) this.counts.fill(0);
    else this.counts = new Int32Array(size);
    this.rows = 0;
    this.isSorted = false;
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
    if (!this.isSorted) this.sortByLink();
    const { starts, sorted } = this;
    let count = 0;
    for (const link of links) count += (starts[link + 1] as number) - (starts[link] as number);
    const taken = new Float64Array(count);
    count = 0;
    for (const link of links) {
      const own = sorted.subarray(starts[link], starts[link + 1]);
      taken.set(own, count);
      count += own.length;
    }
    return quantileMs(taken, share);
  }

  /** By counting: a site of hundreds of servers asks for hundreds of quantiles. */
  private sortByLink(): void {
    const elements = this.counts.length / PURPOSES;
    if (this.starts.length === elements + 1) this.starts.fill(0);
    else this.starts = new Int32Array(elements + 1);
    if (this.sorted.length < this.rows) this.sorted = new Float64Array(this.durationsUs.length);
    const { starts, sorted, links, durationsUs, rows } = this;
    for (let row = 0; row < rows; row++) starts[links[row] as number] = (starts[links[row] as number] as number) + 1;
    let total = 0;
    for (let link = 0; link <= elements; link++) {
      total += starts[link] as number;
      starts[link] = total;
    }
    for (let row = rows - 1; row >= 0; row--) {
      const at = (starts[links[row] as number] as number) - 1;
      starts[links[row] as number] = at;
      sorted[at] = durationsUs[row] as number;
    }
    this.isSorted = true;
  }
}

/** Nearest-rank quantile of durations in microseconds, as milliseconds. Puts what it is given into another order. */
export function quantileMs(durationsUs: Float64Array, share: number): number | null {
  const { length } = durationsUs;
  return length === 0 ? null : toMs(smallest(durationsUs, Math.min(length - 1, Math.ceil(share * length) - 1)));
}

/** The value that would stand at `rank` if the column were sorted: quickselect, which sorts only around it. */
function smallest(column: Float64Array, rank: number): number {
  let [low, high] = [0, column.length - 1];
  while (low < high) {
    const pivot = column[(low + high) >> 1] as number;
    let [left, right] = [low, high];
    while (left <= right) {
      while ((column[left] as number) < pivot) left++;
      while ((column[right] as number) > pivot) right--;
      if (left > right) break;
      const swapped = column[left] as number;
      column[left++] = column[right] as number;
      column[right--] = swapped;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else break;
  }
  return column[rank] as number;
}
