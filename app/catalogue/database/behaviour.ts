// MariaDB, or MySQL. (1) A query takes a connection, or is refused with error 1040 when none is left. (2) A read sees the
// positions of the log that are committed at its start and is answered after `readMs`. (3) A write is in the binlog after
// `writeMs`; from there on semi-sync.ts says when others see it and when its client is answered. (4) A database that is
// read_only refuses writes with error 1290; its applier is exempt. (5) Receivers connect to the database that they follow
// (channel.ts), which sends them its log (shipping.ts). (6) Log and data are on disk: a restart finds them as they were, less
// what settings that are not durable had not written yet. A write that was in the binlog is committed at the restart, whether
// its client was told or not. A client that has gone does not stop its query.
import { fromMs, SECOND } from '../../foundation/micros.ts';
import type { Behaviour, CallId, Context, StopCause } from '../../simulation/behaviour.ts';
import { NO_CALL } from '../../simulation/behaviour.ts';
import { Message, type MessageCode, Purpose, reasonCode } from '../../simulation/message.ts';
import { emptyRing, popCall, pushCall } from '../../simulation/queue-ring.ts';
import { Field } from '../../simulation/trace.ts';
import { onAdmin } from './admin.ts';
import {
  applied,
  applyNext,
  connect,
  connectionLost,
  connectionRefused,
  receive,
  silence,
  startChannel,
} from './channel.ts';
import { type DatabaseConfig, SLAVE_NET_TIMEOUT_S } from './config.ts';
import { onFenced, onProbe, onProbeLimit, probeEnded, startWatching } from './monitor.ts';
import { continuePromotion, promoted } from './promotion.ts';
import { ERROR_READ_ONLY, EXEMPT, EXEMPT_SESSION, refusalOf, SESSION } from './read-only.ts';
import {
  acknowledged,
  engineDone,
  enterLog,
  fallBack,
  isSet,
  leaves,
  startSemiSync,
  waitedTooLong,
} from './semi-sync.ts';
import { heartbeats, receiverAsks, receiverLeft, receivers, resume, ship, startShipping } from './shipping.ts';
import { recordSigns } from './signs.ts';
import { type DatabaseState, Timer } from './state.ts';

const ERROR_TOO_MANY_CONNECTIONS = 1040;

const NONE = reasonCode('none');
const READ_ONLY = reasonCode('read-only');
const REFUSED = reasonCode('database-refused');
/** Another protocol than the one that is spoken here: the connection ends at once with an error. */
const NOT_UNDERSTOOD = reasonCode('status');

export const databaseBehaviour: Behaviour<DatabaseConfig, DatabaseState> = {
  keepsLog: true,

  start(config, previous, context) {
    const state = previous === null ? firstStart(config, context) : restart(previous, config, context);
    context.record(Field.Capacity, config.connections);
    context.record(Field.Version, state.version);
    connect(state, config, context);
    armHeartbeat(state, config, context);
    startWatching(state, config, context);
    applyNext(state, config, context);
    recordSigns(state, config, context);
    return state;
  },

  onMessage(state, config, code, call, context) {
    const purpose = context.calls.purpose[call] as number;
    switch (code as MessageCode) {
      case Message.Query:
        if (purpose !== Purpose.Check) query(state, config, call, context);
        else if (receiverAsks(state, call, isSet(config), context)) caughtUp(state, config, call, context);
        break;
      case Message.BinlogEvent:
        receive(state, config, call, context);
        break;
      case Message.HealthCheck:
        context.answer(call, 0, NONE, -1);
        return;
      case Message.Closed:
        if (purpose === Purpose.Check) receiverGone(state, config, call, context);
        else if (purpose === Purpose.Copy) context.drop(call);
        else return;
        break;
      case Message.Answer:
      case Message.Refused:
      case Message.Reset:
        answerHere(state, config, code, call, context);
        break;
      default:
        context.answer(call, 400, NOT_UNDERSTOOD, context.elementOf(context.self));
        return;
    }
    if (purpose === Purpose.Check || purpose === Purpose.Copy) recordSigns(state, config, context);
  },

  onTimer(state, config, timer, call, data, context) {
    const { on } = state.semi;
    switch (timer) {
      case Timer.QueryDone:
        queryDone(state, config, call, context);
        if (on === state.semi.on) return;
        break;
      case Timer.Committed:
        engineDone(state, config, call, data, context);
        takeWaiting(state, config, context);
        if (on === state.semi.on) return;
        break;
      case Timer.Applied:
        applied(state, config, data, context);
        ship(state, isSet(config), context);
        continuePromotion(state, context);
        return;
      case Timer.SemiTimeout:
        if (waitedTooLong(state, config, call, context)) takeWaiting(state, config, context);
        break;
      case Timer.Resume:
        resume(state, data, isSet(config), context);
        return;
      default:
        onReplicationTimer(state, config, timer, call, data, context);
    }
    recordSigns(state, config, context);
  },

  onStop(state, config, cause, context) {
    context.record(Field.Busy, 0);
    context.record(Field.Queue, 0);
    context.record(Field.Extra, 0);
    loseUnflushed(state, config, cause, context);
    recordSigns(state, config, context);
  },

  onReconfigure(state, before, after, context) {
    // Who is connected stays, until its query is done: till then it counts.
    context.record(Field.Capacity, Math.max(after.connections, state.busy));
    if (before.role !== after.role) changeRole(state, after, context);
    if (isSet(before) !== isSet(after)) {
      if (isSet(after)) state.semi.on = true;
      else fallBack(state, after, context);
    }
    startWatching(state, after, context);
    takeWaiting(state, after, context);
    applyNext(state, after, context);
    recordSigns(state, after, context);
  },

  onAdmin(state, config, words, context) {
    onAdmin(state, config, words, context);
    takeWaiting(state, config, context);
    recordSigns(state, config, context);
  },
};

