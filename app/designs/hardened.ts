// Built-in design 5: design 4 with every fix applied. It shows nothing above low; what no design of ours can remove (the users'
// own line, the DNS) is an assumption.
import {
  type Component,
  type Design,
  type FirewallRule,
  type Host,
  type Link,
  type Point,
  WATCHES,
} from '../design/design.ts';
import { mergePatch } from '../foundation/merge-patch.ts';
import { scaledUpDesign } from './scaled-up.ts';

export function hardenedDesign(timings: 'classroom' | 'realistic'): Design {
  const scaled = scaledUpDesign(timings);
  return {
    ...scaled,
    id: 'hardened',
    name: 'Hardened',
    title: 'Hardened web infrastructure for www.foobar.com',
    summary: ['Design 4 with every fix: nothing fails for good when one thing fails'],
    hosts: scaled.hosts.map(hardenedHost),
    components: scaled.components.map(hardenedPart),
    links: [...scaled.links.map(hardenedLink), ...MORE_LINES.map((line) => likeOf(scaled, line))],
    monitoring: scaled.monitoring === null ? null : { ...scaled.monitoring, watches: WATCHES },
    traffic: { ...scaled.traffic, retries: 0 },
    objectives: { detectMs: 10_000, mayLoseWrites: false, availability: 0.999 },
  };
}

/** A monitor that powers the old primary off before it promotes; every confirmed write is on both by then. */
const SEMI_SYNC = { rplSemiSyncMasterEnabled: true, rplSemiSyncMasterWaitPoint: 'AFTER_SYNC' };
const MONITOR = { monitorIntervalMs: 2_000, failcount: 3, backendConnectTimeoutMs: 3_000, stonithMs: 1_000 };

/** What is more than an application server works on at once waits in HAProxy. Back UP, a server warms up first. */
const SERVER = { check: { uri: '/ready' }, maxconn: 20, slowstartMs: 10_000 };

/** What no run depends on, and every review asks for: each part says how it is kept. */
const STATED: Readonly<Record<string, object>> = {
  'load-balancer': {
    ...{ sslMinVer: 'TLSv1.2', port80: 'closed', hstsMaxAgeS: 31_536_000, forwardfor: true, httplog: true },
    ...{ stats: null, statsSocket: 'unix', httpReqRate: 200, waf: true, user: 'own' },
  },
  'web-server': { setRealIpFrom: 'balancer', user: 'own', serverTokens: false, defaultSite: false },
  'app-server': { sessions: 'shared', user: 'own', secrets: 'store' },
  database: {
    ...{ user: 'own', localInfile: false, appGrants: 'needed', sensitive: true, innodbEncryptTables: true },
    ...{ backup: 'elsewhere' },
  },
};

/** By kind, or by id where two of a kind differ. Whoever stands behind gives up first: HAProxy waits for 5 s. */
const PATCHES: Readonly<Record<string, object>> = {
  'load-balancer': { servers: { 0: SERVER, 1: SERVER } },
  'web-server': { proxyReadTimeoutMs: 4_000 },
  mysql1: SEMI_SYNC,
  mysql2: { ...SEMI_SYNC, monitor: MONITOR, superReadOnly: true, promotionRehearsed: true },
  // Either application reads from both databases: no database is the only one for a read.
  'app-server': { readsFrom: 'both', readTimeoutMs: 3_000 },
};

function hardenedPart(component: Component): Component {
  const { kind, id } = component;
  const config = [STATED[kind], PATCHES[kind], PATCHES[id]].reduce<Component['config']>(
    (so, patch) => (patch === undefined ? so : mergePatch(so, patch)),
    component.config,
  );
  return { ...component, config };
}

/** The two rows stand in different rooms, with power and network of their own. */
function hardenedHost(host: Host): Host {
  const rules = [...(host.firewall?.rules ?? []), ...(MORE_DOORS[host.id] ?? [])];
  return { ...host, zone: host.id.endsWith('1') ? 'room 1' : 'room 2', firewall: { rules } };
}

/** App 1 asks both databases. */
const MORE_DOORS: Readonly<Record<string, readonly FirewallRule[]>> = {
  data2: [{ from: 'application1', port: 3306 }],
};

/** The lines between applications and databases make room for one more. */
const ROUTES: Readonly<Record<string, readonly Point[]>> = {
  'app2-mysql1': corners([908, 404], [908, 206]),
  'app1-mysql2': corners([894, 190], [894, 456]),
};

function hardenedLink(link: Link): Link {
  const route = ROUTES[link.id];
  return encryptedInside(route === undefined ? link : { ...link, route });
}

/** Files are on the same disk, and VRRP knows no encryption: its line is a network of its own. */
const encryptedInside = (link: Link): Link =>
  link.protocol === 'file' || link.protocol === 'vrrp' ? link : { ...link, encrypted: true };

interface Line {
  readonly like: string;
  readonly from: string;
  readonly to: string;
  readonly id: string;
}

/** Lines that design 4 lacks, each like one that is there: App 1 finds the replica once it is promoted. */
const MORE_LINES: readonly Line[] = [
  { like: 'app1-mysql1', from: 'app1', to: 'mysql2', id: 'app1-mysql2' },
  { like: 'keepalived1-keepalived2', from: 'keepalived1', to: 'keepalived2', id: 'keepalived1-keepalived2-second' },
];

function likeOf(design: Design, { like, ...ends }: Line): Link {
  const { route: _route, label: _label, ...link } = design.links.find(({ id }) => id === like) as Link;
  return hardenedLink({ ...link, ...ends });
}

/** Corners from x, y pairs. */
function corners(...pairs: readonly (readonly [number, number])[]): readonly Point[] {
  return pairs.map(([x, y]) => ({ x, y }));
}
