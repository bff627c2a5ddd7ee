// The load balancer, as HAProxy 2.6 in HTTP mode with one connection to a server per request. A request's states:
//   arrived -> a server is picked -> attempt (connection and question) -> answered: passed through as it is
//   arrived or to be balanced anew, and no server is usable -> 503 SC
//   attempt refused or connect timeout -> retries left: wait -> attempt at the same server, or picked anew (redispatch)
//   attempt refused or connect timeout -> no retries left -> 503 SC or sC
//   connected -> the server closes: 502 SH; `timeout server` passes: 504 sH; the user leaves: the attempt is closed
import { fromMs } from '../../foundation/micros.ts';
import { type Behaviour, type CallId, type Context, NO_CALL } from '../../simulation/behaviour.ts';
import { ARRIVED, RETRIED } from '../../simulation/calls.ts';
import { Message, type PurposeCode, reasonCode } from '../../simulation/message.ts';
import { terminationCode } from '../../simulation/requests.ts';
import { Belief, Field } from '../../simulation/trace.ts';
import { NO_SERVER } from './algorithm.ts';
import { freshBackend, isDown, type LoadBalancerState, pickServer, recordTurn, refreshServer } from './backend.ts';
import { onCheckDue, onCheckLimit, onCheckResult, startChecks } from './check-runner.ts';
import type { LoadBalancerConfig } from './config.ts';
import { obeyWords, reload } from './operator.ts';
import { isRedispatched, waitMs } from './retry.ts';
import { Timer } from './timers.ts';

const NONE = reasonCode('none');
const REFUSED = reasonCode('connection-refused');
const CONNECT_TIMEOUT = reasonCode('connect-timeout');
const NO_USABLE_SERVER = reasonCode('no-server');
const SERVER_TIMEOUT = reasonCode('server-timeout');
const SERVER_CLOSED = reasonCode('server-closed');
const STATUS = reasonCode('status');
const NORMAL = terminationCode('--');
const SC = terminationCode('SC');
const SC_TIMEOUT = terminationCode('sC');
const SH = terminationCode('SH');
const SH_TIMEOUT = terminationCode('sH');
const CD = terminationCode('CD');

// What a request carries in its call here. calleeA: its attempt + 1, or 0 while it waits. calleeB: the retries made
// (config.ts allows 100), whether it holds a slot of its server, and the link to that server + 1.
const RETRIES_MASK = 127;
const HOLDS_SLOT = 128;
const LINK_SHIFT = 8;

const retriesOf = (carried: number): number => carried & RETRIES_MASK;
const linkOf = (carried: number): number => (carried >> LINK_SHIFT) - 1;

type State = LoadBalancerState;
type Config = LoadBalancerConfig;

/** A request from a user. */
function onRequest(state: State, config: Config, call: CallId, context: Context): void {
  state.inProgress++;
  context.record(Field.Busy, state.inProgress);
  assign(state, config, call, 0, NO_SERVER, context);
}

/** Picks a server and tries it; without one the request ends here. False when the server is the one to avoid. */
function assign(state: State, config: Config, call: CallId, retries: number, avoid: number, context: Context): boolean {
  const server = pickServer(state, config, avoid);
  recordTurn(state, config, context);
  if (server < 0) {
    const slot = context.requests.of(context.calls, call);
    if (slot >= 0) context.requests.serverLink[slot] = -1;
    finish(state, call, 503, NO_USABLE_SERVER, context.elementOf(context.self), SC, context);
    return true;
  }
  attempt(state, config, call, retries, state.links[server] as number, context);
  return server !== avoid;
}

