// The one sentence that matters now. A pure function of what is true and what HAProxy believes at the playhead, so that it
// never lags the picture and is the same when a person comes back to the moment.
import type { LoadBalancerConfig } from '../catalogue/load-balancer/config.ts';
import type { Design } from '../design/design.ts';
import type { Reading } from '../drawing/figure.ts';
import { formatClock, type Micros, SECOND } from '../foundation/micros.ts';
import { BeliefState } from '../simulation/trace.ts';
import type { Outcomes } from '../timeline/trace-window.ts';
import { balancerOf, missedChecks, passedChecks, type ServerBelief, tookOverAtUs, working } from './beliefs.ts';
import { componentNamed, hostWords, sentenceCase, type Truth, targetWords } from './truth.ts';

export interface Facts {
  readonly nowUs: Micros;
  readonly design: Design;
  readonly truth: Truth;
  readonly servers: readonly ServerBelief[];
  /** Writes that the replica has not got, 0 without a replica. */
  readonly behind: number;
  /** When the mode was last switched, or null. */
  readonly switchedUs: Micros | null;
  /** What the figures show, by element. */
  readonly readings: Readonly<Record<string, Reading>>;
  /** How the users' requests ended of late, those of a flood apart. */
  readonly outcomes: Outcomes;
}

/** Tells of faults other than death, or null; it comes a moment after the page. */
export type TellFault = (facts: Facts) => string | null;

/** How long a turn of events is the news, before the lasting state is told again. */
const NEWS_US = 6 * SECOND;

export function narrate(facts: Facts, tellFault: TellFault | null): string {
  const newest = facts.truth.faults.at(-1);
  const isDeathNews = newest?.kind === 'kill' && newest.backUs === undefined;
  return (
    entranceDead(facts) ??
    noServerLeft(facts) ??
    notNoticed(facts) ??
    justMarked(facts) ??
    (isDeathNews ? ofDeath(facts) : null) ??
    tellFault?.(facts) ??
    ofDeath(facts) ??
    rising(facts) ??
    byHand(facts) ??
    lagging(facts) ??
    healthy(facts)
  );
}

const ofDeath = (facts: Facts): string | null => partDead(facts) ?? lasting(facts);

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
  const down = servers.map((server) => hostWords(design, server.hostId)).join(' and ');
  return `HAProxy marked ${down} DOWN. It has no server left: every request fails.`;
}

/** It does not answer HAProxy: dead, stopped, or out of reach. */
const isGone = ({ truth }: Facts, server: ServerBelief): boolean =>
  truth.isDead(server.componentId) || truth.isHung(server.componentId) || truth.isCut(server.linkId);

/** Why it does not answer, and what a check makes of it where that is the point. */
function goneWords({ design, truth }: Facts, server: ServerBelief): string {
  const name = sentenceCase(hostWords(design, server.hostId));
  const own = sentenceCase(targetWords(design, server.componentId));
  if (truth.isHostOff(server.hostId)) return `${name} is dead.`;
  if (truth.isDead(server.componentId)) return `${own} is dead.`;
  if (truth.isCut(server.linkId)) return `HAProxy cannot reach ${hostWords(design, server.hostId)}.`;
  const hung = truth.on(server.hostId, 'hang') === undefined ? own : name;
  return checkOf(design, server) === 'tcp'
    ? `${hung} hangs, but its kernel still opens connections: the TCP check passes.`
    : `${hung} hangs: the HTTP check waits for a page that does not come.`;
}

/** How HAProxy checks it: `tcp`, `http`, or null. */
function checkOf(design: Design, { linkId }: ServerBelief): string | null {
  const config = balancerOf(design)?.config as LoadBalancerConfig | undefined;
  return config?.servers.find((server) => server.link === linkId)?.check?.type ?? null;
}

