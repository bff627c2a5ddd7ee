// Room on the sheet for what a fix adds: a free place beside or below what stands there, and a sheet that grows with it.
import type { Design, Host, Point, Size } from '../design/design.ts';
import { moved, movedHost } from '../design/move.ts';
import { wiringOf } from '../design/wiring.ts';
import { drawn } from './drawn.ts';

const GAP = 40;
/** Left and lower edge of the sheet; the legend in one line stands within the lower one. */
const EDGE = { left: 14, foot: 58, legend: 18 };
/** A line with its padlock between the users and who answers them. */
const LINE = 90;
/** The figures of users and DNS, and what is written below them. */
const USERS_WIDTH = 130;
const USERS_HEIGHT = 150;
/** The legend in one line. */
const LEGEND_WIDTH = 1_132;
const MONITORING = { width: 150, height: 62 };

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const overlap = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

const boxOf = ({ position, size }: Pick<Host, 'position' | 'size'>): Box => ({ ...position, ...size });

function taken({ hosts, traffic, dns, layout, monitoring }: Design, except: string): readonly Box[] {
  const users = { ...traffic.position, width: USERS_WIDTH, height: USERS_HEIGHT };
  const record = { ...dns.position, width: USERS_WIDTH, height: 60 };
  const watch = { ...(monitoring?.position ?? layout.monitoring), ...MONITORING };
  const title = { x: layout.title.x, y: layout.title.y - 24, width: 300, height: 60 };
  const onCall = monitoring?.onCall ? [{ ...monitoring.onCall.position, ...MONITORING }] : [];
  return [...hosts.filter((host) => host.id !== except).map(boxOf), users, record, watch, title, ...onCall];
}

/** Whether a host of this size may stand there, with some air around it. */
function isFree(design: Design, position: Point, size: Size, except = ''): boolean {
  const air = GAP / 2;
  const box = { x: position.x - air, y: position.y - air, width: size.width + 2 * air, height: size.height + 2 * air };
  return position.x >= EDGE.left && position.y >= 0 && !taken(design, except).some((other) => overlap(box, other));
}

/** Straight below a host, or where `x` says, when that is free, else below everything in the same column. */
export function placeBelow(design: Design, host: Host, size: Size, x = host.position.x): Point {
  const below = { x, y: host.position.y + host.size.height + GAP };
  if (isFree(design, below, size)) return below;
  const bottom = Math.max(...design.hosts.map(({ position, size: own }) => position.y + own.height));
  return { x, y: bottom + GAP };
}

/** Right of a host, level with it, when that is free, else below. */
export function placeBeside(design: Design, host: Host, size: Size): Point {
  const beside = { x: host.position.x + host.size.width + 2 * GAP, y: host.position.y };
  return isFree(design, beside, size) ? beside : placeBelow(design, host, size);
}

/**
 * Room for a twin in the column of a host: both about the line on which it stood, everything lower by what is missing above.
 * Where others stand in that column, straight below it or below everything.
 */
export function roomForPair(
  design: Design,
  host: Host,
  size: Size,
): { readonly design: Design; readonly place: Point } {
  const middle = host.position.y + host.size.height / 2;
  const top = Math.round(middle - size.height - GAP / 2);
  const first = { x: host.position.x, y: top };
  const second = { x: host.position.x, y: top + size.height + GAP };
  const down = Math.max(0, lowestAbove(design, host) + GAP / 2 - top);
  const lower = down === 0 ? design : moved(design, { x: 0, y: down });
  const at = ({ x, y }: Point): Point => ({ x, y: y + down });
  if (!isFree(lower, at(first), size, host.id) || !isFree(lower, at(second), size, host.id)) {
    return { design, place: placeBelow(design, host, size) };
  }
  const { height, width } = lower.layout.size;
  const taller = { ...lower, layout: { ...lower.layout, size: { width, height: height + down } } };
  return { design: movedHost(taller, host.id, { x: 0, y: top - host.position.y }), place: at(second) };
}

/** The lower edge of title and monitoring over the column of a host, or 0. */
function lowestAbove({ layout, monitoring }: Design, { position, size }: Host): number {
  const column = { x: position.x, y: 0, width: size.width, height: position.y };
  const watch = { ...(monitoring?.position ?? layout.monitoring), ...MONITORING };
  return overlap(column, watch) ? watch.y + watch.height : 0;
}

/** Left of a host, on its middle line, when there is room for it and for a line before it; else everything makes room. */
export function roomLeftOf(design: Design, host: Host, size: Size): { readonly design: Design; readonly place: Point } {
  const y = host.position.y + Math.round((host.size.height - size.height) / 2);
  const place = { x: host.position.x - GAP - size.width, y };
  const withLine = { x: place.x - LINE, y };
  if (isFree(design, withLine, { width: size.width + LINE, height: size.height })) return { design, place };
  const missing = design.traffic.position.x + USERS_WIDTH + LINE - place.x;
  const by = missing > 0 ? missing : size.width + GAP;
  const right = moved(design, { x: by, y: 0 });
  const { dns, traffic, layout } = design;
  return {
    // Users, their record, title and legend stay where they are: the room is between them and the site.
    design: {
      ...right,
      dns,
      traffic,
      layout: { ...layout, size: { width: layout.size.width + by, height: layout.size.height } },
    },
    place: { x: place.x + by, y },
  };
}

/** The sheet so large that every host stands on it. What reaches the legend sends it to the foot, in one line. */
export function grown(design: Design): Design {
  const { layout, hosts } = design;
  const widest = Math.max(...hosts.map(({ position, size }) => position.x + size.width + EDGE.left));
  const bottom = Math.max(...hosts.map(({ position, size }) => position.y + size.height));
  const legend = { x: layout.legend.x, y: layout.legend.y - 20, width: 500, height: 150 };
  const isInTheWay = layout.legendInOneLine !== true && hosts.some((host) => overlap(boxOf(host), legend));
  const isAtFoot = layout.legendInOneLine === true || isInTheWay;
  const needed = bottom + (isAtFoot ? EDGE.foot : EDGE.left);
  const height = isInTheWay ? needed : Math.max(layout.size.height, needed);
  const right = Math.max(layout.size.width, widest, isAtFoot ? LEGEND_WIDTH : 0);
  if (!isAtFoot) return { ...design, layout: { ...layout, size: { width: right, height } } };
  return {
    ...design,
    layout: {
      ...layout,
      size: { width: right, height },
      legendInOneLine: true,
      legend: { x: EDGE.left, y: height - EDGE.legend },
    },
  };
}

/** Whether no part of a host covers a box, which is given relative to the host. */
export function isBare(design: Design, host: Host, at: Point, size: Size): boolean {
  const figures = drawn(design);
  const box = { x: host.position.x + at.x, y: host.position.y + at.y, ...size };
  return wiringOf(design)
    .componentsOn(host.id)
    .every(({ id, position }) => !overlap(box, { ...position, ...(figures.get(id)?.size ?? size) }));
}
