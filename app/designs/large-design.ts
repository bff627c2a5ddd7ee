// A large site as a valid design with places on the sheet: one balancer, a third of the hosts web servers, a third application
// servers, a third databases (one primary, replicas). For measuring and for tests; nobody's homework.
import { BARE, BARE_HOST } from '../design/bare.ts';
import type { Component, Design, Host, Link, Point, Size } from '../design/design.ts';
import { PORT_OF_FILES, pace, trafficOf } from './timings.ts';

/** As many as fit into one replica set without crossing the limits of links: 300 hosts then have just under 1,000. */
const REPLICAS_OF_AN_APP = 5;
const CHECK = { type: 'http', interMs: 2_000, fastinterMs: 1_000, downinterMs: null, fall: 3, rise: 2 };
const ADDRESS_BLOCK = 200;

/** A block of hosts of one sort, in columns. */
interface Block {
  readonly at: Point;
  readonly columns: number;
  readonly size: Size;
}

const MARGIN = 24;
/** As the load balancer draws itself: head, rows, foot. */
const BALANCER = { x: 300, head: 100, row: 27 };
const WEB: Block = { at: { x: 620, y: MARGIN }, columns: 4, size: { width: 150, height: 140 } };
const APP: Block = { at: { x: 1380, y: MARGIN }, columns: 4, size: { width: 320, height: 140 } };
const DATA: Block = { at: { x: 2800, y: MARGIN }, columns: 5, size: { width: 170, height: 162 } };
const GAP = 28;

/** `hosts`: 4 or more. The same number gives the same design. */
export function largeDesign(hosts: number): Design {
  const tier = Math.floor((hosts - 1) / 3);
  const databases = hosts - 1 - 2 * tier;
  const count = (name: string, many: number) => Array.from({ length: many }, (_, index) => `${name}${index + 1}`);
  const [webs, apps, dbs] = [count('web', tier), count('app', tier), count('db', databases)];
  const places = [
    ...webs.map((id, index) => placed(id, `Web ${index + 1}`, WEB, index)),
    ...apps.map((id, index) => placed(id, `App ${index + 1}`, APP, index)),
    ...dbs.map((id, index) => placed(id, `Database ${index + 1}`, DATA, index)),
  ];
  const figures = pace('realistic');
  const all = [balancerHost(tier), ...places].map((host, index) => ({ ...host, address: addressOf(index) }));
  const position = (id: string, x: number, y: number): Point => {
    const host = all.find((one) => one.id === id)?.position ?? { x: 0, y: 0 };
    return { x: host.x + x, y: host.y + y };
  };
  const middle = MARGIN + (BALANCER.head + BALANCER.row * Math.max(2, tier)) / 2;
  return {
    version: 2,
    id: 'large',
    name: 'Large',
    title: `A site of ${hosts} servers`,
    summary: [`1 load balancer, ${tier} web servers,`, `${tier} app servers, ${databases} databases`],
    timings: 'realistic',
    dns: {
      position: { x: 28, y: middle - 140 },
      name: 'www.foobar.com',
      type: 'A',
      address: '203.0.113.10',
      ttlS: 300,
      latencyMs: figures.dnsMs,
    },
    traffic: { position: { x: 28, y: middle }, ...trafficOf(figures) },
    hosts: all,
    components: [
      balancer(webs, position('lb', 14, 38)),
      ...webs.map((id) => part(id, 'web-server', 'nginx', position(id, 24, 50), figures.webServer)),
      ...apps.flatMap((id) => [
        part(id, 'app-server', 'app server', position(id, 24, 50), { ...figures.appServer, readsFrom: 'both' }),
        { ...part(id, 'files', 'application files', position(id, 190, 60), FILES), id: `${id}-files` },
      ]),
      ...dbs.map((id, index) =>
        part(id, 'database', 'MySQL', position(id, 24, 50), {
          role: index === 0 ? 'primary' : 'replica',
          ...figures.database,
        }),
      ),
    ],
    links: linksOf(webs, apps, dbs),
    ...BARE,
    layout: {
      size: sheetOf(all),
      title: { x: 28, y: 46 },
      legend: { x: 28, y: middle + 320 },
      monitoring: { x: 28, y: 140 },
    },
  };
}

const FILES = { paths: ['/var/www/app'] };

function placed(id: string, name: string, { at, columns, size }: Block, index: number): Host {
  const x = at.x + (index % columns) * (size.width + GAP);
  const y = at.y + Math.floor(index / columns) * (size.height + GAP);
  return hostAt(id, name, { x, y }, size);
}

const hostAt = (id: string, name: string, position: Point, size: Size): Host => ({
  id,
  name,
  position,
  size,
  heading: 'top',
  address: '',
  ...BARE_HOST,
});

const balancerHost = (servers: number): Host =>
  hostAt(
    'lb',
    'Load balancer',
    { x: BALANCER.x, y: MARGIN },
    { width: 192, height: 70 + BALANCER.head + BALANCER.row * Math.max(2, servers) },
  );

const addressOf = (index: number): string =>
  `203.0.${113 + Math.floor(index / ADDRESS_BLOCK)}.${10 + (index % ADDRESS_BLOCK)}`;

/** The first part of a host has its host's name with the kind behind it. */
const part = (hostId: string, kind: string, name: string, position: Point, config: Component['config']): Component => ({
  id: `${hostId}-part`,
  hostId,
  kind,
  name,
  position,
  config,
});

const balancer = (webs: readonly string[], position: Point): Component => ({
  id: 'haproxy',
  hostId: 'lb',
  kind: 'load-balancer',
  name: 'HAProxy',
  position,
  config: {
    balance: 'roundrobin',
    servers: webs.map((id, index) => ({
      name: `Web ${index + 1}`,
      link: `haproxy-${id}-part`,
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
  },
});

function linksOf(webs: readonly string[], apps: readonly string[], dbs: readonly string[]): readonly Link[] {
  const [primary, ...replicas] = dbs;
  const link = (from: string, to: string, protocol: Link['protocol'], port: number, latencyMs: number): Link => {
    return { id: `${from}-${to}`, from, to, protocol, port, latencyMs, encrypted: false };
  };
  return [
    link('users', 'haproxy', 'http', 80, 20),
    ...webs.map((id) => link('haproxy', `${id}-part`, 'http', 80, 0.25)),
    ...webs.map((id, index) => link(`${id}-part`, `${apps[index]}-part`, 'http', 3000, 0.25)),
    ...apps.flatMap((id, index) => [
      link(`${id}-part`, `${primary}-part`, 'mysql', 3306, 0.25),
      ...Array.from({ length: Math.min(REPLICAS_OF_AN_APP, replicas.length) }, (_, step) => {
        const replica = replicas[(index * REPLICAS_OF_AN_APP + step) % replicas.length];
        return link(`${id}-part`, `${replica}-part`, 'mysql', 3306, 0.25);
      }),
      link(`${id}-part`, `${id}-files`, 'file', PORT_OF_FILES, 0),
    ]),
    ...replicas.map((id) => link(`${primary}-part`, `${id}-part`, 'replication', 3306, 0.25)),
  ];
}

function sheetOf(hosts: readonly Host[]): Size {
  const right = Math.max(...hosts.map(({ position, size }) => position.x + size.width));
  const bottom = Math.max(...hosts.map(({ position, size }) => position.y + size.height));
  return { width: right + MARGIN, height: bottom + MARGIN };
}
