// A site drawn by dice that has room: no queue, no timeout and no worker decides who is served, only what is there and what is
// lost. One to four servers, shared hosts or one for each part, balancers with backups and with a virtual IP, databases with
// replicas that promote themselves, and firewalls that sometimes forget a port. For holding the static analysis against runs.
import type { Design, Firewall, FirewallRule, Host, Link } from '../design/design.ts';
import { ANYONE, USERS } from '../design/design.ts';
import type { Dice } from '../foundation/dice.ts';
import { PLAIN_ADDRESS, type PlainLink, type PlainPart, plainDesign, plainLinkId } from './plain-design.ts';
import type { Choices } from './random-design.ts';

/** What has been drawn so far. */
interface Draft {
  readonly dice: Dice;
  readonly parts: PlainPart[];
  readonly links: PlainLink[];
  /** With one host for each server, its parts share it; else each part has its own. */
  readonly isShared: boolean;
  readonly servers: number;
}

const MOST_SERVERS = 4;
/** The neighbours' entry for an address: shorter than usual, so that a run is; longer than anybody waits for an answer. */
const REACHABLE_MS = 10_000;

export function randomSite(dice: Dice, choices: Choices): Design {
  const servers = dice.whole(1, MOST_SERVERS);
  const draft: Draft = { dice, parts: [], links: [], isShared: dice.chance(0.6), servers };
  const { fronts, apps } = addServers(draft);
  if (servers > 1 || dice.chance(0.4)) addBalancers(draft, fronts, choices);
  else connect(draft, USERS, fronts[0] as string);
  addDatabases(draft, apps);
  const writeShare = dice.one([0, 0.3, 0.5]);
  const design = plainDesign({
    parts: draft.parts,
    links: draft.links,
    rateRps: dice.one([10, 15, 20]),
    writeShare,
    staticShare: dice.one([0, 0.2, writeShare > 0 ? 0 : 0.3]),
    clientTimeoutMs: 8_000,
    users: 40,
  });
  return withFirewalls(dice, { ...design, traffic: { ...design.traffic, baseReachableMs: REACHABLE_MS } });
}

const connect = ({ dice, links }: Draft, from: string, to: string): unknown =>
  links.push({ from, to, latencyMs: dice.one([0, 0.25, 1, 7.3]) });

const hostFor = ({ isShared }: Draft, server: number): { readonly host?: string } =>
  isShared ? { host: `server${server}` } : {};

function addServers(draft: Draft): { readonly fronts: readonly string[]; readonly apps: readonly string[] } {
  const { dice, parts, servers } = draft;
  const [fronts, apps]: [string[], string[]] = [[], []];
  for (let n = 1; n <= servers; n++) {
    const hasApp = n === 1 || dice.chance(0.9);
    if (hasApp) parts.push({ id: `app${n}`, kind: 'app-server', config: appConfig(dice), ...hostFor(draft, n) });
    if (hasApp) apps.push(`app${n}`);
    if (hasApp && dice.chance(0.3)) {
      fronts.push(`app${n}`);
      continue;
    }
    parts.push({ id: `web${n}`, kind: 'web-server', config: WEB, ...hostFor(draft, n) });
    // nginx has one upstream: its own, or the one of another server.
    if (hasApp || dice.chance(0.7)) connect(draft, `web${n}`, dice.chance(0.9) && hasApp ? `app${n}` : dice.one(apps));
    fronts.push(`web${n}`);
  }
  return { fronts, apps };
}

function addBalancers(draft: Draft, fronts: readonly string[], choices: Choices): void {
  const { dice, parts } = draft;
  const isPair = dice.chance(0.5);
  for (const balancer of isPair ? ['lb', 'lb2'] : ['lb']) {
    const server = dice.chance(0.15) ? `server${dice.whole(1, draft.servers)}` : null;
    // Two on one host cannot both listen on the port of one address.
    const isFree = parts.every((part) => part.kind !== 'load-balancer' || part.host !== server);
    const host = draft.isShared && server !== null && isFree ? { host: server } : {};
    const asked = fronts.filter(() => dice.chance(0.9));
    parts.push({
      id: balancer,
      kind: 'load-balancer',
      config: balancerConfig(dice, balancer, asked, choices, !isPair),
      ...host,
    });
    connect(draft, USERS, balancer);
    for (const front of asked) connect(draft, balancer, front);
  }
  if (isPair && dice.chance(0.85)) addKeepalived(draft);
}

