// A world is a design that runs: everything that changes while it does, as plain data and tables that can be copied. What
// never changes (who is linked to whom, which behaviour a component has) is its plan.
import type { Component, Design, DnsRecord, Traffic } from '../design/design.ts';
import { USERS } from '../design/design.ts';
import { isLetIn } from '../design/firewall.ts';
import { hasVirtualAddress } from '../design/graph.ts';
import { present } from '../foundation/assert.ts';
import { DIGEST_WORDS } from '../foundation/digest.ts';
import { fromMs, type Micros } from '../foundation/micros.ts';
import type { Behaviour, LinkView } from './behaviour.ts';
import { CallTable } from './calls.ts';
import { Draws } from './draws.ts';
import { EventQueue } from './event-queue.ts';
import { type Neighbour, NO_HOST } from './neighbour.ts';
import { RequestTable } from './requests.ts';
import { Alive, FIELDS } from './trace.ts';
import { copyWatch, type WatchState, watchStateOf } from './watch-state.ts';
import { Writes } from './writes.ts';

/** Behaviours by kind id, handed in from above. A kind without one (application files) takes no messages. */
export type Behaviours = Readonly<Record<string, Behaviour | undefined>>;

/** A deep copy of plain data, handed in: the pure floors have no `structuredClone`. */
export type Copy = <T>(value: T) => T;

/** As caller and component index: the users. Above every component. */
export interface Plan {
  readonly design: Design;
  readonly components: readonly Component[];
  readonly behaviours: readonly (Behaviour | null)[];
  /** Host index of each component. */
  readonly hostOf: Int32Array;
  /** Components of each host, in document order. */
  readonly componentsOf: readonly (readonly number[])[];
  readonly linkFrom: Int32Array;
  readonly linkTo: Int32Array;
  /** The same for datagrams in the other direction, and the firewall at its start. */
  readonly blockedBack: Uint8Array;
  /** 1: the firewall of the host at its end drops what comes on this link. */
  readonly blocked: Uint8Array;
  readonly outgoing: readonly (readonly LinkView[])[];
  readonly incoming: readonly (readonly LinkView[])[];
  /** Of each component that keeps a log: the smallest index among those linked to it, directly or not; -1 of the others. */
  readonly logGroupOf: Int32Array;
  /** Index that stands for the users where a component index is expected. */
  readonly users: number;
  /** The same for monitoring: the target of its timers. */
  readonly watcher: number;
  /** Links on which the users reach the site. */
  readonly entryLinks: readonly number[];
  /** The address is of no one host: it is the virtual IP of a program that moves it. */
  readonly isAddressVirtual: boolean;
  /** The link on which the users reach each host, or -1. */
  readonly addressLinks: Int32Array;
  /** First element index of hosts, components and links (trace.ts). */
  readonly hostElement: number;
  readonly componentElement: number;
  readonly linkElement: number;
  /** Monitoring; the line of reports of each host follows. */
  readonly watchElement: number;
  readonly elements: number;
}

/** What decides about arrivals, copied with the world. */
export interface TrafficState {
  arrivalStream: number;
  purposeStream: number;
  /** Grows when the traffic is reconfigured: an arrival planned before is void then. */
  epoch: number;
  /** Next entry of an explicit list. */
  listIndex: number;
  /** The flood: requests a second, its stream, and its epoch (as above). */
  floodRps: number;
  floodStream: number;
  floodEpoch: number;

  /** Per user: until when the DNS answer is cached, and the cookie that the site has set, 0 for none. */
  dnsUntilUs: Float64Array;
  cookies: Int32Array;
}

/** An event that waits: for a stopped process to continue, or for a cut link to be mended. Never changed once made. */
export interface Parked {
  readonly why: 'hung' | 'cut';
  /** Component that is stopped, or link that is cut. */
  readonly at: number;
  readonly kind: number;
  readonly code: number;
  readonly target: number;
  readonly call: number;
  readonly stamp: number;
  readonly data: number;
  readonly sinceUs: Micros;
}

export interface Totals {
  started: number;
  answered: number;
  retried: number;
  failed: number;
  writesStarted: number;
  writesAnswered: number;
  latencySumUs: number;
  /** The flood is counted apart: nobody waits for its answers. */
  floodStarted: number;
  floodEnded: number;
}

