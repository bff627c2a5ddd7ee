// From the binlog to the client's answer, with or without semi-synchronous replication. Off (or fallen back): binlog, engine
// commit, answer. AFTER_COMMIT: binlog, engine commit (others see it now), wait for an acknowledgement, answer; every writer
// waits on its own. AFTER_SYNC: binlog, wait, engine commit, answer; writers wait in groups, of which at most two are in the
// binlog without an acknowledgement, and the others wait before it. A write that has waited for the timeout ends the waiting
// for all: it falls back, and comes back when a replica has everything.
import { fromMs } from '../../foundation/micros.ts';
import type { CallId, Context } from '../../simulation/behaviour.ts';
import { reasonCode } from '../../simulation/message.ts';
import { emptyRing, popCall, pushCall } from '../../simulation/queue-ring.ts';
import { Field } from '../../simulation/trace.ts';
import { type DatabaseConfig, SEMI_SYNC_TIMEOUT_MS } from './config.ts';
import { receivers, ship } from './shipping.ts';
import { type DatabaseState, type SemiSync, Timer } from './state.ts';

const NONE = reasonCode('none');
const CLOSED = reasonCode('database-closed');
const ERROR_SERVER_SHUTDOWN = 1053;
/** What a call's `calleeA` says: it waits for an acknowledgement, before the engine commits it or after. */
const WAITS_BEFORE_COMMIT = 1;
const WAITS_AFTER_COMMIT = 2;
const MOST_GROUPS = 2;

export const startSemiSync = (config: DatabaseConfig): SemiSync => ({
  on: config.rplSemiSyncMasterEnabled === true,
  waiting: emptyRing(),
  entering: emptyRing(),
  groups: [],
  unacknowledged: 0,
});

export const isSet = (config: DatabaseConfig): boolean => config.rplSemiSyncMasterEnabled === true;
const isAfterSync = (config: DatabaseConfig): boolean => config.rplSemiSyncMasterWaitPoint === 'AFTER_SYNC';

/** The write's own work is done: it goes into the binlog, now or after those before it. */
export function enterLog(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  const { semi } = state;
  if (!(semi.on && isAfterSync(config))) {
    writeBinlog(state, call, context);
    ship(state, isSet(config), context);
    engineCommit(state, config, call, context);
    return;
  }
  pushCall(semi.entering, call);
  formGroups(state, config, context);
}

function writeBinlog(state: DatabaseState, call: CallId, context: Context): void {
  const second = Math.floor(context.nowUs / 1_000_000);
  if (second !== state.flushedSecond) {
    state.flushedSecond = second;
    state.flushedLength = context.writes.historyOf(context.self).length;
  }
  context.calls.data[call] = context.writeLog(call);
}

/** AFTER_SYNC: as long as fewer than two groups wait, all who wait before the binlog form the next one. */
function formGroups(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  const { semi } = state;
  while (semi.on && semi.entering.length > 0 && semi.groups.length < MOST_GROUPS) {
    while (semi.entering.length > 0) {
      const call = popCall(semi.entering);
      writeBinlog(state, call, context);
      wait(semi, config, call, WAITS_BEFORE_COMMIT, context);
    }
    semi.groups.push(context.writes.historyOf(context.self).length);
    ship(state, true, context);
  }
  if (semi.on) return;
  while (semi.entering.length > 0) enterLog(state, config, popCall(semi.entering), context);
}

function wait(semi: SemiSync, config: DatabaseConfig, call: CallId, where: number, context: Context): void {
  pushCall(semi.waiting, call);
  context.calls.calleeA[call] = where;
  const limitUs = fromMs(config.rplSemiSyncMasterTimeoutMs ?? SEMI_SYNC_TIMEOUT_MS);
  context.timeout(limitUs, Timer.SemiTimeout, call, 0);
}

/** The engine commits in the order of the log. */
function engineCommit(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  if (config.commitMs === undefined || config.commitMs === 0) {
    committed(state, config, call, context);
    return;
  }
  const meanUs = fromMs(config.commitMs);
  const drawnUs = context.draws.durationUs(state.commitStream, meanUs, config.distribution, config.variation);
  state.committedUs = Math.max(state.committedUs, context.nowUs + drawnUs);
  context.work(state.committedUs - context.nowUs, Timer.Committed, call, state.copies);
}

/** The engine is done with a write whose commit began under `copies`: it is lost when the data have been replaced meanwhile. */
export function engineDone(
  state: DatabaseState,
  config: DatabaseConfig,
  call: CallId,
  copies: number,
  context: Context,
): void {
  if (copies === state.copies) committed(state, config, call, context);
  else shutDown(state, config, call, context);
}

