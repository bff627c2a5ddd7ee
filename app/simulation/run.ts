// A run: all that is needed to repeat it exactly. Nothing else decides what happens.
import type { Design } from '../design/design.ts';
import type { Command } from './command.ts';

export interface Run {
  readonly design: Design;
  /** A 32-bit integer. */
  readonly seed: number;
  readonly commands: readonly Command[];
}
