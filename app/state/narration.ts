// The one sentence that matters now. A pure function of what is true and what HAProxy believes at the playhead, so that it
// never lags the picture and is the same when a person comes back to the moment.
import type { Design } from '../design/design.ts';
import { formatClock, SECOND } from '../foundation/micros.ts';
import { BeliefState } from '../simulation/trace.ts';
import {
  balancerOf,
  isUsable,
  missedChecks,
  passedChecks,
  type ServerBelief,
  tookOverAtUs,
  working,
} from './beliefs.ts';
import { addressAtRest, tellAddress } from './narration-address.ts';
import { tellData } from './narration-data.ts';
import type { Facts } from './narration-facts.ts';
import { goneWords, isGone, severalGoneWords, staysUp } from './narration-gone.ts';
import { queueing, unanswered } from './narration-load.ts';
import { partDead } from './narration-parts.ts';
import { componentNamed, hostWords, listWords, sentenceCase, targetWords } from './truth.ts';

/** Tells of faults other than death, or null; it comes a moment after the page. */
export type TellFault = (facts: Facts) => string | null;

/** How long a turn of events is the news, before the lasting state is told again. */
const NEWS_US = 6 * SECOND;

export function narrate(facts: Facts, tellFault: TellFault | null): string {
  const newest = facts.truth.faults.at(-1);
  const isDeathNews = newest?.kind === 'kill' && newest.backUs === undefined;
  return (
    (facts.shared === null ? entranceDead(facts) : tellAddress(facts)) ??
    noServerLeft(facts) ??
    notNoticed(facts) ??
    justMarked(facts) ??
    tellData(facts) ??
    (isDeathNews ? ofDeath(facts) : null) ??
    tellFault?.(facts) ??
    ofDeath(facts) ??
    rising(facts) ??
    byHand(facts) ??
    lagging(facts) ??
    addressAtRest(facts) ??
    healthy(facts)
  );
}

/** What has died, and how the requests fare with what is left. */
const ofDeath = (facts: Facts): string | null =>
  partDead(facts) ?? unanswered(facts) ?? queueing(facts) ?? lasting(facts);

/** What every request must pass is dead: nothing else matters. */
function entranceDead({ design, truth }: Facts): string | null {
  const entrance = componentNamed(design, design.links.find((link) => link.from === 'users')?.to ?? '');
  if (entrance === undefined || !truth.isDead(entrance.id)) return null;
  const dead = truth.isHostOff(entrance.hostId) ? hostWords(design, entrance.hostId) : targetWords(design, entrance.id);
  const ending =
    design.hosts.length === 1 ? 'There is no second one: no request is answered.' : 'No request is answered.';
  return `${sentenceCase(dead)} is dead. ${ending}`;
}

function noServerLeft({ servers, design }: Facts): string | null {
  if (servers.length === 0 || working(servers).length > 0) return null;
  if (servers.some((server) => server.state !== BeliefState.Down)) {
    return 'HAProxy has no server left that takes requests: every request fails.';
  }
  const down = listWords(servers.map((server) => hostWords(design, server.hostId)));
  return `HAProxy marked ${down} DOWN. It has no server left: every request fails.`;
}

/** Dead, and HAProxy still counts. The gap between truth and belief is the lesson. */
function notNoticed(facts: Facts): string | null {
  const unnoticed = facts.servers.filter((server) => isUsable(server) && isGone(facts, server));
  const [server] = unnoticed;
  if (server === undefined) return null;
  const workers = working(facts.servers);
  if (unnoticed.length > 1) return severalNotNoticed(facts, unnoticed, workers);
  const name = hostWords(facts.design, server.hostId);
  const missed = missedChecks(server);
  const opening =
    missed === 0 ? goneWords(facts, server) : `${sentenceCase(name)} missed ${missed} of ${server.fall} health checks.`;
  if (!workers.includes(server)) {
    const lost = lostReads(facts, server.hostId);
    return `${opening} It stands by, ${lost === null ? 'so no request notices yet' : `but ${lost}`}.`;
  }
  const share = turnWords(server, workers);
  if (server.state === BeliefState.NotChecked) return `${opening} HAProxy does not check it and sends it ${share}.`;
  const knows = staysUp(facts, server) ? 'HAProxy keeps it UP and sends it' : 'HAProxy does not know yet and sends it';
  const know = missed === 0 ? knows : 'HAProxy still sends it';
  const standby = facts.servers.some((one) => one.backup && one !== server) ? ', the standby waits for DOWN' : '';
  return `${opening} ${know} ${share}${standby}.`;
}

