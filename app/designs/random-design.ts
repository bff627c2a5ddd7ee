// A design drawn by dice: one to four servers with web and application servers, perhaps a load balancer, perhaps databases, all
// with settings from the corners of what is allowed. For the search for faults in ourselves.
import type { Design } from '../design/design.ts';
import type { Dice } from '../foundation/dice.ts';
import { DISTRIBUTIONS } from '../simulation/distribution.ts';
import { PLAIN_ADDRESS, type PlainLink, type PlainPart, plainDesign, plainLinkId } from './plain-design.ts';

/** What the kinds allow, handed in: this file knows no kind's code. */
export interface Choices {
  readonly balances: readonly string[];
}

const MOST_SERVERS = 4;
const LATENCIES_MS = [0, 0, 0.05, 0.25, 1, 7.3, 90];

/** `databases`: how many there are, all linked; without it dice decide. */
export function randomDesign(dice: Dice, choices: Choices, { databases }: { databases?: number } = {}): Design {
  const parts: PlainPart[] = [];
  const links: PlainLink[] = [];
  const link = (from: string, to: string) => links.push({ from, to, latencyMs: dice.one(LATENCIES_MS) });
  const servers = dice.whole(1, MOST_SERVERS);
  const fronts: string[] = [];
  const apps: string[] = [];
  for (let n = 1; n <= servers; n++) {
    const host = `server${n}`;
    const hasApp = n === 1 || dice.chance(0.9);
    if (hasApp) parts.push({ id: `app${n}`, kind: 'app-server', host, config: appConfig(dice) });
    if (hasApp) apps.push(`app${n}`);
    if (!hasApp || dice.chance(0.6)) {
      parts.push({ id: `web${n}`, kind: 'web-server', host, config: webConfig(dice) });
      if (hasApp) link(`web${n}`, `app${n}`);
      fronts.push(`web${n}`);
    } else fronts.push(`app${n}`);
  }
  if (servers > 1 || dice.chance(0.4)) {
    parts.push({ id: 'lb', kind: 'load-balancer', config: balancerConfig(dice, fronts, choices) });
    link('users', 'lb');
    for (const front of fronts) link('lb', front);
    if (dice.chance(0.4)) addSecondBalancer(dice, fronts, choices, parts, link);
  } else link('users', fronts[0] as string);
  addDatabases(dice, apps, servers, parts, link, databases);
  return plainDesign({ parts, links, ...randomTraffic(dice) });
}

function addDatabases(
  dice: Dice,
  apps: readonly string[],
  servers: number,
  parts: PlainPart[],
  link: (from: string, to: string) => void,
  count: number | undefined,
): void {
  const databases = Array.from({ length: count ?? dice.whole(0, 3) }, (_, index) => `db${index}`);
  const isLinked = (likely: number) => count !== undefined || dice.chance(likely);
  for (const [index, id] of databases.entries()) {
    const role = index === 0 && dice.chance(0.95) ? 'primary' : 'replica';
    const home = dice.chance(0.5) ? { host: `server${dice.whole(1, servers)}` } : {};
    parts.push({ id, kind: 'database', config: databaseConfig(dice, role), ...home });
    for (const app of apps) if (isLinked(0.85)) link(app, id);
    if (role === 'replica' && index > 0 && isLinked(0.85)) link('db0', id);
  }
}

/** A second balancer before the same servers, and keepalived beside each; sometimes one of them tracks nothing. */
function addSecondBalancer(
  dice: Dice,
  fronts: readonly string[],
  choices: Choices,
  parts: PlainPart[],
  link: (from: string, to: string) => void,
): void {
  const config = balancerConfig(dice, fronts, choices, 'lb2');
  parts.push({ id: 'lb2', kind: 'load-balancer', config });
  link('users', 'lb2');
  for (const front of fronts) link('lb2', front);
  const version = dice.one([2, 3] as const);
  const advertIntMs = version === 2 ? dice.one([1_000, 1_000, 2_000]) : dice.one([100, 200, 1_000, 1_230]);
  for (const balancer of ['lb', 'lb2']) {
    const own = { ...keepalivedConfig(dice, balancer), version, advertIntMs: dice.chance(0.9) ? advertIntMs : 1_000 };
    parts.push({ id: `vip-${balancer}`, kind: 'virtual-ip', host: `host-${balancer}`, config: own });
  }
  link('vip-lb', 'vip-lb2');
}

