// The right-angled wire: corners of radius 8, as SVG path text and as evenly spaced samples, so that the place of a bead at
// any fraction of the way is two array reads and allocates nothing.
import type { Point } from '../design/design.ts';
import { assert, present } from '../foundation/assert.ts';

const CORNER_RADIUS = 8;
const LEAST_SAMPLES = 64;
const SAMPLE_STEP = 4;
const CORNER_STEPS = 12;

export interface LinkPath {
  /** SVG path text. */
  readonly d: string;
  readonly length: number;
  /** x, y pairs, evenly spaced along the wire, from its start to its end. */
  readonly samples: Float32Array;
}

/** A place on a wire and the direction of the wire there, as a unit vector. Written to by `pointAt`. */
export interface PathPoint {
  x: number;
  y: number;
  dx: number;
  dy: number;
}

/** The wire through these corners. Takes two points or more; points that coincide are dropped. */
export function linkPath(corners: readonly Point[], radius = CORNER_RADIUS): LinkPath {
  const points = corners.filter(
    (point, index) => index === 0 || distance(point, present(corners[index - 1], 'corner')) > 0.01,
  );
  assert(points.length >= 2, 'a wire has two ends that differ');
  const fine: Point[] = [];
  let d = '';
  points.forEach((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (before === undefined || after === undefined) {
      fine.push(point);
      d += `${index === 0 ? 'M' : 'L'}${number(point.x)},${number(point.y)}`;
      return;
    }
    const cut = Math.min(radius, distance(before, point) / 2, distance(point, after) / 2);
    const enter = towards(point, before, cut);
    const leave = towards(point, after, cut);
    d += `L${number(enter.x)},${number(enter.y)}Q${number(point.x)},${number(point.y)} ${number(leave.x)},${number(leave.y)}`;
    for (let step = 0; step <= CORNER_STEPS; step++) fine.push(quadratic(enter, point, leave, step / CORNER_STEPS));
  });
  return { d, ...resample(fine) };
}

/** Writes the place at `fraction` (0 start, 1 end, clamped) of the wire into `out`. Allocates nothing. */
export function pointAt(path: LinkPath, fraction: number, out: PathPoint): void {
  const { samples } = path;
  const last = samples.length / 2 - 1;
  const position = Math.min(1, Math.max(0, fraction)) * last;
  const index = Math.min(last - 1, Math.floor(position));
  const share = position - index;
  const ax = samples[index * 2] as number;
  const ay = samples[index * 2 + 1] as number;
  const bx = samples[index * 2 + 2] as number;
  const by = samples[index * 2 + 3] as number;
  const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  out.x = ax + (bx - ax) * share;
  out.y = ay + (by - ay) * share;
  out.dx = (bx - ax) / length;
  out.dy = (by - ay) / length;
}

/** An arrowhead of 9 by 9 whose tip is the end of the wire. */
export function arrowhead(corners: readonly Point[]): string {
  const tip = present(corners.at(-1), 'end of the wire');
  const before = present(corners.at(-2), 'start of the wire');
  const length = distance(before, tip);
  const ux = (tip.x - before.x) / length;
  const uy = (tip.y - before.y) / length;
  const at = (back: number, side: number): string =>
    `${number(tip.x - ux * back - uy * side)},${number(tip.y - uy * back + ux * side)}`;
  return `M${at(0, 0)}L${at(9, 4.5)}L${at(9, -4.5)}Z`;
}

/** The middle of the longest straight piece: where a padlock or a pin stands. */
export function longestMiddle(corners: readonly Point[]): Point {
  let best: Point = present(corners[0], 'start of the wire');
  let most = -1;
  for (let index = 1; index < corners.length; index++) {
    const a = present(corners[index - 1], 'corner');
    const b = present(corners[index], 'corner');
    const length = distance(a, b);
    if (length <= most) continue;
    most = length;
    best = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  }
  return best;
}

/** A number as pictures write it: at most two decimals, no trailing zeros, never -0. */
export function number(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

const distance = (a: Point, b: Point): number => Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);

function towards(from: Point, to: Point, by: number): Point {
  const share = by / distance(from, to);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function quadratic(a: Point, control: Point, b: Point, t: number): Point {
  const blend = (p: number, q: number, r: number): number => (1 - t) * (1 - t) * p + 2 * (1 - t) * t * q + t * t * r;
  return { x: blend(a.x, control.x, b.x), y: blend(a.y, control.y, b.y) };
}

function resample(fine: readonly Point[]): { length: number; samples: Float32Array } {
  const cumulative = [0];
  for (let index = 1; index < fine.length; index++) {
    const step = distance(present(fine[index - 1], 'sample'), present(fine[index], 'sample'));
    cumulative.push(present(cumulative[index - 1], 'length') + step);
  }
  const length = present(cumulative.at(-1), 'length');
  const count = Math.max(LEAST_SAMPLES, Math.ceil(length / SAMPLE_STEP));
  const samples = new Float32Array((count + 1) * 2);
  let segment = 1;
  for (let index = 0; index <= count; index++) {
    const target = (length * index) / count;
    while (segment < fine.length - 1 && present(cumulative[segment], 'length') < target) segment++;
    const from = present(cumulative[segment - 1], 'length');
    const span = present(cumulative[segment], 'length') - from;
    const share = span > 0 ? (target - from) / span : 0;
    const a = present(fine[segment - 1], 'sample');
    const b = present(fine[segment], 'sample');
    samples[index * 2] = a.x + (b.x - a.x) * share;
    samples[index * 2 + 1] = a.y + (b.y - a.y) * share;
  }
  return { length, samples };
}
