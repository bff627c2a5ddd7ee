// Built-in design 3: design 2 with three firewalls, one certificate, three collectors that report to monitoring, and
// somebody who is told. What is the same comes from design 2, 48 px lower: monitoring stands above it.
import type { Collector, Design, FirewallRule, Host, Link } from '../design/design.ts';
import { ANYONE, USERS } from '../design/design.ts';
import { moved } from '../design/move.ts';
import { distributedDesign } from './distributed.ts';
import { collectorAt, monitoringAt, siteCertificate } from './protection.ts';

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
    certificates: [siteCertificate('haproxy')],
    monitoring: { ...monitoringAt({ x: 286, y: 92 }, { x: 28, y: 99 }), latencyMs: LATENCY_MS[timings] },
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
  collector: { ...collectorAt({ x: 8, y: 8 }), ...REPORTS[host.id] },
});

const encrypted = (link: Link): Link => ({
  ...link,
  port: HTTPS,
  encrypted: true,
  label: { lines: ['TLS ends at HAProxy:', 'plain text from here on'], at: { x: 274, y: 482 }, align: 'start' },
});

/** Everything 48 px lower: above it stands monitoring. */
function lowered(design: Design): Design {
  const lower = moved(design, { x: 0, y: DOWN });
  const { size, legend } = lower.layout;
  return {
    ...lower,
    layout: {
      ...lower.layout,
      size: { width: size.width, height: size.height + DOWN + MORE },
      legend: { x: legend.x, y: legend.y + LABEL },
    },
  };
}
