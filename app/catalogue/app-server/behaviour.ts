// An application server with `workers` slots. (1) A request takes a free worker or waits in one queue, first come, first
// served; a full backlog answers 503. (2) The worker works for the service time. (3) A page that reads or writes then asks a
// database (read-route.ts says which) and holds its worker while it waits. (4) The answer of the database becomes 200, its
// failure a 500 that names the database. (5) A client that has gone changes nothing: an application sees that only when it
// writes its answer, so the work goes on to its end and the worker stays taken. That waste is real, and part of every overload.
import { fromMs } from '../../foundation/micros.ts';
import type { Behaviour, CallId, Context } from '../../simulation/behaviour.ts';
import { ARRIVED } from '../../simulation/calls.ts';
import {
  CheckPage,
  Message,
  type MessageCode,
  Purpose,
  type PurposeCode,
  reasonCode,
} from '../../simulation/message.ts';
import { emptyRing, popCall, pushCall, type QueueRing } from '../../simulation/queue-ring.ts';
import { Field } from '../../simulation/trace.ts';
import type { AppServerConfig } from './config.ts';
import {
  chooseForCheck,
  chooseRead,
  chooseWrite,
  otherRead,
  type ReadRoute,
  skipDatabase,
  startRoute,
} from './read-route.ts';

const SERVED = 1;
/** The database may have kept a worker waiting too long: for the connection, then for the answer. */
const DATABASE_WAIT = 2;

/** Connections that wait for a worker at most, when nothing is set; the usual `backlog` of application servers. */
export const BACKLOG = 2048;

const NONE = reasonCode('none');
const OVERLOADED = reasonCode('overloaded');
const DATABASE_REFUSED = reasonCode('database-refused');
const DATABASE_CLOSED = reasonCode('database-closed');
const DATABASE_TIMEOUT = reasonCode('database-timeout');
const DATABASE_UNREACHABLE = reasonCode('database-unreachable');
/** What a call's `calleeB` says of it here: it waits in the queue, or it goes on without a worker. */
const WAITS = 1;
const FREED = 2;
/** Another protocol than the one that is spoken here: the connection ends at once with an error. */
const NOT_UNDERSTOOD = reasonCode('status');

export interface AppServerState {
  busy: number;
  queue: QueueRing;
  /** Of those in the queue: whose user has left, and who will be passed over. */
  left: number;
  route: ReadRoute;
  /** Random stream of the service times. */
  service: number;
}

export const appServerBehaviour: Behaviour<AppServerConfig, AppServerState> = {
  start(config, _previous, context) {
    context.record(Field.Capacity, config.workers);
    return { busy: 0, queue: emptyRing(), left: 0, route: startRoute(context), service: context.stream('service') };
  },

  onMessage(state, config, code, call, context) {
    switch (code as MessageCode) {
      case Message.HttpRequest:
      case Message.HealthCheck:
        accept(state, config, call, context);
        return;
      case Message.Closed:
        userLeft(state, config, call, context);
        return;
      case Message.Answer:
        databaseAnswered(state, config, call, context);
        return;
      case Message.Refused:
        databaseFailed(state, config, call, DATABASE_REFUSED, context);
        return;
      case Message.Reset:
        finishQuery(state, config, call, 500, DATABASE_CLOSED, databaseOf(call, context), context);
        return;
      default:
        context.answer(call, 400, NOT_UNDERSTOOD, context.elementOf(context.self));
    }
  },

  onTimer(state, config, timer, call, _data, context) {
    if (timer === SERVED) served(state, config, call, context);
    else databaseWait(state, config, call, context);
  },

  onStop(_state, _config, _cause, context) {
    context.record(Field.Busy, 0);
    context.record(Field.Queue, 0);
  },

  onReconfigure(state, before, after, context) {
    if (before.workers === after.workers) return;
    recordCapacity(state, after, context);
    takeWaiting(state, after, context);
  },
};

/** After a reload with fewer workers the surplus ones finish their request first: until then they count. */
function recordCapacity(state: AppServerState, config: AppServerConfig, context: Context): void {
  context.record(Field.Capacity, Math.max(config.workers, state.busy));
}

function accept(state: AppServerState, config: AppServerConfig, call: CallId, context: Context): void {
  if (state.busy < config.workers) {
    work(state, config, call, context);
    return;
  }
  if (state.queue.length >= (config.backlog ?? BACKLOG)) {
    context.answer(call, 503, OVERLOADED, context.elementOf(context.self));
    return;
  }
  pushCall(state.queue, call);
  context.calls.calleeB[call] = WAITS;
  context.record(Field.Queue, state.queue.length - state.left);
}

/** A place in the queue is kept until its turn comes: the kernel does not tell the program before. */
function userLeft(state: AppServerState, config: AppServerConfig, call: CallId, context: Context): void {
  if (config.dropsLeft !== true || context.calls.calleeB[call] !== WAITS) return;
  context.calls.calleeB[call] = 0;
  state.left++;
  context.record(Field.Queue, state.queue.length - state.left);
}

/** Free workers take what waits. */
function takeWaiting(state: AppServerState, config: AppServerConfig, context: Context): void {
  while (state.queue.length > 0 && state.busy < config.workers) {
    const call = popCall(state.queue);
    if (context.calls.calleeB[call] !== WAITS) {
      state.left--;
      context.drop(call);
      continue;
    }
    context.calls.calleeB[call] = 0;
    context.record(Field.Queue, state.queue.length - state.left);
    work(state, config, call, context);
  }
}

