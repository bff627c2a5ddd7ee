// What is counted while a model of theory runs, batch by batch, and how a batch becomes the quantities of a table. Sums over
// batches give the estimate, the scatter of the batches its standard error.
const PER_OCTAVE = 2048;
const SHIFT = 9;
const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);
const OCTAVES = 40;

/** How often each duration came: 2048 buckets an octave from 1 us, straight from the bits of the number. */
export class Histogram {
  readonly counts = new Int32Array(PER_OCTAVE * OCTAVES);
  total = 0;

  record(us: number): void {
    bits[0] = us + 1;
    const at = (((words[1] as number) - 0x3ff00000) >>> SHIFT) | 0;
    this.counts[at] = (this.counts[at] as number) + 1;
    this.total++;
  }

  add(other: Histogram): void {
    for (let at = 0; at < this.counts.length; at++) {
      this.counts[at] = (this.counts[at] as number) + (other.counts[at] as number);
    }
    this.total += other.total;
  }

  clear(): void {
    this.counts.fill(0);
    this.total = 0;
  }

  /** The duration that a share of all does not exceed, in us; straight lines within a bucket. */
  quantile(share: number): number {
    const rank = share * this.total;
    let below = 0;
    for (let at = 0; at < this.counts.length; at++) {
      const here = this.counts[at] as number;
      if (below + here >= rank && here > 0) {
        const least = startOf(at);
        return least + ((startOf(at + 1) - least) * (rank - below)) / here - 1;
      }
      below += here;
    }
    return Number.NaN;
  }
}

function startOf(bucket: number): number {
  const octave = Math.floor(bucket / PER_OCTAVE);
  return 2 ** octave * (1 + (bucket % PER_OCTAVE) / PER_OCTAVE);
}

/** Sums over one station (workers that share a role, each with its own line): times in us. */
export interface StationSums {
  /** Integral of the number inside, of those that wait, of the busy workers, and the time with at least five inside. */
  inside: number;
  waiting: number;
  busy: number;
  fiveInside: number;
  /** How many had to wait, and how many were served. */
  joined: number;
  served: number;
}

export interface Batch {
  elapsedUs: number;
  ended: number;
  answered: number;
  refused: number;
  /** Reads, and those of them that were behind the primary. */
  reads: number;
  stale: number;
  latencyUs: number;
  readonly stations: readonly StationSums[];
  /** p50, p95, p99 of the answered ones, us. */
  quantilesUs: readonly number[];
}

export const QUANTILES = [0.5, 0.95, 0.99] as const;

export const emptyBatch = (stations: number): Batch => ({
  elapsedUs: 0,
  ended: 0,
  answered: 0,
  refused: 0,
  reads: 0,
  stale: 0,
  latencyUs: 0,
  stations: Array.from({ length: stations }, () => ({
    inside: 0,
    waiting: 0,
    busy: 0,
    fiveInside: 0,
    joined: 0,
    served: 0,
  })),
  quantilesUs: [],
});

/** Adds what one batch counted to another; quantiles do not add. */
export function addBatch(into: Batch, from: Batch): void {
  for (const name of ['elapsedUs', 'ended', 'answered', 'refused', 'reads', 'stale', 'latencyUs'] as const) {
    into[name] += from[name];
  }
  from.stations.forEach((sums, index) => {
    const to = into.stations[index] as StationSums;
    for (const name of Object.keys(sums) as (keyof StationSums)[]) to[name] += sums[name];
  });
}
