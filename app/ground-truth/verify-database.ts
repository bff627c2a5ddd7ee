// Holds the simulation against one recording of the real MariaDB: builds the scenario from the recording's parameters, forms the
// same summary, and checks every entry of `expect`. Which scenario it is follows from the parameters, never from a name.

import { errorCodes, hang } from './database-clients.ts';
import { crash } from './database-crash.ts';
import { blackHole, catchUp, lag, staleReads } from './database-lag.ts';
import { failover, promoteDelayed, rejoin } from './database-promotion.ts';
import type { DatabaseRecording, Simulated } from './database-recording.ts';
import { semiFallback, semiLatency } from './database-semi.ts';
import { statements } from './database-statements.ts';
import { expectedText, judge } from './expectation.ts';
import { type Row, row } from './row.ts';

interface Scenario {
  readonly name: string;
  /** Parameters that make it this one. */
  readonly has: readonly string[];
  simulate(recording: DatabaseRecording): Simulated;
}

/** In order: the first whose parameters are all there. */
const SCENARIOS: readonly Scenario[] = [
  { name: 'crash', has: ['writers', 'condition'], simulate: (one) => crash(one.params, one.repetitions) },
  { name: 'lag', has: ['writeRate', 'seconds'], simulate: (one) => lag(one.params) },
  { name: 'stale reads', has: ['waitsMs', 'trials'], simulate: (one) => staleReads(one.params) },
  { name: 'black hole', has: ['freezeS'], simulate: (one) => blackHole(one.params) },
  { name: 'catch-up', has: ['how', 'backlogs'], simulate: (one) => catchUp(one.params) },
  { name: 'rejoin', has: ['rejoinUsing'], simulate: (one) => rejoin(one.params, one.repetitions) },
  { name: 'promote delayed', has: ['drainFirst'], simulate: (one) => promoteDelayed(one.params, one.repetitions) },
  {
    name: 'semi-sync fallback',
    has: ['timeoutMs', 'how'],
    simulate: (one) => semiFallback(one.params, one.repetitions),
  },
  { name: 'failover', has: ['intervalMs', 'failures'], simulate: (one) => failover(one.params, one.repetitions) },
  { name: 'hang', has: ['stopS'], simulate: (one) => hang(one.params, one.repetitions) },
  { name: 'semi-sync latency', has: ['relayOneWayMs', 'waitPoint'], simulate: (one) => semiLatency(one.params) },
  { name: 'read-only', has: ['readOnly'], simulate: (one) => statements(one.params, one.file) },
  { name: 'error codes', has: [], simulate: () => errorCodes() },
];

/** The family of a recording, as the summary of `npm run verify` counts them. */
export const scenarioOf = (recording: DatabaseRecording): Scenario =>
  SCENARIOS.find(({ has }) => has.every((name) => name in recording.params)) as Scenario;

export function verifyDatabase(recording: DatabaseRecording): readonly Row[] {
  const simulated = scenarioOf(recording).simulate(recording);
  return recording.expect.map((entry) => {
    const judged = judge(entry, simulated);
    const what = entry.op === undefined ? entry.what : `${entry.what} ${opText(entry.op)}`;
    return row(what, expectedText(entry), short(judged.simulated), judged.reason);
  });
}

const opText = (op: unknown): string =>
  typeof op === 'object' && op !== null ? Object.values(op).join(' ') : String(op);

const MOST_TEXT = 60;
const short = (text: string): string => (text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)} ...` : text);
