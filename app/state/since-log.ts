// What happened since the kill: acts, what HAProxy noticed, the first outcomes. Each line is told by the design as it was then.
import { type Design, DNS, USERS } from '../design/design.ts';
import type { Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { Purpose } from '../simulation/message.ts';
import { Alive, Belief, BeliefState, Field, USERS_ELEMENT } from '../simulation/trace.ts';
import type { StateChange } from '../timeline/chunk-summary.ts';
import type { LogLine } from './app.ts';
import { type ServerSettings, serversIn } from './beliefs.ts';
import { databaseNews } from './database-news.ts';
import { DesignFollower, modeOf, reconfigured } from './design-at.ts';
import { doneTo, isRestart, isReturnOfRestart, said } from './fault-words.ts';
import type { Measured } from './readings.ts';
import { componentNamed, hostWords, targetWords } from './truth.ts';

const MOST_LINES = 12;
/** How far ahead the coming change of state is looked for, as far as it is computed. */
export const LOOK_AHEAD_US = 10_000_000;

/** What happened since a moment, in order, and what comes next as far as it is computed. */
export function logOf(measured: Measured, commands: readonly Command[], fromUs: Micros): LogLine[] {
  const lines: LogLine[] = [];
  const { nowUs, window } = measured;
  for (const line of actLines(measured, commands, fromUs)) lines.push(line);
  lines.push(...firstOutcomes(measured, fromUs));
  const serversAt = settingsFollower(measured, commands);
  let coming: LogLine | null = null;
  window.forEachStateChange(fromUs, nowUs + LOOK_AHEAD_US, (change) => {
    const text =
      answererText(measured, change) ||
      dataText(measured, commands, change) ||
      changeText(serversAt(change.atUs), change);
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

/** What the person did. Settings moved to and fro are one line, a switch of the mode hides the settings that it changes. */
function actLines({ base, design, nowUs }: Measured, commands: readonly Command[], fromUs: Micros): LogLine[] {
  const lines: LogLine[] = [];
  let after = base;
  let switchedUs = -1;
  for (const command of commands) {
    if (command.atUs > nowUs) break;
    const before = after;
    if (command.type === 'reconfigure') after = reconfigured(before, command.target, command.patch);
    if (after !== before && modeOf(after) !== modeOf(before)) switchedUs = command.atUs;
    if (command.atUs < fromUs) continue;
    const isSwitch = command.type === 'reconfigure' && switchedUs === command.atUs;
    const text = isSwitch ? `You switched to ${modeOf(after)}` : commandText(design, command, commands);
    if (text === '' || lines.at(-1)?.text === text) continue;
    lines.push({ atUs: command.atUs, text, coming: false });
  }
  return lines;
}

function commandText(design: Design, command: Command, commands: readonly Command[]): string {
  if (command.type === 'reconfigure') return `You changed ${settingWords(design, command.target)}`;
  const words = said(design, command);
  if (words === null || isReturnOfRestart(commands, command)) return '';
  if (command.type === 'flood') return `You flooded the site, ${command.rateRps} requests a second`;
  return `You ${isRestart(commands, command) ? 'restarted' : words.did} ${doneTo(design, command)}`;
}

function settingWords(design: Design, target: string): string {
  if (target === USERS) return 'the traffic of the users';
  if (target === DNS) return 'the DNS record';
  const link = design.links.find((one) => one.id === target);
  return link === undefined ? `a setting of ${targetWords(design, target)}` : 'the latency of a line';
}

interface NamedServer extends ServerSettings {
  /** `Server 1`. */
  readonly host: string;
}

/** The servers as they were set at an instant; instants come in order. */
function settingsFollower({ base, window }: Measured, commands: readonly Command[]) {
  const follower = new DesignFollower();
  let [told, servers]: [Design | null, readonly NamedServer[]] = [null, []];
  return (us: Micros): readonly NamedServer[] => {
    const design = follower.at(base, commands, us);
    if (design === told) return servers;
    told = design;
    servers = serversIn(design, window.elements).map((server) => ({
      ...server,
      host: hostWords(design, server.hostId),
    }));
    return servers;
  };
}

/** The address that two balancers share. */
function answererText({ design, window }: Measured, { element, value }: StateChange): string {
  if (element !== USERS_ELEMENT) return '';
  if (value === 0) return 'Nobody answers for the shared IP';
  return `${hostWords(design, window.elements.ids[value] ?? '')} took the shared IP`;
}

/** Who takes writes, and what a monitor's power board did to whom. */
function dataText({ design, window }: Measured, commands: readonly Command[], change: StateChange): string {
  const { element, field, value, atUs } = change;
  const [id, sort] = [window.elements.ids[element] ?? '', window.elements.sortOf(element)];
  if (sort === 'component' && field === Field.Signs)
    return databaseNews(design, componentNamed(design, id)?.hostId ?? '', change)?.text ?? '';
  if (sort !== 'host' || field !== Field.Alive || value !== Alive.PoweredOff) return '';
  const isAct = commands.some((one) => one.type === 'kill' && one.target === id && one.atUs === atUs);
  return isAct ? '' : `The monitor powered off ${hostWords(design, id)}`;
}

function changeText(servers: readonly NamedServer[], change: StateChange): string {
  const server = servers.find((one) => one.linkElement === change.element);
  if (server === undefined) return '';
  const name = server.host;
  if (change.field === Belief.State) {
    if (change.value === BeliefState.Down)
      return server.backup ? `${name} DOWN, no standby left` : downText(servers, server);
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

function downText(servers: readonly NamedServer[], server: NamedServer): string {
  const standby = servers.find((one) => one !== server && one.backup);
  return standby === undefined ? `${server.host} is marked DOWN` : `${server.host} DOWN, ${standby.host} takes over`;
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