/** Others see the write now. */
function committed(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  const position = context.calls.data[call] as number;
  if (position > state.version) {
    state.version = position;
    context.record(Field.Version, position);
  }
  const { semi, shipping } = state;
  const isAcked = ackedPosition(state) >= position;
  if (semi.on && !isAfterSync(config) && !isAcked) {
    wait(semi, config, call, WAITS_AFTER_COMMIT, context);
    if (config.rplSemiSyncMasterWaitNoSlave === false && receivers(shipping) === 0) fallBack(state, config, context);
  } else answered(state, config, call, isAcked, context);
}

function answered(
  state: DatabaseState,
  config: DatabaseConfig,
  call: CallId,
  isAcked: boolean,
  context: Context,
): void {
  if (isSet(config) && !isAcked) state.semi.unacknowledged++;
  leaves(state, config, context);
  context.answer(call, 0, NONE, -1);
}

/** A query is over: its connection and its thread are free. */
export function leaves(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  state.busy--;
  state.working--;
  context.record(Field.Busy, state.busy);
  context.record(Field.Capacity, Math.max(config.connections, state.busy));
}

function shutDown(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  leaves(state, config, context);
  context.answer(call, ERROR_SERVER_SHUTDOWN, CLOSED, context.elementOf(context.self));
}

/**
 * The data are replaced, for which a server is shut down: writes that wait here, for the binlog or for an acknowledgement, end
 * with error 1053, and so will those that the engine has in its hands (`engineDone`). Whether they were kept, no client knows.
 */
export function endUnderWay(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  const { semi } = state;
  state.copies++;
  state.committedUs = context.nowUs;
  semi.groups.length = 0;
  for (const ring of [semi.entering, semi.waiting]) {
    while (ring.length > 0) {
      const call = popCall(ring);
      context.calls.calleeA[call] = 0;
      shutDown(state, config, call, context);
    }
  }
}

const ackedPosition = ({ shipping }: DatabaseState): number => {
  let acked = 0;
  for (const one of shipping.acked) acked = Math.max(acked, one);
  return acked;
};

/** A replica has everything up to `position` in its relay log. */
export function acknowledged(
  state: DatabaseState,
  config: DatabaseConfig,
  entry: number,
  position: number,
  context: Context,
): void {
  const { semi, shipping } = state;
  shipping.acked[entry] = Math.max(shipping.acked[entry] as number, position);
  const acked = ackedPosition(state);
  if (semi.on) {
    release(state, config, acked, context);
    while (semi.groups.length > 0 && (semi.groups[0] as number) <= acked) semi.groups.shift();
    formGroups(state, config, context);
  } else if (isSet(config) && acked >= context.writes.historyOf(context.self).length) semi.on = true;
}

/** Those who wait for a position up to this one go on. A group of AFTER_SYNC goes on as one. */
function release(state: DatabaseState, config: DatabaseConfig, acked: number, context: Context): void {
  const { semi } = state;
  const { calls } = context;
  const whole = lastWhole(semi, acked);
  while (semi.waiting.length > 0) {
    const call = semi.waiting.calls[semi.waiting.head] as CallId;
    const reached = calls.calleeA[call] === WAITS_BEFORE_COMMIT ? whole : acked;
    if ((calls.data[call] as number) > reached) return;
    popCall(semi.waiting);
    goOn(state, config, call, true, context);
  }
}

/** Last position of the groups that are acknowledged as a whole. */
function lastWhole(semi: SemiSync, acked: number): number {
  let last = 0;
  for (const end of semi.groups) if (end <= acked) last = end;
  return last;
}

/** From where it waits: the setting may have changed meanwhile. */
function goOn(state: DatabaseState, config: DatabaseConfig, call: CallId, isAcked: boolean, context: Context): void {
  const where = context.calls.calleeA[call];
  context.calls.calleeA[call] = 0;
  if (where === WAITS_BEFORE_COMMIT) engineCommit(state, config, call, context);
  else answered(state, config, call, isAcked, context);
}

/** The write has waited for the timeout: if it still does, all go on and nobody waits any more. */
export function waitedTooLong(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): boolean {
  if (context.calls.calleeA[call] === 0) return false;
  fallBack(state, config, context);
  return true;
}

export function fallBack(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  const { semi } = state;
  semi.on = false;
  semi.groups.length = 0;
  while (semi.waiting.length > 0) goOn(state, config, popCall(semi.waiting), false, context);
  formGroups(state, config, context);
}