// ---- start and stop -----------------------------------------------------------------------------------------------------

function freshState(config: DatabaseConfig, context: Context): DatabaseState {
  return {
    version: 0,
    readOnly: config.role === 'replica',
    role: config.role,
    promoting: false,
    busy: 0,
    working: 0,
    queue: emptyRing(),
    copies: 0,
    committedUs: 0,
    flushedLength: 0,
    flushedSecond: -1,
    shipping: startShipping(context),
    channel: startChannel(-1),
    semi: startSemiSync(config),
    watching: { failures: 0, probe: NO_CALL, probedUs: 0, decided: false, armed: false },
    queryStream: context.stream('query'),
    applyStream: context.stream('apply'),
    commitStream: context.stream('commit'),
  };
}

/** A replica follows the database from which a link leads to it. */
function firstStart(config: DatabaseConfig, context: Context): DatabaseState {
  const state = freshState(config, context);
  if (config.role === 'replica') state.channel = startChannel(followed(state, context));
  else context.makeRecord(true);
  return state;
}

const followed = (state: DatabaseState, context: Context): number => {
  const incoming = context.incoming().find((link) => link.peerKind === 'database');
  return incoming === undefined ? -1 : state.shipping.links.indexOf(incoming.index);
};

/** What was on disk is there again. */
function restart(previous: DatabaseState, config: DatabaseConfig, context: Context): DatabaseState {
  const { channel } = previous;
  if (channel.source < 0) {
    if (config.initRplRole === 'SLAVE' && isSet(config)) context.forgetLog(previous.version);
  }
  const { length } = context.writes.historyOf(context.self);
  return {
    ...freshState(config, context),
    // A primary's recovery commits what is in its binlog; a replica goes on applying where it was.
    version: channel.source < 0 ? length : Math.min(previous.version, length),
    // A change of the setting while it was down holds from now on.
    readOnly: previous.role === config.role ? previous.readOnly : config.role === 'replica',
    flushedLength: length,
    channel: {
      ...startChannel(channel.source),
      fromStart: channel.fromStart,
      sqlError: channel.sqlError,
      applies: channel.source >= 0 && channel.sqlError === 0,
    },
  };
}

/** Settings that are not durable lose what the last second wrote: with a dead process, or only with a dead host. */
function loseUnflushed(state: DatabaseState, config: DatabaseConfig, cause: StopCause, context: Context): void {
  const flush = config.innodbFlushLogAtTrxCommit ?? 1;
  const isLost = flush === 0 || (cause === 'powered-off' && (flush === 2 || (config.syncBinlog ?? 1) !== 1));
  if (!isLost || state.channel.source >= 0) return;
  const isThisSecond = state.flushedSecond === Math.floor(context.nowUs / SECOND);
  if (isThisSecond) context.forgetLog(state.flushedLength);
  state.version = Math.min(state.version, context.writes.historyOf(context.self).length);
}

function changeRole(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  state.role = config.role;
  state.readOnly = config.role === 'replica';
  if (!state.readOnly) promoted(state, context);
  else if (state.channel.source < 0) {
    state.channel = startChannel(followed(state, context), state.channel);
    connect(state, config, context);
  }
}

function armHeartbeat({ shipping }: DatabaseState, config: DatabaseConfig, context: Context): void {
  if (shipping.links.length === 0) return;
  context.timeout(((config.slaveNetTimeoutS ?? SLAVE_NET_TIMEOUT_S) * SECOND) / 4, Timer.Heartbeat, NO_CALL, 0);
}

// ---- queries --------------------------------------------------------------------------------------------------------------

function query(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  const self = context.elementOf(context.self);
  if (state.busy >= config.connections) {
    context.answer(call, ERROR_TOO_MANY_CONNECTIONS, REFUSED, self);
    return;
  }
  if (isRefused(state, call, context)) {
    context.answer(call, ERROR_READ_ONLY, READ_ONLY, self);
    return;
  }
  state.busy++;
  context.record(Field.Busy, state.busy);
  if (config.threads !== undefined && state.working >= config.threads) {
    pushCall(state.queue, call);
    context.record(Field.Extra, state.queue.length);
  } else work(state, config, call, context);
}

