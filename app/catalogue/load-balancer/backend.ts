// The load balancer's backend: what it believes of each server, and which of them it may use. Servers are numbers in the
// order of the configuration; all state is flat, so that a checkpoint is a copy.
import type { Context } from '../../simulation/behaviour.ts';
import { Belief, BeliefState, Field } from '../../simulation/trace.ts';
import { NO_SERVER, WEIGHT_SCALE } from './algorithm.ts';
import { algorithmOf, type BalanceState } from './balance.ts';
import type { LoadBalancerConfig } from './config.ts';
import { bestHealth, type Counts, isHealthy, UNCHECKED } from './health-check.ts';

/** What an operator has said about a server. */
export const Admin = { Ready: 0, Drain: 1, Maintenance: 2 } as const;

export interface LoadBalancerState {
  /** Link to each server (-1: the design has none), the component behind it, and the server behind each link. */
  links: Int32Array;
  peers: Int32Array;
  serverOfLink: Int32Array;
  /** HAProxy's health counter; an unchecked server has 1 (UP) or 0 (an operator's `health down`). */
  health: Int32Array;
  admin: Uint8Array;
  weights: Int32Array;
  /** Requests that hold a slot of each server, those that wait to try it again included. */
  sessions: Int32Array;
  /** Grows when a server's checks are turned on or off: what was under way for the old ones is void. */
  checkStamps: Int32Array;
  /** Rotation of the active servers. Backups need none: one of them serves at a time. */
  balance: BalanceState;
  usableActive: number;
  /** Requests that are not answered yet, and those of them that wait between two attempts. */
  inProgress: number;
  waiting: number;
}

export const countsOf = (config: LoadBalancerConfig, server: number): Counts =>
  config.servers[server]?.check ?? UNCHECKED;

/** Every server is UP before its first check, with a health of `rise`: the first failure marks it DOWN. */
export function freshBackend(config: LoadBalancerConfig, context: Context): LoadBalancerState {
  const count = config.servers.length;
  const outgoing = context.outgoing();
  const state: LoadBalancerState = {
    links: new Int32Array(count).fill(-1),
    peers: new Int32Array(count).fill(-1),
    serverOfLink: new Int32Array(1 + Math.max(0, ...outgoing.map((link) => link.index))).fill(NO_SERVER),
    health: Int32Array.from(config.servers, (server) => (server.check ?? UNCHECKED).rise),
    admin: new Uint8Array(count),
    weights: Int32Array.from(config.servers, (server) => server.weight),
    sessions: new Int32Array(count),
    checkStamps: new Int32Array(count),
    balance: algorithmOf(config.balance).start(new Int32Array(count)),
    usableActive: 0,
    inProgress: 0,
    waiting: 0,
  };
  config.servers.forEach((server, index) => {
    const link = outgoing.find((one) => one.id === server.link);
    if (link === undefined) return;
    state.links[index] = link.index;
    state.peers[index] = link.peer;
    state.serverOfLink[link.index] = index;
  });
  startBalance(state, config);
  return state;
}

/** A rotation from its beginning, with the servers that are usable now. */
function startBalance(state: LoadBalancerState, config: LoadBalancerConfig): void {
  const weights = Int32Array.from(config.servers, (_, server) => activeWeight(state, config, server));
  state.balance = algorithmOf(config.balance).start(weights);
  state.usableActive = weights.reduce((sum, weight) => sum + (weight > 0 ? 1 : 0), 0);
}

/** DOWN by its checks or an operator's word, or in maintenance. A draining server is not down. */
export const isDown = (state: LoadBalancerState, config: LoadBalancerConfig, server: number): boolean =>
  state.admin[server] === Admin.Maintenance || !isHealthy(state.health[server] as number, countsOf(config, server));

const isUsable = (state: LoadBalancerState, config: LoadBalancerConfig, server: number): boolean =>
  state.admin[server] === Admin.Ready &&
  (state.weights[server] as number) > 0 &&
  (state.links[server] as number) >= 0 &&
  isHealthy(state.health[server] as number, countsOf(config, server));

/** Effective weight among the active servers: 0 for a backup and for what cannot be used. */
const activeWeight = (state: LoadBalancerState, config: LoadBalancerConfig, server: number): number =>
  config.servers[server]?.backup === false && isUsable(state, config, server)
    ? (state.weights[server] as number) * WEIGHT_SCALE
    : 0;

/** The server of the next request: of the active ones if any is usable, else the first usable backup. */
export function pickServer(state: LoadBalancerState, config: LoadBalancerConfig, avoid: number): number {
  if (state.usableActive > 0) return algorithmOf(config.balance).pick(state.balance, avoid, null);
  return firstBackup(state, config);
}

function firstBackup(state: LoadBalancerState, config: LoadBalancerConfig): number {
  for (let server = 0; server < config.servers.length; server++) {
    if (config.servers[server]?.backup === true && isUsable(state, config, server)) return server;
  }
  return NO_SERVER;
}

/** Notes whose turn is next. */
export function recordTurn(state: LoadBalancerState, config: LoadBalancerConfig, context: Context): void {
  const next = state.usableActive > 0 ? algorithmOf(config.balance).peek(state.balance) : firstBackup(state, config);
  context.record(Field.Turn, next < 0 ? -1 : context.elementOfLink(state.links[next] as number));
}

/** Something about a server has changed: the rotation takes it in or lets it go, and the picture learns of it. */
export function refreshServer(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  context: Context,
): void {
  const weight = activeWeight(state, config, server);
  const before = state.balance.weights[server] as number;
  if (weight !== before) {
    algorithmOf(config.balance).setWeight(state.balance, server, weight);
    state.usableActive += (weight > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
  }
  recordServer(state, config, server, context);
  recordTurn(state, config, context);
}

function recordServer(state: LoadBalancerState, config: LoadBalancerConfig, server: number, context: Context): void {
  const link = state.links[server] as number;
  const settings = config.servers[server];
  if (link < 0 || settings === undefined) return;
  const counts = countsOf(config, server);
  context.recordLink(link, Belief.Health, state.health[server] as number);
  context.recordLink(link, Belief.Rise, counts.rise);
  context.recordLink(link, Belief.Fall, counts.fall);
  context.recordLink(link, Belief.Backup, settings.backup ? 1 : 0);
  context.recordLink(link, Belief.Weight, state.weights[server] as number);
  context.recordLink(link, Belief.Sessions, state.sessions[server] as number);
  const belief = beliefOf(state, config, server);
  if (context.recordLink(link, Belief.State, belief)) context.recordLink(link, Belief.SinceMs, context.nowMs);
}

function beliefOf(state: LoadBalancerState, config: LoadBalancerConfig, server: number): number {
  if (state.admin[server] === Admin.Maintenance) return BeliefState.Maintenance;
  if (!isHealthy(state.health[server] as number, countsOf(config, server))) return BeliefState.Down;
  if (state.admin[server] === Admin.Drain) return BeliefState.Drain;
  return config.servers[server]?.check === null ? BeliefState.NotChecked : BeliefState.Up;
}

/** Sets the health of a server and tells the rotation. */
export function setHealth(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  health: number,
  context: Context,
): void {
  if (state.health[server] === health) return;
  state.health[server] = health;
  refreshServer(state, config, server, context);
}

/** A health of before under new counts: UP stays UP, DOWN stays DOWN, the best stays the best. */
export function healthUnder(health: number, before: Counts, after: Counts): number {
  if (!isHealthy(health, before)) return Math.min(health, after.rise - 1);
  if (health === bestHealth(before)) return bestHealth(after);
  return Math.min(after.rise + (health - before.rise), bestHealth(after));
}
