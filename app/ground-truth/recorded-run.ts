// Turns a repetition of a recording into a run: a balancer with the recorded settings, scripted servers, the recorded
// arrivals, and the recorded acts as commands. Every command remembers the entry that it comes from, so that a comparison
// may move that entry by a few milliseconds.

import { loadBalancerBehaviour } from '../catalogue/load-balancer/behaviour.ts';
import { BARE, BARE_HOST } from '../design/bare.ts';
import type { Arrival, Component, Design, Host, Link } from '../design/design.ts';
import { fromMs } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import type { Run } from '../simulation/run.ts';
import type { Behaviours } from '../simulation/world.ts';
import { settingsOf } from './recorded-settings.ts';
import { isPowerOff, type RecordedRequest, type RecordedServer, type Recording, type Repetition } from './recording.ts';
import { SCRIPTED_SERVER, type ScriptedServerConfig, scriptedServer } from './scripted-server.ts';

/** What the replay runs with. */
export const REPLAY_BEHAVIOURS: Behaviours = {
  'load-balancer': loadBalancerBehaviour as unknown as NonNullable<Behaviours[string]>,
  [SCRIPTED_SERVER]: scriptedServer as unknown as NonNullable<Behaviours[string]>,
};

const BALANCER = 'balancer';
const BALANCER_HOST = 'balancer-host';
export const serverId = (name: string): string => `server ${name}`;
const hostId = (name: string): string => `host ${name}`;
const linkId = (name: string): string => `link ${name}`;

/** Everything was on one machine: the fastest answers recorded took 0.4 ms, the fastest refusals of the balancer 0.2. */
const USER_LATENCY_MS = 0.05;
export const SERVER_LATENCY_MS = 0.1;
/** The recorded clients wait for ever. */
const CLIENT_TIMEOUT_MS = 600_000;

/** One recorded act or transition as commands, at a time that may be moved. */
export interface Entry {
  readonly atMs: number;
  readonly commands: readonly Untimed[];
}

type Untimed = Command extends infer One ? (One extends Command ? Omit<One, 'atUs'> : never) : never;

const SERVER_STATUS_OK = 200;

/** The acts of a repetition: faults and repairs of servers and balancer, statuses, and the operator's words. */
export function actsOf(recording: Recording, repetition: Repetition): readonly Entry[] {
  const dead = recording.deadAtStart.map((name) => ({ atMs: 0, commands: [kill(serverId(name))] }));
  const acts = repetition.schedule.flatMap((entry): Entry[] => {
    const commands = commandsOf(entry.action, entry.target, isPowerOff(repetition.schedule, entry));
    if (commands.length === 0) return [];
    const next = entry.beforeRequest === undefined ? undefined : repetition.requests?.[entry.beforeRequest];
    if (next !== undefined) return [{ atMs: next.atMs, commands }];
    return [{ atMs: entry.action === 'lb-launch' ? listeningAtMs(repetition, entry.atMs) : entry.atMs, commands }];
  });
  return [...dead, ...acts];
}

function commandsOf(action: string, target: string, powersOff: boolean): readonly Untimed[] {
  if (action === 'kill -9') return [kill(serverId(target))];
  if (action === 'listening') return [{ type: 'repair', target: hostId(target) }];
  if (action === 'black-hole') return [kill(hostId(target))];
  if (action === 'SIGSTOP') return [powersOff ? kill(hostId(target)) : { type: 'hang', target: serverId(target) }];
  if (action === 'SIGCONT') return [{ type: 'repair', target: serverId(target), fault: 'hang' }];
  if (action === 'lb-kill -9') return [kill(BALANCER)];
  if (action === 'lb-launch') return [{ type: 'repair', target: BALANCER }];
  const [, page, status] = /^set (status|health)=(\d+)$/.exec(action) ?? [];
  if (status !== undefined) {
    const patch = page === 'health' ? { healthStatus: Number(status) } : { status: Number(status) };
    return [{ type: 'reconfigure', target: serverId(target), patch }];
  }
  if (action.startsWith('cli: ')) return [{ type: 'admin', target: BALANCER, words: action.slice(5).split(' ') }];
  return [];
}

