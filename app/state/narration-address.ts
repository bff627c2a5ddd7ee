// The sentences about an address that two balancers share: who took it, what users noticed, and why nobody answers for it.
import { formatDuration, SECOND } from '../foundation/micros.ts';
import type { Facts } from './narration-facts.ts';
import { type Candidate, inSeconds, type SharedAddress, takesAfterUs } from './shared-address.ts';

/** A takeover is the news for so long. */
const NEWS_US = 6 * SECOND;
/** A shorter gap nobody notices. */
const NOTICED_US = 100_000;

/** What matters most about the address now, or null when all is as it should be. */
export function tellAddress(facts: Facts): string | null {
  const { shared, nowUs } = facts;
  if (shared === null) return null;
  if (shared.answers === null) return nobodyAnswers(facts, shared);
  const holders = shared.candidates.filter((one) => one.holds);
  const answering = shared.candidates.find((one) => one.host.id === shared.answers);
  if (answering === undefined) return null;
  if (holders.length > 1) return bothHold(holders, answering);
  if (shared.sinceUs > 0 && nowUs - shared.sinceUs < NEWS_US) return tookIt(answering, shared);
  return refuses(facts, answering) ?? silentHolder(answering) ?? noSecond(shared, answering);
}

function nobodyAnswers({ nowUs }: Facts, { candidates, table, sinceUs }: SharedAddress): string {
  const named = candidates.find((one) => one.host.id === table);
  const holder = candidates.find((one) => one.holds && one.isPowered);
  const forS = inSeconds(nowUs - sinceUs);
  if (holder !== undefined && named !== undefined && holder !== named)
    return `${holder.host.name} holds the shared IP, but users still send to ${named.host.name}, which drops it: a black hole for ${forS}.`;
  if (holder !== undefined) return `${holder.host.name} holds the shared IP, but no packet reaches it.`;
  const waiting = candidates.find((one) => one.state === 'BACKUP' && one.isWell && one.isPowered);
  if (waiting === undefined)
    return 'Nobody holds the shared IP, and nobody is left to take it: no request is answered.';
  const leftUs = waiting.advertUs + takesAfterUs(waiting) - nowUs;
  const when = leftUs > NOTICED_US ? `takes it in ${inSeconds(leftUs)}` : 'takes it now';
  return `Nobody has answered for the shared IP for ${forS}. ${waiting.host.name} ${when}, if it hears nothing.`;
}

const bothHold = (holders: readonly Candidate[], answering: Candidate): string =>
  `${holders.map((one) => one.host.name).join(' and ')} both hold the shared IP: they do not hear each other. Users reach ${answering.host.name}.`;

function tookIt({ host }: Candidate, { gapUs }: SharedAddress): string {
  const noticed = gapUs < NOTICED_US ? 'users noticed no gap' : `users noticed a ${inSeconds(gapUs)} gap`;
  return `${host.name} took the shared IP; ${noticed}.`;
}

/** HAProxy is dead where the address is: its host refuses. */
function refuses({ design, truth }: Facts, { host, config }: Candidate): string | null {
  const balancer = design.components.find((one) => one.hostId === host.id && one.kind === 'load-balancer');
  if (balancer === undefined || !truth.isDead(balancer.id)) return null;
  if (config.track === null)
    return `HAProxy on ${host.name} is dead, and ${host.name} keeps the shared IP: nobody checks HAProxy there.`;
  return `HAProxy on ${host.name} is dead: every request is refused until keepalived has noticed and the other one takes the shared IP.`;
}

/** The kernel answers on, whatever has become of keepalived. */
const silentHolder = ({ host, isWell }: Candidate): string | null =>
  isWell ? null : `keepalived on ${host.name} is silent, yet ${host.name} still answers for the shared IP.`;

function noSecond({ candidates }: SharedAddress, answering: Candidate): string | null {
  const other = candidates.find((one) => one !== answering);
  if (other === undefined || (other.isPowered && other.isWell && other.state !== 'FAULT')) return null;
  const why = other.isPowered ? 'has no keepalived at work' : 'is dead';
  return `${other.host.name} ${why}: nobody takes the shared IP when ${answering.host.name} dies.`;
}

/** While all is well, this and the balancer's own sentence take turns. */
export function addressAtRest({ shared, nowUs }: Facts): string | null {
  const holder = shared?.candidates.find((one) => one.host.id === shared.answers);
  const other = shared?.candidates.find((one) => one !== holder && one.state === 'BACKUP');
  if (holder === undefined || other === undefined || Math.floor(nowUs / NEWS_US) % 2 === 1) return null;
  const often =
    holder.config.advertIntMs === 1_000
      ? 'once a second'
      : `every ${formatDuration(holder.config.advertIntMs * 1_000)}`;
  return `${holder.host.name} holds the shared IP. Its advertisement tells ${other.host.name} so, ${often}.`;
}
