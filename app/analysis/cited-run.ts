// A run that a finding or a row of the blast radius was read from: what has to be played to read it again.
import type { Design } from '../design/design.ts';
import type { Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';

export interface CitedRun {
  /** What was run: null for the design as it is drawn, else a change of it that the rule tried. */
  readonly design: Design | null;
  readonly seed: number;
  readonly commands: readonly Command[];
  /** It was played from 0 to here. */
  readonly untilUs: Micros;
}
