// What each built-in design adds to the one before it, counted from the two drawings: the staircase that students climb.
import type { Design } from '../design/design.ts';

export interface Additions {
  /** Number of the design before, as on its tab. */
  readonly toNumber: number;
  /** Each a few words: `3 firewalls`. */
  readonly adds: readonly string[];
  readonly servers: number;
  readonly serversBefore: number;
}

type Count = readonly [one: string, many: string, count: (design: Design) => number];

const isOf = (kind: string) => (design: Design) => design.components.filter((one) => one.kind === kind).length;
const withSetting = (name: string) => (design: Design) =>
  design.components.filter(({ config }) => config[name] != null && config[name] !== false).length;

/** In the order in which they are told. What is counted as less than before is not told: it moved. */
const COUNTS: readonly Count[] = [
  ['server', 'servers', ({ hosts }) => hosts.length],
  ['load balancer', 'load balancers', isOf('load-balancer')],
  ['web server', 'web servers', isOf('web-server')],
  ['app server', 'app servers', isOf('app-server')],
  ['replica', 'replicas', ({ components }) => components.filter(({ config }) => config['role'] === 'replica').length],
  ['keepalived for one virtual IP', 'keepalived for one virtual IP', isOf('virtual-ip')],
  ['firewall', 'firewalls', ({ hosts }) => hosts.filter(({ firewall }) => firewall !== null).length],
  ['certificate', 'certificates', ({ certificates }) => certificates.length],
  ['collector', 'collectors', ({ hosts }) => hosts.filter(({ collector }) => collector !== null).length],
  ['alert rule', 'alert rules', ({ monitoring }) => monitoring?.alerts.length ?? 0],
  ['network', 'networks', ({ hosts }) => new Set(hosts.map(({ segment }) => segment)).size],
  ['room', 'rooms', ({ hosts }) => new Set(hosts.flatMap(({ zone }) => zone ?? [])).size],
  ['encrypted line', 'encrypted lines', ({ links }) => links.filter(({ encrypted }) => encrypted).length],
  ['monitor that promotes', 'monitors that promote', withSetting('monitor')],
  ['database that waits for its twin', 'databases that wait for their twin', withSetting('rplSemiSyncMasterEnabled')],
  [
    'line of advertisements',
    'lines of advertisements',
    ({ links }) => links.filter(({ protocol }) => protocol === 'vrrp').length,
  ],
  ['health check that needs the application', 'health checks that need the application', deepChecks],
];

function deepChecks({ components }: Design): number {
  return components.flatMap(({ config }) => {
    const servers = (config['servers'] ?? []) as readonly { readonly check: { readonly uri?: string } | null }[];
    return servers.filter(({ check }) => check?.uri === '/ready');
  }).length;
}

/** `toNumber`: the number of `before` among the built-in designs. */
export function additionsOf(before: Design, after: Design, toNumber: number): Additions {
  const adds = COUNTS.flatMap(([one, many, count]) => {
    const more = count(after) - count(before);
    return more > 0 ? [`${more} ${more === 1 ? one : many}`] : [];
  });
  return { toNumber, adds, servers: after.hosts.length, serversBefore: before.hosts.length };
}
