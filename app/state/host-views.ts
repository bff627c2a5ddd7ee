// The headings of the hosts and the notes at the wires: HAProxy's word beside the server's own figures, and how far the
// replica is behind.
import { type Design, type Host, type Link, USERS } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import type { PartState, Reading } from '../drawing/figure.ts';
import { STATE_WORDS } from '../drawing/marks.ts';
import { elapsed, milliseconds, perSecond } from '../drawing/words.ts';
import { formatDuration, MS } from '../foundation/micros.ts';
import { Purpose } from '../simulation/message.ts';
import { Alive, BeliefState, FIELDS, Field, USERS_ELEMENT } from '../simulation/trace.ts';
import type { HostView, LinkView } from './app.ts';
import { beliefWord, missedChecks, tookOverAtUs, working } from './beliefs.ts';
import type { Measured } from './readings.ts';

const EN_SPACE = '\u2002';

export function hostViewsOf(measured: Measured, readings: Readonly<Record<string, Reading>>): Record<string, HostView> {
  return Object.fromEntries(measured.design.hosts.map((host) => [host.id, hostView(measured, readings, host)]));
}

function hostView(measured: Measured, readings: Readonly<Record<string, Reading>>, host: Host): HostView {
  const { fields, nowUs, servers } = measured;
  const element = measured.window.elements.indexOf(host.id);
  if (fields[element * FIELDS + Field.Alive] !== Alive.Up) {
    const sinceUs = (fields[element * FIELDS + Field.SinceMs] ?? 0) * MS;
    return { state: 'down', word: `DEAD for ${elapsed(nowUs - sinceUs)}`, figures: '' };
  }
  const own = ownState(measured, host);
  const server = servers.find((one) => one.hostId === host.id);
  if (server === undefined) return { state: own, word: own === 'up' ? '' : STATE_WORDS[own], figures: '' };
  const entry = readings[server.componentId];
  const figures = entry === undefined || entry.state === 'down' ? '' : figuresOf(entry);
  const word = beliefWord(server);
  // What is true of the machine comes before what HAProxy believes of it.
  const told = (state: PartState, words: string): HostView => ({
    state: own === 'up' ? state : own,
    word,
    figures: words,
  });
  if (server.state === BeliefState.Down) return told('checking', figures);
  if (server.state === BeliefState.Drain) return told('draining', `${server.sessions} left`);
  if (server.state === BeliefState.Maintenance) return told('maintenance', 'by hand');
  if (!server.backup) return told('up', figures);
  if (!working(servers).includes(server)) return told('standby', 'takes no requests');
  const sinceUs = tookOverAtUs(servers) ?? 0;
  const took = missedChecks(server) === 0 && sinceUs > 0 ? `took over ${elapsed(nowUs - sinceUs)} ago${EN_SPACE}` : '';
  return told('up', took + figures);
}

/** Hung when every process on it is stopped, slow when its processor is. */
function ownState({ design, fields, window }: Measured, host: Host): PartState {
  const field = (id: string, index: number) => fields[window.elements.indexOf(id) * FIELDS + index] ?? 0;
  const processes = wiringOf(design)
    .componentsOn(host.id)
    .filter((part) => part.kind !== 'files');
  if (processes.length > 0 && processes.every((part) => field(part.id, Field.Hung) === 1)) return 'hung';
  return field(host.id, Field.SlowPercent) > 0 ? 'slow' : 'up';
}

/** `20 req/s p99 58 ms`. */
const figuresOf = (entry: Reading): string =>
  `${perSecond(entry.requestsPerS, 'req')}${EN_SPACE}p99 ${milliseconds(entry.p99Ms)}`;

export function linkViewsOf(measured: Measured): Record<string, LinkView> {
  const views: Record<string, LinkView> = {};
  const workers = working(measured.servers);
  const byLink = new Map(measured.servers.map((server) => [server.linkId, server]));
  for (const link of measured.design.links) {
    const server = byLink.get(link.id);
    const ready = server?.backup === true && !workers.includes(server);
    const line = lineOf(measured, link);
    if (link.protocol === 'replication') views[link.id] = { ...replicationView(measured, link, line === 'cut'), line };
    else if (server !== undefined || line !== 'whole') views[link.id] = { ...QUIET, ready, line };
  }
  return views;
}

const QUIET: LinkView = { note: '', noteTone: 'plain', cutOff: false, ready: false, line: 'whole' };

/** A flood crowds the users' line, and every line on which it asks more than they do. */
function lineOf({ fields, window, rates }: Measured, link: Link): LinkView['line'] {
  const element = window.elements.indexOf(link.id);
  const field = (index: number) => fields[element * FIELDS + index] ?? 0;
  if (field(Field.Cut) === 1) return 'cut';
  if (field(Field.Degraded) === 1) return 'lossy';
  if ((fields[USERS_ELEMENT * FIELDS + Field.FloodRps] ?? 0) === 0) return 'whole';
  if (link.from === USERS) return 'crowded';
  const flood = rates.perSecond([element], Purpose.Flood);
  return flood > rates.perSecond([element], Purpose.Read, Purpose.Write, Purpose.Static) ? 'crowded' : 'whole';
}

function replicationView(measured: Measured, link: Link, cut: boolean): Omit<LinkView, 'line'> {
  const behind = writesBehind(measured, link);
  const isCut = cut || [link.from, link.to].some((id) => !isUp(measured, measured.design, id));
  if (isCut) return { note: behind > 0 ? `${behind} behind` : '', noteTone: 'fail', cutOff: true, ready: false };
  const lagUs = lagOf(measured, link);
  if (behind >= 3) return { note: `${behind} behind`, noteTone: 'fail', cutOff: false, ready: false };
  return { note: lagUs === null ? '' : `lag ${formatDuration(lagUs)}`, noteTone: 'plain', cutOff: false, ready: false };
}

function isUp(measured: Measured, design: Design, componentId: string): boolean {
  const hostId = wiringOf(design).component(componentId)?.hostId ?? '';
  const alive = (id: string) =>
    measured.fields[measured.window.elements.indexOf(id) * FIELDS + Field.Alive] === Alive.Up;
  return alive(componentId) && alive(hostId);
}

const versionOf = (measured: Measured, id: string): number =>
  measured.fields[measured.window.elements.indexOf(id) * FIELDS + Field.Version] ?? 0;

/** Writes that the primary has and the replica has not. */
export const writesBehind = (measured: Measured, link: Link): number =>
  Math.max(0, versionOf(measured, link.from) - versionOf(measured, link.to));

/** How long after the primary the replica had its newest write; null until there is one to speak of. */
function lagOf(measured: Measured, link: Link): number | null {
  const { window, nowUs } = measured;
  const version = versionOf(measured, link.to);
  if (version === 0) return null;
  const copiedUs = window.lastBecame(window.elements.indexOf(link.to), Field.Version, version, nowUs);
  if (copiedUs === null) return null;
  const writtenUs = window.lastBecame(window.elements.indexOf(link.from), Field.Version, version, copiedUs);
  return writtenUs === null ? null : copiedUs - writtenUs;
}
