// The figures of "true to the real database and the real virtual IP", one measure for each row of its table of bars.
import { DATA_RUNS_FROM } from './explored-runs.ts';
import { browserTests, unitTests } from './from-tests.ts';
import type { Measure } from './measure.ts';
import { databaseTruth } from './true-data-database.ts';
import { vrrpRecordings } from './true-data-vrrp.ts';
import { manyRandomRuns } from './true-haproxy-explore.ts';
import { builtInRates } from './true-haproxy-rates.ts';
import { exploredFrom } from './true-haproxy-runs.ts';

export const trueData: readonly Measure[] = [
  databaseTruth,
  vrrpRecordings,
  unitTests('recordings renamed, and drawn anew', [
    ...['app/ground-truth/database-recordings.test.ts', 'app/ground-truth/vrrp-recordings.test.ts'],
  ]),
  exploredFrom(DATA_RUNS_FROM, 'random runs with database and network faults'),
  unitTests('writes confirmed, lost, unclear: the counts are the trace', [
    ...['app/timeline/write-ledger.test.ts', 'app/state/promotion.test.ts'],
  ]),
  browserTests('axe, keyboard, touch, 390 px, both themes, data and virtual IP', [
    ...[
      'e2e/shared-address.spec.ts',
      'e2e/promotion.spec.ts',
      'e2e/promotion.touch.spec.ts',
      'e2e/lost-writes.spec.ts',
    ],
  ]),
  builtInRates,
  manyRandomRuns,
];
