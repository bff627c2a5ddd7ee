// What is told of faults other than death: who waits, who cannot reach whom, what queues. Loaded a moment after the page.
import { type Component, type Design, type Link, USERS } from '../design/design.ts';
import { milliseconds, percent } from '../drawing/words.ts';
import { formatClock, type Micros, SECOND } from '../foundation/micros.ts';
import type { ActiveFault, FaultKind } from './app.ts';
import { balancerOf } from './beliefs.ts';
import { besideOthers } from './fault-pairs.ts';
import type { Facts } from './narration-facts.ts';
import { componentNamed, hostNamed, hostWords, sentenceCase, type Truth, targetWords } from './truth.ts';

/** What a fault comes to beside another one is told for so long; then the one that shows has its turn again. */
const BESIDE_US = 6 * SECOND;

/** The newest fault that has something to say. */
export function tellFault(facts: Facts): string | null {
  for (const fault of facts.truth.faults.toReversed()) {
    const beside = besideOthers(facts.design, facts.truth, fault);
    if (beside !== null && facts.nowUs - fault.sinceUs < BESIDE_US) {
      return `${truthWords(facts.design, facts.truth, fault)}.`;
    }
    // It shows only when the cut that hides it is mended.
    if (beside !== null && fault.kind === 'degrade') continue;
    const sentence = TELL[fault.kind](facts, fault);
    if (sentence !== null) return sentence;
  }
  return null;
}

type Tell = (facts: Facts, fault: ActiveFault) => string | null;

const TELL: Readonly<Record<FaultKind, Tell>> = {
  kill: restarts,
  hang: hangs,
  slow: slows,
  cut: isCut,
  part,
  degrade,
  flood,
};

const nameOf = (design: Design, id: string): string => sentenceCase(targetWords(design, id));

/** Plain deaths are told by narration.ts. */
function restarts({ design }: Facts, { target, backUs }: ActiveFault): string | null {
  return backUs === undefined
    ? null
    : `${nameOf(design, target)} restarts. It is back at ${formatClock(backUs as Micros)}.`;
}

function hangs({ design, servers }: Facts, { target }: ActiveFault): string | null {
  const name = nameOf(design, target);
  const parts = design.components.filter((part) => part.id === target || part.hostId === target);
  const entrance = design.links.find((link) => link.from === USERS)?.to;
  if (parts.some((part) => part.id === entrance)) {
    return `${name} hangs: connections still open, but no request is answered.`;
  }
  const component = componentNamed(design, target);
  if (component?.kind === 'app-server') {
    const keeps = servers.some((server) => server.hostId === component.hostId)
      ? 'nginx still passes its health checks, so HAProxy keeps it UP and its requests wait.'
      : 'nginx waits for it with every request.';
    return `${name} hangs. ${keeps}`;
  }
  if (component?.kind === 'database') return `${name} hangs. ${waits(design, component)}`;
  return `${name} hangs. What was sent to it waits, and HAProxy sends it no more.`;
}

function waits(design: Design, database: Component): string {
  const role = database.config['role'];
  if (design.components.filter((one) => one.kind === 'database').length === 1) return 'Every request waits for it.';
  return role === 'primary'
    ? 'Every write waits for an answer that does not come.'
    : 'Reads that ask it wait for an answer.';
}

/** The queue grows where work takes longer than requests leave time for. */
function slows({ design, readings, truth }: Facts, { target, command }: ActiveFault): string | null {
  const factor = command.type === 'slow' ? command.factor : 1;
  const parts = design.components.filter((part) => part.id === target || part.hostId === target);
  if (parts.every(({ id, kind }) => kind === 'files' || truth.isDead(id) || truth.isHung(id))) return null;
  const queue = parts.reduce((sum, part) => sum + (readings[part.id]?.queue ?? 0), 0);
  const p99Ms = Math.max(...parts.map((part) => readings[part.id]?.p99Ms ?? 0));
  const name = nameOf(design, target);
  const answers = p99Ms > 0 ? ` and answers in ${milliseconds(p99Ms)}` : '';
  const queued = queue === 1 ? '1 request' : `${queue} requests`;
  if (queue > 0) return `${name} works ${factor} times slower: it queues ${queued}${answers}.`;
  return `${name} works ${factor} times slower${answers}. Nothing queues yet.`;
}

