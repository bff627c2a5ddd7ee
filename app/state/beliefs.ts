// What HAProxy believes of its servers at an instant, read from the trace's fields, and in HAProxy's own words.
import type { LoadBalancerConfig } from '../catalogue/load-balancer/config.ts';
import type { Component, Design } from '../design/design.ts';
import type { Elements } from '../design/elements.ts';
import type { RowReading } from '../drawing/figure.ts';
import { type Micros, MS } from '../foundation/micros.ts';
import { Belief, BeliefState, FIELDS, Field } from '../simulation/trace.ts';

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
}

export const balancerOf = (design: Design): Component | undefined =>
  design.components.find((component) => component.kind === 'load-balancer');

export function beliefsAt(design: Design, elements: Elements, fields: Int32Array): readonly ServerBelief[] {
  const balancer = balancerOf(design);
  if (balancer === undefined) return [];
  const config = balancer.config as unknown as LoadBalancerConfig;
  const next = fields[elements.indexOf(balancer.id) * FIELDS + Field.Turn] ?? -1;
  return config.servers.flatMap((server) => {
    const link = design.links.find((one) => one.id === server.link);
    const target = design.components.find((component) => component.id === link?.to);
    if (link === undefined || target === undefined) return [];
    const element = elements.indexOf(link.id);
    const field = (index: number) => fields[element * FIELDS + index] ?? 0;
    return [
      {
        name: server.name,
        linkId: link.id,
        linkElement: element,
        componentId: target.id,
        hostId: target.hostId,
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
      },
    ];
  });
}

/** Checks that a server may still miss before it is DOWN, while it is UP. */
const left = (server: ServerBelief): number => server.health - server.rise + 1;

/** Checks missed in a row by a server that is still UP. */
export const missedChecks = (server: ServerBelief): number =>
  server.state === BeliefState.Up ? Math.max(0, server.fall - left(server)) : 0;

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
      if (missedChecks(server) > 0) return `UP ${left(server)}/${server.fall}`;
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
const isUsable = (server: ServerBelief): boolean =>
  server.state === BeliefState.Up || server.state === BeliefState.NotChecked;

/** The servers that get requests now: the active ones, or the first backup when no active one is left. */
export function working(servers: readonly ServerBelief[]): readonly ServerBelief[] {
  const active = servers.filter((server) => isUsable(server) && !server.backup && server.weight > 0);
  return active.length > 0 ? active : servers.filter((server) => isUsable(server) && server.backup).slice(0, 1);
}

/** When the backup began to work: the last of the active servers went DOWN then. Null while it stands by. */
export function tookOverAtUs(servers: readonly ServerBelief[]): Micros | null {
  const worker = working(servers)[0];
  if (worker === undefined || !worker.backup) return null;
  return Math.max(0, ...servers.filter((server) => !server.backup).map((server) => server.sinceUs));
}
