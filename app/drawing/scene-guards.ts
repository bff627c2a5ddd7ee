// What guards and watches a site: walls at the edges of hosts with a door for each wire that is let in, collectors and the
// lines on which they report, monitoring and who is on call.
import type { Design, Host, Point } from '../design/design.ts';
import { isLetIn } from '../design/firewall.ts';
import type { Shape } from './figure.ts';
import { icon } from './icons.ts';
import { number } from './link-path.ts';
import { text } from './marks.ts';
import type { MonitoringState } from './scene-state.ts';
import type { Wires } from './wires.ts';

const WALL = 14;
/** A wall stands clear of the ring of a single point of failure. */
const RINGED = 14;
const DOOR = 12;
const COURSE = 12;
const COLLECTOR = { width: 36, height: 24 };
const MONITORING_SIZE = { width: 150, height: 62 };
const ON_CALL_SIZE = { width: 132, height: 48 };
const BELL = 10;

/** Walls at the left edges of hosts with a firewall. Above the wires, so that what is not let in ends at the bricks. */
export const wallShapes = (design: Design, wires: Wires, spofs: readonly string[]): readonly Shape[] =>
  design.hosts.flatMap((host) => {
    if (host.firewall === null) return [];
    return wallOf(host, spofs.includes(host.id) ? RINGED : 0, design, wires);
  });

function wallOf(host: Host, out: number, design: Design, wires: Wires): readonly Shape[] {
  const x = host.position.x - WALL - out;
  const { y } = host.position;
  const doors = doorsOf(host, design, wires);
  const pieces: Shape[] = [];
  let top = y;
  for (const door of [...doors, y + host.size.height + DOOR]) {
    const bottom = Math.min(door - DOOR, y + host.size.height);
    if (bottom - top > 2) pieces.push(...bricks(x, top, bottom));
    top = Math.max(top, door + DOOR);
  }
  return pieces;
}

/** Heights at which a wire that is let in, or one that leaves, passes the left edge. */
function doorsOf(host: Host, design: Design, wires: Wires): readonly number[] {
  const { x, y } = host.position;
  const doors = design.links.flatMap((link) => {
    const drawn = wires.links.get(link.id);
    if (drawn === undefined || !isLetIn(design, link)) return [];
    return [drawn.main, ...(drawn.check === null ? [] : [drawn.check])].flatMap(({ points }) =>
      points.flatMap((point, index) => {
        const next = points[index + 1];
        const passes = next !== undefined && next.y === point.y && (point.x - x) * (next.x - x) < 0;
        return passes && point.y > y && point.y < y + host.size.height ? [point.y] : [];
      }),
    );
  });
  return doors.sort((a, b) => a - b);
}

/** Courses of bricks, every second one shifted by half. */
function bricks(x: number, top: number, bottom: number): readonly Shape[] {
  const height = bottom - top;
  let d = '';
  for (let course = 0; course * COURSE < height; course++) {
    const y = top + course * COURSE;
    if (course > 0) d += `M${x},${number(y)}h${WALL}`;
    if (course % 2 === 1) d += `M${x + WALL / 2},${number(y)}v${number(Math.min(COURSE, bottom - y))}`;
  }
  const wall = { type: 'rect', x, y: top, width: WALL, height } as const;
  return [
    { ...wall, fill: 'comp', stroke: 'line', strokeWidth: 1.2 },
    { type: 'path', d, stroke: 'line', strokeWidth: 1 },
  ];
}

/** Collectors, the lines on which they report, monitoring and who is told. A host without power reports nothing. */
export function monitoringShapes(design: Design, wires: Wires, state: MonitoringState): readonly Shape[] {
  const { monitoring } = design;
  const collectors = design.hosts.flatMap((host) => collectorOf(host, state.silent.includes(host.id)));
  if (monitoring === null) return collectors;
  const { x, y } = monitoring.position;
  const [first = '', ...rest] = state.lines;
  return [
    ...[...wires.reports.values()].map(({ d }): Shape => ({ type: 'path', d, stroke: 'link', strokeWidth: 1.5 })),
    ...collectors,
    ...(monitoring.onCall === null ? [] : onCallShapes(monitoring.position, monitoring.onCall.position, state)),
    { type: 'rect', x, y, ...MONITORING_SIZE, radius: 26, fill: 'comp', stroke: 'line', strokeWidth: 1.5 },
    icon('activity', x + 24, y + MONITORING_SIZE.height / 2, 22, 'ink'),
    text(x + 42, y + 21, 'monitoring', 'name'),
    text(x + 42, y + 36, first, 'figure'),
    ...rest.slice(0, 1).map((line) => text(x + 42, y + 50, line, 'figure')),
  ];
}