function addKeepalived(draft: Draft): void {
  const { dice, parts } = draft;
  const version = dice.one([2, 3] as const);
  const advertIntMs = version === 2 ? 1_000 : dice.one([200, 500]);
  for (const balancer of ['lb', 'lb2']) {
    const beside = parts.find((part) => part.id === balancer)?.host ?? `host-${balancer}`;
    parts.push({
      id: `vip-${balancer}`,
      kind: 'virtual-ip',
      host: beside,
      config: { ...keepalivedConfig(dice, balancer), version, advertIntMs },
    });
  }
  if (dice.chance(0.95)) connect(draft, 'vip-lb', 'vip-lb2');
  if (dice.chance(0.2)) connect(draft, 'vip-lb2', 'vip-lb');
}

const keepalivedConfig = (dice: Dice, balancer: string): Record<string, unknown> => ({
  virtualIpaddress: PLAIN_ADDRESS,
  state: 'BACKUP',
  // The second burst of a new holder comes before anything is lost, as it has at a site that has long been in operation.
  garpMasterDelayMs: 500,
  priority: dice.one([50, 100, 100, 101, 150, 254]),
  ...(dice.chance(0.2) ? { nopreempt: true } : {}),
  ...(dice.chance(0.15) ? { garpMasterRefreshMs: 1_000 } : {}),
  ...(dice.chance(0.1) ? { garpLowerPrioRepeat: 0 } : {}),
  track: dice.chance(0.25)
    ? null
    : {
        process: balancer,
        intervalMs: dice.one([200, 500]),
        fall: 2,
        rise: 2,
        weight: dice.one([0, 0, 2, 60, -20, -60]),
      },
});

function addDatabases(draft: Draft, apps: readonly string[]): void {
  const { dice, parts } = draft;
  const databases = Array.from({ length: dice.one([0, 1, 2, 2, 2, 3]) }, (_, index) => `db${index}`);
  // Of two monitors either may promote its replica last, by a few milliseconds: one is enough here.
  const watched = dice.chance(0.6) ? dice.whole(1, 2) : -1;
  for (const [index, id] of databases.entries()) {
    const role = index === 0 ? (dice.chance(0.95) ? 'primary' : 'replica') : dice.chance(0.9) ? 'replica' : 'primary';
    const host = dice.chance(0.6) ? hostFor(draft, dice.whole(1, draft.servers)) : {};
    const monitor = role === 'replica' && index === watched ? { monitor: monitorConfig(dice) } : {};
    parts.push({ id, kind: 'database', config: { ...databaseConfig(dice, role), ...monitor }, ...host });
    for (const app of apps) if (dice.chance(0.85)) connect(draft, app, id);
    if (index > 0 && dice.chance(0.9)) connect(draft, dice.chance(0.85) ? 'db0' : `db${index - 1}`, id);
  }
}

const WEB = {
  workerConnections: 4_096,
  parseMs: 0.1,
  staticMs: 0.5,
  proxyConnectTimeoutMs: 1_000,
  proxyReadTimeoutMs: 4_000,
};

const appConfig = (dice: Dice): Record<string, unknown> => ({
  workers: 500,
  serviceMs: dice.one([1, 10, 40]),
  distribution: 'exponential',
  readsFrom: dice.one(['local', 'primary', 'replica', 'both', 'both']),
  connectTimeoutMs: dice.one([200, 500]),
  readTimeoutMs: 2_000,
  skipMs: dice.one([0, 500, 10_000]),
  ...(dice.chance(0.3) ? { replicaShare: dice.one([0, 0.5, 1]) } : {}),
});