const keepalivedConfig = (dice: Dice, balancer: string): Record<string, unknown> => ({
  virtualIpaddress: PLAIN_ADDRESS,
  state: dice.one(['MASTER', 'BACKUP']),
  priority: dice.one([1, 50, 99, 100, 100, 101, 150, 254]),
  ...maybe(dice, 'nopreempt', () => dice.chance(0.5)),
  ...maybe(dice, 'preemptDelayMs', () => dice.one([0, 500, 3_000])),
  ...maybe(dice, 'downTimerAdverts', () => dice.whole(1, 5)),
  ...maybe(dice, 'garpMasterRepeat', () => dice.whole(1, 6)),
  ...maybe(dice, 'garpMasterDelayMs', () => dice.one([0, 700, 5_000])),
  ...maybe(dice, 'garpMasterRefreshMs', () => dice.one([0, 1_000, 5_000])),
  ...maybe(dice, 'garpLowerPrioRepeat', () => dice.whole(0, 3)),
  track: dice.chance(0.3)
    ? null
    : {
        process: balancer,
        intervalMs: dice.one([200, 1_000, 2_000]),
        ...maybe(dice, 'timeoutMs', () => dice.one([10, 500])),
        fall: dice.whole(1, 3),
        rise: dice.whole(1, 3),
        weight: dice.one([0, 0, 2, 60, -20, -60, -253]),
      },
});

const law = (dice: Dice) => {
  const distribution = dice.one(DISTRIBUTIONS);
  return dice.chance(0.3) ? { distribution, variation: dice.whole(0, 30) / 10 } : { distribution };
};
/** A setting that may be left out. */
const maybe = <T>(dice: Dice, name: string, value: () => T): Record<string, T> =>
  dice.chance(0.3) ? { [name]: value() } : {};
const ms = (dice: Dice, least: number, most: number): number => Math.round(dice.spread(least, most));

const appConfig = (dice: Dice): Record<string, unknown> => ({
  workers: dice.whole(1, 8),
  serviceMs: dice.chance(0.05) ? 0 : Math.round(dice.spread(0.5, 1_000) * 10) / 10,
  ...law(dice),
  readsFrom: dice.one(['local', 'primary', 'replica', 'both']),
  connectTimeoutMs: ms(dice, 5, 5_000),
  readTimeoutMs: ms(dice, 5, 5_000),
  skipMs: dice.one([0, 500, 10_000]),
  ...maybe(dice, 'backlog', () => dice.one([0, 1, 5, 100])),
  ...maybe(dice, 'holdsWorker', () => dice.chance(0.5)),
  ...maybe(dice, 'dropsLeft', () => dice.chance(0.7)),
  ...maybe(dice, 'replicaShare', () => dice.share()),
});

const webConfig = (dice: Dice): Record<string, unknown> => ({
  workerConnections: dice.one([1, 2, 3, 16, 512]),
  parseMs: dice.one([0, 0.1, 5]),
  staticMs: dice.one([0, 0.5, 20]),
  proxyConnectTimeoutMs: ms(dice, 5, 60_000),
  proxyReadTimeoutMs: ms(dice, 5, 60_000),
});

/** `isSemi`: with semi-synchronous replication or without; dice decide when it is left out. */
export const databaseConfig = (dice: Dice, role: string, isSemi?: boolean): Record<string, unknown> => ({
  role,
  readMs: dice.one([0, 2, 60]),
  writeMs: dice.one([0, 5, 120]),
  applyMs: dice.one([0, 2, 220]),
  ...law(dice),
  connections: dice.one([1, 2, 5, 100]),
  ...maybe(dice, 'threads', () => dice.whole(1, 4)),
  ...maybe(dice, 'applyThreads', () => dice.whole(1, 8)),
  ...maybe(dice, 'commitMs', () => dice.one([0, 0.6, 30])),
  ...maybe(dice, 'masterDelayS', () => dice.whole(0, 2)),
  ...maybe(dice, 'slaveNetTimeoutS', () => dice.whole(1, 8)),
  ...maybe(dice, 'syncBinlog', () => dice.one([0, 1])),
  ...maybe(dice, 'innodbFlushLogAtTrxCommit', () => dice.one([0, 1, 2])),
  ...((isSemi ?? dice.chance(0.4)) ? semiSyncConfig(dice) : {}),
  ...(role === 'replica' ? maybe(dice, 'monitor', () => monitorConfig(dice)) : {}),
});

const semiSyncConfig = (dice: Dice): Record<string, unknown> => ({
  rplSemiSyncMasterEnabled: true,
  rplSemiSyncMasterTimeoutMs: dice.one([50, 500, 10_000]),
  rplSemiSyncMasterWaitPoint: dice.one(['AFTER_COMMIT', 'AFTER_SYNC']),
  rplSemiSyncMasterWaitNoSlave: dice.chance(0.7),
  ...maybe(dice, 'initRplRole', () => dice.one(['MASTER', 'SLAVE'])),
});

