// What the kinds tell the analysis: the part that a component plays, and where it sends a request on while others are lost. The
// same choices as in the behaviours, read from settings instead of lived through (the files beside this one); tests hold the
// two together.
import type { BackendServer, Knowledge } from '../analysis/finding.ts';
import { NOTHING_LOST } from '../analysis/loss.ts';
import type { Component, Design, Link } from '../design/design.ts';
import { entries, hasVirtualAddress } from '../design/graph.ts';
import { wiringOf } from '../design/wiring.ts';
import type { Micros } from '../foundation/micros.ts';
import { addressDeciders, addressEntries, addressNoticedUs } from './address-entries.ts';
import { askedDatabases, databaseLinks, neededForAsked } from './asked-databases.ts';
import type { DatabaseConfig } from './database/config.ts';
import type { ComponentKind } from './kind.ts';
import { KINDS } from './kinds.ts';
import type { LoadBalancerConfig } from './load-balancer/config.ts';
import { isFencing, lossAfterwards, noticedByDatabaseUs, promotionDeciders, takesWrites } from './promotions.ts';
import { statedBy } from './stated.ts';
import { asksReadyPage, neededForUp, noticedByChecksUs, usableServers } from './usable-servers.ts';

const kindById = new Map<string, ComponentKind>(KINDS.map((kind) => [kind.id, kind]));

const kindOf = (component: Component): ComponentKind => {
  const kind = kindById.get(component.kind);
  if (kind === undefined) throw new Error(`Broken invariant: nobody knows the kind ${component.kind}`);
  return kind;
};

export const knowledge: Knowledge = {
  role: (component) => kindOf(component).role,
  term: (component) => kindOf(component).term,
  port: (component) => kindOf(component).port,
  servers: serversOf,
  dataRole: (component) =>
    component.kind === 'database' ? (component.config as unknown as DatabaseConfig).role : null,
  states: statedBy,

  lossAfterwards,
  entries: (design, loss) => (hasVirtualAddress(design) ? addressEntries(design, loss) : entries(design)),

  ends(component, wish, design, loss = NOTHING_LOST) {
    switch (kindOf(component).role) {
      case 'stores':
        return wish === 'read' || (wish === 'write' && takesWrites(component, design, loss));
      case 'computes':
        return wish === 'static' || databaseLinks(component, design).length === 0;
      case 'serves':
        return wish === 'static';
      default:
        return false;
    }
  },

  next(component, wish, design, loss = NOTHING_LOST) {
    switch (kindOf(component).role) {
      case 'balances':
        return usableServers(component, design, loss);
      case 'serves':
        return firstComputing(component, design);
      case 'computes':
        return askedDatabases(component, wish, design, loss);
      default:
        return [];
    }
  },

  needs: (link, design, loss) => [...neededForUp(link, design, loss), ...neededForAsked(link, design, loss)],
  deciders: (design) => [...(hasVirtualAddress(design) ? addressDeciders(design) : []), ...promotionDeciders(design)],

  noticedUs,
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

/** nginx has one upstream. */
function firstComputing(component: Component, design: Design): readonly Link[] {
  const wiring = wiringOf(design);
  const link = wiring.linksFrom(component.id).find(({ to }) => {
    const peer = wiring.component(to);
    return peer !== undefined && kindOf(peer).role === 'computes';
  });
  return link === undefined ? [] : [link];
}

/** Each watcher at his own time; one after the other where somebody notices what another one has done. */
function noticedUs(design: Design): Micros {
  const balancers = design.components.filter((component) => kindOf(component).role === 'balances');
  const databases = design.components.filter((component) => kindOf(component).role === 'stores');
  const checksUs = Math.max(addressNoticedUs(design), ...balancers.map(noticedByChecksUs));
  const promotedUs = Math.max(0, ...databases.map(noticedByDatabaseUs));
  const isInTurn = balancers.some(asksReadyPage) || databases.some(isFencing);
  return isInTurn ? checksUs + promotedUs : Math.max(checksUs, promotedUs);
}
