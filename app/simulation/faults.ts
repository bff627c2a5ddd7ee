// Faults other than death: a stopped process, a slow processor, a link that carries nothing, loses or delays. Each acts on the
// mechanism; several can be on at once, and each ends by itself. What waits meanwhile is parked in the world.
import { fromMs, type Micros, MS, SECOND } from '../foundation/micros.ts';
import { noteAnswerer } from './address.ts';
import type { Engine } from './engine.ts';
import { EventKind } from './event-queue.ts';
import { recordField } from './fields.ts';
import { Message } from './message.ts';
import { Alive, Field } from './trace.ts';
import type { Parked, World } from './world.ts';

/** Connections that a stopped process's kernel holds for it (net.core.somaxconn); further ones are dropped. */
const BACKLOG = 4096;
/** First wait of TCP before it sends again: a connection's SYN (RFC 6298, 1 s) and data (Linux's minimum, 200 ms). */
const SYN_WAIT_US = SECOND;
const DATA_WAIT_US = 200 * MS;
/** keepalived knows of a lost carrier 5 to 13 ms later. */
const CABLE_NEWS_MS = { least: 5, range: 8 };
/** TCP gives up after so many times; a message that unlucky arrives with the last one. */
const MOST_RETRANSMISSIONS = 15;

/** The process is stopped (SIGSTOP): its kernel goes on. */
export function hang(sim: Engine, component: number): void {
  const world = sim.world;
  if (world.alive[component] !== Alive.Up || world.hung[component] === 1) return;
  world.hung[component] = 1;
  recordField(sim, world.plan.componentElement + component, Field.Backlog, 0);
  recordField(sim, world.plan.componentElement + component, Field.Hung, 1);
}

/** The process continues: what came for it meanwhile comes now, in the order in which it came. */
export function unhang(sim: Engine, component: number): void {
  const world = sim.world;
  if (world.hung[component] !== 1) return;
  world.hung[component] = 0;
  world.backlog[component] = 0;
  recordField(sim, world.plan.componentElement + component, Field.Hung, 0);
  release(world, 'hung', component, () => world.nowUs);
}

/** Keeps the event in the queue's fields for a stopped process. */
export function parkForHung(world: World, component: number): void {
  world.parked.push(parkedFromQueue(world, 'hung', component, world.queue.call));
}

/** Whether the kernel of a stopped process still takes a connection; if not, the caller's timeout tells it. */
export function takesConnection(sim: Engine, component: number): boolean {
  const { backlog, hung, plan } = sim.world;
  if (hung[component] !== 1) return true;
  const held = backlog[component] as number;
  if (held >= BACKLOG) return false;
  backlog[component] = held + 1;
  recordField(sim, plan.componentElement + component, Field.Backlog, held + 1);
  return true;
}

const parkedFromQueue = (world: World, why: Parked['why'], at: number, call: number): Parked => ({
  why,
  at,
  kind: world.queue.kind,
  code: world.queue.code,
  target: world.queue.target,
  call,
  stamp: world.queue.stamp,
  // Marks a message that has crossed its link already.
  data: world.queue.kind === EventKind.Message ? 1 : world.queue.data,
  sinceUs: world.nowUs,
});

/** Keeps a message for a cut link. */
export function parkForCut(world: World, link: number, code: number, target: number, call: number): void {
  const stamp = world.calls.generation[call] as number;
  world.parked.push({
    why: 'cut',
    at: link,
    kind: EventKind.Message,
    code,
    target,
    call,
    stamp,
    data: 0,
    sinceUs: world.nowUs,
  });
}

function release(world: World, why: Parked['why'], at: number, whenUs: (parked: Parked) => Micros): void {
  const kept: Parked[] = [];
  for (const one of world.parked) {
    if (one.why !== why || one.at !== at) kept.push(one);
    else world.queue.push(whenUs(one), one.kind, one.code, one.target, one.call, one.stamp, one.data);
  }
  world.parked = kept;
}

/** What was waiting for a component that stops for good is gone with it. */
export function dropParked(world: World, component: number): void {
  world.hung[component] = 0;
  world.backlog[component] = 0;
  world.parked = world.parked.filter((one) => one.why !== 'hung' || one.at !== component);
}

/** A link is cut once more (by itself, or by a partition of its hosts). */
export function cutLink(sim: Engine, link: number): void {
  const world = sim.world;
  world.cuts[link] = (world.cuts[link] as number) + 1;
  recordField(sim, world.plan.linkElement + link, Field.Cut, 1);
  noteAnswerer(sim);
}

/** One cut less; with the last one gone, what waited goes with TCP's next try. */
export function mendLink(sim: Engine, link: number): void {
  const world = sim.world;
  if (world.cuts[link] === 0) return;
  world.cuts[link] = (world.cuts[link] as number) - 1;
  if (world.cuts[link] !== 0) return;
  recordField(sim, world.plan.linkElement + link, Field.Cut, 0);
  noteAnswerer(sim);
  const travelUs = oneWayUs(world, link);
  release(world, 'cut', link, (parked) => nextTryUs(parked, world.nowUs) + travelUs);
}

