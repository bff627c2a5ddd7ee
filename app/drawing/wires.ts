// Every wire of a design: which there are, where they run, and in which style. The live overlay and the exported picture
// both take their wires from here, so a bead can never leave its line.
import {
  type Design,
  DNS,
  type Link,
  type LinkLabel,
  type Point,
  reportId,
  type Size,
  USERS,
} from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import { present } from '../foundation/assert.ts';
import type { Anchor, Figure } from './figure.ts';
import type { Figures } from './figures.ts';
import { type LinkPath, linkPath, longestMiddle } from './link-path.ts';
import { roleWidth } from './text-width.ts';

/** `ready` carries nothing now, as the line of a standby. */
export type WireStyle = 'request' | 'thin' | 'replication' | 'ready' | 'check' | 'dns' | 'vrrp';

export interface Wire {
  readonly points: readonly Point[];
  readonly path: LinkPath;
  readonly style: WireStyle;
  readonly arrow: boolean;
  readonly encrypted: boolean;
}

/** All that is drawn for one link. */
export interface LinkWires {
  readonly linkId: string;
  readonly main: Wire;
  /** The dotted line of the health checks, beside the main wire; null where there is no check. */
  readonly check: Wire | null;
  readonly padlock: { readonly at: Point; readonly open: boolean } | null;
  /** What the wire speaks, beside the padlock: `HTTP :80`. */
  readonly port: LinkLabel | null;
  readonly label: LinkLabel | null;
}

export interface Wires {
  /** In the design's order; a link that is not drawn is missing. */
  readonly links: ReadonlyMap<string, LinkWires>;
  /** Lines on which collectors report, by their ids, from the host to monitoring. */
  readonly reports: ReadonlyMap<string, LinkPath>;
  readonly dns: Wire;
  readonly dnsLabel: LinkLabel;
}

const CHECK_DISTANCE = 22;
const PADLOCK_FROM_START = 44;
/** Between two lines of advertisements. */
const VRRP_APART = 20;

/** The wires of a design, their ends on the anchors of the figures. */
export function wiresOf(design: Design, figures: Figures): Wires {
  const boxes = boxesOf(design, figures);
  const links = new Map<string, LinkWires>();
  for (const link of design.links) {
    const use = usage(design, link);
    if (use === 'hidden') continue;
    links.set(link.id, linkWires(design, link, boxes, use === 'ready'));
  }
  const users = present(boxes.get(USERS), 'the users');
  const record = present(boxes.get(DNS), 'DNS');
  const from = anchorAt(users, 'dns') ?? anchorAt(users, 'top') ?? users.position;
  const points = straightened(from, anchorAt(record, 'in') ?? record.position);
  const middle = longestMiddle(points);
  return {
    links,
    reports: reportsOf(design),
    dns: wire(points, 'dns', false, false),
    dnsLabel: {
      lines: ['asked once, then', `cached for ${design.dns.ttlS} s`],
      at: { x: middle.x + 10, y: middle.y - 6 },
      align: 'start',
    },
  };
}

/** Only where monitoring is drawn, and the collector's line has corners. */
function reportsOf({ monitoring, hosts }: Design): ReadonlyMap<string, LinkPath> {
  const reports = new Map<string, LinkPath>();
  if (monitoring === null) return reports;
  for (const { id, collector } of hosts) {
    const route = collector?.route ?? [];
    if (route.length > 1) reports.set(reportId(id), linkPath(route.toReversed()));
  }
  return reports;
}

/** Reads go to a remote replica only where the setting `readsFrom` says so; a near replica then is ready, but unused. */
function usage(design: Design, link: Link): 'used' | 'ready' | 'hidden' {
  const from = wiringOf(design).component(link.from);
  const to = wiringOf(design).component(link.to);
  const readsFrom = from?.config['readsFrom'];
  if (from === undefined || to === undefined || typeof readsFrom !== 'string' || to.config['role'] !== 'replica')
    return 'used';
  const remote = from.hostId !== to.hostId;
  if (readsFrom === 'replica' || readsFrom === 'both') return 'used';
  if (remote) return 'hidden';
  return readsFrom === 'local' ? 'used' : 'ready';
}

interface Box {
  readonly position: Point;
  readonly size: Size;
  readonly figure: Figure;
  /** Empty for users and DNS, which stand on no host. */
  readonly hostId: string;
}

