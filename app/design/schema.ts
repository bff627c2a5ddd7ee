// The shape of a design file, as a schema. Every message is the repair: what to put there instead. Limits have names, so
// that a hostile or broken file is refused instead of hanging the page.
import * as v from 'valibot';
import { DESIGN_VERSION } from './design.ts';
import {
  accepted,
  certificate,
  collector,
  firewall,
  monitoring,
  objectives,
  operations,
  port,
} from './protection-schema.ts';
import { flag, integer, list, MAX_LATENCY_MS, number, point, size, text } from './schema-values.ts';

const MAX_HOSTS = 300;
const MAX_COMPONENTS = 1500;
const MAX_LINKS = 3000;
const MAX_ARRIVALS = 1_000_000;
const MAX_RATE_RPS = 100_000;

const kind = v.picklist(['read', 'write', 'static'], 'Give "read", "write" or "static".');
const arrival = v.object(
  {
    atMs: number(0, 1e10, 'ms'),
    kind,
    serviceMs: v.exactOptional(number(0, 600_000, 'ms')),
    user: v.exactOptional(integer(0, 1e9)),
    address: v.exactOptional(integer(0, 0xffffffff)),
  },
  'Give an arrival with atMs and kind.',
);
const arrivals = v.variant(
  'type',
  [
    v.object({ type: v.literal('poisson') }),
    v.object({ type: v.literal('fixed') }),
    v.object({ type: v.literal('list'), list: list(arrival, MAX_ARRIVALS, 'arrivals'), closedLoop: flag }),
  ],
  'Give {"type": "poisson"}, {"type": "fixed"} or {"type": "list", "list": [...], "closedLoop": false}.',
);

const traffic = v.object(
  {
    position: point,
    rateRps: number(0, MAX_RATE_RPS, 'requests per second'),
    arrivals,
    writeShare: number(0, 1),
    staticShare: number(0, 1),
    clientTimeoutMs: integer(1, 3_600_000, 'ms'),
    retries: v.exactOptional(integer(0, 100)),
    patience: v.exactOptional(v.picklist(['fixed', 'exponential'], 'Give "fixed" or "exponential".')),
    baseReachableMs: v.exactOptional(integer(1, 3_600_000, 'ms')),
    users: integer(1, 100_000),
  },
  'Give the traffic: rateRps, arrivals, writeShare and so on.',
);

const dns = v.object(
  {
    position: point,
    name: text('the name of the site'),
    type: v.literal('A', 'Give "A".'),
    address: v.pipe(v.string('Give an IPv4 address.'), v.ipv4('Give an IPv4 address such as 203.0.113.10.')),
    ttlS: integer(0, 604_800, 's'),
    latencyMs: number(0, MAX_LATENCY_MS, 'ms'),
  },
  'Give the DNS record: name, type, address, ttlS.',
);

const host = v.object(
  {
    id: text('an id'),
    name: text('a name'),
    position: point,
    size,
    heading: v.picklist(['top', 'bottom'], 'Give "top" or "bottom".'),
    address: v.pipe(v.string('Give an IPv4 address.'), v.ipv4('Give an IPv4 address such as 203.0.113.11.')),
    firewall: v.nullable(firewall),
    collector: v.nullable(collector),
    public: flag,
    segment: text('the name of a network segment'),
    zone: v.exactOptional(text('the name of a rack, room or zone')),
    adminPort: v.nullable(port),
  },
  'Give a host with id, name, position, size, address.',
);

const component = v.object(
  {
    id: text('an id'),
    hostId: text('the id of a host'),
    kind: text('a kind'),
    name: text('a name'),
    position: point,
    config: v.custom<Record<string, unknown>>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'Give the settings as an object.',
    ),
  },
  'Give a component with id, hostId, kind, name, position, config.',
);

const label = v.object(
  {
    lines: list(text('a line', 0), 4, 'lines'),
    at: point,
    align: v.picklist(['start', 'middle', 'end'], 'Give "start", "middle" or "end".'),
  },
  'Give a label with lines, at and align.',
);

const link = v.object(
  {
    id: text('an id'),
    from: text('the id of a component, or "users"'),
    to: text('the id of a component'),
    protocol: v.picklist(
      ['http', 'mysql', 'replication', 'file', 'vrrp'],
      'Give "http", "mysql", "replication", "file" or "vrrp".',
    ),
    /** 0 is for what knows no ports (files, VRRP); parse.ts refuses it elsewhere. */
    port: integer(0, 65_535),
    latencyMs: number(0, MAX_LATENCY_MS, 'ms'),
    encrypted: flag,
    route: v.exactOptional(list(point, 20, 'corners')),
    label: v.exactOptional(label),
  },
  'Give a link with id, from, to, protocol, port, latencyMs, encrypted.',
);

export const designSchema = v.object(
  {
    version: v.literal(DESIGN_VERSION, `Give ${DESIGN_VERSION}.`),
    id: text('an id'),
    name: text('a name'),
    title: text('a title'),
    summary: list(text('a line', 0), 4, 'lines'),
    timings: v.picklist(['classroom', 'realistic', 'custom'], 'Give "classroom", "realistic" or "custom".'),
    dns,
    traffic,
    hosts: list(host, MAX_HOSTS, 'hosts'),
    components: list(component, MAX_COMPONENTS, 'components'),
    links: list(link, MAX_LINKS, 'links'),
    certificates: list(certificate, 100, 'certificates'),
    monitoring: v.nullable(monitoring),
    objectives,
    accepted: list(accepted, 1000, 'accepted risks'),
    operations: v.exactOptional(operations),
    layout: v.object(
      { size, title: point, legend: point, legendInOneLine: v.exactOptional(flag), monitoring: point },
      'Give the layout: size, title, legend, monitoring.',
    ),
  },
  'Give a design: an object with version, hosts, components, links, dns and traffic.',
);
