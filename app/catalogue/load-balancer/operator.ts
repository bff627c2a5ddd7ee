// What an operator does to a running load balancer: words of its runtime interface (`set server ...`), and a reload with
// changed settings, which keeps what it believes of its servers.
import type { Context } from '../../simulation/behaviour.ts';
import { NO_SERVER } from './algorithm.ts';
import { Admin, cookiesOf, countsOf, freshBackend, type LoadBalancerState, Shift, startBalance } from './backend.ts';
import { balanceOf } from './balance.ts';
import { changeServer, healthUnder, refreshServer, shift } from './beliefs.ts';
import { armFirstCheck, startChecks } from './check-runner.ts';
import type { LoadBalancerConfig } from './config.ts';
import { COUNTERS } from './counters.ts';
import { bestHealth } from './health-check.ts';
import { rejoinBackend } from './request-path.ts';
import { refreshFull } from './slots.ts';
import { endWarmUp } from './slow-start.ts';
import { frontOf, frontTicket, passFront, type WaitingLine } from './waiting-line.ts';

const MAX_WEIGHT = 256;

/**
 * `set server <name> health up|stopping|down`, `set server <name> state ready|drain|maint`, `set server <name> weight <n>` and
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
  changeServer(state, config, server, context, () => {
    if (what === 'weight') setWeight(state, config, server, value);
    else if (what === 'state') setAdmin(state, config, server, value);
    else if (what === 'health') sayHealth(state, config, server, value);
  });
}

function serverNamed(config: LoadBalancerConfig, name: string): number {
  const exact = config.servers.findIndex((server) => server.name === name);
  if (exact >= 0) return exact;
  const bare = name.slice(name.indexOf('/') + 1);
  return config.servers.findIndex((server) => server.name === bare);
}

/** A number, or per cent of the configured weight. A static algorithm takes only 0 and the configured weight. */
function setWeight(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  value: string | undefined,
): void {
  const own = config.servers[server]?.weight ?? 1;
  const [, percent] = /^(\d+)%$/.exec(value ?? '') ?? [];
  const weight =
    percent === undefined ? Number(value) : Math.min(MAX_WEIGHT, Math.floor((own * Number(percent)) / 100));
  if (!Number.isInteger(weight) || weight < 0 || weight > MAX_WEIGHT) return;
  if (weight !== 0 && weight !== own && !balanceOf(config).isDynamic) return;
  state.weights[server] = weight;
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
  if (value === 'down') state.health[server] = 0;
  else if (value === 'up') {
    state.health[server] = bestHealth(countsOf(config, server));
    state.stopping[server] = 0;
  } else if (value === 'stopping') state.stopping[server] = 1;
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
  if (balanceOf(before) !== balanceOf(after)) startBalance(state, after);
  state.cookies = cookiesOf(after);
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
    if (settings.maxconn !== was.maxconn || settings.slowstartMs !== was.slowstartMs) endWarmUp(state, after, server);
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
      copyRow(state.counters, was, fresh.counters, server);
    }
    const link = fresh.links[server] as number;
    const holder = link < 0 ? NO_SERVER : (state.serverOfLink[link] ?? NO_SERVER);
    fresh.loads.served[server] = holder < 0 ? 0 : (state.loads.served[holder] as number);
    fresh.checkStamps[server] = stamp;
  });
  copyRow(state.counters, before.servers.length, fresh.counters, after.servers.length);
  const { inProgress, waiting, lastTicket, randomState } = state;
  const lines = state.lines;
  Object.assign(state, fresh, { inProgress, waiting, lastTicket, randomState });
  moveToBackend(state, after, lines, context);
  after.servers.forEach((_, server) => {
    refreshFull(state, after, server);
    refreshServer(state, after, server, context);
    shift(state, server, Shift.Usable);
  });
  startChecks(state, after, context);
}

/** Every request that waited for a server waits at the new backend, in the order in which they came. */
function moveToBackend(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  lines: readonly WaitingLine[],
  context: Context,
): void {
  const waiting = lines.flatMap((line) => {
    const all: { readonly call: number; readonly ticket: number }[] = [];
    for (let call = frontOf(line, context.calls, context.self); call >= 0; ) {
      all.push({ call, ticket: frontTicket(line) });
      passFront(line);
      call = frontOf(line, context.calls, context.self);
    }
    return all;
  });
  waiting.sort((a, b) => a.ticket - b.ticket);
  for (const { call, ticket } of waiting) rejoinBackend(state, config, call, ticket, context);
}

function copyRow(from: Int32Array, row: number, to: Int32Array, toRow: number): void {
  const width = COUNTERS.length;
  to.set(from.subarray(row * width, (row + 1) * width), toRow * width);
}