const kill = (target: string): Untimed => ({ type: 'kill', target });

/** A launched balancer listens some time before it is seen to be ready: from its first check or transition, if recorded. */
function listeningAtMs(repetition: Repetition, launchMs: number): number {
  const ready = repetition.schedule.find((entry) => entry.action === 'lb-ready' && entry.atMs >= launchMs);
  const signs = [...repetition.healthChecks, ...repetition.serverEvents].filter((entry) => entry.atMs >= launchMs);
  return Math.max(launchMs, Math.min(ready?.atMs ?? launchMs, ...signs.map((entry) => entry.atMs)) - 0.5);
}

/** The recorded transitions as an operator's words, for a balancer whose own checks are off. */
export function transitionsOf(repetition: Repetition): readonly Entry[] {
  return repetition.serverEvents.flatMap((event): Entry[] => {
    const health = HEALTH_WORDS[event.state];
    if (health === undefined || isSlowStartOver(repetition, event)) return [];
    const words = ['set', 'server', event.server, 'health', health];
    return [{ atMs: event.atMs, commands: [{ type: 'admin', target: BALANCER, words }] }];
  });
}

const HEALTH_WORDS: Readonly<Record<string, string>> = { UP: 'up', DOWN: 'down', 'is stopping': 'stopping' };

/** A second UP in a row is the end of a slow start. */
function isSlowStartOver({ serverEvents }: Repetition, event: Repetition['serverEvents'][number]): boolean {
  const own = serverEvents.filter((one) => one.server === event.server);
  return event.state === 'UP' && own[own.indexOf(event) - 1]?.state === 'UP';
}

/**
 * Where service times are taken from: as planned, or (`as-ended`) so that each request gives its slot back when the recorded
 * one did, because picks depend on that moment.
 */
export type Services = 'planned' | 'as-ended';

/** Arrivals as recorded, or as planned where the requests are not listed; null when neither is known. */
export function arrivalsOf(
  recording: Recording,
  repetition: Repetition,
  services: Services = 'planned',
): readonly Arrival[] | null {
  const { firstMs, everyMs, untilMs, serviceTimeMs, servicesMs } = recording;
  const service = (index: number) => servicesMs?.[index] ?? serviceTimeMs ?? 0;
  const costMs = recording.model.servers.some((server) => server.maxconn) ? SATURATED_COST_MS : 0;
  if (repetition.requests !== null) {
    return repetition.requests.map((request, index) => ({
      atMs: Math.max(0, request.atMs),
      kind: 'read',
      serviceMs: services === 'as-ended' ? endedServiceMs(request) : (request.serviceMs ?? service(index)) + costMs,
      address: addressOf(request.src ?? LOCALHOST),
      ...(request.client === undefined ? {} : { user: request.client }),
    }));
  }
  if (everyMs === null || untilMs === null) return null;
  const count = Math.floor(untilMs / everyMs);
  return Array.from({ length: count }, (_, index) => ({
    atMs: firstMs + index * everyMs,
    kind: 'read',
    serviceMs: service(index) + costMs,
    address: addressOf(LOCALHOST),
  }));
}

/** What a real request costs beside its service time where requests queue (haproxy/README.md, "Within ranges"). */
const SATURATED_COST_MS = 1.5;
const LOCALHOST = '127.0.0.1';
/** The client saw the end so long after the balancer (haproxy/README.md, "What a simulator must match"). */
const SEEN_LATER_MS = 0.5;

function endedServiceMs({ latencyMs, timers }: RecordedRequest): number {
  const waitedMs = Math.max(0, timers?.Tw ?? 0) + Math.max(0, timers?.Tc ?? 0);
  return Math.max(0, latencyMs - waitedMs - SEEN_LATER_MS - USER_LATENCY_MS - 2 * SERVER_LATENCY_MS);
}

