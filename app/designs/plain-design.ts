// A design from its bare facts: parts, links and traffic, with nothing said about where they stand on the sheet. For what
// nobody looks at: tables of theory, random runs, benchmarks. It passes `parse` like any other.
import { BARE, BARE_HOST } from '../design/bare.ts';
import type { Arrivals, Component, Design, Host, Link, Protocol, Traffic } from '../design/design.ts';
import { USERS } from '../design/design.ts';

export interface PlainPart {
  readonly id: string;
  readonly kind: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Parts that name the same host share it; without one the part has a host of its own, `host-` and its id. */
  readonly host?: string;
}

export interface PlainLink {
  readonly from: string;
  readonly to: string;
  /** One way; 0 when left out. */
  readonly latencyMs?: number;
}

export interface PlainDesign {
  readonly parts: readonly PlainPart[];
  readonly links: readonly PlainLink[];
  readonly rateRps: number;
  readonly arrivals?: Arrivals;
  readonly writeShare?: number;
  readonly staticShare?: number;
  readonly clientTimeoutMs: number;
  readonly patience?: 'fixed' | 'exponential';
  readonly users?: number;
}

const NOWHERE = { x: 0, y: 0 };
const SIZE = { width: 400, height: 300 };
const PORTS: Readonly<Record<Protocol, number>> = { http: 80, mysql: 3306, replication: 3306, file: 0, vrrp: 0 };

/** The site's address in every plain design: of no host's own, so that it can be a virtual IP. */
export const PLAIN_ADDRESS = '203.0.113.1';

/** The id of the link between two parts, as `plainDesign` gives it. */
export const plainLinkId = (from: string, to: string): string => `${from}-${to}`;

export function plainDesign(plain: PlainDesign): Design {
  const hosts = [...new Set(plain.parts.map(hostOf))];
  return {
    version: 2,
    id: 'plain',
    name: 'Plain',
    title: 'Plain design',
    summary: [],
    timings: 'custom',
    // Nobody asks the DNS: the answer takes no time.
    dns: { position: NOWHERE, name: 'plain.example', type: 'A', address: PLAIN_ADDRESS, ttlS: 300, latencyMs: 0 },
    traffic: trafficOf(plain),
    hosts: hosts.map(plainHost),
    components: plain.parts.map(plainComponent),
    links: plain.links.map((link) => plainLink(link, plain.parts)),
    ...BARE,
    layout: { size: SIZE, title: NOWHERE, legend: NOWHERE, monitoring: NOWHERE },
  };
}

const hostOf = (part: PlainPart): string => part.host ?? `host-${part.id}`;

const trafficOf = (plain: PlainDesign): Traffic => ({
  position: NOWHERE,
  rateRps: plain.rateRps,
  arrivals: plain.arrivals ?? { type: 'poisson' },
  writeShare: plain.writeShare ?? 0,
  staticShare: plain.staticShare ?? 0,
  clientTimeoutMs: plain.clientTimeoutMs,
  ...(plain.patience === undefined ? {} : { patience: plain.patience }),
  users: plain.users ?? 1,
});

const plainHost = (id: string, index: number): Host => ({
  id,
  name: id,
  position: NOWHERE,
  size: SIZE,
  heading: 'top',
  address: `203.0.${113 + Math.floor(index / 200)}.${10 + (index % 200)}`,
  ...BARE_HOST,
  adminPort: null,
});

const plainComponent = (part: PlainPart): Component => ({
  id: part.id,
  hostId: hostOf(part),
  kind: part.kind,
  name: part.id,
  position: NOWHERE,
  config: part.config,
});

function plainLink({ from, to, latencyMs }: PlainLink, parts: readonly PlainPart[]): Link {
  const kindOf = (id: string) => (id === USERS ? USERS : parts.find((part) => part.id === id)?.kind);
  const isDatabase = kindOf(to) === 'database';
  const isVrrp = kindOf(to) === 'virtual-ip';
  const protocol: Protocol = isVrrp
    ? 'vrrp'
    : !isDatabase
      ? 'http'
      : kindOf(from) === 'database'
        ? 'replication'
        : 'mysql';
  return {
    id: plainLinkId(from, to),
    from,
    to,
    protocol,
    port: PORTS[protocol],
    latencyMs: latencyMs ?? 0,
    encrypted: false,
  };
}