function boxesOf(design: Design, figures: Figures): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  const add = (id: string, position: Point, hostId: string): void => {
    const figure = present(figures.get(id), `the figure of ${id}`);
    boxes.set(id, { position, size: figure.size, figure, hostId });
  };
  add(USERS, design.traffic.position, '');
  add(DNS, design.dns.position, '');
  for (const component of design.components) add(component.id, component.position, component.hostId);
  return boxes;
}

function linkWires(design: Design, link: Link, boxes: ReadonlyMap<string, Box>, ready: boolean): LinkWires {
  const from = present(boxes.get(link.from), `the start of link ${link.id}`);
  const to = present(boxes.get(link.to), `the end of link ${link.id}`);
  const points =
    link.protocol === 'vrrp' ? betweenHosts(design, from, to, vrrpBefore(design, link)) : route(link, from, to);
  const style = ready ? 'ready' : styleOf(link);
  const main = wire(points, style, style === 'request' || style === 'ready' || style === 'vrrp', link.encrypted);
  const isFirst = design.links.find((one) => one.from === link.from) === link;
  const local = from.hostId === to.hostId;
  return {
    linkId: link.id,
    main,
    check: checkWire(link, from, to),
    padlock:
      local || (link.from === USERS && !isFirst) || !showsPadlock(design, link)
        ? null
        : { at: padlockPlace(link, points), open: !link.encrypted },
    port: link.from === USERS && isFirst ? portLabel(link, points) : null,
    label: link.label ?? null,
  };
}

function styleOf(link: Link): WireStyle {
  if (link.protocol === 'replication' || link.protocol === 'vrrp') return link.protocol;
  return link.protocol === 'file' ? 'thin' : 'request';
}

const wire = (points: readonly Point[], style: WireStyle, arrow: boolean, encrypted: boolean): Wire => ({
  points,
  path: linkPath(points),
  style,
  arrow,
  encrypted,
});

/** The users' line always has its padlock. Lines behind it get theirs where TLS ends before them: that is the news there. */
function showsPadlock(design: Design, link: Link): boolean {
  if (link.from === USERS) return true;
  return link.protocol === 'http' && design.links.some((other) => other.from === USERS && other.encrypted);
}

function padlockPlace(link: Link, points: readonly Point[]): Point {
  if (link.from !== USERS) return longestMiddle(points);
  const start = present(points[0], 'start of the wire');
  const next = present(points[1], 'second corner of the wire');
  if (start.y === next.y) return { x: start.x + Math.sign(next.x - start.x) * PADLOCK_FROM_START, y: start.y };
  return { x: start.x, y: start.y + Math.sign(next.y - start.y) * PADLOCK_FROM_START };
}

/** Kept clear of a line that turns. */
const PORT_MARGIN = 16;

function portLabel(link: Link, points: readonly Point[]): LinkLabel {
  const [start, next] = [present(points[0], 'start of the wire'), present(points[1], 'second corner of the wire')];
  const lock = padlockPlace(link, points);
  const words = [link.encrypted ? 'HTTPS' : 'HTTP', `:${link.port}`];
  const line = words.join(' ');
  if (lock.y !== start.y) return { lines: [line], at: { x: lock.x + 16, y: lock.y + 4 }, align: 'start' };
  const room = Math.abs(next.x - start.x) - PORT_MARGIN;
  if (points.length === 2 || roleWidth(line, 'tiny') <= room)
    return { lines: [line], at: { x: start.x + 10, y: start.y + 24 }, align: 'start' };
  return { lines: words, at: { x: start.x + 4, y: start.y + 22 }, align: 'start' };
}

/** Through the link's own corners, or by the automatic way: straight where the ends are level, else with one jog. */
function route(link: Link, from: Box, to: Box): readonly Point[] {
  const corners = link.route ?? [];
  const first = corners[0];
  const last = corners.at(-1);
  if (first === undefined || last === undefined) return automatic(link, from, to);
  const start = anchorAt(from, `link:${link.id}`) ?? edgePoint(from, first);
  const end = edgePoint(to, last);
  return [...straightened(start, first).slice(0, -1), ...corners, ...straightened(last, end).slice(1)];
}

function automatic(link: Link, from: Box, to: Box): readonly Point[] {
  const own = anchorAt(from, `link:${link.id}`);
  const below = to.position.y - (from.position.y + from.size.height);
  const above = from.position.y - (to.position.y + to.size.height);
  const right = to.position.x - (from.position.x + from.size.width);
  if (own === undefined && right < 0 && below > 0)
    return jog(anchorAt(from, 'bottom'), anchorAt(to, 'top'), 'vertical');
  if (own === undefined && right < 0 && above > 0)
    return jog(anchorAt(from, 'top'), anchorAt(to, 'bottom'), 'vertical');
  if (right < 0) return jog(own ?? anchorAt(from, 'in'), anchorAt(to, 'out'), 'horizontal');
  return jog(own ?? anchorAt(from, 'out'), anchorAt(to, 'in'), 'horizontal');
}