const monitorConfig = (dice: Dice): Record<string, unknown> => ({
  monitorIntervalMs: dice.one([100, 500, 2_000]),
  failcount: dice.whole(1, 4),
  backendConnectTimeoutMs: dice.one([50, 500, 3_000]),
  ...maybe(dice, 'stonithMs', () => dice.one([0, 700])),
});

function balancerConfig(dice: Dice, fronts: readonly string[], choices: Choices, id = 'lb'): Record<string, unknown> {
  const sticks = dice.chance(0.25);
  return {
    balance: dice.chance(0.4) ? 'roundrobin' : dice.one(choices.balances),
    ...maybe(dice, 'randomDraws', () => dice.whole(1, 3)),
    ...maybe(dice, 'hashType', () => dice.one(['map-based', 'consistent'])),
    ...maybe(dice, 'hashMixed', () => dice.chance(0.5)),
    servers: fronts.map((front) => serverConfig(dice, id, front, sticks)),
    retries: dice.whole(0, 4),
    redispatch: dice.one([null, -1, 1, 2, 3]),
    timeoutConnectMs: ms(dice, 20, 10_000),
    timeoutServerMs: ms(dice, 20, 60_000),
    timeoutClientMs: ms(dice, 100, 60_000),
    timeoutCheckMs: dice.chance(0.5) ? null : ms(dice, 20, 3_000),
    timeoutQueueMs: dice.chance(0.5) ? null : ms(dice, 20, 5_000),
    ...(sticks ? { cookie: 'SRV' } : {}),
    ...maybe(dice, 'allbackups', () => dice.chance(0.5)),
    ...maybe(dice, 'disableOn404', () => dice.chance(0.5)),
    ...maybe(dice, 'spreadChecks', () => dice.whole(0, 50)),
  };
}

const serverConfig = (dice: Dice, id: string, front: string, sticks: boolean): Record<string, unknown> => ({
  name: front,
  link: plainLinkId(id, front),
  weight: dice.one([0, 1, 1, 1, 2, 3, 10, 100, 256]),
  backup: dice.chance(0.15),
  check: dice.chance(0.8) ? checkConfig(dice) : null,
  ...maybe(dice, 'maxconn', () => dice.whole(0, 6)),
  ...maybe(dice, 'maxqueue', () => dice.whole(0, 4)),
  ...maybe(dice, 'slowstartMs', () => dice.one([0, 1_000, 5_000, 20_000])),
  ...(sticks && dice.chance(0.8) ? { cookie: front } : {}),
  ...maybe(dice, 'observe', () => dice.one(['layer4', 'layer7'])),
  ...maybe(dice, 'errorLimit', () => dice.whole(1, 10)),
  ...maybe(dice, 'onError', () => dice.one(['fastinter', 'fail-check', 'sudden-death', 'mark-down'])),
  ...maybe(dice, 'onMarkedDown', () => 'shutdown-sessions'),
});

const checkConfig = (dice: Dice): Record<string, unknown> => ({
  type: dice.one(['tcp', 'http']),
  interMs: ms(dice, 100, 4_000),
  fastinterMs: dice.chance(0.6) ? null : ms(dice, 50, 2_000),
  downinterMs: dice.chance(0.6) ? null : ms(dice, 50, 4_000),
  fall: dice.whole(1, 4),
  rise: dice.whole(1, 4),
  ...maybe(dice, 'uri', () => dice.one(['/health', '/ready'])),
});

function randomTraffic(dice: Dice) {
  const writeShare = dice.one([0, 0.1, 0.5]);
  const kinds = ['read', 'write', 'static'] as const;
  const list = () => {
    let atMs = 0;
    return Array.from({ length: dice.whole(1, 200) }, () => {
      atMs += dice.chance(0.3) ? 0 : dice.spread(1, 500);
      return { atMs, kind: dice.one(kinds), ...(dice.chance(0.3) ? { serviceMs: dice.whole(0, 500) } : {}) };
    });
  };
  const arrivals = dice.chance(0.1)
    ? ({ type: 'list', list: list(), closedLoop: dice.chance(0.5) } as const)
    : ({ type: dice.chance(0.8) ? 'poisson' : 'fixed' } as const);
  return {
    rateRps: Math.round(dice.spread(1, 120) * 10) / 10,
    arrivals,
    writeShare,
    staticShare: dice.one([0, 0.2, 1 - writeShare]),
    clientTimeoutMs: ms(dice, 50, 30_000),
    ...(dice.chance(0.2) ? { patience: 'exponential' as const } : {}),
    users: dice.one([1, 3, 20]),
  };
}
