// Built-in design 2: a load balancer, two servers, a primary and its replica. The two servers mirror each other about the
// balancer's axis, so that both databases face each other.
import { BARE, BARE_HOST } from '../design/bare.ts';
import type { Component, Design, Host, Link, Point } from '../design/design.ts';
import { type Figures, PORT_OF_FILES, pace, trafficOf } from './timings.ts';

export function distributedDesign(timings: 'classroom' | 'realistic'): Design {
  const figures = pace(timings);
  return {
    version: 2,
    id: 'distributed',
    name: 'Distributed',
    title: 'Distributed web infrastructure for www.foobar.com',
    summary: ['1 load balancer, 2 servers,', '1 primary, 1 replica'],
    timings,
    dns: {
      position: { x: 28, y: 122 },
      name: 'www.foobar.com',
      type: 'A',
      address: '203.0.113.10',
      ttlS: 300,
      latencyMs: figures.dnsMs,
    },
    traffic: { position: { x: 28, y: 258 }, ...trafficOf(figures) },
    hosts: HOSTS,
    components: [balancer(), ...server1(figures), ...server2(figures)],
    links: [...frontLinks(figures), ...server1Links(figures), ...server2Links(figures), replication(figures)],
    ...BARE,
    layout: {
      size: { width: 1036, height: 588 },
      title: { x: 28, y: 46 },
      legend: { x: 28, y: 452 },
      monitoring: { x: 286, y: 62 },
    },
  };
}

const SERVER_SIZE = { width: 452, height: 242 };

const HOSTS: readonly Host[] = [
  {
    id: 'lb',
    name: 'Load balancer',
    position: { x: 262, y: 183 },
    size: { width: 192, height: 222 },
    heading: 'top',
    address: '203.0.113.10',
    ...BARE_HOST,
  },
  {
    id: 'server1',
    name: 'Server 1',
    position: { x: 548, y: 20 },
    size: SERVER_SIZE,
    heading: 'top',
    address: '203.0.113.11',
    ...BARE_HOST,
  },
  {
    id: 'server2',
    name: 'Server 2',
    position: { x: 548, y: 326 },
    size: SERVER_SIZE,
    heading: 'bottom',
    address: '203.0.113.12',
    ...BARE_HOST,
  },
];

/** `check inter 2s fastinter 1s fall 3 rise 2`, `option httpchk GET /health`. */
const CHECK = { type: 'http', interMs: 2_000, fastinterMs: 1_000, downinterMs: null, fall: 3, rise: 2 };

const balancer = (): Component => ({
  id: 'haproxy',
  hostId: 'lb',
  kind: 'load-balancer',
  name: 'HAProxy',
  position: { x: 276, y: 220 },
  config: {
    balance: 'roundrobin',
    servers: [
      { name: 'Server 1', link: 'haproxy-nginx1', weight: 1, backup: false, check: CHECK },
      { name: 'Server 2', link: 'haproxy-nginx2', weight: 1, backup: false, check: CHECK },
    ],
    retries: 3,
    redispatch: -1,
    timeoutConnectMs: 1_000,
    timeoutServerMs: 5_000,
    timeoutClientMs: 30_000,
    timeoutCheckMs: 1_000,
    timeoutQueueMs: null,
  },
});

const part = (
  hostId: string,
  id: string,
  kind: string,
  name: string,
  position: Point,
  config: Component['config'],
): Component => ({
  id,
  hostId,
  kind,
  name,
  position,
  config,
});

const FILES = { paths: ['/var/www/app'] };

const server1 = (figures: Figures): readonly Component[] => [
  part('server1', 'nginx1', 'web-server', 'nginx', { x: 572, y: 106 }, figures.webServer),
  part('server1', 'app1', 'app-server', 'app server', { x: 708, y: 106 }, figures.appServer),
  part('server1', 'files1', 'files', 'application files', { x: 864, y: 54 }, FILES),
  part('server1', 'mysql1', 'database', 'MySQL', { x: 864, y: 150 }, { role: 'primary', ...figures.database }),
];

const server2 = (figures: Figures): readonly Component[] => [
  part('server2', 'nginx2', 'web-server', 'nginx', { x: 572, y: 406 }, figures.webServer),
  part('server2', 'app2', 'app-server', 'app server', { x: 708, y: 406 }, figures.appServer),
  part('server2', 'files2', 'files', 'application files', { x: 864, y: 478 }, FILES),
  part('server2', 'mysql2', 'database', 'MySQL', { x: 864, y: 340 }, { role: 'replica', ...figures.database }),
];

function link(
  from: string,
  to: string,
  protocol: Link['protocol'],
  port: number,
  latencyMs: number,
  route?: Link['route'],
): Link {
  const plain: Link = { id: `${from}-${to}`, from, to, protocol, port, latencyMs, encrypted: false };
  return route === undefined ? plain : { ...plain, route };
}

/** Corners from x, y pairs. */
const corners = (...pairs: readonly (readonly [number, number])[]): readonly Point[] =>
  pairs.map(([x, y]) => ({ x, y }));

const frontLinks = (figures: Figures): readonly Link[] => [
  link('users', 'haproxy', 'http', 80, figures.usersMs),
  link('haproxy', 'nginx1', 'http', 80, figures.betweenMs, corners([506, 303], [506, 144])),
  link('haproxy', 'nginx2', 'http', 80, figures.betweenMs, corners([506, 327], [506, 444])),
];

const server1Links = (figures: Figures): readonly Link[] => [
  link('nginx1', 'app1', 'http', 3000, figures.insideMs),
  link('app1', 'mysql1', 'mysql', 3306, figures.insideMs, corners([848, 162], [848, 206])),
  link('app1', 'mysql2', 'mysql', 3306, figures.queryMs, corners([800, 314], [904, 314])),
  link('app1', 'files1', 'file', PORT_OF_FILES, 0, corners([848, 128], [848, 82])),
];

const server2Links = (figures: Figures): readonly Link[] => [
  link('nginx2', 'app2', 'http', 3000, figures.insideMs),
  link('app2', 'mysql2', 'mysql', 3306, figures.insideMs, corners([848, 426], [848, 384])),
  {
    ...link('app2', 'mysql1', 'mysql', 3306, figures.queryMs, corners([771, 294], [880, 294])),
    label: { lines: ['Server 2 sends its writes', 'to the primary'], at: { x: 762, y: 290 }, align: 'end' },
  },
  link('app2', 'files2', 'file', PORT_OF_FILES, 0, corners([848, 462], [848, 506])),
];

const replication = (figures: Figures): Link => ({
  ...link('mysql1', 'mysql2', 'replication', 3306, figures.replicationMs, corners([962, 295])),
  label: { lines: ['replication'], at: { x: 924, y: 290 }, align: 'middle' },
});
