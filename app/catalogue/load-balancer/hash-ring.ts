// The ring behind `random` and the consistent hash (src/lb_chash.c): a server has one point per sixteenth of its weight, and
// a number belongs to the nearest point.
import { MAX_EFFECTIVE, NO_SERVER } from './algorithm.ts';
import { mixed } from './mixing.ts';

export interface HashRing {
  /** Effective weight of each server, 0 when it is not usable. */
  readonly weights: Int32Array;
  /** Points in order, and the server of each. */
  points: Float64Array;
  owners: Int32Array;
  usable: number;
}

export function startRing(weights: Int32Array): HashRing {
  const ring = { weights: weights.slice(), points: new Float64Array(0), owners: new Int32Array(0), usable: 0 };
  fillRing(ring);
  return ring;
}

export function setRingWeight(ring: HashRing, server: number, weight: number): void {
  if (ring.weights[server] === weight) return;
  ring.weights[server] = weight;
  fillRing(ring);
}

/** Points of servers that fall together stay in order of declaration. */
function fillRing(ring: HashRing): void {
  const nodes: { point: number; server: number }[] = [];
  ring.usable = 0;
  ring.weights.forEach((weight, server) => {
    if (weight > 0) ring.usable++;
    for (let j = 0; j < weight; j++) nodes.push({ point: mixed((server + 1) * MAX_EFFECTIVE + j), server });
  });
  nodes.sort((a, b) => a.point - b.point);
  ring.points = Float64Array.from(nodes, (node) => node.point);
  ring.owners = Int32Array.from(nodes, (node) => node.server);
}

const CIRCLE = 2 ** 32;
const distance = (from: number, to: number): number => (to - from + CIRCLE) % CIRCLE;

/** The owner of the nearest point; of `avoid`'s points, the next one of another server if there is any. */
export function ringOwner({ points, owners }: HashRing, number: number, avoid: number): number {
  const count = points.length;
  if (count === 0) return NO_SERVER;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] as number) < number) low = middle + 1;
    else high = middle;
  }
  const next = low === count ? 0 : low;
  const before = next === 0 ? count - 1 : next - 1;
  const isBelow = distance(points[before] as number, number) <= distance(number, points[next] as number);
  const nearest = isBelow ? before : next;
  for (let step = 0; step < count; step++) {
    const owner = owners[(nearest + step) % count] as number;
    if (owner !== avoid) return owner;
  }
  return avoid;
}
