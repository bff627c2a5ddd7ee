// The shape of a design file, as a schema. Every message is the repair: what to put there instead. Limits have names, so
// that a hostile or broken file is refused instead of hanging the page.
import * as v from 'valibot';
import { DESIGN_VERSION } from './design.ts';

export const MAX_HOSTS = 300;
export const MAX_COMPONENTS = 1500;
export const MAX_LINKS = 3000;
export const MAX_ARRIVALS = 1_000_000;
const MAX_TEXT = 200;
const MAX_CANVAS = 100_000;
const MAX_LATENCY_MS = 60_000;
const MAX_RATE_RPS = 100_000;

const text = (what: string, least = 1) => {
  const message = `Give ${what}, ${least} to ${MAX_TEXT} characters.`;
  return v.pipe(v.string(message), v.minLength(least, message), v.maxLength(MAX_TEXT, message));
};

const number = (least: number, most: number, unit = '') => {
  const message = `Give a number from ${least} to ${most}${unit === '' ? '' : ` ${unit}`}.`;
  return v.pipe(v.number(message), v.finite(message), v.minValue(least, message), v.maxValue(most, message));
};

const integer = (least: number, most: number, unit = '') => {
  const message = `Give a whole number from ${least} to ${most}${unit === '' ? '' : ` ${unit}`}.`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message));
};

const flag = v.boolean('Give true or false.');
const list = <Item extends v.GenericSchema>(item: Item, most: number, what: string) =>
  v.pipe(v.array(item, `Give a list of ${what}.`), v.maxLength(most, `Give at most ${most} ${what}.`));

const point = v.object(
  { x: number(-MAX_CANVAS, MAX_CANVAS), y: number(-MAX_CANVAS, MAX_CANVAS) },
  'Give a point with x and y.',
);
const size = v.object(
  { width: number(1, MAX_CANVAS), height: number(1, MAX_CANVAS) },
  'Give a size with width and height.',
);

const kind = v.picklist(['read', 'write', 'static'], 'Give "read", "write" or "static".');
const arrival = v.object(
  { atMs: number(0, 1e10, 'ms'), kind, serviceMs: v.exactOptional(number(0, 600_000, 'ms')) },
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
    patience: v.exactOptional(v.picklist(['fixed', 'exponential'], 'Give "fixed" or "exponential".')),
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

const port = integer(1, 65_535);
const host = v.object(
  {
    id: text('an id'),
    name: text('a name'),
    position: point,
    size,
    heading: v.picklist(['top', 'bottom'], 'Give "top" or "bottom".'),
    address: v.pipe(v.string('Give an IPv4 address.'), v.ipv4('Give an IPv4 address such as 203.0.113.11.')),
    firewall: v.nullable(
      v.object({ allowPorts: list(port, 1000, 'ports') }, 'Give null, or a firewall with allowPorts.'),
    ),
    monitored: flag,
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
    protocol: v.picklist(['http', 'mysql', 'replication', 'file'], 'Give "http", "mysql", "replication" or "file".'),
    /** 0 is for files alone, which nobody listens for; parse.ts refuses it elsewhere. */
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
    layout: v.object(
      { size, title: point, legend: point, monitoring: point },
      'Give the layout: size, title, legend, monitoring.',
    ),
  },
  'Give a design: an object with version, hosts, components, links, dns and traffic.',
);
