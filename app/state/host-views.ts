// The headings of the hosts and the notes at the wires: HAProxy's word beside the server's own figures, and how far the
// replica is behind.
import type { Design, Host, Link } from '../design/design.ts';
import type { Reading } from '../drawing/figure.ts';
import { elapsed, milliseconds, perSecond } from '../drawing/words.ts';
import { formatDuration, MS } from '../foundation/micros.ts';
import { Alive, BeliefState, FIELDS, Field } from '../simulation/trace.ts';
import type { HostView, LinkView } from './app.ts';
import { beliefWord, missedChecks, tookOverAtUs, working } from './beliefs.ts';
import type { Measured } from './readings.ts';
import type { Truth } from './truth.ts';

const EN_SPACE = '\u2002';

export function hostViewsOf(
  measured: Measured,
  readings: Readonly<Record<string, Reading>>,
  truth: Truth,
): Record<string, HostView> {
  return Object.fromEntries(measured.design.hosts.map((host) => [host.id, hostView(measured, readings, truth, host)]));
}

function hostView(measured: Measured, readings: Readonly<Record<string, Reading>>, truth: Truth, host: Host): HostView {
  const { fields, nowUs, servers } = measured;
  const element = measured.window.elements.indexOf(host.id);
  if (fields[element * FIELDS + Field.Alive] !== Alive.Up) {
    const sinceUs = (fields[element * FIELDS + Field.SinceMs] ?? 0) * MS;
    const word = `DEAD for ${elapsed(nowUs - sinceUs)}`;
    return { state: 'down', word, figures: '', tag: 'Powered off' };
  }
  const tag = truth.isHostOff(host.id) ? 'Powered off' : null;
  const server = servers.find((one) => one.hostId === host.id);
  if (server === undefined) return { state: 'up', word: '', figures: '', tag };
  const entry = readings[server.componentId];
  const figures = entry === undefined || entry.state === 'down' ? '' : figuresOf(entry);
  const word = beliefWord(server);
  if (server.state === BeliefState.Down) return { state: 'checking', word, figures, tag };
  if (!server.backup) return { state: 'up', word, figures, tag };
  if (!working(servers).includes(server)) return { state: 'standby', word, figures: 'takes no requests', tag };
  const sinceUs = tookOverAtUs(servers) ?? 0;
  const took = missedChecks(server) === 0 && sinceUs > 0 ? `took over ${elapsed(nowUs - sinceUs)} ago${EN_SPACE}` : '';
  return { state: 'up', word, figures: took + figures, tag };
}

/** `20 req/s p99 58 ms`. */
const figuresOf = (entry: Reading): string =>
  `${perSecond(entry.requestsPerS, 'req')}${EN_SPACE}p99 ${milliseconds(entry.p99Ms)}`;

export function linkViewsOf(measured: Measured): Record<string, LinkView> {
  const replication = measured.design.links.filter((link) => link.protocol === 'replication');
  const views = Object.fromEntries(replication.map((link) => [link.id, replicationView(measured, link)]));
  const workers = working(measured.servers);
  for (const server of measured.servers) {
    const ready = server.backup && !workers.includes(server);
    views[server.linkId] = { note: '', noteTone: 'plain', cutOff: false, ready };
  }
  return views;
}

function replicationView(measured: Measured, link: Link): LinkView {
  const behind = writesBehind(measured, link);
  const isCut = [link.from, link.to].some((id) => !isUp(measured, measured.design, id));
  if (isCut) return { note: behind > 0 ? `${behind} behind` : '', noteTone: 'fail', cutOff: true, ready: false };
  const lagUs = lagOf(measured, link);
  if (behind >= 3) return { note: `${behind} behind`, noteTone: 'fail', cutOff: false, ready: false };
  return { note: lagUs === null ? '' : `lag ${formatDuration(lagUs)}`, noteTone: 'plain', cutOff: false, ready: false };
}

function isUp(measured: Measured, design: Design, componentId: string): boolean {
  const hostId = design.components.find((component) => component.id === componentId)?.hostId ?? '';
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
