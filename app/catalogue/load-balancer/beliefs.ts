// What changes about a server while it runs: its health, its place in the rotation, and what the picture shows of it.
import type { Context } from '../../simulation/behaviour.ts';
import { Belief, BeliefState, Field } from '../../simulation/trace.ts';
import {
  ACTIVE,
  Admin,
  BACKUP,
  countsOf,
  FULL_SPEED,
  firstBackup,
  groupWeight,
  isDown,
  isUsable,
  type LoadBalancerState,
  Shift,
} from './backend.ts';
import { balanceOf } from './balance.ts';
import type { LoadBalancerConfig } from './config.ts';
import { Counter, count } from './counters.ts';
import { bestHealth, type Counts, isHealthy } from './health-check.ts';
import { beginWarmUp, endWarmUp } from './slow-start.ts';

/** Notes whose turn is next. */
export function recordTurn(state: LoadBalancerState, config: LoadBalancerConfig, context: Context): void {
  const next = nextServer(state, config);
  context.record(Field.Turn, next < 0 ? -1 : context.elementOfLink(state.links[next] as number));
}

function nextServer(state: LoadBalancerState, config: LoadBalancerConfig): number {
  const group = state.usableActive > 0 ? ACTIVE : BACKUP;
  if (group === BACKUP && config.allbackups !== true) return firstBackup(state, config);
  return balanceOf(config).algorithm.peek(state.balance[group] as object, state.loads);
}

/** Something about a server has changed: the rotation takes it in or lets it go, and the picture learns of it. */
export function refreshServer(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  context: Context,
): void {
  const { algorithm } = balanceOf(config);
  for (const group of [ACTIVE, BACKUP]) {
    const weight = groupWeight(state, config, server, group);
    algorithm.setWeight(state.balance[group] as object, server, weight, state.loads);
  }
  countUsable(state, config);
  recordServer(state, config, server, context);
  recordTurn(state, config, context);
}

function countUsable(state: LoadBalancerState, config: LoadBalancerConfig): void {
  state.usableActive = 0;
  state.usableBackups = 0;
  for (let server = 0; server < config.servers.length; server++) {
    if (!isUsable(state, config, server)) continue;
    if (config.servers[server]?.backup === true) state.usableBackups++;
    else state.usableActive++;
  }
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
  context.recordLink(link, Belief.Weight, shownWeight(state, server));
  context.recordLink(link, Belief.Sessions, state.loads.served[server] as number);
  context.recordLink(link, Belief.Queue, state.loads.queued[server] as number);
  const belief = beliefOf(state, config, server);
  if (context.recordLink(link, Belief.State, belief)) context.recordLink(link, Belief.SinceMs, context.nowMs);
}

/** As the statistics show it: rounded up while it warms up. */
const shownWeight = (state: LoadBalancerState, server: number): number =>
  Math.ceil(((state.weights[server] as number) * (state.warmth[server] as number)) / FULL_SPEED);

function beliefOf(state: LoadBalancerState, config: LoadBalancerConfig, server: number): number {
  if (state.admin[server] === Admin.Maintenance) return BeliefState.Maintenance;
  if (!isHealthy(state.health[server] as number, countsOf(config, server))) return BeliefState.Down;
  if (state.admin[server] === Admin.Drain || state.stopping[server] === 1) return BeliefState.Drain;
  return config.servers[server]?.check === null ? BeliefState.NotChecked : BeliefState.Up;
}

/** What a change did: `change` alters health, admin or stopping of a server; the consequences are noted to be settled. */
export function changeServer(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  context: Context,
  change: () => void,
): void {
  const wasDown = isDown(state, config, server);
  const wasStopping = state.stopping[server] === 1;
  const wasUsable = isUsable(state, config, server);
  change();
  const nowDown = isDown(state, config, server);
  if (nowDown && !wasDown) {
    state.stopping[server] = 0;
    endWarmUp(state, config, server);
    shift(state, server, Shift.Down);
    if (state.admin[server] !== Admin.Maintenance) count(state.counters, server, Counter.ChkDown);
  } else if (!nowDown && (wasDown || (wasStopping && state.stopping[server] === 0))) {
    beginWarmUp(state, config, server, context);
  }
  refreshServer(state, config, server, context);
  if (!wasUsable && isUsable(state, config, server)) shift(state, server, Shift.Usable);
}

export function shift(state: LoadBalancerState, server: number, what: number): void {
  state.shifts[server] = what;
  state.hasShifts = true;
}

/** Sets the health of a server. */
export function setHealth(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  health: number,
  context: Context,
): void {
  if (state.health[server] === health) return;
  changeServer(state, config, server, context, () => {
    state.health[server] = health;
  });
}

/** A health of before under new counts: UP stays UP, DOWN stays DOWN, the best stays the best. */
export function healthUnder(health: number, before: Counts, after: Counts): number {
  if (!isHealthy(health, before)) return Math.min(health, after.rise - 1);
  if (health === bestHealth(before)) return bestHealth(after);
  return Math.min(after.rise + (health - before.rise), bestHealth(after));
}
