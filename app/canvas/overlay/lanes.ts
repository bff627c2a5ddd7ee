// Where beads travel, by element index of the trace: the sampled wire of each link, the line of its checks, and who is at
// its two ends. Built when the design or its pictures change, read by every frame.
import { type Design, DNS, type Point, reportId, USERS } from '../../design/design.ts';
import { elementsOf } from '../../design/elements.ts';
import { type LinkPath, longestMiddle } from '../../drawing/link-path.ts';
import type { LinkWires, Wires } from '../../drawing/wires.ts';
import { fromMs, type Micros } from '../../foundation/micros.ts';
import type { Command } from '../../simulation/command.ts';
import { DNS_ELEMENT, USERS_ELEMENT } from '../../simulation/trace.ts';

export interface Lanes {
  /** Elements of the trace: every column has this length. */
  readonly elements: number;
  readonly paths: readonly (LinkPath | null)[];
  /** The dotted line of the health checks; the link's own wire where there is none. */
  readonly checkPaths: readonly (LinkPath | null)[];
  /** Where a count stands: the middle of the longest straight piece. */
  readonly middles: readonly (Point | null)[];
  /** Element of the component (or the users) at each end. */
  readonly caller: Int32Array;
  readonly callee: Int32Array;
  /** 1 where requests enter the site: a request's picture begins on such a link. */
  readonly entry: Uint8Array;
  /** 1 where collectors report. */
  readonly report: Uint8Array;
  /** One way, the longest that the link has had in this run. */
  readonly latencyUs: Float64Array;
  readonly longestUs: Micros;
  /** Hops of one request there and back, along the longest way through the design. */
  readonly hopsOfRequest: number;
}

const BESIDE_PADLOCK = 30;

export function lanesOf(design: Design, wires: Wires, commands: readonly Command[]): Lanes {
  const index = elementsOf(design);
  const elements = index.count;
  const paths: (LinkPath | null)[] = new Array<LinkPath | null>(elements).fill(null);
  const checkPaths = paths.slice();
  const middles: (Point | null)[] = new Array<Point | null>(elements).fill(null);
  const caller = new Int32Array(elements).fill(-1);
  const callee = new Int32Array(elements).fill(-1);
  const entry = new Uint8Array(elements);
  const report = new Uint8Array(elements);
  const latencyUs = new Float64Array(elements);
  for (const link of design.links) {
    const element = index.indexOf(link.id);
    const drawn = wires.links.get(link.id);
    paths[element] = drawn?.main.path ?? null;
    checkPaths[element] = drawn?.check?.path ?? drawn?.main.path ?? null;
    middles[element] = drawn === undefined ? null : countPlace(drawn);
    caller[element] = index.indexOf(link.from);
    callee[element] = index.indexOf(link.to);
    entry[element] = link.from === USERS ? 1 : 0;
    latencyUs[element] = longestLatencyUs(link.id, link.latencyMs, commands);
  }
  for (const [id, path] of wires.reports) {
    const element = index.indexOf(id);
    paths[element] = path;
    checkPaths[element] = path;
    report[element] = 1;
    caller[element] = index.indexOf(id.slice(reportId('').length));
    callee[element] = index.monitoring;
    latencyUs[element] = fromMs(design.monitoring?.latencyMs ?? 0);
  }
  paths[DNS_ELEMENT] = wires.dns.path;
  checkPaths[DNS_ELEMENT] = wires.dns.path;
  caller[DNS_ELEMENT] = USERS_ELEMENT;
  callee[DNS_ELEMENT] = DNS_ELEMENT;
  latencyUs[DNS_ELEMENT] = longestLatencyUs(DNS, design.dns.latencyMs, commands);
  const hopsOfRequest = Math.max(2, 2 * depthOf(design));
  return {
    elements,
    paths,
    checkPaths,
    middles,
    caller,
    callee,
    entry,
    report,
    latencyUs,
    longestUs: Math.max(...latencyUs),
    hopsOfRequest,
  };
}

/** Clear of the padlock, where the wire has one. */
function countPlace({ main, padlock }: LinkWires): Point {
  const middle = longestMiddle(main.points);
  if (padlock === null || Math.abs(padlock.at.x - middle.x) > BESIDE_PADLOCK || padlock.at.y !== middle.y)
    return middle;
  return { x: padlock.at.x + BESIDE_PADLOCK, y: middle.y };
}

/** Of all that is done to a run, what lanes depend on. */
export const setsLatency = (command: Command): boolean =>
  command.type === 'reconfigure' && command.patch['latencyMs'] !== undefined;

/** A latency may be reconfigured while the run goes on: the look back must reach the longest one. */
function longestLatencyUs(id: string, latencyMs: number, commands: readonly Command[]): Micros {
  let longest = latencyMs;
  for (const command of commands) {
    if (command.type !== 'reconfigure' || command.target !== id) continue;
    const patched = command.patch['latencyMs'];
    if (typeof patched === 'number') longest = Math.max(longest, patched);
  }
  return fromMs(longest);
}

/** Links of the longest way that a request takes from the users. A link that leads back into the way does not lengthen it. */
function depthOf(design: Design): number {
  const next = new Map<string, string[]>();
  for (const { from, to, protocol } of design.links) {
    if (protocol === 'replication' || protocol === 'file') continue;
    next.set(from, [...(next.get(from) ?? []), to]);
  }
  const depths = new Map<string, number>();
  const depth = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    depths.set(id, 0);
    const found = Math.max(0, ...(next.get(id) ?? []).map((to) => 1 + depth(to)));
    depths.set(id, found);
    return found;
  };
  return depth(USERS);
}