/** Accounts of applications have no exemption; a client of the recordings may have one. */
function isRefused(state: DatabaseState, call: CallId, context: Context): boolean {
  const { calls } = context;
  if (calls.purpose[call] !== Purpose.Write) return false;
  const session = calls.callerB[call] === EXEMPT ? EXEMPT_SESSION : SESSION;
  return refusalOf('write', session, state.readOnly) !== null;
}

function work(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  const { calls } = context;
  const writes = calls.purpose[call] === Purpose.Write;
  state.working++;
  calls.beganUs[call] = context.nowUs;
  if (!writes) noteStaleness(state, call, context);
  calls.data[call] = state.version;
  const meanUs = fromMs(writes ? config.writeMs : config.readMs);
  const durationUs = context.draws.durationUs(state.queryStream, meanUs, config.distribution, config.variation);
  context.work(durationUs, Timer.QueryDone, call, 0);
}

/** Free threads take what waits, first come, first served. */
function takeWaiting(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  while (state.queue.length > 0 && (config.threads === undefined || state.working < config.threads)) {
    work(state, config, popCall(state.queue), context);
    context.record(Field.Extra, state.queue.length);
  }
}

/** Writes down by how many writes this read is behind the log of record, as only somebody who sees both can know. */
function noteStaleness(state: DatabaseState, call: CallId, context: Context): void {
  const request = context.requests.of(context.calls, call);
  const record = context.writes.recordOf(context.self);
  if (request < 0 || record < 0 || record === context.self) return;
  const behind = context.visibleVersion(record) - state.version;
  context.requests.staleBy[request] = Math.max(0, behind);
}

function queryDone(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  const writes = context.calls.purpose[call] === Purpose.Write;
  if (writes && !isRefused(state, call, context)) enterLog(state, config, call, context);
  else {
    leaves(state, config, context);
    // Set read_only meanwhile: the commit of an open write fails.
    if (writes) context.answer(call, ERROR_READ_ONLY, READ_ONLY, context.elementOf(context.self));
    else context.answer(call, 0, NONE, -1);
  }
  takeWaiting(state, config, context);
}

// ---- replication ----------------------------------------------------------------------------------------------------------

/** A receiver that has everything when it connects counts as an acknowledgement. */
function caughtUp(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  const entry = state.shipping.connection.indexOf(call);
  if (!isSet(config) || entry < 0) return;
  acknowledged(state, config, entry, state.shipping.acked[entry] as number, context);
  takeWaiting(state, config, context);
}

function receiverGone(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  const entry = state.shipping.connection.indexOf(call);
  if (entry < 0) {
    context.drop(call);
    return;
  }
  receiverLeft(state.shipping, entry, context);
  if (!state.semi.on || config.rplSemiSyncMasterWaitNoSlave !== false || receivers(state.shipping) > 0) return;
  fallBack(state, config, context);
  takeWaiting(state, config, context);
}

/** Something came back for a call that this database made: a copy is acknowledged, a connection or a probe ended. */
function answerHere(state: DatabaseState, config: DatabaseConfig, code: number, call: CallId, context: Context): void {
  const { calls } = context;
  if (calls.purpose[call] === Purpose.Copy) {
    const entry = state.shipping.links.indexOf(calls.link[call] as number);
    if (code === Message.Answer) acknowledged(state, config, entry, calls.data[call] as number, context);
    takeWaiting(state, config, context);
  } else if (call === state.watching.probe) probeEnded(state, config, code === Message.Answer, context);
  else if (code === Message.Answer) connectionRefused(state, call, context);
  else connectionLost(state, config, call, context);
}

function onReplicationTimer(
  state: DatabaseState,
  config: DatabaseConfig,
  timer: number,
  call: CallId,
  data: number,
  context: Context,
): void {
  const isCurrent = data === state.channel.turn;
  switch (timer) {
    case Timer.Connect:
      if (isCurrent) connect(state, config, context);
      return;
    case Timer.Silence:
      if (isCurrent) silence(state, config, context);
      return;
    case Timer.DelayOver:
      state.channel.sleeping = false;
      applyNext(state, config, context);
      return;
    case Timer.Heartbeat:
      heartbeats(state, config.slaveNetTimeoutS ?? SLAVE_NET_TIMEOUT_S, context);
      armHeartbeat(state, config, context);
      return;
    case Timer.Promoted:
      promoted(state, context);
      return;
    case Timer.Probe:
      onProbe(state, config, context);
      return;
    case Timer.ProbeLimit:
      onProbeLimit(state, config, call, context);
      return;
    case Timer.Fenced:
      onFenced(state, context);
      return;
  }
}
