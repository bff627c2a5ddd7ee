// What a recount says that a sentence must say.
import type { Finding } from '../../analysis/finding.ts';
import type { Design } from '../../design/design.ts';
import type { Micros } from '../../foundation/micros.ts';
import type { PlayedRun } from './played.ts';

/** A number as the sentence must say it; or a duration that may lie between two, both counted. */
export type Expected = string | { readonly leastUs: Micros; readonly mostUs: Micros };

/** The numbers of the sentence in its order. */
export type Recount = (finding: Finding, design: Design, runs: readonly PlayedRun[]) => readonly Expected[];