/** How many lines of the same two keepalived come before this one: each has a track of its own. */
const vrrpBefore = (design: Design, link: Link): number =>
  design.links.filter(({ from, to }) => from === link.from && to === link.to).indexOf(link);

/** Advertisements go from host to host: from edge to edge where one stands below the other. */
function betweenHosts(design: Design, from: Box, to: Box, before: number): readonly Point[] {
  const hostOf = (box: Box) => design.hosts.find((host) => host.id === box.hostId);
  const [a, b] = [hostOf(from), hostOf(to)];
  const x = from.position.x + (from.figure.anchors['bottom']?.x ?? 0) - before * VRRP_APART;
  if (a === undefined || b === undefined || b.position.y <= a.position.y + a.size.height)
    return jog(anchorAt(from, 'bottom'), anchorAt(to, 'top'), 'vertical');
  return [
    { x, y: a.position.y + a.size.height },
    { x, y: b.position.y },
  ];
}

function jog(start: Point | undefined, end: Point | undefined, direction: 'horizontal' | 'vertical'): readonly Point[] {
  const a = present(start, 'an anchor to leave from');
  const b = present(end, 'an anchor to arrive at');
  if (direction === 'horizontal') {
    if (Math.abs(a.y - b.y) < 0.5) return [a, { x: b.x, y: a.y }];
    const x = Math.round((a.x + b.x) / 2);
    return [a, { x, y: a.y }, { x, y: b.y }, b];
  }
  if (Math.abs(a.x - b.x) < 0.5) return [a, { x: a.x, y: b.y }];
  const y = Math.round((a.y + b.y) / 2);
  return [a, { x: a.x, y }, { x: b.x, y }, b];
}

/** Two points, with a corner between them where they are not level. */
function straightened(a: Point, b: Point): readonly Point[] {
  if (Math.abs(a.x - b.x) < 0.5 || Math.abs(a.y - b.y) < 0.5) return [a, b];
  return [a, { x: b.x, y: a.y }, b];
}

/** Where a wire that comes from `outside` meets the element: level with it if it can be, else on the side's anchor. */
function edgePoint(box: Box, outside: Point): Point {
  const { x, y } = box.position;
  const { width, height } = box.size;
  if (outside.y >= y && outside.y <= y + height) {
    const side = outside.x < x + width / 2 ? 'left' : 'right';
    return levelAnchor(box, side, outside.y) ?? { x: side === 'left' ? x : x + width, y: outside.y };
  }
  if (outside.x >= x && outside.x <= x + width) return { x: outside.x, y: outside.y < y ? y + 1 : y + height + 1 };
  const name = outside.x < x ? 'in' : 'out';
  return anchorAt(box, name) ?? box.position;
}

/** An anchor on this side at this height: outlines are not all rectangles. */
function levelAnchor(box: Box, side: Anchor['side'], y: number): Point | undefined {
  for (const anchor of Object.values(box.figure.anchors)) {
    const placed = { x: box.position.x + anchor.x, y: box.position.y + anchor.y };
    if (anchor.side === side && Math.abs(placed.y - y) < 0.5) return placed;
  }
  return undefined;
}

function anchorAt(box: Box, name: string): Point | undefined {
  const anchor = box.figure.anchors[name];
  return anchor && { x: box.position.x + anchor.x, y: box.position.y + anchor.y };
}

/** Beside the request wire, on the side away from the other servers' wires. */
function checkWire(link: Link, from: Box, to: Box): Wire | null {
  const start = anchorAt(from, `check:${link.id}`);
  const request = anchorAt(from, `link:${link.id}`);
  if (start === undefined || request === undefined) return null;
  const above = start.y < request.y;
  const end = anchorAt(to, above ? 'checkAbove' : 'checkBelow') ?? present(anchorAt(to, 'in'), 'an anchor for checks');
  const track = link.route?.[0]?.x ?? (request.x + end.x) / 2;
  const x = track - CHECK_DISTANCE;
  if (x <= start.x || Math.abs(start.y - end.y) < 0.5) return wire(straightened(start, end), 'check', false, false);
  return wire([start, { x, y: start.y }, { x, y: end.y }, end], 'check', false, false);
}
