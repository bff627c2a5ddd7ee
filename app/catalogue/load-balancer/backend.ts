// The load balancer's backend: what it believes of each server, which of them it may use, and how busy they are. Servers are
// numbers in the order of the configuration; all state is flat, so that a checkpoint is a copy.
import { hashText } from '../../foundation/prng.ts';
import type { Context } from '../../simulation/behaviour.ts';
import { type Loads, NO_SERVER, WEIGHT_SCALE } from './algorithm.ts';
import { type BalanceState, balanceOf } from './balance.ts';
import { FRESH_RANDOM_STATE, hasCookies, type LoadBalancerConfig } from './config.ts';
import { emptyCounters } from './counters.ts';
import { type Counts, isHealthy, UNCHECKED } from './health-check.ts';
import { emptyLine, type WaitingLine } from './waiting-line.ts';

/** What an operator has said about a server. */
export const Admin = { Ready: 0, Drain: 1, Maintenance: 2 } as const;

/** What has just happened to a server and is not settled yet (settle.ts). */
export const Shift = { None: 0, Down: 1, Usable: 2 } as const;

/** A slow start that is over, or never was. */
export const FULL_SPEED = WEIGHT_SCALE;

export interface LoadBalancerState {
  /** Link to each server (-1: the design has none), the component behind it, and the server behind each link. */
  links: Int32Array;
  peers: Int32Array;
  serverOfLink: Int32Array;
  /** HAProxy's health counter; an unchecked server has 1 (UP) or 0 (an operator's `health down`). */
  health: Int32Array;
  admin: Uint8Array;
  /** 1: its health page said 404, so it gets nothing new but sticky users. */
  stopping: Uint8Array;
  weights: Int32Array;
  /** Share of the weight in sixteenths while a server warms up, and when it began; grows with each beginning. */
  warmth: Int32Array;
  warmSinceUs: Float64Array;
  warmStamps: Int32Array;
  /** Errors of requests in a row. */
  errors: Int32Array;
  /** Requests that hold a slot of each server, those that wait to try it again included; its queue; whether it is full. */
  loads: Loads;
  /** `maxconn` as it is now, 0 without limit. */
  limits: Int32Array;
  /** Hash of each server's cookie, 0 without. */
  cookies: Int32Array;
  /** The queue of each server, and the backend's behind them. */
  lines: WaitingLine[];
  lastTicket: number;
  /** Requests in all queues. */
  queuing: number;
  /** Grows when a server's checks are turned on or off: what was under way for the old ones is void. */
  checkStamps: Int32Array;
  /** When the next check is due, or infinity while one is under way. */
  checkDueUs: Float64Array;
  /** Rotation of the active servers and of the backups. */
  balance: BalanceState[];
  /** The algorithm is told of every slot that is taken or given back. */
  feelsLoad: boolean;
  usableActive: number;
  usableBackups: number;
  /** State of HAProxy's random generator, and our own streams. */
  randomState: number;
  randomStream: number;
  spreadStream: number;
  shifts: Uint8Array;
  hasShifts: boolean;
  /** Requests that are not answered yet, and those of them that wait between two attempts. */
  inProgress: number;
  waiting: number;
  counters: Int32Array;
}

export const ACTIVE = 0;
export const BACKUP = 1;

export const countsOf = (config: LoadBalancerConfig, server: number): Counts =>
  config.servers[server]?.check ?? UNCHECKED;

/** A cookie's value as a number other than 0. */
const cookieHash = (value: string): number => hashText(value) || 1;

/** Row of the backend in `lines` and `counters`. */
export const backendRow = (state: LoadBalancerState): number => state.links.length;