const databaseConfig = (dice: Dice, role: string): Record<string, unknown> => ({
  role,
  readMs: 2,
  writeMs: 5,
  applyMs: 2,
  distribution: 'exponential',
  connections: 1_000,
  ...(dice.chance(0.3)
    ? {
        rplSemiSyncMasterEnabled: true,
        rplSemiSyncMasterTimeoutMs: dice.one([200, 1_000]),
        rplSemiSyncMasterWaitPoint: dice.one(['AFTER_COMMIT', 'AFTER_SYNC']),
        rplSemiSyncMasterWaitNoSlave: dice.chance(0.7),
      }
    : {}),
});

const monitorConfig = (dice: Dice): Record<string, unknown> => ({
  monitorIntervalMs: dice.one([200, 500]),
  failcount: dice.whole(1, 3),
  backendConnectTimeoutMs: dice.one([100, 500]),
  ...(dice.chance(0.3) ? { stonithMs: dice.one([0, 300]) } : {}),
});

function balancerConfig(
  dice: Dice,
  id: string,
  fronts: readonly string[],
  choices: Choices,
  isAlone: boolean,
): Record<string, unknown> {
  // A cookie of another balancer, or of a server without weight, brings users where nobody would send them.
  const hasCookie = isAlone && dice.chance(0.3);
  const checks = fronts.map(() => (dice.chance(0.85) ? checkConfig(dice) : null));
  return {
    balance: dice.chance(0.5) ? 'roundrobin' : dice.one(choices.balances),
    servers: fronts.map((front, index) => ({
      name: front,
      link: plainLinkId(id, front),
      weight: hasCookie ? 1 : dice.one([0, 1, 1, 1, 1, 1, 2, 3]),
      backup: dice.chance(0.25),
      check: checks[index] ?? null,
      ...(hasCookie ? { cookie: front } : {}),
    })),
    retries: dice.whole(0, 3),
    redispatch: dice.one([null, -1, 1]),
    timeoutConnectMs: dice.one([200, 500]),
    timeoutServerMs: 4_000,
    timeoutClientMs: 30_000,
    // Which ways there are is asked here, not who loses patience first: a check of the application may wait for both databases.
    timeoutCheckMs: checks.some((check) => check?.['uri'] === '/ready') ? READY_MS : dice.one([null, 300]),
    timeoutQueueMs: null,
    ...(hasCookie ? { cookie: 'SRV' } : {}),
    ...(dice.chance(0.3) ? { allbackups: true } : {}),
  };
}

/** Above what an application server waits for one database and then for another one. */
const READY_MS = 5_000;

const checkConfig = (dice: Dice): Record<string, unknown> => ({
  ...dice.one([{ type: 'tcp' }, { type: 'http' }, { type: 'http', uri: '/ready' }]),
  interMs: dice.one([200, 500, 1_000]),
  fastinterMs: dice.one([null, 200]),
  downinterMs: null,
  fall: dice.whole(1, 2),
  rise: dice.whole(1, 2),
});

/** Some hosts get a firewall with a rule for each line that is drawn; now and then a rule is missing. */
function withFirewalls(dice: Dice, design: Design): Design {
  if (dice.chance(0.5)) return design;
  const hostOf = (id: string) => design.components.find((component) => component.id === id)?.hostId;
  const ruleFor = (link: Link, isBack = false): FirewallRule => {
    const from = isBack ? link.to : link.from;
    return { from: from === USERS ? ANYONE : (hostOf(from) ?? ANYONE), port: link.port };
  };
  const firewallOf = (host: Host): Firewall => {
    const incoming = design.links.filter(({ to }) => hostOf(to) === host.id).map((link) => ruleFor(link));
    const vrrp = design.links.filter(({ from, protocol }) => protocol === 'vrrp' && hostOf(from) === host.id);
    const rules = [...incoming, ...vrrp.map((link) => ruleFor(link, true))];
    return { rules: rules.filter(() => dice.chance(0.93)) };
  };
  return {
    ...design,
    hosts: design.hosts.map((host) => (dice.chance(0.6) ? { ...host, firewall: firewallOf(host) } : host)),
  };
}
