// Who is who in a design, by id: hosts, components, links, and which links lead where. Made once for a design and kept with it,
// so that a picture of hundreds of servers searches no list.
import type { Component, Design, Host, Link } from './design.ts';

export interface Wiring {
  host(id: string): Host | undefined;
  component(id: string): Component | undefined;
  link(id: string): Link | undefined;
  /** In document order; empty for an id that nothing leads to, or from. */
  linksTo(id: string): readonly Link[];
  linksFrom(id: string): readonly Link[];
  componentsOn(hostId: string): readonly Component[];
}

const wirings = new WeakMap<Design, Wiring>();

/** The same object for the same design. */
export function wiringOf(design: Design): Wiring {
  const known = wirings.get(design);
  if (known !== undefined) return known;
  const hosts = byId(design.hosts);
  const components = byId(design.components);
  const links = byId(design.links);
  const linksTo = grouped(design.links, (link) => link.to);
  const linksFrom = grouped(design.links, (link) => link.from);
  const componentsOn = grouped(design.components, (component) => component.hostId);
  const wiring: Wiring = {
    host: (id) => hosts.get(id),
    component: (id) => components.get(id),
    link: (id) => links.get(id),
    linksTo: (id) => linksTo.get(id) ?? [],
    linksFrom: (id) => linksFrom.get(id) ?? [],
    componentsOn: (hostId) => componentsOn.get(hostId) ?? [],
  };
  wirings.set(design, wiring);
  return wiring;
}

const byId = <Item extends { readonly id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map((item) => [item.id, item]));

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
