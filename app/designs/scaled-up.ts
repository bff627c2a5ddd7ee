// Built-in design 4: two load balancers share one address, and web servers, application servers and databases stand on servers of
// their own. Firewalls, HTTPS, collectors and who is told as in design 3. Two rows of four columns; the users' line goes to
// whoever answers for the address.
import { BARE, BARE_HOST } from '../design/bare.ts';
import type { Component, Design, FirewallRule, Host, Link, Point } from '../design/design.ts';
import { ANYONE } from '../design/design.ts';
import { collectorAt, monitoringAt, siteCertificate } from './protection.ts';
import { type Figures, PORT_OF_FILES, pace, trafficOf } from './timings.ts';

/** `virtual_ipaddress` of both keepalived, and the site's A record. */
const SHARED_ADDRESS = '203.0.113.10';
/** VRRP knows no ports. */
const PORT_OF_VRRP = 0;
const HTTPS = 443;

export function scaledUpDesign(timings: 'classroom' | 'realistic'): Design {
  const figures = pace(timings);
  return {
    version: 2,
    id: 'scaled-up',
    name: 'Scaled up',
    title: 'Scaled up web infrastructure for www.foobar.com',
    summary: ['2 balancers share one address; each tier on servers of its own: 8 servers'],
    timings,
    dns: {
      position: { x: 14, y: 92 },
      name: 'www.foobar.com',
      type: 'A',
      address: SHARED_ADDRESS,
      ttlS: 300,
      latencyMs: figures.dnsMs,
    },
    traffic: { position: { x: 14, y: 232 }, ...trafficOf(figures) },
    hosts: ROWS.flatMap(rowHosts),
    components: ROWS.flatMap((row) => rowParts(row, figures)),
    links: linksOf(figures),
    ...BARE,
    certificates: ['haproxy1', 'haproxy2'].map(siteCertificate),
    monitoring: { ...monitoringAt({ x: 736, y: 14 }, { x: 946, y: 21 }), latencyMs: figures.usersMs },
    layout: {
      size: { width: 1132, height: 606 },
      title: { x: 14, y: 40 },
      legend: { x: 14, y: 588 },
      legendInOneLine: true,
      monitoring: { x: 736, y: 14 },
    },
  };
}

/** The two rows: where each begins, and how far down its web and application servers stand on their line. */
const ROWS = [
  { number: 1, top: 88 },
  { number: 2, top: 340 },
] as const;
type Row = (typeof ROWS)[number];

const HOST_HEIGHT = 210;
/** Columns of hosts: left edge and width. */
const COLUMN = {
  lb: { x: 302, width: 182 },
  web: { x: 548, width: 138 },
  app: { x: 730, width: 152 },
  data: { x: 934, width: 168 },
} as const;

/** Only the balancers have an address on the internet. */
const SEGMENTS = {
  lb: { name: 'edge', net: 0 },
  web: { name: 'application', net: 1 },
  app: { name: 'application', net: 1 },
  data: { name: 'data', net: 2 },
} as const;

/** A door for each line of the drawing, and none besides. */
function doorsOf(column: keyof typeof COLUMN, number: 1 | 2): readonly FirewallRule[] {
  const other = 3 - number;
  switch (column) {
    case 'lb':
      return [
        { from: ANYONE, port: HTTPS },
        { from: `${HOST_IDS.lb}${other}`, port: PORT_OF_VRRP },
      ];
    case 'web':
      return [1, 2].map((balancer) => ({ from: `${HOST_IDS.lb}${balancer}`, port: 80 }));
    case 'app':
      return [{ from: `${HOST_IDS.web}${number}`, port: 3000 }];
    case 'data':
      return number === 1
        ? [`${HOST_IDS.app}1`, `${HOST_IDS.app}2`, `${HOST_IDS.data}2`].map((from) => ({ from, port: 3306 }))
        : [`${HOST_IDS.app}2`, `${HOST_IDS.data}1`].map((from) => ({ from, port: 3306 }));
  }
}

const HOST_IDS = { lb: 'balancer', web: 'web', app: 'application', data: 'data' } as const;

function rowHosts({ number, top }: Row): readonly Host[] {
  const host = (column: keyof typeof COLUMN, name: string, last: number): Host => ({
    id: `${HOST_IDS[column]}${number}`,
    name: `${name} ${number}`,
    position: { x: COLUMN[column].x, y: top },
    size: { width: COLUMN[column].width, height: HOST_HEIGHT },
    heading: 'top',
    address: column === 'lb' ? `203.0.113.${last + number}` : `10.0.${SEGMENTS[column].net}.${last + number}`,
    ...BARE_HOST,
    public: column === 'lb',
    segment: SEGMENTS[column].name,
    firewall: { rules: doorsOf(column, number) },
    collector: collectorAt({ x: COLUMN[column].width - 42, y: 8 }),
  });
  return [host('lb', 'Balancer', 10), host('web', 'Web', 20), host('app', 'App', 30), host('data', 'Data', 40)];
}

