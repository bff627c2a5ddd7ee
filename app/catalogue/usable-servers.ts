// What HAProxy does once its checks have noticed what they can notice: which servers it goes on giving requests to.
import type { Loss } from '../analysis/loss.ts';
import type { Component, Design, Link } from '../design/design.ts';
import { closedLinks } from '../design/firewall.ts';
import { wiringOf } from '../design/wiring.ts';
import { fromMs, type Micros } from '../foundation/micros.ts';
import {
  type CheckConfig,
  connectTimeoutMs,
  type LoadBalancerConfig,
  type ServerConfig,
} from './load-balancer/config.ts';
import { checkLimits } from './load-balancer/health-check.ts';
import { type Passes, passesReadyPage, readyPageNeeds } from './ready-page.ts';

const configOf = (component: Component): LoadBalancerConfig => component.config as unknown as LoadBalancerConfig;

/** A server that may be used, with its link; `sometimes` for one that goes up and down. */
interface Candidate {
  readonly server: ServerConfig;
  readonly link: Link;
  readonly isUp: Exclude<Passes, 'never'>;
}

/**
 * Links on which a request may be sent: to the active servers that are taken for UP; else to the first backup, or to all of
 * them with `allbackups`. `first` gives everything to the first server without `maxconn`. What `observe` takes out and what a
 * user's cookie remembers is not foreseen: it depends on what came before.
 */
export function usableServers(component: Component, design: Design, loss: Loss): readonly Link[] {
  const config = configOf(component);
  const candidates = config.servers.flatMap((server): Candidate[] => {
    const link = wiringOf(design).link(server.link);
    if (server.weight === 0 || link?.from !== component.id) return [];
    const isUp = upness(server, link, config, design, loss);
    return isUp === 'never' ? [] : [{ server, link, isUp }];
  });
  const active = candidates.filter(({ server }) => !server.backup);
  const backups = candidates.filter(({ server }) => server.backup);
  const chosen = config.balance === 'first' ? filledFirst(active, config, design, loss) : active;
  const isActiveLeft = active.some(({ isUp }) => isUp === 'always');
  const standing = config.allbackups === true ? backups : upTo(backups, () => true);
  return [...chosen, ...(isActiveLeft ? [] : standing)].map(({ link }) => link);
}

/** One that is not checked is taken for UP. Whoever only connects is content with a stopped process. */
function upness({ check }: ServerConfig, link: Link, config: LoadBalancerConfig, design: Design, loss: Loss): Passes {
  if (check === null) return 'always';
  if (!answers(link, design, loss, check.type === 'tcp')) return 'never';
  const asked = wiringOf(design).component(link.to);
  if (check.type !== 'http' || check.uri !== '/ready' || asked === undefined) return 'always';
  return passesReadyPage(asked, limitMs(check, config), design, loss);
}

const limitMs = (check: CheckConfig, config: LoadBalancerConfig): number =>
  checkLimits(check, connectTimeoutMs(config), config.timeoutCheckMs).answerMs;

function answers({ id, to }: Link, design: Design, { gone, hung }: Loss, onlyConnects: boolean): boolean {
  const isThere = !gone.has(to) || (onlyConnects && hung.has(to));
  return isThere && !gone.has(id) && !closedLinks(design).has(id);
}

/** The first that ends it, and those before it, which may be down at times. */
function upTo(candidates: readonly Candidate[], ends: (candidate: Candidate) => boolean): readonly Candidate[] {
  const last = candidates.findIndex((candidate) => candidate.isUp === 'always' && ends(candidate));
  return last < 0 ? candidates : candidates.slice(0, last + 1);
}

/**
 * One after another is filled; nobody comes after one that is never full, but where it takes no connection and a request may
 * be tried at another one: that is then the next, and no further one.
 */
function filledFirst(
  active: readonly Candidate[],
  { redispatch, retries }: LoadBalancerConfig,
  design: Design,
  loss: Loss,
): readonly Candidate[] {
  const filled = upTo(active, ({ server }) => (server.maxconn ?? 0) === 0);
  const last = filled.at(-1);
  const isTriedElsewhere = redispatch !== null && redispatch !== 0 && retries > 0;
  if (last === undefined || !isTriedElsewhere || answers(last.link, design, loss, true)) return filled;
  return [...filled, ...upTo(active.slice(filled.length), () => true)];
}

/** What a server that may be used needs beside itself, so that its checks do not take it out. */
export function neededForUp(link: Link, design: Design, loss: Loss): readonly Link[] {
  const wiring = wiringOf(design);
  const [balancer, asked] = [wiring.component(link.from), wiring.component(link.to)];
  if (balancer?.kind !== 'load-balancer' || asked === undefined) return [];
  const check = configOf(balancer).servers.find((server) => server.link === link.id)?.check;
  return check?.type === 'http' && check.uri === '/ready' ? readyPageNeeds(asked, design, loss) : [];
}

/** The longest that it takes until a server that answers nothing is DOWN. */
export function noticedByChecksUs(component: Component): Micros {
  const config = configOf(component);
  const longest = config.servers.map(({ check }) => {
    if (check === null) return 0;
    const answerMs = limitMs(check, config);
    return check.interMs + (check.fall - 1) * (check.fastinterMs ?? check.interMs) + check.fall * answerMs;
  });
  return fromMs(Math.max(0, ...longest));
}

/** Some of its checks ask for a page of the application: they notice what another watcher has done. */
export const asksReadyPage = (component: Component): boolean =>
  configOf(component).servers.some(({ check }) => check?.type === 'http' && check.uri === '/ready');
