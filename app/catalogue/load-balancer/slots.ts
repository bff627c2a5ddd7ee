// Slots and queues of the servers: a request takes a slot when a server is assigned and gives it back when it ends or leaves
// the server. The picture and the algorithm learn of every change.
import type { CallId, Context } from '../../simulation/behaviour.ts';
import { Belief, Field } from '../../simulation/trace.ts';
import { ACTIVE, BACKUP, backendRow, type LoadBalancerState } from './backend.ts';
import { balanceOf } from './balance.ts';
import type { LoadBalancerConfig } from './config.ts';
import { Counter, countMost } from './counters.ts';
import { joinLine, passFront, ticketMark, type WaitingLine } from './waiting-line.ts';

export function takeSlot(state: LoadBalancerState, config: LoadBalancerConfig, server: number, context: Context): void {
  countSlot(state, config, server, 1, context);
  countMost(state.counters, server, Counter.Smax, state.loads.served[server] as number);
}

export const giveSlot = (
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  context: Context,
): void => countSlot(state, config, server, -1, context);

function countSlot(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  step: number,
  context: Context,
): void {
  const { loads } = state;
  const served = (loads.served[server] as number) + step;
  loads.served[server] = served;
  const link = state.links[server] as number;
  if (link >= 0) context.recordLink(link, Belief.Sessions, served);
  if (state.limits[server] !== 0) refreshFull(state, config, server);
  if (state.feelsLoad) tellAlgorithm(state, config, server);
}

function tellAlgorithm(state: LoadBalancerState, config: LoadBalancerConfig, server: number): void {
  const { loads } = state;
  const { algorithm } = balanceOf(config);
  algorithm.onLoad?.(state.balance[ACTIVE] as object, server, loads);
  algorithm.onLoad?.(state.balance[BACKUP] as object, server, loads);
}

/** Is a server full for the algorithm? */
export function refreshFull(state: LoadBalancerState, config: LoadBalancerConfig, server: number): void {
  const { served, queued, full } = state.loads;
  const limit = state.limits[server] as number;
  if (limit === 0) full[server] = 0;
  else if (balanceOf(config).countsQueue) {
    const most = limit + (config.servers[server]?.maxqueue ?? 0);
    full[server] = (served[server] as number) + (queued[server] as number) >= most ? 1 : 0;
  } else full[server] = hasFreeSlot(state, server) ? 0 : 1;
}

/** A slot is free and nobody waits for it. */
export const hasFreeSlot = (state: LoadBalancerState, server: number): boolean =>
  state.limits[server] === 0 || isBelowLimit(state, server);

const isBelowLimit = ({ limits, loads }: LoadBalancerState, server: number): boolean =>
  loads.queued[server] === 0 && (loads.served[server] as number) < (limits[server] as number);

export const lineOf = (state: LoadBalancerState, row: number): WaitingLine => state.lines[row] as WaitingLine;

/** A request joins the queue of a server, or (row behind the servers) of the backend. */
export function joinQueue(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  row: number,
  call: CallId,
  ticket: number,
  context: Context,
): void {
  const line = lineOf(state, row);
  joinLine(line, call, ticket);
  state.queuing++;
  context.calls.calleeA[call] = ticketMark(ticket);
  const slot = context.requests.of(context.calls, call);
  if (slot >= 0) {
    const { serverQueue, backendQueue } = context.requests;
    const ahead = row === backendRow(state) ? backendQueue : serverQueue;
    ahead[slot] = (ahead[slot] as number) - line.passed;
  }
  noteQueue(state, config, row, context);
  countMost(state.counters, row, Counter.Qmax, line.length);
}

/** A request leaves its queue: because it is `served` from the front, or for another reason from anywhere. */
export function leaveQueue(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  row: number,
  call: CallId,
  served: boolean,
  context: Context,
): void {
  const line = lineOf(state, row);
  const slot = context.requests.of(context.calls, call);
  if (slot >= 0) {
    const { serverQueue, backendQueue } = context.requests;
    const ahead = row === backendRow(state) ? backendQueue : serverQueue;
    ahead[slot] = (ahead[slot] as number) + line.passed + 1;
  }
  context.calls.calleeA[call] = 0;
  state.queuing--;
  if (served) passFront(line);
  else line.length--;
  noteQueue(state, config, row, context);
}

function noteQueue(state: LoadBalancerState, config: LoadBalancerConfig, row: number, context: Context): void {
  const { length } = lineOf(state, row);
  if (row === backendRow(state)) {
    context.record(Field.Extra, length);
    return;
  }
  state.loads.queued[row] = length;
  const link = state.links[row] as number;
  if (link >= 0) context.recordLink(link, Belief.Queue, length);
  refreshFull(state, config, row);
}
