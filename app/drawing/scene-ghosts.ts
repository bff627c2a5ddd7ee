// What is missing, drawn as a dashed ghost in the place where it should stand: a wall on the users' line, monitoring with
// its lines to the hosts.
import { type Design, type Host, type Point, USERS } from '../design/design.ts';
import type { Shape } from './figure.ts';
import { icon } from './icons.ts';
import { number } from './link-path.ts';
import { text } from './marks.ts';
import type { Missing } from './scene-state.ts';
import type { Wires } from './wires.ts';

const GHOST = { stroke: 'ink3', strokeWidth: 1.5, dash: [4, 4] } as const;
const MONITORING = { width: 150, height: 46 };
const WALL = { thickness: 16, length: 72, distance: 34 };
/** A line ends above a host's ring and its label. */
const CLEAR = 17;

/** Monitoring that is not there. Below everything. */
export function monitoringGhost(design: Design, missing: Missing): readonly Shape[] {
  if (missing.unmonitored === 0 || design.monitoring !== null) return [];
  const { x, y } = design.layout.monitoring;
  const count = `on ${missing.unmonitored} of ${design.hosts.length} ${design.hosts.length === 1 ? 'host' : 'hosts'}`;
  return [
    { type: 'rect', x, y, ...MONITORING, ...GHOST },
    icon('activity', x + 20, y + 23, 20, 'ink3'),
    text(x + 38, y + 20, 'no monitoring', 'ghost'),
    text(x + 38, y + 36, count, 'ghost'),
    ...design.hosts.flatMap((host) => reportLine(host, design.layout.monitoring)),
  ];
}

/** The line on which a host would report, where a straight one leads there. */
function reportLine(host: Host, at: Point): readonly Shape[] {
  const { x, y } = host.position;
  const middle = { x: at.x + MONITORING.width / 2, y: at.y + MONITORING.height / 2 };
  const line = (d: string): readonly Shape[] => [{ type: 'path', d, ...GHOST }];
  if (middle.x > x && middle.x < x + host.size.width && y > at.y + MONITORING.height) {
    return line(`M${number(middle.x)},${at.y + MONITORING.height}V${y - CLEAR}`);
  }
  if (middle.y > y && middle.y < y + host.size.height && x > at.x + MONITORING.width) {
    return line(`M${at.x + MONITORING.width},${number(middle.y)}H${x}`);
  }
  return [];
}

export const monitoringPin = (design: Design): Point => ({
  x: design.layout.monitoring.x + MONITORING.width,
  y: design.layout.monitoring.y + 2,
});

/** A wall that is not there, across the users' line. Above the wires, below what moves. */
export function firewallGhost(design: Design, wires: Wires, missing: Missing): readonly Shape[] {
  const middle = missing.firewall ? firewallPlace(design, wires) : null;
  if (middle === null) return [];
  const { thickness, length } = WALL;
  const width = middle.upright ? thickness : length;
  const height = middle.upright ? length : thickness;
  const x = middle.x - width / 2;
  const y = middle.y - height / 2;
  const quarter = length / 4;
  const bricks = middle.upright
    ? `M${x},${y + quarter}h16M${x},${y + 2 * quarter}h16M${x},${y + 3 * quarter}h16M${x + 8},${y}v${quarter}M${x + 8},${y + 2 * quarter}v${quarter}`
    : `M${x + quarter},${y}v16M${x + 2 * quarter},${y}v16M${x + 3 * quarter},${y}v16M${x},${y + 8}h${quarter}M${x + 2 * quarter},${y + 8}h${quarter}`;
  return [
    { type: 'rect', x, y, width, height, fill: 'ground' },
    { type: 'rect', x, y, width, height, ...GHOST },
    { type: 'path', d: bricks, ...GHOST },
  ];
}

/** Where the wall would stand: on the users' line, just before the host that it enters. */
export function firewallPlace(design: Design, wires: Wires): (Point & { readonly upright: boolean }) | null {
  const link = design.links.find((candidate) => candidate.from === USERS);
  const target = design.components.find((component) => component.id === link?.to);
  const host = design.hosts.find((candidate) => candidate.id === target?.hostId);
  const points = wires.links.get(link?.id ?? '')?.main.points;
  const end = points?.at(-1);
  const before = points?.at(-2);
  if (host === undefined || end === undefined || before === undefined) return null;
  const gap = WALL.distance - WALL.thickness / 2;
  if (Math.abs(end.y - before.y) < 0.5) {
    const x = end.x > before.x ? host.position.x - gap : host.position.x + host.size.width + gap;
    return { x, y: end.y, upright: true };
  }
  const y = end.y > before.y ? host.position.y - gap : host.position.y + host.size.height + gap;
  return { x: end.x, y, upright: false };
}

export const firewallPin = (place: Point & { readonly upright: boolean }): Point =>
  place.upright ? { x: place.x, y: place.y - WALL.length / 2 - 16 } : { x: place.x + WALL.length / 2 + 18, y: place.y };