function severalNotNoticed(facts: Facts, unnoticed: readonly ServerBelief[], workers: readonly ServerBelief[]): string {
  const [only, ...others] = workers;
  const them = only !== undefined && others.length === 0 ? hostWords(facts.design, only.hostId) : 'them';
  const share = workers.every((worker) => unnoticed.includes(worker)) ? 'every request' : 'requests';
  const knows = unnoticed.every((server) => staysUp(facts, server)) ? 'keeps them UP' : 'does not know yet';
  return `${severalGoneWords(facts, unnoticed)} HAProxy ${knows} and sends ${them} ${share}.`;
}

/** A working app server reads from both databases, and one of them is on this powered off host. */
function lostReads({ design, truth, servers }: Facts, hostId: string): string | null {
  const database = design.components.find((one) => one.kind === 'database' && one.hostId === hostId);
  if (database === undefined || !truth.isHostOff(hostId)) return null;
  const workers = working(servers).map((server) => server.hostId);
  const reader = design.components.find(
    (one) => one.kind === 'app-server' && one.config['readsFrom'] === 'both' && workers.includes(one.hostId),
  );
  if (reader === undefined || truth.isDead(reader.id)) return null;
  const seconds = Number(reader.config['connectTimeoutMs']) / 1000;
  const role = String(database.config['role']);
  return `${hostWords(design, reader.hostId)} loses up to ${seconds} s on reads from its ${role} until it is left out`;
}

