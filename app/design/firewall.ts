// What a host's packet filter lets in. Without one, everything; with one, what a rule names, and nothing else.
import { ANYONE, type Design, type Host, type Link, USERS } from './design.ts';
import { wiringOf } from './wiring.ts';

/** `from`: the id of a host, or `anyone` for a stranger on the internet. Loopback is not filtered. */
export const letsIn = (host: Host, from: string, port: number): boolean =>
  host.firewall === null ||
  from === host.id ||
  host.firewall.rules.some((rule) => rule.port === port && (rule.from === ANYONE || rule.from === from));

/**
 * Lines on which either end calls the other: advertisements go both ways, and a replica, to which the copied writes flow, is the
 * one that connects; after a promotion the other is.
 */
export const goesBothWays = ({ protocol }: Pick<Link, 'protocol'>): boolean =>
  protocol === 'vrrp' || protocol === 'replication';

/** Whether the firewall of the host at the end of a link lets its caller in. Users are anyone. */
export function isLetIn(design: Design, link: Link): boolean {
  const wiring = wiringOf(design);
  const hostOf = (id: string) => wiring.component(id)?.hostId ?? ANYONE;
  const host = wiring.host(hostOf(link.to));
  if (host === undefined || link.protocol === 'file') return true;
  return letsIn(host, link.from === USERS ? ANYONE : hostOf(link.from), link.port);
}

/** Whether every caller of a line is let in. */
export const isLetThrough = (design: Design, link: Link): boolean =>
  isLetIn(design, link) && (!goesBothWays(link) || isLetIn(design, { ...link, from: link.to, to: link.from }));

const closed = new WeakMap<Design, ReadonlySet<string>>();

/** Ids of the links on which the firewall at their end lets nobody in. */
export function closedLinks(design: Design): ReadonlySet<string> {
  const known = closed.get(design);
  if (known !== undefined) return known;
  const ids = new Set(design.links.filter((link) => !isLetIn(design, link)).map((link) => link.id));
  closed.set(design, ids);
  return ids;
}
