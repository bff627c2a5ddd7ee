// Who gets a request: the group that serves now (the active servers, or the backups when none of those is left), and in it
// the server that the algorithm says.
import type { CallId, Context } from '../../simulation/behaviour.ts';
import { NO_SERVER } from './algorithm.ts';
import { ACTIVE, BACKUP, backendRow, firstBackup, type LoadBalancerState } from './backend.ts';
import { balanceOf } from './balance.ts';
import { DEFAULT_RANDOM_DRAWS, isHashMixed, type LoadBalancerConfig } from './config.ts';
import { mixed } from './mixing.ts';
import { type RandomState, xorshift32 } from './random-draws.ts';
import { lineOf } from './slots.ts';

/** Nobody can take the request now, but somebody will: it waits in the backend's queue. */
export const ALL_FULL = -2;

/** A server, ALL_FULL, or NO_SERVER when none is usable. */
export function pickServer(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  call: CallId,
  avoid: number,
  context: Context,
): number {
  let group = ACTIVE;
  if (state.usableActive === 0) {
    if (state.usableBackups === 0) return NO_SERVER;
    if (config.allbackups !== true) return firstBackup(state, config);
    group = BACKUP;
  }
  const balance = balanceOf(config);
  if (balance.joinsQueue && lineOf(state, backendRow(state)).length > 0) return ALL_FULL;
  const rotation = state.balance[group] as object;
  if (config.balance === 'random') drawNumbers(state, config, rotation as RandomState, context);
  const key = balance.isHash ? sourceKey(config, call, context) : 0;
  const server = balance.algorithm.pick(rotation, avoid, state.loads, key);
  return server < 0 ? ALL_FULL : server;
}

/** A request that is bound to a server by its address finds the same one again. */
export const isHashed = (config: LoadBalancerConfig): boolean => balanceOf(config).isHash;

/** The address as the algorithm looks it up. A user who is gone already counts as address 0. */
function sourceKey(config: LoadBalancerConfig, call: CallId, { calls, requests }: Context): number {
  const slot = requests.of(calls, call);
  const address = slot < 0 ? 0 : (requests.address[slot] as number) >>> 0;
  return isHashMixed(config) ? mixed(address) : address;
}

function drawNumbers(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  random: RandomState,
  context: Context,
): void {
  const draws = config.randomDraws ?? DEFAULT_RANDOM_DRAWS;
  if (random.drawn.length !== draws) random.drawn = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) random.drawn[draw] = drawNumber(state, config, context);
}

const NUMBERS = 2 ** 32;

/** 32 bits: of HAProxy's own generator, or of the run's seed. */
function drawNumber(state: LoadBalancerState, config: LoadBalancerConfig, context: Context): number {
  if (config.randomState === undefined) return Math.floor(context.draws.uniform(state.randomStream) * NUMBERS);
  state.randomState = xorshift32(state.randomState);
  return state.randomState;
}