/** Opens a connection to a server, whose slot the request takes if it does not hold it already. */
function attempt(state: State, config: Config, call: CallId, retries: number, link: number, context: Context): void {
  const holds = ((context.calls.calleeB[call] as number) & HOLDS_SLOT) !== 0;
  if (!holds) countSession(state, link, 1, context);
  const slot = context.requests.of(context.calls, call);
  if (slot >= 0) context.requests.serverLink[slot] = link;
  const purpose = context.calls.purpose[call] as PurposeCode;
  const child = context.call(link, Message.HttpRequest, purpose, call, retries > 0 ? RETRIED : 0);
  context.calls.calleeA[call] = child + 1;
  context.calls.calleeB[call] = retries | HOLDS_SLOT | ((link + 1) << LINK_SHIFT);
  const answerUs = 2 * context.latencyUs(link) + fromMs(config.timeoutServerMs);
  context.timeout(Math.min(fromMs(config.timeoutConnectMs), answerUs), Timer.Attempt, child, 0);
}

/** An attempt has had its time: to connect, or (from when the connection stands) to answer. */
function onAttemptTime(state: State, config: Config, child: CallId, context: Context): void {
  const calls = context.calls;
  const link = calls.link[child] as number;
  const isConnected = calls.has(child, ARRIVED);
  const deadlineUs = isConnected
    ? (calls.arrivedUs[child] as number) + context.latencyUs(link) + fromMs(config.timeoutServerMs)
    : (calls.sentUs[child] as number) + fromMs(config.timeoutConnectMs);
  if (context.nowUs < deadlineUs) {
    context.after(deadlineUs - context.nowUs, Timer.Attempt, child, 0);
    return;
  }
  const call = calls.parent[child] as number;
  const cause = serverElement(state, link, context);
  if (isConnected) finish(state, call, 504, SERVER_TIMEOUT, cause, SH_TIMEOUT, context);
  else connectionFailed(state, config, call, true, cause, context);
  context.abandon(child);
}

/** Something came back from a server. */
function onReply(state: State, config: Config, code: number, child: CallId, context: Context): void {
  const calls = context.calls;
  const call = calls.parent[child] as number;
  const cause = calls.cause[child] as number;
  if (code === Message.Refused) connectionFailed(state, config, call, false, cause, context);
  else if (code === Message.Reset) finish(state, call, 502, SERVER_CLOSED, cause, SH, context);
  else finish(state, call, calls.status[child] as number, calls.reason[child] as number, cause, NORMAL, context);
}

/** No connection: give up, or wait and try again, at the same server or balanced anew. */
function connectionFailed(
  state: State,
  config: Config,
  call: CallId,
  wasTimeout: boolean,
  cause: number,
  context: Context,
): void {
  const calls = context.calls;
  const carried = calls.calleeB[call] as number;
  const retries = retriesOf(carried) + 1;
  if (retries > config.retries) {
    const reason = wasTimeout ? CONNECT_TIMEOUT : REFUSED;
    finish(state, call, 503, reason, cause, wasTimeout ? SC_TIMEOUT : SC, context);
    return;
  }
  const slot = context.requests.of(calls, call);
  if (slot >= 0) context.requests.retries[slot] = retries;
  const link = linkOf(carried);
  const server = state.serverOfLink[link] ?? NO_SERVER;
  const isGone = server < 0 || isDown(state, config, server);
  const redispatched = server < 0 || isRedispatched(config, retries, isGone, state.usableActive);
  if (redispatched) countSession(state, link, -1, context);
  calls.calleeA[call] = 0;
  calls.calleeB[call] = retries | (redispatched ? 0 : HOLDS_SLOT) | ((link + 1) << LINK_SHIFT);
  const delayMs = waitMs(config.timeoutConnectMs, wasTimeout, redispatched, state.usableActive);
  if (delayMs === 0) {
    tryAgain(state, config, call, context);
    return;
  }
  countWaiting(state, 1, context);
  context.timeout(fromMs(delayMs), Timer.Retry, call, 0);
}

