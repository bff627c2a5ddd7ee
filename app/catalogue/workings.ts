// What the kinds tell the analysis of work: how long each part takes for a request, how many it takes at a time, and how requests
// divide over its ways. The same settings that the behaviours live by, read instead of lived through.
import type { Wish } from '../analysis/denied.ts';
import type { Ask, Way, Work, Workings } from '../analysis/site-load.ts';
import type { Component, Design, Link } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import { type Distribution, variationOf } from '../simulation/distribution.ts';
import type { AppServerConfig } from './app-server/config.ts';
import type { DatabaseConfig } from './database/config.ts';
import { knowledge } from './knowledge.ts';
import { connectTimeoutMs, type LoadBalancerConfig, queueTimeoutMs, serverTimeoutMs } from './load-balancer/config.ts';
import { takesOver } from './virtual-ip/take-over.ts';
import type { WebServerConfig } from './web-server/config.ts';

const NOTHING: Work = { places: 1, ownMs: 0, scv: 0, holds: false };
/** A request that is passed on holds the client's connection and the one to the application server. */
const CONNECTIONS_PER_REQUEST = 2;

export const workings: Workings = {
  work(component, ask, design) {
    switch (component.kind) {
      case 'web-server': {
        const { workerConnections, parseMs } = component.config as unknown as WebServerConfig;
        return { places: workerConnections / CONNECTIONS_PER_REQUEST, ownMs: parseMs, scv: 0, holds: true };
      }
      case 'app-server': {
        const { workers, serviceMs, distribution, variation, holdsWorker } =
          component.config as unknown as AppServerConfig;
        return { places: workers, ownMs: serviceMs, scv: scvOf(distribution, variation), holds: holdsWorker !== false };
      }
      case 'database':
        return databaseWork(component, ask, design);
      default:
        return NOTHING;
    }
  },

  onward(component, ask, design, { down }) {
    if (component.kind === 'load-balancer') return balanced(component, design, down);
    if (component.kind === 'app-server' && ask === 'page') return [];
    const wish: Wish = ask === 'write' ? 'write' : 'read';
    return evenly(knowledge.next(component, wish, design));
  },

  copying(component, design, { slow }) {
    const isCopy = wiringOf(design)
      .linksTo(component.id)
      .some((link) => link.protocol === 'replication');
    if (!isCopy) return 0;
    const { applyMs, applyThreads = 1 } = component.config as unknown as DatabaseConfig;
    const factor = (slow.get(component.id) ?? 1) * (slow.get(component.hostId) ?? 1);
    const { rateRps, writeShare } = design.traffic;
    return (rateRps * writeShare * factor * applyMs) / 1000 / applyThreads;
  },

  answerMs: (component) => limitOf(component, ANSWER_LIMITS),
  patienceMs: (component) => (component.kind === 'app-server' ? null : limitOf(component, ANSWER_LIMITS)),
  connectMs: (component) => limitOf(component, CONNECT_LIMITS),

  longestMs(component) {
    if (component.kind !== 'load-balancer') return null;
    const config = component.config as unknown as LoadBalancerConfig;
    const queueMs = config.servers.some(({ maxconn = 0 }) => maxconn > 0) ? queueTimeoutMs(config) : 0;
    return (config.retries + 1) * connectTimeoutMs(config) + queueMs + serverTimeoutMs(config);
  },

  triesOthers(component, wish) {
    if (component.kind === 'app-server') return wish === 'read' && component.config['readsFrom'] === 'both';
    if (component.kind !== 'load-balancer') return false;
    const { retries, redispatch } = component.config as unknown as LoadBalancerConfig;
    return retries > 0 && redispatch !== null && redispatch !== 0;
  },

  standIn(primary, design) {
    for (const link of wiringOf(design).linksFrom(primary.id)) {
      const replica = wiringOf(design).component(link.to);
      if (link.protocol !== 'replication' || replica === undefined) continue;
      const { monitor } = replica.config as unknown as DatabaseConfig;
      if (monitor == null) continue;
      const { monitorIntervalMs, failcount, backendConnectTimeoutMs, stonithMs } = monitor;
      const leastMs = (failcount - 1) * monitorIntervalMs;
      const mostMs =
        failcount * Math.max(monitorIntervalMs, backendConnectTimeoutMs) + monitorIntervalMs + (stonithMs ?? 0);
      return { replica, link, leastMs, mostMs, powersOff: stonithMs != null };
    }
    return null;
  },

  takesOver,
};

const ANSWER_LIMITS: Readonly<Record<string, string>> = {
  'load-balancer': 'timeoutServerMs',
  'web-server': 'proxyReadTimeoutMs',
  'app-server': 'readTimeoutMs',
};
const CONNECT_LIMITS: Readonly<Record<string, string>> = {
  'load-balancer': 'timeoutConnectMs',
  'web-server': 'proxyConnectTimeoutMs',
  'app-server': 'connectTimeoutMs',
};

function limitOf({ kind, config }: Component, names: Readonly<Record<string, string>>): number | null {
  const ms = config[names[kind] ?? ''];
  return typeof ms === 'number' ? ms : null;
}

const scvOf = (distribution: Distribution, variation: number | undefined): number =>
  variationOf(distribution, variation) ** 2;

/** A write that waits for a replica's acknowledgement takes the way there and back. */
function databaseWork(component: Component, ask: Ask, design: Design): Work {
  const config = component.config as unknown as DatabaseConfig;
  const { readMs, writeMs, commitMs = 0, connections, threads = connections, distribution, variation } = config;
  const copies = wiringOf(design)
    .linksFrom(component.id)
    .filter((link) => link.protocol === 'replication');
  const waits = config.rplSemiSyncMasterEnabled === true && copies.length > 0;
  const acknowledgedMs = waits ? 2 * Math.min(...copies.map((link) => link.latencyMs)) : 0;
  const ownMs = ask === 'write' ? writeMs + commitMs + acknowledgedMs : readMs;
  return { places: Math.min(threads, connections), ownMs, scv: scvOf(distribution, variation), holds: true };
}

/** By weight where servers take turns. Every other algorithm goes by what the run has come to, and so does a limit of a server. */
function balanced(component: Component, design: Design, down: ReadonlySet<string>): readonly Way[] | null {
  const { balance, servers: all, cookie } = component.config as unknown as LoadBalancerConfig;
  if (all.some(({ maxconn = 0 }) => maxconn > 0)) return null;
  const servers = all.filter(({ link }) => !down.has(link));
  const active = servers.some(({ backup }) => !backup) ? servers.filter(({ backup }) => !backup) : servers.slice(0, 1);
  const isByTurn = balance === 'roundrobin' || balance === 'static-rr';
  if (active.length > 1 && (!isByTurn || typeof cookie === 'string')) return null;
  const weights = active.reduce((sum, { weight }) => sum + weight, 0);
  return active.flatMap(({ link: id, weight }) => {
    const link = wiringOf(design).link(id);
    return link === undefined || weights === 0 ? [] : [{ link, share: weight / weights }];
  });
}

const evenly = (links: readonly Link[]): readonly Way[] => links.map((link) => ({ link, share: 1 / links.length }));
