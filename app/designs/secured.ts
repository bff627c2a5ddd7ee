// Built-in design 3: design 2 with three firewalls, one certificate, three collectors that report to monitoring, and
// somebody who is told. What is the same comes from design 2, 48 px lower: monitoring stands above it.
import type { Collector, Design, FirewallRule, Host, Link, Monitoring, Point } from '../design/design.ts';
import { ANYONE, USERS } from '../design/design.ts';
import { distributedDesign } from './distributed.ts';

const DOWN = 48;
/** Below the balancer stands where TLS ends, and the legend has a row more. */
const LABEL = 20;
const MORE = 42;
const HTTPS = 443;
const LATENCY_MS = { classroom: 180, realistic: 20 } as const;

export function securedDesign(timings: 'classroom' | 'realistic'): Design {
  const plain = lowered(distributedDesign(timings));
  return {
    ...plain,
    id: 'secured',
    name: 'Secured and monitored',
    title: 'Secured and monitored web infrastructure for www.foobar.com',
    summary: ['3 hosts, 3 firewalls, 1 certificate, 3 collectors'],
    hosts: plain.hosts.map(guarded),
    links: plain.links.map((link) => (link.from === USERS ? encrypted(link) : link)),
    certificates: [
      { component: 'haproxy', names: ['www.foobar.com'], validDays: 90, selfSigned: false, renewed: true },
    ],
    monitoring: { ...MONITORING, latencyMs: LATENCY_MS[timings] },
  };
}

const RULES: Readonly<Record<string, readonly FirewallRule[]>> = {
  lb: [{ from: ANYONE, port: HTTPS }],
  server1: [
    { from: 'lb', port: 80 },
    { from: 'server2', port: 3306 },
  ],
  server2: [
    { from: 'lb', port: 80 },
    { from: 'server1', port: 3306 },
  ],
};

const REPORTS: Readonly<Record<string, Pick<Collector, 'position' | 'route'>>> = {
  lb: {
    position: { x: 150, y: 8 },
    route: [
      { x: 396, y: 154 },
      { x: 396, y: 200 },
      { x: 430, y: 200 },
      { x: 430, y: 239 },
    ],
  },
  server1: {
    position: { x: 10, y: 43 },
    route: [
      { x: 436, y: 123 },
      { x: 558, y: 123 },
    ],
  },
  server2: {
    position: { x: 10, y: 178 },
    route: [
      { x: 432, y: 139 },
      { x: 526, y: 139 },
      { x: 526, y: 564 },
      { x: 558, y: 564 },
    ],
  },
};

const guarded = (host: Host): Host => ({
  ...host,
  firewall: { rules: RULES[host.id] ?? [] },
  collector: { intervalMs: 10_000, logs: true, ...(REPORTS[host.id] ?? { position: { x: 8, y: 8 } }) },
});

const encrypted = (link: Link): Link => ({
  ...link,
  port: HTTPS,
  encrypted: true,
  label: { lines: ['TLS ends at HAProxy:', 'plain text from here on'], at: { x: 274, y: 482 }, align: 'start' },
});

/** Outside, asked by nobody: it hears of each host every 10 s and tells somebody of a silent one after three. */
const MONITORING: Omit<Monitoring, 'latencyMs'> = {
  position: { x: 286, y: 92 },
  hostId: null,
  watches: ['qps', 'errors', 'latency', 'server-states', 'replication-lag', 'certificate', 'logs'],
  alerts: [
    { type: 'silent-host', forMs: 30_000 },
    { type: 'server-down', forMs: 10_000 },
    { type: 'failed-answers', share: 0.05, forMs: 30_000 },
    { type: 'certificate', daysBefore: 14 },
  ],
  onCall: { position: { x: 28, y: 99 }, tellMs: 5_000 },
};

/** Everything 48 px lower. */
function lowered(design: Design): Design {
  const at = (point: Point): Point => ({ x: point.x, y: point.y + DOWN });
  const { layout, dns, traffic } = design;
  return {
    ...design,
    dns: { ...dns, position: at(dns.position) },
    traffic: { ...traffic, position: at(traffic.position) },
    hosts: design.hosts.map((host) => ({ ...host, position: at(host.position) })),
    components: design.components.map((component) => ({ ...component, position: at(component.position) })),
    links: design.links.map((link) => ({
      ...link,
      ...(link.route === undefined ? {} : { route: link.route.map(at) }),
      ...(link.label === undefined ? {} : { label: { ...link.label, at: at(link.label.at) } }),
    })),
    layout: {
      size: { width: layout.size.width, height: layout.size.height + DOWN + MORE },
      title: layout.title,
      legend: { x: layout.legend.x, y: layout.legend.y + DOWN + LABEL },
      monitoring: layout.monitoring,
    },
  };
}