/** The next attempt: at the same server, or balanced anew. */
function tryAgain(state: State, config: Config, call: CallId, context: Context): void {
  const carried = context.calls.calleeB[call] as number;
  const retries = retriesOf(carried);
  const link = linkOf(carried);
  const server = state.serverOfLink[link] ?? NO_SERVER;
  if ((carried & HOLDS_SLOT) !== 0 && server >= 0) {
    attempt(state, config, call, retries, link, context);
    return;
  }
  const isAnother = assign(state, config, call, retries, server, context);
  const slot = context.requests.of(context.calls, call);
  if (isAnother && slot >= 0) context.requests.redispatched[slot] = 1;
}

/** The request gets its answer. */
function finish(
  state: State,
  call: CallId,
  status: number,
  reason: number,
  cause: number,
  termination: number,
  context: Context,
): void {
  endRequest(state, call, termination, context);
  context.answer(call, status, reason, cause);
}

function endRequest(state: State, call: CallId, termination: number, context: Context): void {
  const slot = context.requests.of(context.calls, call);
  if (slot >= 0) context.requests.termination[slot] = termination;
  const carried = context.calls.calleeB[call] as number;
  if ((carried & HOLDS_SLOT) !== 0) countSession(state, linkOf(carried), -1, context);
  state.inProgress--;
  context.record(Field.Busy, state.inProgress);
}

/** The user has left: whatever is under way for the request ends with it. */
function onClosed(state: State, call: CallId, context: Context): void {
  const child = (context.calls.calleeA[call] as number) - 1;
  if (child >= 0) context.abandon(child);
  else countWaiting(state, -1, context);
  endRequest(state, call, CD, context);
  context.drop(call);
}

function countSession(state: State, link: number, step: number, context: Context): void {
  const server = state.serverOfLink[link] ?? NO_SERVER;
  if (server < 0) return;
  const sessions = (state.sessions[server] as number) + step;
  state.sessions[server] = sessions;
  context.recordLink(link, Belief.Sessions, sessions);
}

function countWaiting(state: State, step: number, context: Context): void {
  state.waiting += step;
  context.record(Field.Queue, state.waiting);
}

const serverElement = (state: State, link: number, context: Context): number => {
  const server = state.serverOfLink[link] ?? NO_SERVER;
  return server < 0 ? context.elementOf(context.self) : context.elementOf(state.peers[server] as number);
};

function onMessage(state: State, config: Config, code: number, call: CallId, context: Context): void {
  if (code === Message.HttpRequest) onRequest(state, config, call, context);
  else if (code === Message.Closed) onClosed(state, call, context);
  else if (code >= Message.Answer) {
    if (context.calls.parent[call] === NO_CALL) onCheckResult(state, config, code, call, context);
    else onReply(state, config, code, call, context);
  } else if (code === Message.HealthCheck) context.answer(call, 200, NONE, -1);
  else if (code === Message.BinlogEvent) context.drop(call);
  else context.answer(call, 400, STATUS, context.elementOf(context.self));
}

export const loadBalancerBehaviour: Behaviour<LoadBalancerConfig, LoadBalancerState> = {
  start(config, _previous, context) {
    const state = freshBackend(config, context);
    for (let server = 0; server < config.servers.length; server++) refreshServer(state, config, server, context);
    startChecks(state, config, context);
    return state;
  },

  onMessage,

  onTimer(state, config, timer, call, data, context) {
    if (timer === Timer.Attempt) onAttemptTime(state, config, call, context);
    else if (timer === Timer.Retry) {
      countWaiting(state, -1, context);
      tryAgain(state, config, call, context);
    } else if (timer === Timer.Check) onCheckDue(state, config, data, context);
    else if (timer === Timer.CheckLimit) onCheckLimit(state, config, call, context);
  },

  onStop(state, _config, _cause, context) {
    context.record(Field.Busy, 0);
    context.record(Field.Queue, 0);
    context.record(Field.Turn, -1);
    for (const link of state.links) if (link >= 0) context.recordLink(link, Belief.Sessions, 0);
  },

  onReconfigure: reload,

  onAdmin: obeyWords,
};
