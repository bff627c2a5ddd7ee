// The way of a request through the balancer, as HAProxy 2.6 in HTTP mode with one connection to a server per request:
//   arrived -> its cookie names a server, or one is picked -> a slot is free: attempt (connection and question)
//   no slot is free -> waits in the server's queue or the backend's -> a slot is free: attempt; `timeout queue`: 503 sQ
//   no server is usable -> 503 SC
//   attempt answered -> passed through as it is; attempt failed -> failed-attempt.ts
import { fromMs } from '../../foundation/micros.ts';
import type { CallId, Context } from '../../simulation/behaviour.ts';
import { RETRIED } from '../../simulation/calls.ts';
import { Message, type PurposeCode, reasonCode } from '../../simulation/message.ts';
import { terminationCode } from '../../simulation/requests.ts';
import { Field } from '../../simulation/trace.ts';
import { NO_SERVER } from './algorithm.ts';
import { backendRow, type LoadBalancerState, takesFromBackend } from './backend.ts';
import { recordTurn } from './beliefs.ts';
import { connectTimeoutMs, hasCookies, type LoadBalancerConfig, queueTimeoutMs, serverTimeoutMs } from './config.ts';
import { Counter, count, countMost, countStatus } from './counters.ts';
import { cookieFailed, insertCookie, stickyServer } from './persistence.ts';
import { ALL_FULL, pickServer } from './pick.ts';
import { giveSlot, hasFreeSlot, joinQueue, leaveQueue, lineOf, takeSlot } from './slots.ts';
import { Timer } from './timers.ts';
import { frontOf, frontTicket, ticketMark } from './waiting-line.ts';

const NO_USABLE_SERVER = reasonCode('no-server');
const QUEUE_TIMEOUT = reasonCode('queue-timeout');
const NORMAL = terminationCode('--');
const SC = terminationCode('SC');
const SQ = terminationCode('SQ');
const SQ_TIMEOUT = terminationCode('sQ');
const CC = terminationCode('CC');
const CQ = terminationCode('CQ');
const CH = terminationCode('CH');

// What a request carries in its call here. calleeA: its attempt + 1, minus its ticket while it queues, or 0 while it waits for
// its next attempt. calleeB: the retries made (config.ts allows 100), whether it holds a slot of its server, whether a cookie
// named that server, whether it queues there (not at the backend), and the link to that server + 1.
const RETRIES_MASK = 127;
export const HOLDS_SLOT = 128;
export const BY_COOKIE = 256;
const AT_SERVER = 512;
const LINK_SHIFT = 10;

export const retriesOf = (carried: number): number => carried & RETRIES_MASK;
export const linkOf = (carried: number): number => (carried >> LINK_SHIFT) - 1;
export const carry = (retries: number, flags: number, link: number): number =>
  retries | flags | ((link + 1) << LINK_SHIFT);

type State = LoadBalancerState;
type Config = LoadBalancerConfig;

/** The server behind the link that a request carries, or NO_SERVER. */
export const serverOf = (state: State, carried: number): number => state.serverOfLink[linkOf(carried)] ?? NO_SERVER;

/** A request from a user. */
export function onRequest(state: State, config: Config, call: CallId, context: Context): void {
  state.inProgress++;
  context.record(Field.Busy, state.inProgress);
  count(state.counters, backendRow(state), Counter.Stot);
  countMost(state.counters, backendRow(state), Counter.Smax, state.inProgress);
  const slot = hasCookies(config) ? context.requests.of(context.calls, call) : -1;
  const sticky = slot < 0 ? NO_SERVER : stickyServer(state, config, slot, context);
  if (sticky >= 0) reach(state, config, call, 0, BY_COOKIE, sticky, context);
  else assign(state, config, call, 0, NO_SERVER, context);
}

/** Picks a server for a request that had `before` until now (or none): it goes there, queues, or ends without one. */
export function assign(
  state: State,
  config: Config,
  call: CallId,
  retries: number,
  before: number,
  context: Context,
): void {
  const server = pickServer(state, config, call, before, context);
  recordTurn(state, config, context);
  if (before >= 0) noteRedispatch(state, call, before, server, context);
  if (server >= 0) {
    if (server !== before) {
      count(state.counters, server, Counter.Lbtot);
      count(state.counters, backendRow(state), Counter.Lbtot);
    }
    reach(state, config, call, retries, 0, server, context);
  } else if (server === ALL_FULL) enqueue(state, config, call, retries, backendRow(state), context);
  else endWithoutServer(state, config, call, NO_USABLE_SERVER, SC, context);
}

/** A retry that was balanced anew: to another server (or none), or back to the same one. */
function noteRedispatch(state: State, call: CallId, before: number, server: number, context: Context): void {
  const isAnother = server !== before;
  const counter = isAnother ? Counter.Wredis : Counter.Wretr;
  count(state.counters, before, counter);
  count(state.counters, backendRow(state), counter);
  const slot = context.requests.of(context.calls, call);
  if (!isAnother || slot < 0) return;
  context.requests.redispatched[slot] = 1;
  cookieFailed(slot, context);
}

