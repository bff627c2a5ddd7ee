// The figures of the three-server site in the browser, one measure for each row of its table of bars.
import { brokenFiles, eventRate, seeks, svgSpeed } from './alive-engine.ts';
import { overlay } from './alive-overlay.ts';
import { accessibility, dropOfTheToken, narrowScreen, pngSpeed, seekOnThePage } from './alive-page.ts';
import { recordings } from './alive-recordings.ts';
import { sameRuns } from './alive-runs.ts';
import { bundleSizes } from './alive-sizes.ts';
import type { Measure } from './measure.ts';

export const alive: readonly Measure[] = [
  recordings,
  sameRuns,
  eventRate,
  overlay,
  dropOfTheToken,
  seeks,
  seekOnThePage,
  pngSpeed,
  svgSpeed,
  bundleSizes,
  accessibility,
  narrowScreen,
  brokenFiles,
];
