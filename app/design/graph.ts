// Questions about who depends on whom: what falls with an element, whether a request that starts at the users still arrives
// somewhere, and which single elements it cannot do without. Who passes what on to whom is handed in.
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
export function fallsWith(design: Design, id: string): ReadonlySet<string> {
  const components = design.components.filter((component) => component.hostId === id);
  return new Set([id, ...components.map((component) => component.id)]);
}

/** Whether some request of the users still comes to an end where it should, with these elements gone. */
export function reachesEnd(design: Design, route: Route, gone: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  const waiting = entries(design).map((link) => link.to);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id) || gone.has(id)) continue;
    seen.add(id);
    const component = wiringOf(design).component(id);
    if (component === undefined) continue;
    if (route.ends(component)) return true;
    for (const link of route.next(component)) waiting.push(link.to);
  }
  return false;
}

/** The hosts and components without which, one at a time, `works` no longer holds. Hosts first, in document order. */
export function cutElements(design: Design, works: (gone: ReadonlySet<string>) => boolean): readonly string[] {
  const ids = [...design.hosts, ...design.components].map((element) => element.id);
  return ids.filter((id) => !works(fallsWith(design, id)));
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
