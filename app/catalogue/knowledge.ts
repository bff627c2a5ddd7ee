// What the kinds tell the analysis: the part that a component plays, and where it sends a request on while others are gone.
// The same choices as in the behaviours, read from settings instead of lived through; a test holds the two together.
import type { BackendServer, Knowledge } from '../analysis/finding.ts';
import type { Component, Design, Link } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import type { AppServerConfig } from './app-server/config.ts';
import type { DatabaseConfig } from './database/config.ts';
import type { ComponentKind } from './kind.ts';
import { KINDS } from './kinds.ts';
import type { LoadBalancerConfig } from './load-balancer/config.ts';
import { statedBy } from './stated.ts';

const kindById = new Map<string, ComponentKind>(KINDS.map((kind) => [kind.id, kind]));

const kindOf = (component: Component): ComponentKind => {
  const kind = kindById.get(component.kind);
  if (kind === undefined) throw new Error(`Broken invariant: nobody knows the kind ${component.kind}`);
  return kind;
};

const dataRole = (component: Component): 'primary' | 'replica' | null =>
  component.kind === 'database' ? (component.config as unknown as DatabaseConfig).role : null;

export const knowledge: Knowledge = {
  role: (component) => kindOf(component).role,
  term: (component) => kindOf(component).term,
  port: (component) => kindOf(component).port,
  servers: serversOf,
  dataRole,
  states: statedBy,

  ends(component, wish, design) {
    switch (kindOf(component).role) {
      case 'stores':
        return wish === 'read' || dataRole(component) === 'primary';
      case 'computes':
        return databaseLinks(component, design).length === 0;
      default:
        return false;
    }
  },

  next(component, wish, design, gone) {
    switch (kindOf(component).role) {
      case 'balances':
        return usableServers(component, design, gone);
      case 'serves':
        return linksTo(component, design, (peer) => kindOf(peer).role === 'computes').slice(0, 1);
      case 'computes':
        return wish === 'read' ? readLinks(component, design) : writeLinks(component, design);
      default:
        return [];
    }
  },
};

function serversOf(component: Component): readonly BackendServer[] {
  if (kindOf(component).role !== 'balances') return [];
  const { servers } = component.config as unknown as LoadBalancerConfig;
  return servers.map(({ name, link, backup, check }) => ({
    name,
    link,
    backup,
    checked: check !== null,
    page: check?.type === 'http' && check.uri === '/ready' ? 'application' : 'own',
    asksPage: check?.type === 'http',
  }));
}

/** HAProxy's choice once its checks have noticed: the active servers that it takes for UP, else the backups. */
function usableServers(component: Component, design: Design, gone: ReadonlySet<string>): readonly Link[] {
  const up = serversOf(component).flatMap((server) => {
    const link = wiringOf(design).link(server.link);
    const isUp = link !== undefined && (!server.checked || passes(link, server.page, design, gone));
    return isUp ? [{ link, backup: server.backup }] : [];
  });
  const active = up.filter((server) => !server.backup);
  return (active.length > 0 ? active : up).map((server) => server.link);
}

/** A check passes when who is asked is there; for a page of the application, when a read would find its data. */
function passes(link: Link, page: BackendServer['page'], design: Design, gone: ReadonlySet<string>): boolean {
  if (gone.has(link.to)) return false;
  const asked = wiringOf(design).component(link.to);
  if (page === 'own' || asked === undefined || knowledge.ends(asked, 'read', design)) return true;
  // `both` asks a second database when the first does not answer: one that does is enough. Elsewhere there is one way.
  return knowledge.next(asked, 'read', design, gone).some((next) => passes(next, page, design, gone));
}

function linksTo(component: Component, design: Design, accepts: (peer: Component) => boolean): readonly Link[] {
  const wiring = wiringOf(design);
  return wiring.linksFrom(component.id).filter((link) => {
    const peer = wiring.component(link.to);
    return peer !== undefined && accepts(peer);
  });
}

const databaseLinks = (component: Component, design: Design): readonly Link[] =>
  linksTo(component, design, (peer) => kindOf(peer).role === 'stores');

/** The first that is wanted, or else the first at all. */
function firstDatabase(component: Component, design: Design, wanted: (peer: Component) => boolean): readonly Link[] {
  const [first] = linksTo(component, design, (peer) => kindOf(peer).role === 'stores' && wanted(peer));
  return first === undefined ? databaseLinks(component, design).slice(0, 1) : [first];
}

const writeLinks = (component: Component, design: Design): readonly Link[] =>
  firstDatabase(component, design, (peer) => dataRole(peer) === 'primary');

function readLinks(component: Component, design: Design): readonly Link[] {
  const { readsFrom } = component.config as unknown as AppServerConfig;
  switch (readsFrom) {
    case 'local': {
      const local = linksTo(component, design, (peer) => dataRole(peer) !== null && peer.hostId === component.hostId);
      return local.length > 0 ? local.slice(0, 1) : writeLinks(component, design);
    }
    case 'primary':
      return writeLinks(component, design);
    case 'replica':
      return firstDatabase(component, design, (peer) => dataRole(peer) === 'replica');
    case 'both':
      return databaseLinks(component, design);
  }
}