function isCut({ design, servers, behind }: Facts, { target }: ActiveFault): string | null {
  const link = design.links.find((one) => one.id === target);
  if (link === undefined) return null;
  const server = servers.find((one) => one.linkId === target);
  if (server !== undefined) {
    return `HAProxy cannot reach ${hostWords(design, server.hostId)}, which is alive: only the line is cut.`;
  }
  if (link.from === USERS) return 'The users cannot reach the site: their line is cut.';
  return reachWords(design, link, behind);
}

/** `The app server on Server 2 cannot reach the primary. Its writes fail.` */
function reachWords(design: Design, { from, to, protocol }: Link, behind: number): string {
  if (protocol === 'replication') {
    const old =
      behind > 0 ? `It is ${behind} ${behind === 1 ? 'write' : 'writes'} behind and still answers with old data.` : '';
    return `The replica cannot reach the primary. ${old === '' ? 'It still answers, with data that grows old.' : old}`;
  }
  const callee = componentNamed(design, to);
  const who = `${nameOf(design, from)} cannot reach ${targetWords(design, to)}.`;
  if (callee?.config['role'] === 'primary') return `${who} Its writes fail.`;
  if (callee?.config['role'] === 'replica') return `${who} Its reads fail or go elsewhere.`;
  return `${who} Its requests wait in vain.`;
}

/** Two hosts, and who still reaches both. */
function part({ design }: Facts, { target, other }: ActiveFault): string | null {
  if (other === undefined) return null;
  const apart = `${sentenceCase(hostWords(design, target))} and ${hostWords(design, other)} cannot reach each other.`;
  const balancer = balancerOf(design);
  if (balancer === undefined) return apart;
  const isBalancer = [target, other].includes(balancer.hostId);
  return isBalancer ? `${apart} Both are alive.` : `${apart} HAProxy reaches both.`;
}

function degrade({ design }: Facts, { target, command }: ActiveFault): string | null {
  if (command.type !== 'degrade') return null;
  const { lossShare, delayMs } = command;
  const loses = lossShare > 0 ? `loses ${percent(lossShare)} of what it carries, which TCP sends again later` : '';
  const delays = delayMs > 0 ? `delays ${lossShare > 0 ? 'the rest' : 'all'} by ${milliseconds(delayMs)}` : '';
  return `${nameOf(design, target)} ${[loses, delays].filter((words) => words !== '').join(', and ')}.`;
}

/** Its requests are told apart from those of the users. */
function flood({ design, readings, outcomes }: Facts, { command }: ActiveFault): string | null {
  if (command.type !== 'flood') return null;
  const opening = `A flood asks for ${command.rateRps} pages a second, the users for ${design.traffic.rateRps}.`;
  const [place, queue] = longestQueue(design, readings);
  const ended = outcomes.answered + outcomes.retried + outcomes.failed;
  const fails = outcomes.failed > 0 ? `${outcomes.failed} of ${ended} users' requests failed` : '';
  const queues = queue > 0 ? `${nameOf(design, place)} queues ${queue}` : '';
  if (queues !== '') return `${opening} ${queues}${fails === '' ? '.' : `, ${fails}.`}`;
  return fails === '' ? opening : `${opening} ${fails.replace(/ failed$/, ' failed of late')}.`;
}

function longestQueue(design: Design, readings: Facts['readings']): readonly [string, number] {
  return design.components.reduce<readonly [string, number]>(
    (best, { id }) => ((readings[id]?.queue ?? 0) > best[1] ? [id, readings[id]?.queue ?? 0] : best),
    ['', 0],
  );
}

/** A fault's own words for the panel, and what it comes to beside others: `Server 1 hangs`. */
export function truthWords(design: Design, truth: Truth, fault: ActiveFault): string {
  const beside = besideOthers(design, truth, fault);
  const own = ownWords(design, fault);
  if (beside === null) return own;
  return `${own}${beside.startsWith('and ') ? ', ' : ' '}${beside}`;
}

function ownWords(design: Design, fault: ActiveFault): string {
  const { kind, target, other, command, backUs } = fault;
  const name = nameOf(design, target);
  switch (kind) {
    case 'kill':
      return backUs === undefined ? `${name} is dead` : `${name} restarts`;
    case 'hang':
      return `${name} hangs`;
    case 'slow':
      return `${name} works ${command.type === 'slow' ? command.factor : ''} times slower`;
    case 'cut':
      return `${name} is cut`;
    case 'degrade':
      return `${name} is lossy`;
    case 'flood':
      return `A flood of ${command.type === 'flood' ? command.rateRps : ''} requests a second`;
    case 'part':
      return `${name} and ${hostNamed(design, other ?? '') === undefined ? '' : hostWords(design, other ?? '')} are parted`;
  }
}
