// The figures of the three-server site in the browser, one measure for each row of its table of bars.
import { brokenFiles, eventRate, seeks, svgSpeed } from './alive-engine.ts';
import { recordings } from './alive-recordings.ts';
import { sameRuns } from './alive-runs.ts';
import { bundleSizes } from './alive-sizes.ts';
import type { Measure } from './measure.ts';

export const alive: readonly Measure[] = [recordings, sameRuns, eventRate, seeks, svgSpeed, bundleSizes, brokenFiles];
