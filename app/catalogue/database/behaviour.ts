// MySQL. (1) A query takes a connection, or is refused with error 1040 when none is left. (2) A read sees the version of
// the data at its start and is answered after `readMs`. (3) A write is committed after `writeMs`: the version grows by one,
// the answer and the copies for the replicas leave at the same instant. (4) A replica refuses writes with error 1290 and
// applies the copies in order, one after another (or several at once), `applyMs` each (replication.ts). (5) Data and binlog are on disk: a
// restart finds them as they were; what was in progress is lost. A client that has gone does not stop its query.
import { fromMs } from '../../foundation/micros.ts';
import type { Behaviour, CallId, Context } from '../../simulation/behaviour.ts';
import { NO_CALL } from '../../simulation/behaviour.ts';
import { Message, type MessageCode, Purpose, reasonCode } from '../../simulation/message.ts';
import { emptyRing, popCall, pushCall, type QueueRing } from '../../simulation/queue-ring.ts';
import { Field } from '../../simulation/trace.ts';
import type { DatabaseConfig } from './config.ts';
import {
  copyAnswered,
  copyFailed,
  onShippingTimer,
  type Received,
  receive,
  receiverClosed,
  type Shipping,
  ship,
  startReceived,
  startShipping,
  truePrimaryVersion,
} from './replication.ts';

/** The query of the call is done. */
const QUERY_DONE = 1;
/** The replica has applied its next copied write. Numbers from 10 on are the timers of replication.ts. */
const APPLIED = 2;

const ERROR_TOO_MANY_CONNECTIONS = 1040;
const ERROR_READ_ONLY = 1290;

const NONE = reasonCode('none');
const READ_ONLY = reasonCode('read-only');
const REFUSED = reasonCode('database-refused');
/** Another protocol than the one that is spoken here: the connection ends at once with an error. */
const NOT_UNDERSTOOD = reasonCode('status');

export interface DatabaseState {
  /** Committed writes that a read sees: one number stands for the data, since every write makes the next version. */
  version: number;
  /** Queries in progress, those that wait for a thread included. */
  busy: number;
  /** With a limit of threads: who works, and who waits. */
  working: number;
  queue: QueueRing;
  /** Copied writes that are being applied now. */
  applying: number;
  received: Received;
  shipping: Shipping;
  queryStream: number;
  applyStream: number;
}

export const databaseBehaviour: Behaviour<DatabaseConfig, DatabaseState> = {
  start(config, previous, context) {
    const version = previous === null ? 0 : previous.version;
    const state: DatabaseState = {
      version,
      busy: 0,
      working: 0,
      queue: emptyRing(),
      applying: 0,
      received: startReceived(previous === null ? 0 : previous.received.last),
      shipping: startShipping(version, previous !== null, context),
      queryStream: context.stream('query'),
      applyStream: context.stream('apply'),
    };
    context.record(Field.Capacity, config.connections);
    context.record(Field.Version, version);
    applyNext(state, config, context);
    return state;
  },

  onMessage(state, config, code, call, context) {
    const purpose = context.calls.purpose[call] as number;
    const replicates = purpose === Purpose.Copy || purpose === Purpose.Check;
    switch (code as MessageCode) {
      case Message.Query:
      case Message.BinlogEvent:
        if (!replicates) query(state, config, call, context);
        else if (receive(state.received, code, call, context)) applyNext(state, config, context);
        return;
      case Message.Closed:
        if (replicates) receiverClosed(state.received, call, context);
        return;
      case Message.Answer:
        copyAnswered(state.shipping, call, state.version, context);
        return;
      case Message.Refused:
      case Message.Reset:
        copyFailed(state.shipping, call, context);
        return;
      default:
        context.answer(call, 400, NOT_UNDERSTOOD, context.elementOf(context.self));
    }
  },

  onTimer(state, config, timer, call, data, context) {
    if (timer === QUERY_DONE) queryDone(state, config, call, context);
    else if (timer === APPLIED) applied(state, config, context);
    else onShippingTimer(state.shipping, timer, call, data, context);
  },

  onStop(_state, _config, _cause, context) {
    context.record(Field.Busy, 0);
    context.record(Field.Queue, 0);
    context.record(Field.Extra, 0);
  },

  onReconfigure(state, _before, after, context) {
    // Who is connected stays, until its query is done: till then it counts.
    context.record(Field.Capacity, Math.max(after.connections, state.busy));
    takeWaiting(state, after, context);
    applyNext(state, after, context);
  },
};

function query(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  const { calls } = context;
  const self = context.elementOf(context.self);
  const writes = calls.purpose[call] === Purpose.Write;
  if (state.busy >= config.connections) {
    context.answer(call, ERROR_TOO_MANY_CONNECTIONS, REFUSED, self);
    return;
  }
  if (writes && config.role === 'replica') {
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

function work(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  const { calls } = context;
  const writes = calls.purpose[call] === Purpose.Write;
  state.working++;
  if (!writes) noteStaleness(state, call, context);
  calls.data[call] = state.version;
  const meanUs = fromMs(writes ? config.writeMs : config.readMs);
  const durationUs = context.draws.durationUs(state.queryStream, meanUs, config.distribution, config.variation);
  context.work(durationUs, QUERY_DONE, call, 0);
}

/** Free threads take what waits, first come, first served. */
function takeWaiting(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  while (state.queue.length > 0 && (config.threads === undefined || state.working < config.threads)) {
    work(state, config, popCall(state.queue), context);
    context.record(Field.Extra, state.queue.length);
  }
}

/** Writes down by how many writes this read is behind the primary, as only somebody who sees both can know. */
function noteStaleness(state: DatabaseState, call: CallId, context: Context): void {
  const request = context.requests.of(context.calls, call);
  if (request < 0) return;
  const behind = truePrimaryVersion(state.received, context) - state.version;
  context.requests.staleBy[request] = Math.max(0, behind);
}

function queryDone(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  state.busy--;
  state.working--;
  context.record(Field.Busy, state.busy);
  context.record(Field.Capacity, Math.max(config.connections, state.busy));
  if (context.calls.purpose[call] === Purpose.Write) {
    committed(state, context);
    context.calls.data[call] = state.version;
  }
  context.answer(call, 0, NONE, -1);
  takeWaiting(state, config, context);
}

function committed(state: DatabaseState, context: Context): void {
  state.version++;
  context.record(Field.Version, state.version);
  ship(state.shipping, state.version, context);
}

/** The applier is one thread, unless more are set: the next copied write starts when the one before is visible. */
function applyNext(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  context.record(Field.Queue, Math.max(0, state.received.last - state.version));
  const threads = config.applyThreads ?? 1;
  while (state.applying < threads && state.received.last > state.version + state.applying) {
    state.applying++;
    const meanUs = fromMs(config.applyMs);
    const durationUs = context.draws.durationUs(state.applyStream, meanUs, config.distribution, config.variation);
    context.work(durationUs, APPLIED, NO_CALL, 0);
  }
}

function applied(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  state.applying--;
  committed(state, context);
  applyNext(state, config, context);
}
