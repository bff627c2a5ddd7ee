// Which databases an application server asks once everybody has noticed what is lost: the choices of read-route.ts, read from
// settings instead of lived through.
import type { Wish } from '../analysis/denied.ts';
import type { Loss } from '../analysis/loss.ts';
import type { Component, Design, Link } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import type { AppServerConfig } from './app-server/config.ts';
import { isDatabase, type Roles, rolesFor } from './promotions.ts';

export function databaseLinks(component: Component, design: Design): readonly Link[] {
  const wiring = wiringOf(design);
  return wiring.linksFrom(component.id).filter((link) => isDatabase(wiring.component(link.to)));
}

/** Links on which it may ask for a read or a write; none without any database. */
export function askedDatabases(component: Component, wish: Wish, design: Design, loss: Loss): readonly Link[] {
  const ways = rolesFor(component, design, loss).map((roles) =>
    wish === 'write' ? first('primary', component, design, roles) : readsOf(component, design, roles, loss),
  );
  return ways.length === 1 ? (ways[0] as readonly Link[]) : [...new Set(ways.flat())];
}

/** The first that is wanted, or else the first at all. */
function first(role: ReturnType<Roles>, component: Component, design: Design, roles: Roles): readonly Link[] {
  const links = databaseLinks(component, design);
  const wanted = firstWith(role, links, design, roles);
  return wanted === undefined ? links.slice(0, 1) : [wanted];
}

const firstWith = (role: ReturnType<Roles>, links: readonly Link[], design: Design, roles: Roles): Link | undefined =>
  links.find((link) => roles(wiringOf(design).component(link.to) as Component) === role);

function readsOf(component: Component, design: Design, roles: Roles, { hung }: Loss): readonly Link[] {
  const { readsFrom } = component.config as unknown as AppServerConfig;
  const links = databaseLinks(component, design);
  switch (readsFrom) {
    case 'local': {
      const local = links.find((link) => wiringOf(design).component(link.to)?.hostId === component.hostId);
      return local === undefined ? first('primary', component, design, roles) : [local];
    }
    case 'primary':
      return first('primary', component, design, roles);
    case 'replica':
      return first('replica', component, design, roles);
    case 'both': {
      const meant = meantForAll(component, links, design, roles);
      return meant !== undefined && hung.has(meant.to) ? [meant] : links;
    }
  }
}

/** Where all reads are meant for one, another is asked only when there is no connection; a stopped one takes and keeps them. */
function meantForAll(component: Component, links: readonly Link[], design: Design, roles: Roles): Link | undefined {
  const { replicaShare } = component.config as unknown as AppServerConfig;
  if (replicaShare !== 0 && replicaShare !== 1) return undefined;
  return firstWith(replicaShare === 0 ? 'primary' : 'replica', links, design, roles);
}

/** What must not be stopped, so that this link of an application stays a choice. */
export function neededForAsked({ from }: Link, design: Design, loss: Loss): readonly Link[] {
  const component = wiringOf(design).component(from);
  if (component?.kind !== 'app-server') return [];
  const links = databaseLinks(component, design);
  return rolesFor(component, design, loss).flatMap((roles) => meantForAll(component, links, design, roles) ?? []);
}
