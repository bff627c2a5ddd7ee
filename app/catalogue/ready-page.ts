// Whether a health check that asks for a page of the application passes: it goes the way of a read, and asks the database only
// whether it is there (app-server/behaviour.ts). Where the application tries a second database, a check may be too late with it.
import type { Loss } from '../analysis/loss.ts';
import type { Component, Design, Link } from '../design/design.ts';
import { closedLinks } from '../design/firewall.ts';
import { wiringOf } from '../design/wiring.ts';
import type { AppServerConfig } from './app-server/config.ts';
import { askedDatabases, databaseLinks } from './asked-databases.ts';

/** `sometimes`: it passes and fails in turn, so that a server goes up and down. */
export type Passes = 'always' | 'sometimes' | 'never';

/** What the way to the application and back, and the queries there, take beside what is counted here. */
const ON_THE_WAY_MS = 60;

/** Of a component that is there itself; `limitMs`: when the check gives up. */
export function passesReadyPage(component: Component, limitMs: number, design: Design, loss: Loss): Passes {
  if (component.kind === 'web-server') {
    const wiring = wiringOf(design);
    const upstream = wiring.linksFrom(component.id).find(({ to }) => wiring.component(to)?.kind === 'app-server');
    const application = wiring.component(upstream?.to ?? '');
    if (upstream === undefined || application === undefined || !reaches(upstream, design, loss)) return 'never';
    return passesReadyPage(application, limitMs, design, loss);
  }
  if (component.kind !== 'app-server') return 'always';
  const { readsFrom } = component.config as unknown as AppServerConfig;
  if (readsFrom === 'both') return passesInTurn(component, limitMs, design, loss);
  const asked = askedDatabases(component, 'read', design, loss);
  const reached = asked.filter((link) => reaches(link, design, loss));
  if (reached.length === asked.length) return 'always';
  return reached.length === 0 ? 'never' : 'sometimes';
}

/** A database to which there is no connection is left out, and the next one asked; a stopped one takes the check and keeps it. */
function passesInTurn(component: Component, limitMs: number, design: Design, loss: Loss): Passes {
  const { replicaShare, connectTimeoutMs, serviceMs } = component.config as unknown as AppServerConfig;
  const links = databaseLinks(component, design);
  const hung = links.filter((link) => carries(link, design, loss) && loss.hung.has(link.to));
  const failing = links.filter((link) => !reaches(link, design, loss) && !hung.includes(link));
  if (hung.length + failing.length === 0) return 'always';
  if (hung.length + failing.length === links.length) return 'never';
  // With a share, reads are drawn and do not move the turn on: it stays at the first, until one of them finds nobody.
  if (replicaShare !== undefined && failing.length === 0) return hung.includes(links[0] as Link) ? 'never' : 'always';
  const silent = failing.filter((link) => !refuses(link, design, loss));
  const isLate = serviceMs + silent.length * connectTimeoutMs + ON_THE_WAY_MS > limitMs;
  return hung.length > 0 || isLate ? 'sometimes' : 'always';
}

/**
 * Links that keep it from failing for good: the way to the application, and to one database that answers. As long as these and
 * their ends are there, it passes at least at times.
 */
export function readyPageNeeds(component: Component, design: Design, loss: Loss): readonly Link[] {
  if (component.kind === 'web-server') {
    const wiring = wiringOf(design);
    const upstream = wiring.linksFrom(component.id).find(({ to }) => wiring.component(to)?.kind === 'app-server');
    const application = wiring.component(upstream?.to ?? '');
    if (upstream === undefined || application === undefined) return [];
    return [upstream, ...readyPageNeeds(application, design, loss)];
  }
  if (component.kind !== 'app-server') return [];
  const { readsFrom, replicaShare } = component.config as unknown as AppServerConfig;
  const links =
    readsFrom === 'both' ? databaseLinks(component, design) : askedDatabases(component, 'read', design, loss);
  const answering = links.find((link) => reaches(link, design, loss));
  const first = replicaShare === undefined ? undefined : links[0];
  return [answering, first].filter((link) => link !== undefined);
}

const carries = ({ id }: Link, design: Design, { gone }: Loss): boolean =>
  !gone.has(id) && !closedLinks(design).has(id);

const reaches = (link: Link, design: Design, loss: Loss): boolean =>
  carries(link, design, loss) && !loss.gone.has(link.to);

/** Its host is there and says at once that nothing listens. */
const refuses = (link: Link, design: Design, loss: Loss): boolean =>
  carries(link, design, loss) && !loss.gone.has(wiringOf(design).component(link.to)?.hostId ?? '');