/** The request has its server: it takes a slot, or waits for one in the server's own queue. */
function reach(
  state: State,
  config: Config,
  call: CallId,
  retries: number,
  flags: number,
  server: number,
  context: Context,
): void {
  if (hasFreeSlot(state, server)) {
    takeSlot(state, config, server, context);
    begin(state, config, call, retries, flags, server, context);
    return;
  }
  const most = config.servers[server]?.maxqueue ?? 0;
  if (most > 0 && (state.loads.queued[server] as number) >= most) {
    if (flags === BY_COOKIE && config.redispatch !== null) assign(state, config, call, retries, server, context);
    else endUnserved(state, config, call, server, SQ, context);
    return;
  }
  context.calls.calleeB[call] = carry(retries, flags, state.links[server] as number);
  enqueue(state, config, call, retries, server, context);
}

function enqueue(state: State, config: Config, call: CallId, retries: number, row: number, context: Context): void {
  const { calls } = context;
  if (row === backendRow(state)) calls.calleeB[call] = carry(retries, 0, -1);
  else calls.calleeB[call] = (calls.calleeB[call] as number) | AT_SERVER;
  joinQueue(state, config, row, call, ++state.lastTicket, context);
  context.timeout(fromMs(queueTimeoutMs(config)), Timer.Queue, call, state.lastTicket);
}

/** A request that waited at a backend that is no more waits at the new one, and no longer than before. */
export function rejoinBackend(state: State, config: Config, call: CallId, ticket: number, context: Context): void {
  const { calls } = context;
  calls.calleeB[call] = carry(retriesOf(calls.calleeB[call] as number), 0, -1);
  joinQueue(state, config, backendRow(state), call, ticket, context);
}

/** The server of this request is settled, and it has its slot. */
function begin(
  state: State,
  config: Config,
  call: CallId,
  retries: number,
  flags: number,
  server: number,
  context: Context,
): void {
  const { calls, requests, nowUs } = context;
  const slot = requests.of(calls, call);
  if (slot >= 0) requests.queueUs[slot] = nowUs - (calls.arrivedUs[call] as number);
  attempt(state, config, call, slot, retries, flags, server, context);
}

/** Opens a connection to a server of which the request (in `slot` of the table, or -1) holds a slot. */
export function attempt(
  state: State,
  config: Config,
  call: CallId,
  slot: number,
  retries: number,
  flags: number,
  server: number,
  context: Context,
): void {
  const { calls } = context;
  const link = state.links[server] as number;
  if (slot >= 0) context.requests.serverLink[slot] = link;
  count(state.counters, server, Counter.Stot);
  const purpose = calls.purpose[call] as PurposeCode;
  const child = context.call(link, Message.HttpRequest, purpose, call, retries > 0 ? RETRIED : 0);
  calls.calleeA[call] = child + 1;
  calls.calleeB[call] = carry(retries, flags | HOLDS_SLOT, link);
  const answerUs = 2 * context.latencyUs(link) + fromMs(serverTimeoutMs(config));
  context.timeout(Math.min(fromMs(connectTimeoutMs(config)), answerUs), Timer.Attempt, child, 0);
}

/** Slots of a server are free: the requests that wait for one get it, the server's own queue and the backend's by age. */
export function serveQueues(state: State, config: Config, server: number, context: Context): void {
  const common = lineOf(state, backendRow(state));
  const own = lineOf(state, server);
  while (own.length > 0 || (common.length > 0 && takesFromBackend(state, config, server))) {
    const limit = state.limits[server] as number;
    if (limit > 0 && (state.loads.served[server] as number) >= limit) return;
    const { calls, self } = context;
    const ownCall = frontOf(own, calls, self);
    const commonCall = takesFromBackend(state, config, server) ? frontOf(common, calls, self) : -1;
    const isOwn = commonCall < 0 || (ownCall >= 0 && frontTicket(own) < frontTicket(common));
    const call = isOwn ? ownCall : commonCall;
    if (call < 0) return;
    const carried = calls.calleeB[call] as number;
    leaveQueue(state, config, isOwn ? server : backendRow(state), call, true, context);
    takeSlot(state, config, server, context);
    begin(state, config, call, retriesOf(carried), carried & BY_COOKIE, server, context);
  }
}

/** The row of the queue in which a request waits. */
const rowOf = (state: State, carried: number): number =>
  (carried & AT_SERVER) === 0 ? backendRow(state) : serverOf(state, carried);