/** An IPv4 address as a 32-bit number. */
const addressOf = (text: string): number => text.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);

export interface RunOptions {
  readonly arrivals: readonly Arrival[];
  readonly entries: readonly Entry[];
  /** The balancer's own checks; off when transitions come as commands. */
  readonly checks: boolean;
  readonly serverLatencyMs?: number;
  /** Only these servers; all when left out. */
  readonly servers?: readonly RecordedServer[];
  /** Of the random numbers; 1 when left out. */
  readonly seed?: number;
  /** Random picks are drawn from the seed, not by HAProxy's own generator. */
  readonly ownGenerator?: boolean;
}

/** The run of a recording's balancer under the given arrivals and entries. */
export function runOf(recording: Recording, options: RunOptions): Run {
  const servers = options.servers ?? recording.model.servers;
  const latencyMs = options.serverLatencyMs ?? SERVER_LATENCY_MS;
  const commands = options.entries.flatMap(({ atMs, commands: acts }) =>
    acts.map((act) => ({ ...act, atUs: Math.max(0, fromMs(atMs)) }) as Command),
  );
  const backend: Component = {
    ...component(BALANCER, BALANCER_HOST, 'load-balancer'),
    config: { ...settingsOf(recording.model, servers, { ...options, linkId }) },
  };
  const scripted: ScriptedServerConfig = { status: SERVER_STATUS_OK, healthStatus: SERVER_STATUS_OK };
  const design: Design = {
    ...SHEET,
    traffic: {
      ...SHEET.traffic,
      arrivals: { type: 'list', list: options.arrivals, closedLoop: recording.closedLoop },
      users: 1 + Math.max(0, ...options.arrivals.map((arrival) => arrival.user ?? 0)),
    },
    hosts: [host(BALANCER_HOST), ...servers.map(({ name }) => host(hostId(name)))],
    components: [
      backend,
      ...servers.map(({ name }) => ({
        ...component(serverId(name), hostId(name), SCRIPTED_SERVER),
        config: { ...scripted },
      })),
    ],
    links: [
      link('entry', 'users', BALANCER, USER_LATENCY_MS),
      ...servers.map(({ name }) => link(linkId(name), BALANCER, serverId(name), latencyMs)),
    ],
  };
  return { design, seed: options.seed ?? 1, commands };
}

const NOWHERE = { x: 0, y: 0 };
const SMALL = { width: 1, height: 1 };

const host = (id: string): Host => ({
  id,
  name: id,
  position: NOWHERE,
  size: SMALL,
  heading: 'top',
  address: '127.0.0.1',
  ...BARE_HOST,
  adminPort: null,
});

const component = (id: string, on: string, kind: string) => ({ id, hostId: on, kind, name: id, position: NOWHERE });

const link = (id: string, from: string, to: string, latencyMs: number): Link => ({
  id,
  from,
  to,
  protocol: 'http',
  port: 80,
  latencyMs,
  encrypted: false,
});

const SHEET: Omit<Design, 'hosts' | 'components' | 'links'> = {
  version: 2,
  id: 'recording',
  name: 'Recording',
  title: 'A recording of the real HAProxy',
  summary: [],
  timings: 'custom',
  dns: { position: NOWHERE, name: 'www.example.com', type: 'A', address: '127.0.0.1', ttlS: 604_800, latencyMs: 0 },
  traffic: {
    position: NOWHERE,
    rateRps: 0,
    arrivals: { type: 'poisson' },
    writeShare: 0,
    staticShare: 0,
    clientTimeoutMs: CLIENT_TIMEOUT_MS,
    users: 1,
  },
  ...BARE,
  layout: { size: SMALL, title: NOWHERE, legend: NOWHERE, monitoring: NOWHERE },
};