/** Dead, and HAProxy still counts. The gap between truth and belief is the lesson. */
function notNoticed(facts: Facts): string | null {
  const unnoticed = facts.servers.filter((server) => server.state === BeliefState.Up && isGone(facts, server));
  const server = unnoticed[0];
  if (server === undefined) return null;
  const name = hostWords(facts.design, server.hostId);
  const missed = missedChecks(server);
  const workers = working(facts.servers);
  const opening =
    missed === 0 ? goneWords(facts, server) : `${sentenceCase(name)} missed ${missed} of ${server.fall} health checks.`;
  if (!workers.includes(server)) return `${opening} It stands by, so no request notices yet.`;
  const share = turnWords(server, workers);
  const staysUp = facts.truth.isHung(server.componentId) && checkOf(facts.design, server) === 'tcp';
  const knows = staysUp ? 'HAProxy keeps it UP and sends it' : 'HAProxy does not know yet and sends it';
  const know = missed === 0 ? knows : 'HAProxy still sends it';
  const standby = facts.servers.some((one) => one.backup && one !== server) ? ', the standby waits for DOWN' : '';
  return `${opening} ${know} ${share}${standby}.`;
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
  const others = workers.map((server) => hostWords(facts.design, server.hostId)).join(' and ');
  if (newest.state === BeliefState.Down) {
    if (passedChecks(newest) > 0 || !isGone(facts, newest)) return null;
    const marked = `HAProxy marked ${name} DOWN.`;
    if (newest.backup) return `${marked} No standby is left; ${others} still answers.`;
    return workers[0]?.backup === true
      ? `${marked} The standby, ${others}, takes over.`
      : `${marked} All requests now go to ${others}.`;
  }
  if (newest.state !== BeliefState.Up || missedChecks(newest) > 0) return null;
  const standby = facts.servers.find((server) => server.backup && server !== newest && server.state === BeliefState.Up);
  if (standby !== undefined && !newest.backup) {
    return `${name} is UP again. HAProxy gives the requests back to it, and ${hostWords(facts.design, standby.hostId)} stands by.`;
  }
  return newest.backup
    ? `${name} is UP again and stands by.`
    : `HAProxy marked ${name} UP. The servers take turns again.`;
}

/** A process is dead that the health checks do not ask for. */
function partDead(facts: Facts): string | null {
  const { design, truth } = facts;
  const deaths = truth.faults.filter((fault) => fault.kind === 'kill' && fault.backUs === undefined);
  const parts = deaths.flatMap((fault) => componentNamed(design, fault.target) ?? []);
  const app = parts.find((part) => part.kind === 'app-server');
  if (app !== undefined) {
    const words = sentenceCase(targetWords(design, app.id));
    if (facts.servers.length === 0) return `${words} is dead. nginx answers every request with 502.`;
    const server = facts.servers.find((one) => one.hostId === app.hostId);
    const isUp = server?.state === BeliefState.Up;
    return isUp ? `${words} is dead. nginx still passes its health checks, so HAProxy keeps it UP.` : null;
  }
  const database = parts.find((part) => part.kind === 'database');
  if (database === undefined) return null;
  if (design.components.filter((one) => one.kind === 'database').length === 1) {
    return 'MySQL is dead. Every request that needs it fails.';
  }
  const readers = design.components.find((one) => one.kind === 'app-server' && one.hostId === database.hostId);
  const alone = readers?.config['readsFrom'] === 'local';
  const host = hostWords(design, database.hostId);
  const reads = alone ? `Reads fail on ${host}, which asks only its own database.` : 'Reads go to the other database.';
  return database.config['role'] === 'primary'
    ? `Writes fail because the primary is dead. ${reads}`
    : `The replica is dead. ${reads}`;
}

/** A host is off and HAProxy knows: what still works, and what does not. */
function lasting(facts: Facts): string | null {
  const { design, truth, servers } = facts;
  const primary = design.components.find((one) => one.kind === 'database' && one.config['role'] === 'primary');
  const writesFail =
    primary !== undefined && (truth.isDead(primary.id) || truth.on(primary.hostId, 'hang') !== undefined);
  const host = hostWords(design, primary?.hostId ?? '');
  const tookOverUs = tookOverAtUs(servers);
  if (tookOverUs !== null) {
    const since = formatClock(tookOverUs);
    if (writesFail) return `The standby answers every read since ${since}. Writes fail: the primary was on ${host}.`;
    return isAnyRising(facts) ? null : `The standby answers every request since ${since}.`;
  }
  if (writesFail) return `Writes fail because the primary was on ${host}.`;
  const gone = servers.find((server) => server.state === BeliefState.Down && isGone(facts, server));
  if (gone === undefined) return null;
  const left = working(servers)
    .map((server) => hostWords(design, server.hostId))
    .join(' and ');
  return `${left} answers every request. ${hostWords(design, gone.hostId)} is DOWN.`;
}

const isAnyRising = (facts: Facts): boolean =>
  facts.servers.some((server) => server.state === BeliefState.Down && !isGone(facts, server));

function rising(facts: Facts): string | null {
  const server = facts.servers.find((one) => one.state === BeliefState.Down && !isGone(facts, one));
  if (server === undefined) return null;
  const name = hostWords(facts.design, server.hostId);
  return `${name} answers again. HAProxy waits for ${server.rise} good checks before it sends requests.`;
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
