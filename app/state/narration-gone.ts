// Why a server does not answer HAProxy while HAProxy still counts on it: dead, stopped, or out of reach.
import type { LoadBalancerConfig } from '../catalogue/load-balancer/config.ts';
import type { Design } from '../design/design.ts';
import { balancerOf, type ServerBelief } from './beliefs.ts';
import type { Facts } from './narration-facts.ts';
import { deadWords, hostWords, listWords, sentenceCase, targetWords } from './truth.ts';

/** It does not answer HAProxy. */
export const isGone = ({ truth }: Facts, server: ServerBelief): boolean =>
  truth.isDead(server.componentId) || truth.isHung(server.componentId) || truth.isCut(server.linkId);

/** Why it does not answer, and what a check makes of it where that is the point. */
export function goneWords(facts: Facts, server: ServerBelief): string {
  const { design, truth } = facts;
  if (truth.isDead(server.componentId)) return `${sentenceCase(deadWords([partWords(facts, server)]))}.`;
  if (truth.isCut(server.linkId)) return `HAProxy cannot reach ${hostWords(design, server.hostId)}.`;
  const hung = sentenceCase(partWords(facts, server));
  switch (checkOf(design, server)) {
    case 'tcp':
      return `${hung} hangs, but its kernel still opens connections: the TCP check passes.`;
    case 'http':
      return `${hung} hangs: the HTTP check waits for a page that does not come.`;
    default:
      return `${hung} hangs.`;
  }
}

/** One sentence for all that are dead, one for those that hang, one for those out of reach. */
export function severalGoneWords(facts: Facts, servers: readonly ServerBelief[]): string {
  const { design, truth } = facts;
  const dead = servers.filter((server) => truth.isDead(server.componentId));
  const cut = servers.filter((server) => !dead.includes(server) && truth.isCut(server.linkId));
  const hung = servers.filter((server) => !dead.includes(server) && !cut.includes(server));
  const named = (some: readonly ServerBelief[]) => some.map((server) => partWords(facts, server));
  const hosts = listWords(cut.map((server) => hostWords(design, server.hostId)));
  return [
    dead.length === 0 ? '' : `${sentenceCase(deadWords(named(dead)))}.`,
    hung.length === 0 ? '' : `${sentenceCase(listWords(named(hung)))} ${hung.length > 1 ? 'hang' : 'hangs'}.`,
    cut.length === 0 ? '' : `HAProxy cannot reach ${hosts}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** It hangs, and its check passes all the same. */
export const staysUp = ({ truth, design }: Facts, server: ServerBelief): boolean =>
  truth.isHung(server.componentId) && !truth.isCut(server.linkId) && checkOf(design, server) === 'tcp';

/** The host where all of it is dead or stopped, else the part. */
function partWords({ design, truth }: Facts, { hostId, componentId }: ServerBelief): string {
  const isAll = truth.isHostOff(hostId) || (!truth.isDead(componentId) && truth.on(hostId, 'hang') !== undefined);
  return isAll ? hostWords(design, hostId) : targetWords(design, componentId);
}

/** How HAProxy checks it: `tcp`, `http`, or null. */
function checkOf(design: Design, { linkId }: ServerBelief): string | null {
  const config = balancerOf(design)?.config as LoadBalancerConfig | undefined;
  return config?.servers.find((server) => server.link === linkId)?.check?.type ?? null;
}