/** `every request`, `every second request`, `2 of 3 requests`. */
function turnWords(server: ServerBelief, workers: readonly ServerBelief[]): string {
  const total = workers.reduce((sum, one) => sum + one.weight, 0);
  if (workers.length < 2 || total === 0) return 'every request';
  const ordinals: Readonly<Record<number, string>> = { 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth' };
  const ordinal = ordinals[total / server.weight];
  return ordinal === undefined ? `${server.weight} of ${total} requests` : `every ${ordinal} request`;
}

/** HAProxy has just changed its mind. */
function justMarked(facts: Facts): string | null {
  const isNews = (server: ServerBelief) => server.sinceUs > 0 && facts.nowUs - server.sinceUs < NEWS_US;
  const newest = facts.servers.filter(isNews).sort((a, b) => b.sinceUs - a.sinceUs)[0];
  if (newest === undefined) return null;
  const name = hostWords(facts.design, newest.hostId);
  const workers = working(facts.servers);
  const others = listWords(workers.map((server) => hostWords(facts.design, server.hostId)));
  if (newest.state === BeliefState.Down) {
    if (passedChecks(newest) > 0 || !isGone(facts, newest)) return null;
    const marked = `HAProxy marked ${name} DOWN.`;
    if (newest.backup)
      return `${marked} ${lostReads(facts, newest.hostId) ?? `No standby is left; ${others} still answers`}.`;
    return workers[0]?.backup === true
      ? `${marked} The standby, ${others}, takes over.`
      : `${marked} All requests now go to ${others}.`;
  }
  if (newest.state !== BeliefState.Up || missedChecks(newest) > 0) return null;
  const standby = facts.servers.find((server) => server.backup && server !== newest && server.state === BeliefState.Up);
  if (standby !== undefined && !newest.backup) {
    return `${name} is UP again. HAProxy gives the requests back to it, and ${hostWords(facts.design, standby.hostId)} stands by.`;
  }
  const isWorking = workers.includes(newest);
  if (newest.backup && !isWorking) return `${name} is UP again and stands by.`;
  if (!isWorking) return `HAProxy marked ${name} UP.`;
  return `HAProxy marked ${name} UP. ${workers.length > 1 ? 'The servers take turns again' : `All requests now go to ${name}`}.`;
}

/** A host is off and HAProxy knows: what still works, and what does not. */
function lasting(facts: Facts): string | null {
  const { design, truth, servers, data } = facts;
  const primary = design.components.find((one) => one.kind === 'database' && one.config['role'] === 'primary');
  const writesFail =
    primary !== undefined &&
    (data === null || data.writable.length === 0) &&
    (truth.isDead(primary.id) || truth.on(primary.hostId, 'hang') !== undefined);
  const host = hostWords(design, primary?.hostId ?? '');
  const tookOverUs = tookOverAtUs(servers);
  if (tookOverUs !== null) {
    const since = formatClock(tookOverUs);
    if (writesFail) return `The standby answers every read since ${since}. Writes fail: the primary was on ${host}.`;
    return isAnyRising(facts) ? null : `The standby answers every request since ${since}.`;
  }
  if (writesFail) return `Writes fail because the primary was on ${host}.`;
  if (data?.promoted != null && data.running === 1)
    return `Writes go to ${hostWords(design, data.promoted.hostId)} alone: nothing copies them.`;
  const gone = servers.filter((server) => server.state === BeliefState.Down && isGone(facts, server));
  const [first] = gone;
  if (first === undefined) return null;
  const down = `${listWords(gone.map((server) => hostWords(design, server.hostId)))} ${gone.length > 1 ? 'are' : 'is'} DOWN.`;
  const lost = lostReads(facts, first.hostId);
  if (lost !== null && first.backup) return `${down} ${lost}.`;
  const left = working(servers).map((server) => hostWords(design, server.hostId));
  return `${listWords(left)} ${left.length > 1 ? 'answer' : 'answers'} every request. ${down}`;
}

const isAnyRising = (facts: Facts): boolean =>
  facts.servers.some((server) => server.state === BeliefState.Down && !isGone(facts, server));

function rising(facts: Facts): string | null {
  const server = facts.servers.find((one) => one.state === BeliefState.Down && !isGone(facts, one));
  if (server === undefined) return null;
  const name = hostWords(facts.design, server.hostId);
  const before = server.backup && working(facts.servers).length > 0 ? 'it stands by' : 'it sends requests';
  return `${name} answers again. HAProxy waits for ${server.rise} good checks before ${before}.`;
}

/** DRAIN and MAINT: what an operator asked for. */
function byHand({ servers, design }: Facts): string | null {
  const server = servers.find(({ state }) => state === BeliefState.Drain || state === BeliefState.Maintenance);
  if (server === undefined) return null;
  const name = sentenceCase(hostWords(design, server.hostId));
  const left = server.sessions === 1 ? '1 request is' : `${server.sessions} requests are`;
  if (server.state === BeliefState.Maintenance) {
    const still = server.sessions > 0 ? ` ${sentenceCase(left)} still finished there.` : '';
    return `${name} is in maintenance, by hand: HAProxy sends it nothing and does not check it.${still}`;
  }
  return server.sessions > 0
    ? `HAProxy drains ${name}: ${left} still finished there, and it gets no new ones.`
    : `${name} is drained: nothing is left on it, and it gets no new requests.`;
}

function lagging({ behind }: Facts): string | null {
  return behind >= 3 ? `The replica is ${behind} writes behind.` : null;
}

function healthy(facts: Facts): string {
  const workers = working(facts.servers);
  const worker = workers[0];
  if (worker === undefined) return 'One server answers every request. Nothing takes over when it dies.';
  const standby = facts.servers.find((server) => server.backup);
  const name = hostWords(facts.design, worker.hostId);
  if (standby !== undefined && workers.length === 1)
    return onlyOneActive(facts, name, hostWords(facts.design, standby.hostId));
  if (workers.length === 1) return `${name} gets every request: HAProxy has no other server to take turns with.`;
  const choice = choiceWords(facts.design, name);
  if (choice !== null) return choice;
  const equal = workers.every((server) => server.weight === worker.weight);
  if (equal) return `HAProxy takes turns: each server gets ${turnWords(worker, workers)}.`;
  return `HAProxy takes turns by weight: ${name} gets ${turnWords(worker, workers)}.`;
}

/** How the algorithm chooses, or null where servers take turns. A cookie comes before any algorithm. */
function choiceWords(design: Design, first: string): string | null {
  const config: Readonly<Record<string, unknown>> = balancerOf(design)?.config ?? {};
  const servers = (config['servers'] ?? []) as readonly Readonly<Record<string, unknown>>[];
  if (typeof config['cookie'] === 'string' && servers.some((server) => server['cookie'] !== undefined)) {
    return 'A cookie brings each user back to the same server. HAProxy chooses only for new users.';
  }
  switch (config['balance']) {
    case 'leastconn':
      return 'HAProxy sends each request to the server with the fewest requests in progress.';
    case 'first':
      return `HAProxy fills ${first} first, and takes the next server only when it is full.`;
    case 'source':
      return "HAProxy chooses by the user's address: the same user always gets the same server.";
    case 'random':
      return 'HAProxy draws two servers by lot and takes the less busy one.';
    default:
      return null;
  }
}

/** Two things to say about a healthy active-passive pair; they take turns with the simulated time. */
function onlyOneActive({ nowUs, switchedUs, design }: Facts, active: string, standby: string): string {
  const readsBoth = design.components.some((one) => one.kind === 'app-server' && one.config['readsFrom'] === 'both');
  const turn = Math.floor((nowUs - (switchedUs ?? 0)) / NEWS_US) % 2;
  if (turn === 1 && readsBoth)
    return `${standby} takes no requests, but its replica earns its keep: ${active} reads from both databases.`;
  return `Round robin has nothing to rotate over: ${active} is the only active server, ${standby} stands by.`;
}
