// Where the engine keeps the logs of databases: each position that is written or received goes into the trace, and what became
// of the users' writes into the fields of the users.
import type { Engine } from './engine.ts';
import { recordField } from './fields.ts';
import { REASONS } from './message.ts';
import { Field, USERS_ELEMENT } from './trace.ts';

/** Failures after which nobody knows whether the write was stored: the question was out, the answer did not come. */
const AMBIGUOUS: readonly boolean[] = REASONS.map((reason) =>
  [
    'server-timeout',
    'server-closed',
    'app-closed',
    'app-timeout',
    'database-closed',
    'database-timeout',
    'site-closed',
    'client-timeout',
  ].includes(reason),
);

export const isAmbiguous = (reason: number): boolean => AMBIGUOUS[reason] === true;

/** A database writes the next position of its log for a call, or for nobody (-1). Returns the position. */
export function writeLog(sim: Engine, component: number, call: number): number {
  const { writes, requests, calls, nowUs, plan } = sim.world;
  const slot = call < 0 ? -1 : requests.of(calls, call);
  const request = call < 0 ? 0 : (calls.requestId[call] as number);
  const before = slot < 0 ? -1 : (requests.writeRow[slot] as number);
  const position = writes.write(component, nowUs, request, slot >= 0, before);
  if (slot >= 0 && before < 0) requests.writeRow[slot] = writes.newestRow;
  const epoch = writes.newestEpochOf(component);
  const element = plan.componentElement + component;
  sim.recorder?.log(nowUs, element, position, epoch, request);
  recordField(sim, element, Field.LogEnd, position);
  if (writes.recordOf(component) !== component) recordField(sim, element, Field.Divergent, writes.divergent(component));
  return position;
}

/** A replica takes the next position into its relay log. */
export function receiveLog(sim: Engine, component: number, epoch: number, second: number): void {
  const { writes, nowUs, plan } = sim.world;
  writes.receive(component, epoch, second);
  const position = writes.historyOf(component).length;
  const element = plan.componentElement + component;
  sim.recorder?.log(nowUs, element, position, epoch, 0);
  recordField(sim, element, Field.LogEnd, position);
  if (writes.promotions > 0) recordField(sim, element, Field.Divergent, writes.divergent(component));
}

/** A log was cut or replaced. */
export function recordLog(sim: Engine, component: number): void {
  const { writes, plan } = sim.world;
  recordField(sim, plan.componentElement + component, Field.LogEnd, writes.historyOf(component).length);
  recordRecord(sim);
}

/** A log was cut, or another one is the log of record: what each database has that the record has not. */
export function recordRecord(sim: Engine): void {
  const { writes, plan } = sim.world;
  writes.histories.forEach((history, component) => {
    if (history === null) return;
    recordField(sim, plan.componentElement + component, Field.Divergent, writes.divergent(component));
  });
  recordWrites(sim);
}

/** The one outcome of a user's write. */
export function writeEnded(sim: Engine, slot: number, isSaved: boolean, reason: number): void {
  const { writes, requests } = sim.world;
  writes.ended(requests.writeRow[slot] as number, isSaved, isAmbiguous(reason));
  recordWrites(sim);
}

/** What became of the users' writes, as fields of the users. */
function recordWrites(sim: Engine): void {
  const { counts } = sim.world.writes;
  recordField(sim, USERS_ELEMENT, Field.WritesSaved, counts.saved);
  recordField(sim, USERS_ELEMENT, Field.WritesRefused, counts.refused);
  recordField(sim, USERS_ELEMENT, Field.WritesAmbiguous, counts.ambiguous);
  recordField(sim, USERS_ELEMENT, Field.WritesLost, counts.lost);
  recordField(sim, USERS_ELEMENT, Field.WritesFailedYetStored, counts.failedYetStored);
}