function work(state: AppServerState, config: AppServerConfig, call: CallId, context: Context): void {
  state.busy++;
  context.calls.beganUs[call] = context.nowUs;
  context.record(Field.Busy, state.busy);
  context.work(serviceUs(state, config, call, context), SERVED, call, 0);
}

/** A health check takes a worker for the mean time and draws nothing, so that checks do not change what requests draw. */
function serviceUs(state: AppServerState, config: AppServerConfig, call: CallId, context: Context): number {
  const { calls, requests } = context;
  const request = requests.of(calls, call);
  if (request >= 0 && (requests.serviceUs[request] as number) >= 0) return requests.serviceUs[request] as number;
  const meanUs = fromMs(config.serviceMs);
  return calls.purpose[call] === Purpose.Check
    ? meanUs
    : context.draws.durationUs(state.service, meanUs, config.distribution, config.variation);
}

/** Its own work is done: what needs no database is answered now. */
function served(state: AppServerState, config: AppServerConfig, call: CallId, context: Context): void {
  const { calls } = context;
  const purpose = calls.purpose[call] as number;
  const database =
    purpose === Purpose.Write
      ? chooseWrite(state.route, context)
      : purpose === Purpose.Read
        ? chooseRead(state.route, config, context)
        : calls.data[call] === CheckPage.Ready
          ? chooseForCheck(state.route, config, context)
          : -1;
  if (database < 0) finish(state, config, call, 200, NONE, -1, context);
  else {
    query(config, call, database, context);
    if (config.holdsWorker === false) {
      context.calls.calleeB[call] = FREED;
      release(state, config, context);
    }
  }
}

/** `database` is a position in the outgoing links. */
function query(config: AppServerConfig, call: CallId, database: number, context: Context): void {
  const { calls } = context;
  const link = context.outgoing()[database];
  if (link === undefined) return;
  const purpose = calls.purpose[call] as PurposeCode;
  // A health check only asks whether the database is there: it reads nothing.
  const question = purpose === Purpose.Check ? Message.HealthCheck : Message.Query;
  const asked = context.call(link.index, question, purpose, call);
  calls.callerA[asked] = database;
  calls.calleeA[call] = (calls.calleeA[call] as number) + 1;
  context.timeout(fromMs(Math.min(config.connectTimeoutMs, config.readTimeoutMs)), DATABASE_WAIT, asked, 0);
}

function databaseAnswered(state: AppServerState, config: AppServerConfig, asked: CallId, context: Context): void {
  const { calls } = context;
  if (calls.status[asked] === 0) finishQuery(state, config, asked, 200, NONE, -1, context);
  else if (calls.reason[asked] === DATABASE_REFUSED) databaseFailed(state, config, asked, DATABASE_REFUSED, context);
  else finishQuery(state, config, asked, 500, calls.reason[asked] as number, databaseOf(asked, context), context);
}

/** Looks again no later than the next moment at which one of the two limits can be over. */
function databaseWait(state: AppServerState, config: AppServerConfig, asked: CallId, context: Context): void {
  const { calls, nowUs } = context;
  const readUs = fromMs(config.readTimeoutMs);
  const connected = calls.has(asked, ARRIVED);
  const deadlineUs = connected
    ? (calls.arrivedUs[asked] as number) + readUs
    : (calls.sentUs[asked] as number) + fromMs(config.connectTimeoutMs);
  if (deadlineUs > nowUs) {
    context.after(connected ? deadlineUs - nowUs : Math.min(deadlineUs - nowUs, readUs), DATABASE_WAIT, asked, 0);
    return;
  }
  if (connected) finishQuery(state, config, asked, 500, DATABASE_TIMEOUT, databaseOf(asked, context), context);
  else databaseFailed(state, config, asked, DATABASE_UNREACHABLE, context);
  context.abandon(asked);
}

/** No connection. A read that may go to several databases leaves this one out for a while and asks another one. */
function databaseFailed(
  state: AppServerState,
  config: AppServerConfig,
  asked: CallId,
  reason: number,
  context: Context,
): void {
  const { calls } = context;
  const call = calls.parent[asked] as number;
  if (config.readsFrom === 'both' && calls.purpose[call] !== Purpose.Write) {
    skipDatabase(state.route, calls.callerA[asked] as number, context.nowUs + fromMs(config.skipMs));
    const other = otherRead(state.route, calls.calleeA[call] as number, context);
    if (other >= 0) {
      query(config, call, other, context);
      return;
    }
  }
  finishQuery(state, config, asked, 500, reason, databaseOf(asked, context), context);
}

const databaseOf = (asked: CallId, context: Context): number =>
  context.elementOf(context.calls.callee[asked] as number);

function finishQuery(
  state: AppServerState,
  config: AppServerConfig,
  asked: CallId,
  status: number,
  reason: number,
  cause: number,
  context: Context,
): void {
  finish(state, config, context.calls.parent[asked] as number, status, reason, cause, context);
}

function finish(
  state: AppServerState,
  config: AppServerConfig,
  call: CallId,
  status: number,
  reason: number,
  cause: number,
  context: Context,
): void {
  const freed = context.calls.calleeB[call] === FREED;
  context.answer(call, status, reason, cause);
  if (!freed) release(state, config, context);
}

/** A worker is free: it takes what waits, or rests. */
function release(state: AppServerState, config: AppServerConfig, context: Context): void {
  state.busy--;
  takeWaiting(state, config, context);
  context.record(Field.Busy, state.busy);
  if (state.busy >= config.workers) recordCapacity(state, config, context);
}
