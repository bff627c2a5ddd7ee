// The panel's "Since the kill": how the requests ended since the oldest fault that is on, what is true, and what HAProxy
// believes. What happened is in since-log.ts.
import type { Design } from '../design/design.ts';
import type { PartState } from '../drawing/figure.ts';
import { elapsed } from '../drawing/words.ts';
import { formatClock, formatDuration, type Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { Alive, Belief, BeliefState, FIELDS, Field } from '../simulation/trace.ts';
import type { ActiveFault, FaultKind, OutcomeCounts, SinceView, Statement } from './app.ts';
import { balancerOf, beliefWord, missedChecks, passedChecks, type ServerBelief } from './beliefs.ts';
import { designAfter } from './design-at.ts';
import { type Era, failureLines } from './failures.ts';
import { truthWords } from './narration-faults.ts';
import type { Measured } from './readings.ts';
import { LOOK_AHEAD_US, logOf } from './since-log.ts';
import { componentNamed, deadWords, hostWords, sentenceCase, type Truth, targetWords, truthAt } from './truth.ts';

export function sinceView(measured: Measured, truth: Truth, commands: readonly Command[]): SinceView | null {
  const oldest = truth.faults[0];
  if (oldest === undefined) return null;
  const { nowUs, window } = measured;
  const outcomes = window.outcomes(oldest.sinceUs, nowUs);
  const counts: OutcomeCounts = {
    total: outcomes.total,
    answered: outcomes.answered,
    answeredText: 'answered on the first try',
    retried: outcomes.retried,
    retriedText: 'answered on another try, later',
    waiting: outcomes.waiting,
    failed: outcomes.failed,
    causes: failureLines(erasOf(measured, commands, oldest.sinceUs), window.elements),
  };
  const { writes, writesFailed } = outcomes;
  const requests = counts.total === 1 ? 'request' : 'requests';
  return {
    target: oldest.target,
    sinceUs: oldest.sinceUs,
    title: `Since the ${nounOf(oldest)}`,
    heading: `${elapsed(nowUs - oldest.sinceUs)}, ${counts.total} ${requests}`,
    counts,
    statements: statements(measured, truth, oldest.target),
    log: logOf(measured, commands, oldest.sinceUs),
    writes,
    writesFailed,
  };
}

const NOUNS: Readonly<Record<FaultKind, string>> = {
  kill: 'kill',
  hang: 'hang',
  slow: 'slowdown',
  cut: 'cut',
  degrade: 'loss',
  flood: 'flood',
  part: 'partition',
};
const nounOf = ({ kind, backUs }: ActiveFault): string => (backUs === undefined ? NOUNS[kind] : 'restart');

/** Stretches of time without an act, each with the design and the faults as they were, and how requests failed in it. */
function erasOf({ base, nowUs, window }: Measured, commands: readonly Command[], fromUs: Micros): Era[] {
  const acts = commands.filter((command) => command.atUs > fromUs && command.atUs <= nowUs && isAct(command));
  const edges = [...new Set([fromUs, ...acts.map((command) => command.atUs), nowUs])];
  return edges.slice(1).flatMap((toUs, index) => {
    const startUs = edges[index] ?? fromUs;
    const { failures } = window.outcomes(startUs, toUs);
    if (failures.length === 0) return [];
    const before = commands.filter((command) => command.atUs <= startUs);
    return [{ failures, design: designAfter(base, before), truth: truthAt(base, before, startUs) }];
  });
}

/** It changes how a failure is told. */
const isAct = (command: Command): boolean =>
  ['kill', 'hang', 'cut', 'repair'].includes(command.type) ||
  (command.type === 'reconfigure' && 'servers' in command.patch);

function statements(measured: Measured, truth: Truth, target: string): Statement[] {
  const { design, servers } = measured;
  const found = [...truthStatements(design, truth), ...floodStatement(measured, truth)];
  const link = design.links.find((one) => one.id === target);
  const hostId = componentNamed(design, link?.to ?? target)?.hostId ?? target;
  const server = servers.find((one) => one.hostId === hostId);
  if (server === undefined) {
    const text = noticedText(design, truth);
    return text === null ? found : [...found, { about: 'What the users notice', state: 'down', text }];
  }
  found.push(beliefStatement(measured, truth, server));
  const known = willKnow(measured, server);
  if (known !== null) found.push(known);
  return found;
}

/** Without a HAProxy that believes something; null while requests get through. */
function noticedText(design: Design, truth: Truth): string | null {
  const stopped = (id: string) => truth.isDead(id) || truth.isHung(id);
  const balancer = balancerOf(design);
  if (balancer !== undefined) return stopped(balancer.id) ? 'No request reaches a server' : null;
  if (!design.components.some(({ id }) => stopped(id))) return null;
  const entrance = design.links.find((link) => link.from === 'users')?.to ?? '';
  const isSilent = truth.isDead(entrance) || truth.faults.some(({ kind }) => kind === 'hang');
  return isSilent ? 'The site does not answer' : 'The site answers with errors';
}

const STATES: Readonly<Record<FaultKind, PartState>> = {
  kill: 'down',
  hang: 'hung',
  slow: 'slow',
  cut: 'down',
  degrade: 'slow',
  flood: 'slow',
  part: 'down',
};

/** The dead are named together, every other fault has its own line. */
function truthStatements(design: Design, truth: Truth): Statement[] {
  const about = 'What is true';
  const dead = truth.faults.filter(({ kind, backUs }) => kind === 'kill' && backUs === undefined);
  const text = sentenceCase(deadWords(dead.map((fault) => targetWords(design, fault.target))));
  const others = truth.faults.filter((fault) => !dead.includes(fault));
  return [
    ...(dead.length === 0 ? [] : [{ about, state: 'down' as const, text }]),
    ...others.map((fault) => ({ about, state: STATES[fault.kind], text: truthWords(design, truth, fault) })),
  ];
}

/** The flood's own requests: in no other count of the page. */
function floodStatement({ window, nowUs }: Measured, truth: Truth): Statement[] {
  const fault = truth.faults.find(({ kind }) => kind === 'flood');
  if (fault === undefined) return [];
  const { ended, failed } = window.outcomes(fault.sinceUs, nowUs).flood;
  return [{ about: 'The flood, counted apart', state: null, text: `${failed} of its ${ended} answers were errors` }];
}

function beliefStatement(measured: Measured, truth: Truth, server: ServerBelief): Statement {
  const name = hostWords(measured.design, server.hostId);
  const text = `${name} is ${beliefWord(server)}`;
  const about = 'What HAProxy believes';
  if (server.state !== BeliefState.Down) {
    return { about, state: missedChecks(server) > 0 ? 'checking' : 'up', text };
  }
  if (passedChecks(server) > 0) return { about, state: 'checking', text };
  const deadUs = truth.faults.find((fault) =>
    [server.hostId, server.componentId, server.linkId].includes(fault.target),
  )?.sinceUs;
  const late =
    deadUs !== undefined && server.sinceUs >= deadUs ? `, ${formatDuration(server.sinceUs - deadUs)} late` : '';
  return { about: `${about}, since ${formatClock(server.sinceUs)}`, state: 'down', text: `${text}${late}` };
}

/** The moment at which HAProxy will mark the server, read from the trace that is already computed. */
function willKnow({ window, nowUs }: Measured, server: ServerBelief): Statement | null {
  if (server.state !== BeliefState.Up || missedChecks(server) === 0) return null;
  let atUs: Micros | null = null;
  window.forEachStateChange(nowUs, nowUs + LOOK_AHEAD_US, (change) => {
    const isIt =
      change.element === server.linkElement && change.field === Belief.State && change.value === BeliefState.Down;
    if (isIt && atUs === null) atUs = change.atUs;
  });
  if (atUs === null) return null;
  const ordinals = ['zeroth', 'first', 'second', 'third', 'fourth', 'fifth'];
  const miss = ordinals[server.fall] ?? `${server.fall}th`;
  return { about: 'It will know in', state: null, text: `${elapsed(atUs - nowUs)}, at the ${miss} miss` };
}

/** What must be said at once, whatever is being said. */
export function alarmOf(measured: Measured, truth: Truth): string {
  const { design, fields, window } = measured;
  const newest = truth.faults.at(-1);
  if (newest === undefined) return '';
  const entrance = design.links.find((link) => link.from === 'users')?.to ?? '';
  const noServer = measured.servers.length > 0 && measured.servers.every((server) => server.state === BeliefState.Down);
  const stopped = truth.isDead(entrance) || truth.isHung(entrance);
  if (stopped || noServer) return 'All requests fail';
  if (newest.kind !== 'kill') return truthWords(design, truth, newest);
  const isHost = window.elements.sortOf(window.elements.indexOf(newest.target)) === 'host';
  const alive = fields[window.elements.indexOf(newest.target) * FIELDS + Field.Alive];
  return isHost && alive === Alive.Up ? '' : `${sentenceCase(targetWords(design, newest.target))} is dead`;
}
