// What an operator does to a running load balancer: words of its runtime interface (`set server ...`), and a reload with
// changed settings, which keeps what it believes of its servers.
import type { Context } from '../../simulation/behaviour.ts';
import { NO_SERVER } from './algorithm.ts';
import { Admin, countsOf, freshBackend, healthUnder, type LoadBalancerState, refreshServer } from './backend.ts';
import { armFirstCheck, startChecks } from './check-runner.ts';
import type { LoadBalancerConfig } from './config.ts';
import { bestHealth } from './health-check.ts';

const MAX_WEIGHT = 256;

/**
 * `set server <name> health up|down`, `set server <name> state ready|drain|maint`, `set server <name> weight <n>` and
 * `set weight <name> <n>`; a name may have its backend before it (`be/s1`). Anything else is passed over, as HAProxy does
 * with a word that it does not know.
 */
export function obeyWords(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  words: readonly string[],
  context: Context,
): void {
  const [verb, noun, name, ...rest] = words;
  if (verb !== 'set' || name === undefined) return;
  const server = serverNamed(config, name);
  if (server < 0) return;
  const [what, value] = noun === 'server' ? rest : ['weight', rest[0]];
  if (what === 'weight') setWeight(state, server, value);
  else if (what === 'state') setAdmin(state, config, server, value);
  else if (what === 'health') sayHealth(state, config, server, value);
  refreshServer(state, config, server, context);
}

function serverNamed(config: LoadBalancerConfig, name: string): number {
  const exact = config.servers.findIndex((server) => server.name === name);
  if (exact >= 0) return exact;
  const bare = name.slice(name.indexOf('/') + 1);
  return config.servers.findIndex((server) => server.name === bare);
}

function setWeight(state: LoadBalancerState, server: number, value: string | undefined): void {
  const weight = Number(value);
  if (Number.isInteger(weight) && weight >= 0 && weight <= MAX_WEIGHT) state.weights[server] = weight;
}

/** From maintenance a server is UP at once, with the health of a fresh start; from draining its health was kept. */
function setAdmin(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  value: string | undefined,
): void {
  if (value === 'drain') state.admin[server] = Admin.Drain;
  else if (value === 'maint') state.admin[server] = Admin.Maintenance;
  else if (value === 'ready') {
    if (state.admin[server] === Admin.Maintenance) state.health[server] = countsOf(config, server).rise;
    state.admin[server] = Admin.Ready;
  }
}

function sayHealth(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  value: string | undefined,
): void {
  if (value === 'up') state.health[server] = bestHealth(countsOf(config, server));
  else if (value === 'down') state.health[server] = 0;
}

/** Changed settings take effect now; requests under way and what is known of each server stay. */
export function reload(
  state: LoadBalancerState,
  before: LoadBalancerConfig,
  after: LoadBalancerConfig,
  context: Context,
): void {
  const isSameList =
    before.servers.length === after.servers.length &&
    before.servers.every((server, index) => {
      const other = after.servers[index];
      return server.name === other?.name && server.link === other.link;
    });
  if (isSameList) reloadServers(state, before, after, context);
  else replaceServers(state, before, after, context);
}

function reloadServers(
  state: LoadBalancerState,
  before: LoadBalancerConfig,
  after: LoadBalancerConfig,
  context: Context,
): void {
  after.servers.forEach((settings, server) => {
    const was = before.servers[server];
    if (was === undefined) return;
    if (settings.weight !== was.weight) state.weights[server] = settings.weight;
    state.health[server] = healthUnder(
      state.health[server] as number,
      countsOf(before, server),
      countsOf(after, server),
    );
    if ((settings.check === null) !== (was.check === null)) {
      state.checkStamps[server] = (state.checkStamps[server] as number) + 1;
      if (settings.check !== null) armFirstCheck(state, server, 0, context);
    }
    refreshServer(state, after, server, context);
  });
}

/** Another list of servers: a fresh backend that takes over, by name, what was known, and by link, who holds a slot. */
function replaceServers(
  state: LoadBalancerState,
  before: LoadBalancerConfig,
  after: LoadBalancerConfig,
  context: Context,
): void {
  const fresh = freshBackend(after, context);
  const stamp = 1 + Math.max(0, ...state.checkStamps);
  after.servers.forEach((settings, server) => {
    const was = before.servers.findIndex((one) => one.name === settings.name);
    if (was >= 0) {
      fresh.health[server] = healthUnder(state.health[was] as number, countsOf(before, was), countsOf(after, server));
      fresh.admin[server] = state.admin[was] as number;
      if (before.servers[was]?.weight === settings.weight) fresh.weights[server] = state.weights[was] as number;
    }
    const link = fresh.links[server] as number;
    const holder = link < 0 ? NO_SERVER : (state.serverOfLink[link] ?? NO_SERVER);
    fresh.sessions[server] = holder < 0 ? 0 : (state.sessions[holder] as number);
    fresh.checkStamps[server] = stamp;
  });
  Object.assign(state, fresh, { inProgress: state.inProgress, waiting: state.waiting });
  after.servers.forEach((_, server) => {
    refreshServer(state, after, server, context);
  });
  startChecks(state, after, context);
}
