// What becomes of an attempt at a server:
//   answered -> passed through; the server closes -> 502 SH; `timeout server` passes -> 504 sH
//   refused or connect timeout -> retries left: wait -> attempt at the same server, or balanced anew (redispatch)
//   refused or connect timeout -> no retries left -> 503 SC or sC
import { fromMs } from '../../foundation/micros.ts';
import type { CallId, Context } from '../../simulation/behaviour.ts';
import { ARRIVED } from '../../simulation/calls.ts';
import { Message, reasonCode } from '../../simulation/message.ts';
import { terminationCode } from '../../simulation/requests.ts';
import { backendRow, isDown, type LoadBalancerState } from './backend.ts';
import { connectTimeoutMs, type LoadBalancerConfig, serverTimeoutMs } from './config.ts';
import { Counter, count, countStatus } from './counters.ts';
import { isGoodStatus, observe, Sight } from './observe.ts';
import { isHashed } from './pick.ts';
import {
  assign,
  attempt,
  BY_COOKIE,
  carry,
  countWaiting,
  finish,
  HOLDS_SLOT,
  linkOf,
  releaseSlot,
  retriesOf,
  serverOf,
} from './request-path.ts';
import { isRedispatched, waitMs } from './retry.ts';
import { isWarming } from './slow-start.ts';
import { Timer } from './timers.ts';

const REFUSED = reasonCode('connection-refused');
const CONNECT_TIMEOUT = reasonCode('connect-timeout');
const SERVER_TIMEOUT = reasonCode('server-timeout');
const SERVER_CLOSED = reasonCode('server-closed');
const NORMAL = terminationCode('--');
const SC = terminationCode('SC');
const SC_TIMEOUT = terminationCode('sC');
const SH = terminationCode('SH');
const SH_TIMEOUT = terminationCode('sH');
const DH = terminationCode('DH');

type State = LoadBalancerState;
type Config = LoadBalancerConfig;

/** An attempt has had its time: to connect, or (from when the connection stands) to answer. */
export function onAttemptTime(state: State, config: Config, child: CallId, context: Context): void {
  const calls = context.calls;
  const link = calls.link[child] as number;
  const isConnected = calls.has(child, ARRIVED);
  const deadlineUs = isConnected
    ? (calls.arrivedUs[child] as number) + context.latencyUs(link) + fromMs(serverTimeoutMs(config))
    : (calls.sentUs[child] as number) + fromMs(connectTimeoutMs(config));
  if (context.nowUs < deadlineUs) {
    context.after(deadlineUs - context.nowUs, Timer.Attempt, child, 0);
    return;
  }
  const call = calls.parent[child] as number;
  if (isConnected) noAnswer(state, config, child, 504, SERVER_TIMEOUT, SH_TIMEOUT, context);
  else connectionFailed(state, config, call, true, causeOf(state, call, context), context);
  context.abandon(child);
}

/** The element behind which a request waited. */
function causeOf(state: State, call: CallId, context: Context): number {
  const server = serverOf(state, context.calls.calleeB[call] as number);
  return context.elementOf(server < 0 ? context.self : (state.peers[server] as number));
}

/** A connection that stood gives no answer. */
function noAnswer(
  state: State,
  config: Config,
  child: CallId,
  status: number,
  reason: number,
  termination: number,
  context: Context,
): void {
  const { calls } = context;
  const call = calls.parent[child] as number;
  const slot = context.requests.of(calls, call);
  const cause = causeOf(state, call, context);
  const server = serverOf(state, calls.calleeB[call] as number);
  if (slot >= 0) noteConnected(child, call, slot, context);
  calls.calleeA[call] = 0; // over: what marks the server DOWN now does not end this request a second time
  if (server >= 0) {
    count(state.counters, server, Counter.Eresp);
    count(state.counters, backendRow(state), Counter.Eresp);
    observe(state, config, server, Sight.Connected, context);
    observe(state, config, server, Sight.BadAnswer, context);
  }
  finish(state, config, call, slot, status, reason, cause, termination, context);
}

/** Writes down when the connection stood. */
function noteConnected(child: CallId, call: CallId, slot: number, { calls, requests }: Context): void {
  const connectedUs = (calls.arrivedUs[child] as number) - (calls.arrivedUs[call] as number);
  requests.connectUs[slot] = connectedUs - (requests.queueUs[slot] as number);
}

