// The figures of "true to the real HAProxy, and to theory", one measure for each row of its table of bars.
import { eventRate } from './alive-engine.ts';
import type { Measure } from './measure.ts';
import { manyRandomRuns } from './true-haproxy-explore.ts';
import { bytesInFlight, simulatedHour } from './true-haproxy-memory.ts';
import { builtInRates } from './true-haproxy-rates.ts';
import { exploredRuns } from './true-haproxy-runs.ts';
import { besideSimPy } from './true-haproxy-speed.ts';
import { redrawnRecordings, renamedRecordings } from './true-haproxy-unseen.ts';
import { truth } from './true-haproxy-verify.ts';

export const trueHaproxy: readonly Measure[] = [
  truth,
  renamedRecordings,
  redrawnRecordings,
  exploredRuns,
  manyRandomRuns,
  eventRate,
  builtInRates,
  besideSimPy,
  bytesInFlight,
  simulatedHour,
];
