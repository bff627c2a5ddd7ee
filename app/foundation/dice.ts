// Dice for what is drawn outside a run (random designs, schedules of faults): one numbered stream, the same on every machine.
import { exp, ln } from './exact-math.ts';
import { nextInt32, nextUniform, STREAM_WORDS, seedStream } from './prng.ts';

export class Dice {
  private readonly state = new Int32Array(STREAM_WORDS);

  constructor(seed: number, name: string) {
    seedStream(this.state, 0, seed, name);
  }

  /** In (0, 1). */
  share(): number {
    return nextUniform(this.state, 0);
  }

  /** True so often. */
  chance(share: number): boolean {
    return this.share() < share;
  }

  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.share() * (most - least + 1));
  }

  /** From `least` to `most`, each order of magnitude as likely as another; not rounded. */
  spread(least: number, most: number): number {
    return exp(ln(least) + this.share() * ln(most / least));
  }

  one<T>(list: readonly T[]): T {
    return list[this.whole(0, list.length - 1)] as T;
  }

  /** A 32-bit integer. */
  seed(): number {
    return nextInt32(this.state, 0);
  }
}