/** Every server is UP before its first check, with a health of `rise`: the first failure marks it DOWN. */
export function freshBackend(config: LoadBalancerConfig, context: Context): LoadBalancerState {
  const count = config.servers.length;
  const outgoing = context.outgoing();
  const ints = () => new Int32Array(count);
  const state: LoadBalancerState = {
    links: ints().fill(-1),
    peers: ints().fill(-1),
    serverOfLink: new Int32Array(1 + Math.max(0, ...outgoing.map((link) => link.index))).fill(NO_SERVER),
    health: Int32Array.from(config.servers, (server) => (server.check ?? UNCHECKED).rise),
    admin: new Uint8Array(count),
    stopping: new Uint8Array(count),
    weights: Int32Array.from(config.servers, (server) => server.weight),
    warmth: ints().fill(FULL_SPEED),
    warmSinceUs: new Float64Array(count),
    warmStamps: ints(),
    errors: ints(),
    loads: { served: ints(), queued: ints(), full: new Uint8Array(count) },
    limits: Int32Array.from(config.servers, (server) => server.maxconn ?? 0),
    cookies: cookiesOf(config),
    lines: Array.from({ length: count + 1 }, emptyLine),
    lastTicket: 0,
    queuing: 0,
    checkStamps: ints(),
    checkDueUs: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
    balance: [],
    feelsLoad: false,
    usableActive: 0,
    usableBackups: 0,
    randomState: config.randomState ?? FRESH_RANDOM_STATE,
    randomStream: context.stream('random'),
    spreadStream: context.stream('spread-checks'),
    shifts: new Uint8Array(count),
    hasShifts: false,
    inProgress: 0,
    waiting: 0,
    counters: emptyCounters(count),
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

export const cookiesOf = (config: LoadBalancerConfig): Int32Array =>
  Int32Array.from(config.servers, ({ cookie }) =>
    hasCookies(config) && cookie !== undefined ? cookieHash(cookie) : 0,
  );

/** Rotations from their beginning, with the servers that are usable now. */
export function startBalance(state: LoadBalancerState, config: LoadBalancerConfig): void {
  const { algorithm } = balanceOf(config);
  const own = Int32Array.from(config.servers, (server) => server.weight * WEIGHT_SCALE);
  state.feelsLoad = algorithm.onLoad !== undefined;
  state.balance = [ACTIVE, BACKUP].map((group) => {
    const weights = Int32Array.from(config.servers, (_, server) => groupWeight(state, config, server, group));
    const usable = weights.reduce((sum, weight) => sum + (weight > 0 ? 1 : 0), 0);
    if (group === ACTIVE) state.usableActive = usable;
    else state.usableBackups = usable;
    return algorithm.start(weights, own);
  });
}

/** DOWN by its checks or an operator's word, or in maintenance. A draining server is not down. */
export const isDown = (state: LoadBalancerState, config: LoadBalancerConfig, server: number): boolean =>
  state.admin[server] === Admin.Maintenance || !isHealthy(state.health[server] as number, countsOf(config, server));

/** It may get what the algorithm gives. */
export const isUsable = (state: LoadBalancerState, config: LoadBalancerConfig, server: number): boolean =>
  state.admin[server] === Admin.Ready &&
  state.stopping[server] === 0 &&
  (state.weights[server] as number) > 0 &&
  (state.links[server] as number) >= 0 &&
  isHealthy(state.health[server] as number, countsOf(config, server));

/** It may take requests from the backend's queue: usable, and not a backup that only stands by. */
export function takesFromBackend(state: LoadBalancerState, config: LoadBalancerConfig, server: number): boolean {
  if (!isUsable(state, config, server)) return false;
  if (config.servers[server]?.backup !== true) return true;
  return state.usableActive === 0 && (config.allbackups === true || server === firstBackup(state, config));
}

const groupOf = (config: LoadBalancerConfig, server: number): number =>
  config.servers[server]?.backup === true ? BACKUP : ACTIVE;

/** Effective weight within a group: 0 for a server of the other one and for what cannot be used. */
export const groupWeight = (
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  group: number,
): number =>
  groupOf(config, server) === group && isUsable(state, config, server)
    ? (state.weights[server] as number) * (balanceOf(config).isDynamic ? (state.warmth[server] as number) : FULL_SPEED)
    : 0;

export function firstBackup(state: LoadBalancerState, config: LoadBalancerConfig): number {
  for (let server = 0; server < config.servers.length; server++) {
    if (config.servers[server]?.backup === true && isUsable(state, config, server)) return server;
  }
  return NO_SERVER;
}