/** TCP tries again after w, 3 w, 7 w, ... from the first try. */
function nextTryUs(parked: Parked, nowUs: Micros): Micros {
  const waitUs = parked.code < Message.Closed ? SYN_WAIT_US : DATA_WAIT_US;
  let tryUs = parked.sinceUs;
  for (let n = 0; tryUs < nowUs && n < MOST_RETRANSMISSIONS; n++) tryUs += waitUs * 2 ** n;
  return Math.max(tryUs, nowUs);
}

/** One way on a link as it is now, delay included. */
export const oneWayUs = (world: World, link: number): Micros =>
  (world.latencyUs[link] as number) + (world.extraUs[link] as number);

export const lossStream = (world: World, link: number): number =>
  world.draws.stream(`${world.plan.design.links[link]?.id}/loss`);

/** Time that lost copies of a message cost before one gets through. */
export function lossUs(world: World, link: number, code: number): Micros {
  const lossShare = world.lossShare[link] as number;
  if (lossShare === 0) return 0;
  const stream = lossStream(world, link);
  const waitUs = code < Message.Closed ? SYN_WAIT_US : DATA_WAIT_US;
  let totalUs = 0;
  for (let n = 0; n < MOST_RETRANSMISSIONS && world.draws.uniform(stream) < lossShare; n++) totalUs += waitUs * 2 ** n;
  return totalUs;
}

export function degrade(sim: Engine, link: number, lossShare: number, delayMs: number): void {
  const world = sim.world;
  world.lossShare[link] = Math.min(1, Math.max(0, lossShare));
  world.extraUs[link] = fromMs(Math.max(0, delayMs));
  const degraded = lossShare > 0 || delayMs > 0 ? 1 : 0;
  recordField(sim, world.plan.linkElement + link, Field.Degraded, degraded);
}

/** Links between two hosts. */
function linksBetween(world: World, a: number, b: number): number[] {
  const { linkFrom, linkTo, hostOf, users } = world.plan;
  const between: number[] = [];
  linkFrom.forEach((from, link) => {
    const to = linkTo[link] as number;
    if (from === users || to === users) return;
    const [x, y] = [hostOf[from], hostOf[to]];
    if ((x === a && y === b) || (x === b && y === a)) between.push(link);
  });
  return between;
}

/** A host's cable is pulled, or is back: no link of it carries anything, and its kernel knows at once. */
export function pullCable(sim: Engine, host: number, pulled: boolean): void {
  const { world } = sim;
  const { hostOf, linkFrom, linkTo, users } = world.plan;
  if ((world.cables[host] === 1) === pulled) return;
  world.cables[host] = pulled ? 1 : 0;
  recordField(sim, world.plan.hostElement + host, Field.CablePulled, pulled ? 1 : 0);
  const hostAt = (end: number) => (end === users ? -1 : hostOf[end]);
  linkFrom.forEach((from, link) => {
    const to = linkTo[link] as number;
    if ((hostAt(from) === host) === (hostAt(to) === host)) return;
    if (pulled) cutLink(sim, link);
    else mendLink(sim, link);
  });
  tellOfCable(world, host, pulled);
}

/** The programs that watch the interface hear of it a few milliseconds later; one that is stopped, when it continues. */
function tellOfCable(world: World, host: number, pulled: boolean): void {
  for (const component of world.plan.componentsOf[host] ?? []) {
    const timer = world.plan.behaviours[component]?.cableTimer;
    if (timer === undefined) continue;
    const stream = world.draws.stream(`${world.plan.components[component]?.id}/cable`);
    const afterUs = Math.round((CABLE_NEWS_MS.least + world.draws.uniform(stream) * CABLE_NEWS_MS.range) * MS);
    const stamp = world.epoch[component] as number;
    world.queue.push(world.nowUs + afterUs, EventKind.Timer, timer, component, -1, stamp, pulled ? 0 : 1);
  }
}

/** Two hosts cannot reach each other, or can again. */
export function partition(sim: Engine, a: number, b: number, on: boolean): void {
  const world = sim.world;
  const pair = Math.min(a, b) * world.plan.design.hosts.length + Math.max(a, b);
  if (world.partitions.includes(pair) === on) return;
  world.partitions = on ? [...world.partitions, pair] : world.partitions.filter((one) => one !== pair);
  for (const link of linksBetween(world, a, b))
    if (on) cutLink(sim, link);
    else mendLink(sim, link);
}

/** Whole hundredths, for the picture. */
export function setSlowness(sim: Engine, component: number, factor: number): void {
  const world = sim.world;
  world.slowness[component] = factor;
  const { componentElement, hostOf } = world.plan;
  const both = factor * (world.hostSlowness[hostOf[component] as number] as number);
  recordField(sim, componentElement + component, Field.SlowPercent, both === 1 ? 0 : Math.round(both * 100));
}

export function setHostSlowness(sim: Engine, host: number, factor: number): void {
  const world = sim.world;
  world.hostSlowness[host] = factor;
  recordField(sim, world.plan.hostElement + host, Field.SlowPercent, factor === 1 ? 0 : Math.round(factor * 100));
  for (const component of world.plan.componentsOf[host] ?? []) {
    setSlowness(sim, component, world.slowness[component] as number);
  }
}