/** Something came back from a server. */
export function onReply(state: State, config: Config, code: number, child: CallId, context: Context): void {
  const calls = context.calls;
  const call = calls.parent[child] as number;
  if (code === Message.Refused) {
    connectionFailed(state, config, call, false, calls.cause[child] as number, context);
    return;
  }
  if (code === Message.Reset) {
    const server = serverOf(state, calls.calleeB[call] as number);
    if (server >= 0) count(state.counters, server, Counter.SrvAbrt);
    noAnswer(state, config, child, 502, SERVER_CLOSED, SH, context);
    return;
  }
  const status = calls.status[child] as number;
  const server = serverOf(state, calls.calleeB[call] as number);
  const slot = context.requests.of(calls, call);
  if (slot >= 0) {
    noteConnected(child, call, slot, context);
    context.requests.responseUs[slot] = context.nowUs - (calls.arrivedUs[child] as number);
  }
  calls.calleeA[call] = 0; // over: what marks the server DOWN now does not end this request a second time
  if (server >= 0) {
    countStatus(state.counters, server, status);
    if (config.servers[server]?.observe !== undefined) {
      observe(state, config, server, Sight.Connected, context);
      observe(state, config, server, isGoodStatus(status) ? Sight.GoodAnswer : Sight.BadAnswer, context);
    }
  }
  const reason = calls.reason[child] as number;
  finish(state, config, call, slot, status, reason, calls.cause[child] as number, NORMAL, context);
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
  const server = serverOf(state, carried);
  if (server >= 0) observe(state, config, server, Sight.ConnectionFailed, context);
  const retries = retriesOf(carried) + 1;
  const slot = context.requests.of(calls, call);
  if (retries > config.retries) {
    if (server >= 0) count(state.counters, server, Counter.Econ);
    count(state.counters, backendRow(state), Counter.Econ);
    const reason = wasTimeout ? CONNECT_TIMEOUT : REFUSED;
    finish(state, config, call, slot, 503, reason, cause, wasTimeout ? SC_TIMEOUT : SC, context);
    return;
  }
  if (slot >= 0) context.requests.retries[slot] = retries;
  const isGone = server < 0 || isDown(state, config, server) || isWarming(state, server);
  const isBound = (carried & BY_COOKIE) !== 0 || isHashed(config);
  const redispatched = server < 0 || isRedispatched(config, retries, isGone, isBound, state.usableActive);
  const kept = redispatched ? 0 : carried & (HOLDS_SLOT | BY_COOKIE);
  const delayMs = waitMs(connectTimeoutMs(config), wasTimeout, redispatched, state.usableActive);
  if (redispatched) releaseSlot(state, config, call, server, context);
  else {
    count(state.counters, server, Counter.Wretr);
    count(state.counters, backendRow(state), Counter.Wretr);
  }
  calls.calleeA[call] = 0;
  calls.calleeB[call] = carry(retries, kept, linkOf(carried));
  if (delayMs === 0) {
    tryAgain(state, config, call, context);
    return;
  }
  countWaiting(state, 1, context);
  context.timeout(fromMs(delayMs), Timer.Retry, call, 0);
}

/** The wait before a retry is over. */
export function onRetry(state: State, config: Config, call: CallId, context: Context): void {
  countWaiting(state, -1, context);
  tryAgain(state, config, call, context);
}

/** The next attempt: at the same server, or balanced anew. */
function tryAgain(state: State, config: Config, call: CallId, context: Context): void {
  const carried = context.calls.calleeB[call] as number;
  const server = serverOf(state, carried);
  if ((carried & HOLDS_SLOT) !== 0 && server >= 0) {
    const slot = context.requests.of(context.calls, call);
    attempt(state, config, call, slot, retriesOf(carried), carried & BY_COOKIE, server, context);
    return;
  }
  assign(state, config, call, retriesOf(carried), server, context);
}

/** `on-marked-down shutdown-sessions`: whoever is connected to a server that went DOWN gets 502 at once. */
export function shutDownSessions(state: State, config: Config, server: number, context: Context): void {
  const { calls, self } = context;
  const link = state.links[server] as number;
  for (let child = 0; child < calls.extent; child++) {
    if (calls.link[child] !== link || calls.caller[child] !== self || !isUnderWay(child, context)) continue;
    noAnswer(state, config, child, 502, SERVER_CLOSED, DH, context);
    context.abandon(child);
  }
}

/** A request's own attempt whose connection stands. */
function isUnderWay(child: CallId, { calls, self }: Context): boolean {
  const call = calls.parent[child] as number;
  if (call < 0 || !calls.isOpen(child) || !calls.has(child, ARRIVED)) return false;
  return calls.callee[call] === self && calls.isOpen(call) && calls.calleeA[call] === child + 1;
}