/** `check inter 2s fastinter 1s fall 3 rise 2`, `option httpchk GET /health`, as in design 2. */
const CHECK = { type: 'http', interMs: 2_000, fastinterMs: 1_000, downinterMs: null, fall: 3, rise: 2 };

const balancerConfig = (number: number): Component['config'] => ({
  balance: 'roundrobin',
  servers: [1, 2].map((web) => ({
    name: `Web ${web}`,
    link: `haproxy${number}-nginx${web}`,
    weight: 1,
    backup: false,
    check: CHECK,
  })),
  retries: 3,
  redispatch: -1,
  timeoutConnectMs: 1_000,
  timeoutServerMs: 5_000,
  timeoutClientMs: 30_000,
  timeoutCheckMs: 1_000,
  timeoutQueueMs: null,
});

/** Weight 2 on top of 101 and 100: while HAProxy is gone, the other one is higher. */
const keepalivedConfig = (number: number): Component['config'] => ({
  version: 2,
  virtualIpaddress: SHARED_ADDRESS,
  state: number === 1 ? 'MASTER' : 'BACKUP',
  priority: number === 1 ? 101 : 100,
  advertIntMs: 1_000,
  track: { process: `haproxy${number}`, intervalMs: 2_000, fall: 1, rise: 1, weight: 2 },
});

function rowParts({ number, top }: Row, figures: Figures): readonly Component[] {
  const part = (
    host: keyof typeof COLUMN,
    id: string,
    kind: string,
    name: string,
    at: Point,
    config: Component['config'],
  ) => ({
    id: `${id}${number}`,
    hostId: `${HOST_IDS[host]}${number}`,
    kind,
    name,
    position: { x: at.x, y: top + at.y },
    config,
  });
  // App 1 knows the primary alone, App 2 both: it reads from the replica.
  const app = { ...figures.appServer, readsFrom: number === 1 ? 'primary' : 'replica' };
  const role = number === 1 ? 'primary' : 'replica';
  return [
    part('lb', 'haproxy', 'load-balancer', 'HAProxy', { x: 322, y: 42 }, balancerConfig(number)),
    part('lb', 'keepalived', 'virtual-ip', 'keepalived', { x: 322, y: 152 }, keepalivedConfig(number)),
    part('web', 'nginx', 'web-server', 'nginx', { x: 567, y: 42 }, figures.webServer),
    part('app', 'app', 'app-server', 'app server', { x: 746, y: 42 }, app),
    part('app', 'files', 'files', 'application files', { x: 751, y: 140 }, { paths: ['/var/www/app'] }),
    part('data', 'mysql', 'database', 'MySQL', { x: 972, y: 56 }, { role, ...figures.database }),
  ];
}

function link(
  from: string,
  to: string,
  protocol: Link['protocol'],
  port: number,
  latencyMs: number,
  ...corners: readonly (readonly [number, number])[]
): Link {
  const plain: Link = { id: `${from}-${to}`, from, to, protocol, port, latencyMs, encrypted: false };
  return corners.length === 0 ? plain : { ...plain, route: corners.map(([x, y]) => ({ x, y })) };
}

const encrypted = (plain: Link): Link => ({ ...plain, encrypted: true });

const linksOf = (figures: Figures): readonly Link[] => [
  encrypted(link('users', 'haproxy1', 'http', HTTPS, figures.usersMs, [184, 268], [184, 180])),
  encrypted(link('users', 'haproxy2', 'http', HTTPS, figures.usersMs, [184, 268], [184, 432])),
  link('haproxy1', 'nginx1', 'http', 80, figures.betweenMs),
  link('haproxy1', 'nginx2', 'http', 80, figures.betweenMs, [520, 192], [520, 420]),
  link('haproxy2', 'nginx1', 'http', 80, figures.betweenMs, [502, 420], [502, 168]),
  link('haproxy2', 'nginx2', 'http', 80, figures.betweenMs, [538, 444], [538, 420]),
  {
    ...link('keepalived1', 'keepalived2', 'vrrp', PORT_OF_VRRP, figures.betweenMs),
    label: { lines: ['VRRP, 1 a second'], at: { x: 376, y: 314 }, align: 'start' },
  },
  link('nginx1', 'app1', 'http', 3000, figures.betweenMs),
  link('nginx2', 'app2', 'http', 3000, figures.betweenMs),
  link('app1', 'mysql1', 'mysql', 3306, figures.queryMs, [904, 168]),
  link('app2', 'mysql1', 'mysql', 3306, figures.queryMs, [904, 404], [904, 206]),
  link('app2', 'mysql2', 'mysql', 3306, figures.queryMs, [904, 436]),
  link('app1', 'files1', 'file', PORT_OF_FILES, 0),
  link('app2', 'files2', 'file', PORT_OF_FILES, 0),
  {
    ...link('mysql1', 'mysql2', 'replication', 3306, figures.replicationMs),
    label: { lines: ['replication'], at: { x: 1022, y: 314 }, align: 'end' },
  },
];