export class World {
  readonly plan: Plan;
  nowUs: Micros = 0;
  calls = new CallTable();
  queue = new EventQueue(this.calls);
  requests = new RequestTable();
  writes: Writes;
  draws: Draws;
  /** Settings as they are now; a reconfiguration puts a new object here and leaves the old one alone. */
  configs: Readonly<Record<string, unknown>>[];
  latencyUs: Float64Array;
  traffic: Traffic;
  dns: DnsRecord;
  states: unknown[];
  /** Alive code of each component and host. */
  alive: Uint8Array;
  powered: Uint8Array;
  /** 1: the process is stopped; what comes for it waits in `parked`. */
  hung: Uint8Array;
  /** Work that starts takes so many times as long; of each component and host. */
  slowness: Float64Array;
  hostSlowness: Float64Array;
  /** How many faults cut each link: itself, and partitions of its hosts. */
  cuts: Int32Array;
  /** 1: cut by itself, not only by a partition. */
  ownCut: Uint8Array;
  /** Pairs of host indices that cannot reach each other, `low * hosts + high`. */
  partitions: number[] = [];
  /** Extra one-way delay and share of lost messages of each link. */
  extraUs: Float64Array;
  lossShare: Float64Array;
  parked: Parked[] = [];
  /** 1: the address that moves is on the host's interface. 1: the host's cable is pulled. */
  holds: Uint8Array;
  cables: Uint8Array;
  neighbour: Neighbour;
  /** Connections parked for each stopped process. */
  backlog: Int32Array;
  /** Grows when a component stops: its timers from before are void. */
  epoch: Int32Array;
  fields: Int32Array;
  digest = new Int32Array(DIGEST_WORDS);
  events = 0;
  /** Commands carried out so far, of the run's list. */
  commandsDone = 0;
  trafficState: TrafficState;
  /** Null where the design has no monitoring. */
  watch: WatchState | null;
  totals: Totals = {
    started: 0,
    answered: 0,
    retried: 0,
    failed: 0,
    writesStarted: 0,
    writesAnswered: 0,
    floodStarted: 0,
    floodEnded: 0,
    latencySumUs: 0,
  };

  constructor(plan: Plan, seed: number) {
    this.plan = plan;
    this.draws = new Draws(seed);
    this.writes = new Writes(plan.logGroupOf);
    this.configs = plan.components.map((component) => component.config);
    this.latencyUs = Float64Array.from(plan.design.links, (link) => fromMs(link.latencyMs));
    this.traffic = plan.design.traffic;
    this.dns = plan.design.dns;
    this.states = plan.components.map(() => null);
    this.alive = new Uint8Array(plan.components.length);
    this.powered = new Uint8Array(plan.design.hosts.length).fill(1);
    this.epoch = new Int32Array(plan.components.length);
    this.hung = new Uint8Array(plan.components.length);
    this.backlog = new Int32Array(plan.components.length);
    this.slowness = new Float64Array(plan.components.length).fill(1);
    this.hostSlowness = new Float64Array(plan.design.hosts.length).fill(1);
    this.cuts = new Int32Array(plan.design.links.length);
    this.ownCut = new Uint8Array(plan.design.links.length);
    this.extraUs = new Float64Array(plan.design.links.length);
    this.lossShare = new Float64Array(plan.design.links.length);
    this.fields = new Int32Array(plan.elements * FIELDS);
    this.holds = new Uint8Array(plan.design.hosts.length);
    this.cables = new Uint8Array(plan.design.hosts.length);
    this.neighbour = { host: NO_HOST, reachableUs: 0, confirmedUs: 0, stream: this.draws.stream('users/neighbour') };
    this.watch = plan.design.monitoring === null ? null : watchStateOf(plan.design);
    this.trafficState = {
      arrivalStream: this.draws.stream('users/arrival'),
      purposeStream: this.draws.stream('users/purpose'),
      epoch: 0,
      listIndex: 0,
      floodRps: 0,
      floodStream: this.draws.stream('flood/arrival'),
      floodEpoch: 0,
      dnsUntilUs: new Float64Array(Math.max(1, plan.design.traffic.users)),
      cookies: new Int32Array(Math.max(1, plan.design.traffic.users)),
    };
  }

  isRunning(component: number): boolean {
    return component === this.plan.users || this.alive[component] === Alive.Up;
  }

  isPowered(component: number): boolean {
    return component === this.plan.users || this.powered[this.plan.hostOf[component] as number] === 1;
  }

