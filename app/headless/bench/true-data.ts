// The figures of "true to the real database and the real virtual IP", one measure for each row of its table of bars.
import type { Measure } from './measure.ts';
import { databaseTruth } from './true-data-database.ts';
import { vrrpRecordings } from './true-data-vrrp.ts';
import { exploredRuns } from './true-haproxy-runs.ts';

export const trueData: readonly Measure[] = [databaseTruth, vrrpRecordings, exploredRuns];
