// What HAProxy believes of its servers at an instant, read from the trace's fields, and in HAProxy's own words.
import type { LoadBalancerConfig } from '../catalogue/load-balancer/config.ts';
import type { Component, Design } from '../design/design.ts';
import type { Elements } from '../design/elements.ts';
import { wiringOf } from '../design/wiring.ts';
import type { RowReading } from '../drawing/figure.ts';
import { type Micros, MS } from '../foundation/micros.ts';
import { Belief, BeliefState, FIELDS, Field, USERS_ELEMENT } from '../simulation/trace.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';

export interface ServerBelief {
  /** As in the configuration: `Server 1`. */
  readonly name: string;
  readonly linkId: string;
  readonly linkElement: number;
  /** Component that the balancer talks to, and its host. */
  readonly componentId: string;
  readonly hostId: string;
  readonly state: number;
  readonly health: number;
  readonly rise: number;
  readonly fall: number;
  readonly backup: boolean;
  readonly weight: number;
  /** Connections to it now, and requests in its own queue. */
  readonly sessions: number;
  readonly queue: number;
  /** When `state` last changed; 0 for never. */
  readonly sinceUs: Micros;
  readonly isNext: boolean;
  /** A check has had a result. Before, HAProxy starts with a health that one miss uses up. */
  readonly tested: boolean;
}

/** What its configuration says of a server. */
export type ServerSettings = Pick<
  ServerBelief,
  'name' | 'linkId' | 'linkElement' | 'componentId' | 'hostId' | 'rise' | 'fall' | 'backup' | 'weight'
>;

export const balancerOf = (design: Design): Component | undefined =>
  design.components.find((component) => component.kind === 'load-balancer');

/** The balancer that the users reach: where they share an address, the one to which their packets go. */
export function balancerAt(design: Design, elements: Elements, fields: Int32Array): Component | undefined {
  const host = elements.ids[fields[USERS_ELEMENT * FIELDS + Field.Neighbour] ?? 0];
  return design.components.find((one) => one.kind === 'load-balancer' && one.hostId === host) ?? balancerOf(design);
}

export function serversIn(
  design: Design,
  elements: Elements,
  balancer = balancerOf(design),
): readonly ServerSettings[] {
  const config = balancer?.config as unknown as LoadBalancerConfig | undefined;
  const wiring = wiringOf(design);
  return (config?.servers ?? []).flatMap(({ name, link: linkId, check, backup, weight }) => {
    const target = wiring.component(wiring.link(linkId)?.to ?? '');
    if (target === undefined) return [];
    const { rise, fall } = check ?? { rise: 0, fall: 0 };
    const linkElement = elements.indexOf(linkId);
    const { id: componentId, hostId } = target;
    return [{ name, linkId, linkElement, componentId, hostId, rise, fall, backup, weight }];
  });
}

export function beliefsAt(
  design: Design,
  elements: Elements,
  fields: Int32Array,
  balancer = balancerOf(design),
): readonly ServerBelief[] {
  const next = fields[elements.indexOf(balancer?.id ?? '') * FIELDS + Field.Turn] ?? -1;
  return serversIn(design, elements, balancer).map((server): ServerBelief => {
    const element = server.linkElement;
    const field = (index: number) => fields[element * FIELDS + index] ?? 0;
    return {
      ...server,
      state: field(Belief.State),
      health: field(Belief.Health),
      rise: field(Belief.Rise),
      fall: field(Belief.Fall),
      backup: field(Belief.Backup) === 1,
      weight: field(Belief.Weight),
      sessions: field(Belief.Sessions),
      queue: field(Belief.Queue),
      sinceUs: field(Belief.SinceMs) * MS,
      isNext: next === element,
      tested: true,
    };
  });
}

/** Checks that a server may still miss before it is DOWN, while it is UP. */
const left = (server: ServerBelief): number => server.health - server.rise + 1;

/** Checks missed in a row by a server that is still UP. */
export const missedChecks = (server: ServerBelief): number =>
  server.state === BeliefState.Up && server.tested ? Math.max(0, server.fall - left(server)) : 0;

/** Checks passed in a row by a server that is still DOWN. */
export const passedChecks = (server: ServerBelief): number => (server.state === BeliefState.Down ? server.health : 0);

/** HAProxy's words: falling is `UP n/fall`, rising is `DOWN n/rise`. Source: HAProxy's statistics page. */
export function beliefWord(server: ServerBelief): string {
  switch (server.state) {
    case BeliefState.Down:
      return server.health > 0 ? `DOWN ${server.health}/${server.rise}` : 'DOWN';
    case BeliefState.NotChecked:
      return 'no check';
    case BeliefState.Drain:
      return 'DRAIN';
    case BeliefState.Maintenance:
      return 'MAINT';
    default:
      if (left(server) < server.fall) return `UP ${left(server)}/${server.fall}`;
      return server.backup ? 'UP backup' : 'UP';
  }
}

export function rowOf(server: ServerBelief): RowReading {
  const queue = server.queue;
  const base = { name: server.name, turn: server.isNext, word: beliefWord(server), queue };
  if (server.state === BeliefState.NotChecked) return { ...base, bars: 0, barsOf: 0, tone: 'plain' };
  if (server.state === BeliefState.Down) {
    const rising = server.health > 0;
    return {
      ...base,
      bars: server.health,
      barsOf: rising ? server.rise : server.fall,
      tone: rising ? 'doubt' : 'fail',
    };
  }
  // By hand, so no cause for doubt: a draining server is still checked, one in maintenance is not.
  if (server.state === BeliefState.Maintenance)
    return { ...base, turn: false, mark: 'maintenance', bars: 0, barsOf: 0, tone: 'plain' };
  return {
    ...base,
    ...(server.state === BeliefState.Drain ? { mark: 'draining' as const } : {}),
    bars: Math.max(0, left(server)),
    barsOf: server.fall,
    tone: left(server) < server.fall ? 'doubt' : 'plain',
  };
}

/** HAProxy sends it requests if its turn comes: UP or never checked. */
export const isUsable = (server: ServerBelief): boolean =>
  server.state === BeliefState.Up || server.state === BeliefState.NotChecked;

/** The servers that get requests now: the active ones, or the first backup when no active one is left. */
export function working(servers: readonly ServerBelief[]): readonly ServerBelief[] {
  const active = servers.filter((server) => isUsable(server) && !server.backup && server.weight > 0);
  return active.length > 0 ? active : servers.filter((server) => isUsable(server) && server.backup).slice(0, 1);
}

/** The same, each with whether a check of it has had a result since HAProxy started. */
export function withTested(servers: readonly ServerBelief[], window: TraceWindow, fromUs: Micros, nowUs: Micros) {
  // Every result but those of a server in perfect health shows as a change of its health.
  const doubtful = servers.filter((server) => server.state === BeliefState.Up && server.health === server.rise);
  if (doubtful.length === 0) return servers;
  const tested = new Set<number>();
  window.forEachStateChange(fromUs, nowUs, (change) => {
    if (change.field === Belief.Health) tested.add(change.element);
  });
  return servers.map((server) =>
    doubtful.includes(server) ? { ...server, tested: tested.has(server.linkElement) } : server,
  );
}

/** When the backup began to work: the last of the active servers went DOWN then. Null while it stands by. */
export function tookOverAtUs(servers: readonly ServerBelief[]): Micros | null {
  const worker = working(servers)[0];
  if (worker === undefined || !worker.backup) return null;
  return Math.max(0, ...servers.filter((server) => !server.backup).map((server) => server.sinceUs));
}