/** A request has queued for as long as it may. */
export function onQueueTime(state: State, config: Config, call: CallId, ticket: number, context: Context): void {
  const { calls, requests, nowUs } = context;
  if (calls.calleeA[call] !== ticketMark(ticket)) return;
  const carried = calls.calleeB[call] as number;
  leaveQueue(state, config, rowOf(state, carried), call, false, context);
  const slot = requests.of(calls, call);
  if (slot >= 0) requests.queueUs[slot] = nowUs - (calls.arrivedUs[call] as number);
  const server = (carried & AT_SERVER) === 0 ? NO_SERVER : serverOf(state, carried);
  endUnserved(state, config, call, server, SQ_TIMEOUT, context);
}

/** The queue of a server that went DOWN is balanced anew, if the option says so. */
export function redistribute(state: State, config: Config, server: number, context: Context): void {
  const line = lineOf(state, server);
  for (let rest = line.length; rest > 0; rest--) {
    const call = frontOf(line, context.calls, context.self);
    if (call < 0) return;
    const retries = retriesOf(context.calls.calleeB[call] as number);
    leaveQueue(state, config, server, call, true, context);
    assign(state, config, call, retries, server, context);
  }
}

/** 503 of the balancer itself: no server is usable. */
function endWithoutServer(
  state: State,
  config: Config,
  call: CallId,
  reason: number,
  termination: number,
  context: Context,
): void {
  const slot = context.requests.of(context.calls, call);
  if (slot >= 0) context.requests.serverLink[slot] = -1;
  count(state.counters, backendRow(state), Counter.Econ);
  finish(state, config, call, slot, 503, reason, context.elementOf(context.self), termination, context);
}

/** 503 of a request that no slot was free for: in the queue of a server (whose name is logged), or of the backend. */
function endUnserved(
  state: State,
  config: Config,
  call: CallId,
  server: number,
  termination: number,
  context: Context,
): void {
  const slot = context.requests.of(context.calls, call);
  if (slot >= 0) context.requests.serverLink[slot] = server < 0 ? -1 : (state.links[server] as number);
  if (server >= 0) count(state.counters, server, Counter.Econ);
  count(state.counters, backendRow(state), Counter.Econ);
  finish(state, config, call, slot, 503, QUEUE_TIMEOUT, context.elementOf(context.self), termination, context);
}

/** The request (in `slot` of the table, or -1) gets its answer. */
export function finish(
  state: State,
  config: Config,
  call: CallId,
  slot: number,
  status: number,
  reason: number,
  cause: number,
  termination: number,
  context: Context,
): void {
  if (termination === NORMAL && slot >= 0 && hasCookies(config)) {
    const carried = context.calls.calleeB[call] as number;
    const server = serverOf(state, carried);
    if (server >= 0 && (carried & BY_COOKIE) === 0) insertCookie(state, server, slot, context);
  }
  countStatus(state.counters, backendRow(state), status);
  endRequest(state, config, call, slot, termination, context);
  context.answer(call, status, reason, cause);
}

/** Notes how a request ended; its slot is for the next one. */
function endRequest(
  state: State,
  config: Config,
  call: CallId,
  slot: number,
  termination: number,
  context: Context,
): void {
  const { calls, requests } = context;
  if (slot >= 0) {
    requests.termination[slot] = termination;
    requests.activeUs[slot] = context.nowUs - (calls.arrivedUs[call] as number);
  }
  state.inProgress--;
  context.record(Field.Busy, state.inProgress);
  const carried = calls.calleeB[call] as number;
  if ((carried & HOLDS_SLOT) !== 0) releaseSlot(state, config, call, serverOf(state, carried), context);
}

/** The request gives its slot back, and whoever waits for one takes it. */
export function releaseSlot(state: State, config: Config, call: CallId, server: number, context: Context): void {
  context.calls.calleeB[call] = (context.calls.calleeB[call] as number) & ~HOLDS_SLOT;
  if (server < 0) return;
  giveSlot(state, config, server, context);
  if (state.queuing > 0) serveQueues(state, config, server, context);
}

/** The user has left. With `option abortonclose` whatever is under way for the request ends with it; else nobody looks. */
export function onClosed(state: State, config: Config, call: CallId, context: Context): void {
  if (config.abortonclose !== true) return;
  const { calls } = context;
  const under = calls.calleeA[call] as number;
  const carried = calls.calleeB[call] as number;
  let termination = CH;
  if (under > 0) context.abandon(under - 1);
  else if (under < 0) {
    leaveQueue(state, config, rowOf(state, carried), call, false, context);
    termination = CQ;
  } else {
    countWaiting(state, -1, context);
    termination = CC;
  }
  const server = serverOf(state, carried);
  if (server >= 0) count(state.counters, server, Counter.CliAbrt);
  count(state.counters, backendRow(state), Counter.CliAbrt);
  endRequest(state, config, call, context.requests.of(calls, call), termination, context);
  context.drop(call);
}

export function countWaiting(state: State, step: number, context: Context): void {
  state.waiting += step;
  context.record(Field.Queue, state.waiting);
}
