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
      .flatMap((component) => openPorts(component, design, knowledge).map((port) => ({ host, port, component }))),
    ...(host.adminPort === null ? [] : [{ host, port: host.adminPort, component: null }]),
  ]);

/**
 * Ports on which a component listens for other machines. One that is called only from its own host listens on the loopback
 * address; one that nobody calls is taken to listen everywhere, as is a page of statistics.
 */
function openPorts(component: Component, design: Design, knowledge: Knowledge): readonly number[] {
  const wiring = wiringOf(design);
  const links = wiring.linksTo(component.id).filter((link) => link.port > 0);
  const usual = knowledge.port(component);
  const called =
    links.length === 0 && usual !== null
      ? [usual]
      : links.filter((link) => wiring.component(link.from)?.hostId !== component.hostId).map((link) => link.port);
  const { statistics } = knowledge.states(component);
  return [...new Set([...called, ...(statistics ? [statistics.port] : [])])];
}

export function reaches(from: Caller, { host, port }: Door): boolean {
  return (from !== ANYONE || host.public) && letsIn(host, from, port);
}

/** Does a line of the design lead from there to this door? Where the users come, everybody may. */
export function needs(design: Design, from: Caller, { component, port }: Door): boolean {
  if (component === null) return false;
  const wiring = wiringOf(design);
  const callers = [
    ...wiring
      .linksTo(component.id)
      .filter((link) => link.port === port)
      .map((link) => link.from),
    ...wiring
      .linksFrom(component.id)
      .filter((link) => link.port === port && goesBothWays(link))
      .map((link) => link.to),
  ];
  return callers.some((id) => id === USERS || wiring.component(id)?.hostId === from);
}

/** The matrix: the stranger first, then the hosts in document order, each before every door of the others. */
export function reachability(design: Design, knowledge: Knowledge): readonly Approach[] {
  const doors = doorsOf(design, knowledge);
  return [ANYONE, ...design.hosts.map((host) => host.id)].flatMap((from) =>
    doors
      .filter((door) => door.host.id !== from)
      .map((door) => ({ from, door, reached: reaches(from, door), needed: needs(design, from, door) })),
  );
}