function collectorOf({ position, collector }: Host, silent: boolean): readonly Shape[] {
  if (collector === null) return [];
  const x = position.x + collector.position.x;
  const y = position.y + collector.position.y;
  const paint = silent
    ? ({ fill: 'field', stroke: 'ink3', strokeWidth: 1.5, dash: [4, 3] } as const)
    : ({ fill: 'comp', stroke: 'line', strokeWidth: 1.5 } as const);
  const route = (collector.route ?? []).map((at) => `${number(at.x)},${number(at.y)}`);
  return [
    ...(route.length > 1
      ? [{ type: 'path', d: `M${route.join('L')}`, stroke: 'link', strokeWidth: 1.5 } as const]
      : []),
    { type: 'rect', x, y, ...COLLECTOR, radius: 12, ...paint },
    icon('activity', x + COLLECTOR.width / 2, y + COLLECTOR.height / 2, 16, silent ? 'ink3' : 'ink'),
  ];
}

/** For the legend: an alert, a wall, a collector, each about 18 px high with its middle at y. */
export const guardSamples = (alert: Point, wall: Point, collector: Point): readonly Shape[] => [
  { type: 'circle', ...alert, r: 8, fill: 'ink' },
  icon('bell', alert.x, alert.y, 11, 'on-ink', 2.4),
  ...bricks(wall.x - WALL / 2, wall.y - 9, wall.y + 9),
  {
    type: 'rect',
    x: collector.x - 13,
    y: collector.y - 9,
    width: 26,
    height: 18,
    radius: 9,
    fill: 'comp',
    stroke: 'line',
    strokeWidth: 1.4,
  },
  icon('activity', collector.x, collector.y, 13, 'ink'),
];

/** From monitoring to who is on call: an arrow with a bell, filled while somebody is told. */
function onCallShapes(from: Point, to: Point, state: MonitoringState): readonly Shape[] {
  const leftwards = to.x < from.x;
  const y = to.y + ON_CALL_SIZE.height / 2;
  const start = leftwards ? from.x : from.x + MONITORING_SIZE.width;
  const end = leftwards ? to.x + ON_CALL_SIZE.width : to.x;
  const head = leftwards ? end + 9 : end - 9;
  const middle = (start + end) / 2;
  const stroke = state.told ? 'ink' : 'link';
  const box = { type: 'rect', x: to.x, y: to.y, ...ON_CALL_SIZE, radius: 24, fill: 'comp' } as const;
  return [
    { type: 'path', d: `M${start},${y}H${head}`, stroke, strokeWidth: state.told ? 2.4 : 1.5 },
    { type: 'path', d: `M${end},${y}L${head},${y - 4.5}V${y + 4.5}Z`, fill: stroke },
    ...(state.told
      ? ([{ type: 'circle', x: middle, y, r: BELL, fill: 'ink' }, icon('bell', middle, y, 13, 'on-ink', 2.4)] as const)
      : []),
    { ...box, stroke: 'line', strokeWidth: state.told ? 2.6 : 1.5 },
    icon('bell', to.x + 24, y, 18, 'ink'),
    text(to.x + 42, to.y + 21, 'on call', 'name'),
    text(to.x + 42, to.y + 36, state.onCall, 'figure'),
  ];
}

/** In words: `monitoring, 3 of 3 report; on call, no alert`. */
export const monitoringInWords = (state: MonitoringState): string =>
  `monitoring, ${state.lines.join(', ')}; on call, ${state.onCall}`;
