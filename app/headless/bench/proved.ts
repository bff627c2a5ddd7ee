// The figures of issues that prove themselves, and of their fixes.
import type { Measure } from './measure.ts';
import { blastRadius } from './proved-blast.ts';
import { fixes } from './proved-fixes.ts';

export const proved: readonly Measure[] = [blastRadius, ...fixes];
