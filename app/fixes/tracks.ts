// Tracks for the wires of what a fix adds: wires that would run up and down at the same place between two columns of hosts are
// spread, so that no two of them share one.
import type { Design, Link, Point } from '../design/design.ts';
import { USERS } from '../design/design.ts';
import { wiresOf } from '../drawing/wires.ts';
import { drawn } from './drawn.ts';

/** Between a track and the parts beside it, the arrowhead apart, and at best between two tracks. */
const MARGIN = { from: 14, to: 24 };
const APART = 18;
/** Tracks nearer than this look like one. */
const SAME = 6;

/** A wire that goes right, turns, runs up or down, and turns again; it has no corners of its own. */
interface Turn {
  readonly link: Link;
  readonly from: Point;
  readonly to: Point;
}

/** The design with corners for every such wire that would run on another one's track. */
export function withTracks(design: Design): Design {
  const wires = wiresOf(design, drawn(design));
  const turns: Turn[] = [];
  const fixed: number[] = [];
  for (const link of design.links) {
    const points = wires.links.get(link.id)?.main.points ?? [];
    if (link.route !== undefined) fixed.push(...uprightAt(points));
    const [from, , , to] = points;
    const isTurn = link.route === undefined && points.length === 4 && from !== undefined && to !== undefined;
    if (isTurn && link.protocol !== 'vrrp' && link.from !== USERS && to.x > from.x) turns.push({ link, from, to });
  }
  const corners = new Map<string, readonly Point[]>();
  for (const group of corridors(turns)) spread(group, fixed, corners);
  if (corners.size === 0) return design;
  return {
    ...design,
    links: design.links.map((link) => {
      const route = corners.get(link.id);
      return route === undefined ? link : { ...link, route };
    }),
  };
}

/** Where a wire runs up or down. */
const uprightAt = (points: readonly Point[]): readonly number[] =>
  points.flatMap((point, index) => (index > 0 && points[index - 1]?.x === point.x ? [point.x] : []));

/** Turns that would meet in the same corridor between two columns: their ways overlap. */
function corridors(turns: readonly Turn[]): readonly (readonly Turn[])[] {
  const groups: Turn[][] = [];
  for (const turn of turns) {
    const group = groups.find((one) => one.some(({ from, to }) => from.x < turn.to.x && turn.from.x < to.x));
    if (group === undefined) groups.push([turn]);
    else group.push(turn);
  }
  return groups;
}

function spread(group: readonly Turn[], fixed: readonly number[], corners: Map<string, readonly Point[]>): void {
  const left = Math.max(...group.map(({ from }) => from.x)) + MARGIN.from;
  const right = Math.min(...group.map(({ to }) => to.x)) - MARGIN.to;
  const taken = fixed.filter((x) => x >= left - SAME && x <= right + SAME);
  if (right <= left || group.length + taken.length < 2) return;
  const apart = Math.min(APART, (right - left) / Math.max(1, group.length + taken.length - 1));
  const free: number[] = [];
  for (let x = (left + right) / 2 - (apart * (group.length - 1)) / 2; free.length < group.length; x += apart) {
    if (!taken.some((other) => Math.abs(other - x) < SAME) || x > right) free.push(Math.round(x));
  }
  // Those that go up turn late, those that go down turn early: then they cross least.
  const inOrder = [...group].sort((one, other) => other.to.y - other.from.y - (one.to.y - one.from.y));
  inOrder.forEach(({ link, from, to }, index) => {
    const x = free[index] as number;
    corners.set(link.id, [
      { x, y: from.y },
      { x, y: to.y },
    ]);
  });
}