  /** A world that shares nothing that changes: a checkpoint, or the way back from one. */
  copy(copyState: Copy): World {
    const copy = Object.create(World.prototype) as World & { plan: Plan };
    copy.plan = this.plan;
    copy.nowUs = this.nowUs;
    copy.calls = this.calls.copy();
    copy.queue = this.queue.copy(copy.calls);
    copy.requests = this.requests.copy();
    copy.writes = this.writes.copy();
    copy.draws = this.draws.copy();
    copy.configs = this.configs.slice();
    copy.latencyUs = this.latencyUs.slice();
    copy.traffic = this.traffic;
    copy.dns = this.dns;
    copy.states = copyState(this.states);
    copy.alive = this.alive.slice();
    copy.powered = this.powered.slice();
    copy.epoch = this.epoch.slice();
    copy.hung = this.hung.slice();
    copy.backlog = this.backlog.slice();
    copy.slowness = this.slowness.slice();
    copy.hostSlowness = this.hostSlowness.slice();
    copy.cuts = this.cuts.slice();
    copy.ownCut = this.ownCut.slice();
    copy.partitions = this.partitions.slice();
    copy.extraUs = this.extraUs.slice();
    copy.lossShare = this.lossShare.slice();
    copy.parked = this.parked.slice();
    copy.holds = this.holds.slice();
    copy.cables = this.cables.slice();
    copy.neighbour = { ...this.neighbour };
    copy.fields = this.fields.slice();
    copy.digest = this.digest.slice();
    copy.events = this.events;
    copy.commandsDone = this.commandsDone;
    copy.trafficState = {
      ...this.trafficState,
      dnsUntilUs: this.trafficState.dnsUntilUs.slice(),
      cookies: this.trafficState.cookies.slice(),
    };
    copy.watch = this.watch === null ? null : copyWatch(this.watch);
    copy.totals = { ...this.totals };
    return copy;
  }
}

/** Turns a design (valid: `parse` has seen it) into index tables. */
export function planOf(design: Design, behaviours: Behaviours): Plan {
  const components = design.components;
  const users = components.length;
  const indexOf = new Map(components.map((component, index) => [component.id, index]));
  const hostIndex = new Map(design.hosts.map((host, index) => [host.id, index]));
  const hostOf = Int32Array.from(components, (component) =>
    present(hostIndex.get(component.hostId), `host ${component.hostId}`),
  );
  const end = (id: string) => (id === USERS ? users : present(indexOf.get(id), `component ${id}`));
  const linkFrom = Int32Array.from(design.links, (link) => end(link.from));
  const linkTo = Int32Array.from(design.links, (link) => end(link.to));
  const view = (link: number, peer: number, own: number): LinkView => ({
    index: link,
    id: present(design.links[link], `link ${link}`).id,
    peer,
    peerId: peer === users ? USERS : present(components[peer], `component ${peer}`).id,
    peerKind: peer === users ? USERS : present(components[peer], `component ${peer}`).kind,
    sameHost: peer !== users && own !== users && hostOf[peer] === hostOf[own],
  });
  const linksOf = (mine: Int32Array, theirs: Int32Array) =>
    Array.from({ length: users + 1 }, (_, own) =>
      design.links.flatMap((_link, index) => (mine[index] === own ? [view(index, theirs[index] as number, own)] : [])),
    );
  const outgoing = linksOf(linkFrom, linkTo);
  const entryLinks = present(outgoing[users], 'links of the users').map((link) => link.index);
  const hostElement = 2;
  const componentElement = hostElement + design.hosts.length;
  const linkElement = componentElement + components.length;
  const watchElement = linkElement + design.links.length;
  return {
    design,
    components,
    behaviours: components.map((component) => behaviours[component.kind] ?? null),
    hostOf,
    componentsOf: design.hosts.map((_, host) =>
      components.flatMap((_component, index) => (hostOf[index] === host ? [index] : [])),
    ),
    linkFrom,
    linkTo,
    blocked: Uint8Array.from(design.links, (link) => (isLetIn(design, link) ? 0 : 1)),
    blockedBack: Uint8Array.from(design.links, (link) =>
      link.from === USERS || isLetIn(design, { ...link, from: link.to, to: link.from }) ? 0 : 1,
    ),
    outgoing,
    incoming: linksOf(linkTo, linkFrom),
    logGroupOf: logGroups(components, behaviours, linkFrom, linkTo),
    users,
    watcher: users + 1,
    entryLinks,
    isAddressVirtual: hasVirtualAddress(design),
    addressLinks: Int32Array.from(
      design.hosts,
      (_, host) => entryLinks.find((link) => hostOf[linkTo[link] as number] === host) ?? -1,
    ),
    hostElement,
    componentElement,
    linkElement,
    watchElement,
    elements: watchElement + (design.monitoring === null ? 0 : 1 + design.hosts.length),
  };
}

/** Databases that are linked to each other belong together. */
function logGroups(
  components: readonly Component[],
  behaviours: Behaviours,
  linkFrom: Int32Array,
  linkTo: Int32Array,
): Int32Array {
  const groups = Int32Array.from(components, ({ kind }, index) => (behaviours[kind]?.keepsLog === true ? index : -1));
  for (let link = 0; link < linkFrom.length; link++) {
    const from = groups[linkFrom[link] as number] ?? -1;
    const to = groups[linkTo[link] as number] ?? -1;
    if (from < 0 || to < 0 || from === to) continue;
    groups.forEach((group, index) => {
      if (group === Math.max(from, to)) groups[index] = Math.min(from, to);
    });
  }
  return groups;
}
