// Who reaches what: every port on which something listens for other machines, and who gets through to it. Decided by where a host
// stands (a stranger has no way to one that is not public) and by its own firewall. A router between two segments filters nothing
// that a design could state, so a segment keeps nobody out. VRRP knows no ports and no router, and is left out.
import { ANYONE, type Component, type Design, type Host, USERS } from '../design/design.ts';
import { goesBothWays, letsIn } from '../design/firewall.ts';
import { wiringOf } from '../design/wiring.ts';
import type { Knowledge } from './finding.ts';

/** A port of a host at which somebody from another machine is answered. */
export interface Door {
  readonly host: Host;
  readonly port: number;
  /** What listens; null: the remote administration of the host. */
  readonly component: Component | null;
  /** From where a line of the design leads to it; `anyone` for the users'. */
  readonly callers: ReadonlySet<Caller>;
}

/** A stranger on the internet (`anyone`), or one who has taken over a host (its id). */
export type Caller = string;

/** One cell of the matrix: a caller before a door of another machine. */
export interface Approach {
  readonly from: Caller;
  readonly door: Door;
  readonly reached: boolean;
  /** A line of the design leads from there to this port, or the users' does: their door is meant for anyone. */
  readonly needed: boolean;
}

/** Every door, host by host in document order. */
export const doorsOf = (design: Design, knowledge: Knowledge): readonly Door[] =>
  design.hosts.flatMap((host) => [
    ...wiringOf(design)
      .componentsOn(host.id)
      .flatMap((component) => openDoors(host, component, design, knowledge)),
    ...(host.adminPort === null ? [] : [{ host, port: host.adminPort, component: null, callers: new Set<Caller>() }]),
  ]);

/**
 * A component that is called only from its own host listens on the loopback address; one that nobody calls is taken to listen
 * everywhere, as is a page of statistics.
 */
function openDoors(host: Host, component: Component, design: Design, knowledge: Knowledge): readonly Door[] {
  const calls = callsOf(component, design);
  const ports = new Map<number, Set<Caller>>();
  for (const { port, from } of calls) {
    if (from !== host.id) ports.set(port, (ports.get(port) ?? new Set()).add(from));
  }
  const { statistics } = knowledge.states(component);
  for (const port of [calls.length === 0 ? knowledge.port(component) : null, statistics?.port ?? null]) {
    if (port !== null && !ports.has(port)) ports.set(port, new Set());
  }
  return [...ports].map(([port, callers]) => ({ host, port, component, callers }));
}

/** Who calls a component, and at which port: along the lines to it, and those from it on which the other end calls as well. */
function callsOf(component: Component, design: Design): readonly { readonly from: Caller; readonly port: number }[] {
  const wiring = wiringOf(design);
  const hostOf = (id: string) => (id === USERS ? ANYONE : (wiring.component(id)?.hostId ?? id));
  return [
    ...wiring.linksTo(component.id).map(({ from, port }) => ({ from: hostOf(from), port })),
    ...wiring
      .linksFrom(component.id)
      .filter(goesBothWays)
      .map(({ to, port }) => ({ from: hostOf(to), port })),
  ].filter(({ port }) => port > 0);
}

export function reaches(from: Caller, { host, port }: Pick<Door, 'host' | 'port'>): boolean {
  return (from !== ANYONE || host.public) && letsIn(host, from, port);
}

/** Does a line of the design lead from there to this door? Where the users come, everybody may. */
export const needs = (from: Caller, { callers }: Door): boolean => callers.has(ANYONE) || callers.has(from);

/** The matrix: the stranger first, then the hosts in document order, each before every door of the others. */
export function reachability(design: Design, knowledge: Knowledge): readonly Approach[] {
  const doors = doorsOf(design, knowledge);
  return [ANYONE, ...design.hosts.map((host) => host.id)].flatMap((from) =>
    doors
      .filter((door) => door.host.id !== from)
      .map((door) => ({ from, door, reached: reaches(from, door), needed: needs(from, door) })),
  );
}
