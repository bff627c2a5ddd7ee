// Random draws for a world: every stream has a name and a place in one Int32Array, so that a checkpoint is a copy of it.
import type { Micros } from '../foundation/micros.ts';
import { nextUniform, STREAM_WORDS, seedStream } from '../foundation/prng.ts';
import { type Distribution, drawTime } from './distribution.ts';

export class Draws {
  private readonly seed: number;
  private names: string[] = [];
  private state = new Int32Array(16 * STREAM_WORDS);

  constructor(seed: number) {
    this.seed = seed;
  }

  /** The stream of that name; it is seeded when it is first asked for, from the seed and the name alone. */
  stream(name: string): number {
    const known = this.names.indexOf(name);
    if (known >= 0) return known * STREAM_WORDS;
    const offset = this.names.length * STREAM_WORDS;
    if (offset === this.state.length) {
      const larger = new Int32Array(this.state.length * 2);
      larger.set(this.state);
      this.state = larger;
    }
    this.names.push(name);
    seedStream(this.state, offset, this.seed, name);
    return offset;
  }

  /** Uniform in (0, 1). */
  uniform(stream: number): number {
    return nextUniform(this.state, stream);
  }

  /**
   * A duration with the given mean and law, in whole microseconds. `variation` is the law's coefficient of variation, where
   * it has a choice (distribution.ts).
   */
  durationUs(stream: number, meanUs: number, distribution: Distribution, variation?: number): Micros {
    return Math.round(drawTime(this.state, stream, meanUs, distribution, variation));
  }

  copy(): Draws {
    const copy = new Draws(this.seed);
    copy.names = this.names.slice();
    copy.state = this.state.slice();
    return copy;
  }
}
