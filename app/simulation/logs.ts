// Where the engine keeps the logs of databases: each position that is written or received goes into the trace, and what became
// of the users' writes into the fields of the users.
import type { Engine } from './engine.ts';
import { recordField } from './fields.ts';
import { commonLength, epochAt } from './history.ts';
import { REASONS } from './message.ts';
import { DatabaseSign, FIELDS, Field, USERS_ELEMENT } from './trace.ts';

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
  const user = slot < 0 ? -1 : (requests.user[slot] as number);
  const startUs = slot < 0 ? -1 : (requests.startUs[slot] as number);
  const position = writes.write(component, nowUs, request, before, user, startUs);
  if (slot >= 0 && before < 0) requests.writeRow[slot] = writes.newestRow;
  const epoch = writes.newestEpochOf(component);
  const element = plan.componentElement + component;
  sim.recorder?.log(nowUs, element, position, epoch, request);
  recordField(sim, element, Field.LogEnd, position);
  if (writes.recordOf(component) !== component) recordField(sim, element, Field.Divergent, writes.divergent(component));
  // Its user has gone: it has failed, and is stored all the same.
  if (slot < 0 && request > 0) recordWrites(sim);
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
  if (writes.recordOf(component) === component) recordRecord(sim);
  else if (writes.mayPart) recordField(sim, element, Field.Divergent, writes.divergent(component));
}

/**
 * A log is replaced by the beginning of another one. In the trace it is cut to what both have, and takes the rest as if it
 * came along a line: who looks on knows then what stands in it.
 */
export function cloneLog(sim: Engine, component: number, from: number, length: number): void {
  const { writes, nowUs, plan } = sim.world;
  const element = plan.componentElement + component;
  const common = Math.min(length, commonLength(writes.historyOf(component), writes.historyOf(from)));
  writes.forget(component, common);
  recordField(sim, element, Field.LogEnd, common);
  writes.clone(component, from, length);
  const history = writes.historyOf(component);
  for (let position = common + 1; position <= history.length; position++) {
    sim.recorder?.log(nowUs, element, position, epochAt(history, position), 0);
  }
  recordLog(sim, component);
}

/** A log was cut or replaced. */
export function recordLog(sim: Engine, component: number): void {
  const { writes, plan } = sim.world;
  recordField(sim, plan.componentElement + component, Field.LogEnd, writes.historyOf(component).length);
  recordRecord(sim);
}

/** A log was cut, or another one is the log of record: what each database has that the record has not. */
export function recordRecord(sim: Engine): void {
  const { writes, plan, fields } = sim.world;
  writes.histories.forEach((history, component) => {
    if (history === null) return;
    const element = plan.componentElement + component;
    recordField(sim, element, Field.Divergent, writes.divergent(component));
    // The one that it was before may be dead: it cannot say so itself.
    const signs = fields[element * FIELDS + Field.Signs] as number;
    if (writes.recordOf(component) !== component)
      recordField(sim, element, Field.Signs, signs & ~DatabaseSign.OfRecord);
  });
  recordWrites(sim);
}

/** The one outcome of a user's write. */
export function writeEnded(sim: Engine, slot: number, isSaved: boolean, reason: number): void {
  const { writes, requests } = sim.world;
  const row = requests.writeRow[slot] as number;
  const request = requests.id[slot] as number;
  const user = requests.user[slot] as number;
  writes.ended(row, isSaved, isAmbiguous(reason), request, user, requests.startUs[slot] as number);
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
