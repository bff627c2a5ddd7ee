// Questions about who depends on whom: what falls with an element, and on which way a request that starts at the users still
// arrives somewhere. Who passes what on to whom is handed in.
import { type Component, type Design, type Link, USERS } from './design.ts';
import { wiringOf } from './wiring.ts';

/** Where a component sends a request on, and whether the request ends there. */
export interface Route {
  next(component: Component): readonly Link[];
  ends(component: Component): boolean;
}

const moves = new WeakMap<Design, boolean>();

/** Does the site's address move between hosts: is it the `virtual_ipaddress` of some program? */
export function hasVirtualAddress(design: Design): boolean {
  let known = moves.get(design);
  if (known === undefined) {
    known = design.components.some(({ config }) => config['virtualIpaddress'] === design.dns.address);
    moves.set(design, known);
  }
  return known;
}

/** Links on which the users come. Without an address that moves they know only the first: the engine's rule as well. */
export const entries = (design: Design): readonly Link[] => {
  const links = design.links.filter((link) => link.from === USERS);
  return hasVirtualAddress(design) ? links : links.slice(0, 1);
};

/** The element itself, and with a host all its components. */
export const fallsWith = (design: Design, id: string): ReadonlySet<string> =>
  new Set([
    id,
    ...wiringOf(design)
      .componentsOn(id)
      .map((component) => component.id),
  ]);

/** The links of one way of a request, from the users to the component that ends it. */
export type Way = readonly Link[];

/**
 * A way on which a request that comes at one of the entrances still comes to an end where it should, without these elements;
 * null when there is none. Of several choices the first one that leads there: depth first, each component looked at once.
 */
export function wayToEnd(
  design: Design,
  route: Route,
  entrances: readonly Link[],
  without: (id: string) => boolean,
): Way | null {
  const wiring = wiringOf(design);
  const cameBy = new Map<string, Link>();
  const waiting = [...entrances].reverse();
  for (let link = waiting.pop(); link !== undefined; link = waiting.pop()) {
    const component = wiring.component(link.to);
    if (component === undefined || cameBy.has(link.to) || without(link.id) || without(link.to)) continue;
    cameBy.set(link.to, link);
    if (route.ends(component)) return wayBack(cameBy, link);
    const next = route.next(component);
    for (let index = next.length - 1; index >= 0; index--) waiting.push(next[index] as Link);
  }
  return null;
}

function wayBack(cameBy: ReadonlyMap<string, Link>, last: Link): Way {
  const way: Link[] = [];
  for (let link: Link | undefined = last; link !== undefined; link = cameBy.get(link.from)) way.push(link);
  return way.reverse();
}

/** How much of what the users ask for comes to an end where it should. */
export type Reach = 'all' | 'some' | 'none';

/**
 * Whether every choice that the components may make leads to an end with these elements gone, or only some, or none. Where
 * `triesOthers` says so, the component goes on to the next when it does not get through. A link can be gone as well.
 */
export function reachOf(
  design: Design,
  route: Route & { triesOthers(component: Component): boolean },
  gone: ReadonlySet<string>,
  entrances: readonly Link[] = entries(design),
): Reach {
  const over = (link: Link, before: ReadonlySet<string>): Reach => (gone.has(link.id) ? 'none' : from(link.to, before));
  const from = (id: string, before: ReadonlySet<string>): Reach => {
    const component = wiringOf(design).component(id);
    if (component === undefined || gone.has(id) || before.has(id)) return 'none';
    if (route.ends(component)) return 'all';
    const path = new Set([...before, id]);
    const ways = route.next(component);
    const open = route.triesOthers(component)
      ? ways.filter(({ id: way, to }) => !gone.has(way) && !gone.has(to))
      : ways;
    return together((open.length > 0 ? open : ways).map((link) => over(link, path)));
  };
  return together(entrances.map((link) => over(link, new Set())));
}

function together(reaches: readonly Reach[]): Reach {
  const [first = 'none'] = reaches;
  return reaches.every((reach) => reach === first) ? first : 'some';
}
