// The panel's "Since the kill": how the requests ended since the oldest fault that is on, what is true, what HAProxy believes,
// and what happened, in the order in which it happened.
import type { Design } from '../design/design.ts';
import type { PartState } from '../drawing/figure.ts';
import { formatClock, formatDuration, type Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { Purpose } from '../simulation/message.ts';
import { Alive, Belief, BeliefState, FIELDS, Field } from '../simulation/trace.ts';
import type { StateChange } from '../timeline/chunk-summary.ts';
import type { ActiveFault, FaultKind, LogLine, OutcomeCounts, SinceView, Statement } from './app.ts';
import { balancerOf, beliefWord, missedChecks, passedChecks, type ServerBelief, tookOverAtUs } from './beliefs.ts';
import { modeOf } from './design-at.ts';
import { failureLines } from './failures.ts';
import { doneTo, isRestart, isReturnOfRestart, said } from './fault-words.ts';
import { truthWords } from './narration-faults.ts';
import type { Measured } from './readings.ts';
import { componentNamed, hostWords, sentenceCase, type Truth, targetWords } from './truth.ts';

const MOST_LINES = 12;
/** How far ahead the coming change of state is looked for, as far as it is computed. */
const LOOK_AHEAD_US = 10_000_000;

export function sinceView(measured: Measured, truth: Truth, commands: readonly Command[]): SinceView | null {
  const oldest = truth.faults[0];
  if (oldest === undefined) return null;
  const { design, nowUs, window } = measured;
  const outcomes = window.outcomes(oldest.sinceUs, nowUs);
  const passive = tookOverAtUs(measured.servers) !== null;
  const counts: OutcomeCounts = {
    total: outcomes.total,
    answered: outcomes.answered,
    answeredText: passive ? 'answered right away by the standby' : 'answered right away',
    retried: outcomes.retried,
    retriedText:
      modeOf(design) === 'active-passive' ? 'answered late, after retries' : 'answered on another try, later',
    waiting: outcomes.waiting,
    failed: outcomes.failed,
    causes: failureLines(outcomes.failures, design, window.elements, truth),
  };
  const { writes, writesFailed } = outcomes;
  const requests = counts.total === 1 ? 'request' : 'requests';
  return {
    target: oldest.target,
    sinceUs: oldest.sinceUs,
    title: `Since the ${nounOf(oldest)}`,
    heading: `${tenths(nowUs - oldest.sinceUs)}, ${counts.total} ${requests}`,
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

const tenths = (us: Micros): string => `${(Math.floor(us / 100_000) / 10).toFixed(1)} s`;

function statements(measured: Measured, truth: Truth, target: string): Statement[] {
  const { design, servers } = measured;
  const found = [...truthStatements(design, truth), ...floodStatement(measured, truth)];
  const link = design.links.find((one) => one.id === target);
  const hostId = componentNamed(design, link?.to ?? target)?.hostId ?? target;
  const server = servers.find((one) => one.hostId === hostId);
  if (server === undefined) {
    if (!truth.faults.some(({ kind }) => kind === 'kill' || kind === 'hang')) return found;
    const text = balancerOf(design) === undefined ? 'The site does not answer' : 'No request reaches a server';
    return [...found, { about: 'What the users notice', state: 'down', text }];
  }
  found.push(beliefStatement(measured, truth, server));
  const known = willKnow(measured, server);
  if (known !== null) found.push(known);
  return found;
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
  const verb = dead.length > 1 ? 'are' : 'is';
  const names = dead.map((fault) => targetWords(design, fault.target)).join(' and ');
  const others = truth.faults.filter((fault) => !dead.includes(fault));
  return [
    ...(dead.length === 0 ? [] : [{ about, state: 'down' as const, text: sentenceCase(`${names} ${verb} dead`) }]),
    ...others.map((fault) => ({ about, state: STATES[fault.kind], text: truthWords(design, fault) })),
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
  return { about: 'It will know in', state: null, text: `${tenths(atUs - nowUs)}, at the ${miss} miss` };
}

function logOf(measured: Measured, commands: readonly Command[], fromUs: Micros): LogLine[] {
  const lines: LogLine[] = [];
  const { nowUs, window } = measured;
  for (const command of commands) {
    if (command.atUs < fromUs || command.atUs > nowUs) continue;
    const text = commandText(measured, command, commands);
    if (text !== '') lines.push({ atUs: command.atUs, text, coming: false });
  }
  lines.push(...firstOutcomes(measured, fromUs));
  let coming: LogLine | null = null;
  window.forEachStateChange(fromUs, nowUs + LOOK_AHEAD_US, (change) => {
    const text = changeText(measured, change);
    if (text === '') return;
    if (change.atUs <= nowUs) lines.push({ atUs: change.atUs, text, coming: false });
    else
      coming ??= {
        atUs: change.atUs,
        text: `Next: ${text.replace(' missed ', ' misses ').replace(' passed ', ' passes ')}`,
        coming: true,
      };
  });
  lines.sort((a, b) => a.atUs - b.atUs);
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, 3), ...lines.slice(3 - MOST_LINES)] : lines;
  return coming === null ? shown : [...shown, coming];
}

function commandText({ design }: Measured, command: Command, commands: readonly Command[]): string {
  const words = said(design, command);
  if (words === null || isReturnOfRestart(commands, command)) return '';
  if (command.type === 'flood') return `You flooded the site, ${command.rateRps} requests a second`;
  return `You ${isRestart(commands, command) ? 'restarted' : words.did} ${doneTo(design, command)}`;
}

function changeText({ design, servers }: Measured, change: StateChange): string {
  const server = servers.find((one) => one.linkElement === change.element);
  if (server === undefined) return '';
  const name = hostWords(design, server.hostId);
  if (change.field === Belief.State) {
    if (change.value === BeliefState.Down)
      return server.backup ? `${name} DOWN, no standby left` : downText(design, servers, server, name);
    return change.value === BeliefState.Up ? `${name} is UP again` : '';
  }
  if (change.field !== Belief.Health) return '';
  const { rise, fall } = server;
  const leftChecks = change.value - rise + 1;
  if (change.value < change.before && leftChecks > 0) return `${name} missed a check, ${fall - leftChecks} of ${fall}`;
  return change.value > change.before && change.value < rise
    ? `${name} passed a check, ${change.value} of ${rise}`
    : '';
}

function downText(
  design: Measured['design'],
  servers: readonly ServerBelief[],
  server: ServerBelief,
  name: string,
): string {
  const standby = servers.find((one) => one !== server && one.backup);
  return standby === undefined
    ? `${name} is marked DOWN`
    : `${name} DOWN, ${hostWords(design, standby.hostId)} takes over`;
}

/** The first request that failed and the first that needed another try: what a person waits to see. */
function firstOutcomes({ window, nowUs, design }: Measured, fromUs: Micros): LogLine[] {
  const first: { retried?: LogLine; failed?: LogLine } = {};
  window.forEachEnd(fromUs, Math.min(nowUs, fromUs + 3 * LOOK_AHEAD_US), (ends, row) => {
    const atUs = ends.endUs[row] as number;
    if (ends.purpose[row] === Purpose.Flood) return;
    if (ends.outcome[row] === 1)
      first.retried ??= { atUs, text: retriedText(design, window.elements.ids, ends.server[row] ?? -1), coming: false };
    if (ends.outcome[row] === 2)
      first.failed ??= { atUs, text: `First ${ends.purpose[row] === 1 ? 'write' : 'read'} failed`, coming: false };
  });
  return [first.retried, first.failed].filter((line) => line !== undefined);
}

function retriedText(design: Measured['design'], ids: readonly string[], link: number): string {
  const server = componentNamed(design, design.links.find((one) => one.id === ids[link])?.to ?? '');
  return server === undefined ? 'First retry answered' : `First retry answered by ${hostWords(design, server.hostId)}`;
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
  if (newest.kind !== 'kill') return truthWords(design, newest);
  const isHost = window.elements.sortOf(window.elements.indexOf(newest.target)) === 'host';
  const alive = fields[window.elements.indexOf(newest.target) * FIELDS + Field.Alive];
  return isHost && alive === Alive.Up ? '' : `${sentenceCase(targetWords(design, newest.target))} is dead`;
}
