// The virtual IP at an instant: who holds it, who answers for it, what each keepalived says; and what that makes of the pictures.
// Comes with the story, a moment after the page.
import type { VirtualIpConfig } from '../catalogue/virtual-ip/config.ts';
import { VrrpField } from '../catalogue/virtual-ip/state.ts';
import { advertIntUs, downTimerUs } from '../catalogue/virtual-ip/vrrp-timers.ts';
import { type Component, type Host, USERS } from '../design/design.ts';
import { hasVirtualAddress } from '../design/graph.ts';
import { wiringOf } from '../design/wiring.ts';
import type { Reading, VrrpReading } from '../drawing/figure.ts';
import { formatDuration, type Micros, MS, SECOND } from '../foundation/micros.ts';
import { Alive, FIELDS, Field, USERS_ELEMENT } from '../simulation/trace.ts';
import type { HostView, LinkView } from './app.ts';
import { beliefsAt, rowOf } from './beliefs.ts';
import type { Measured } from './readings.ts';

/** One host that can hold the address. */
export interface Candidate {
  readonly host: Host;
  readonly keepalived: Component;
  readonly config: VirtualIpConfig;
  readonly state: VrrpReading['state'];
  readonly priority: number;
  readonly holds: boolean;
  /** When it heard or sent the last advertisement that counts. */
  readonly advertUs: Micros;
  readonly isPowered: boolean;
  /** keepalived runs and is not stopped. */
  readonly isWell: boolean;
}

export interface SharedAddress {
  readonly address: string;
  readonly candidates: readonly Candidate[];
  /** Hosts by id: whom the users' table names, and who answers; null for nobody. */
  readonly table: string | null;
  readonly answers: string | null;
  /** Since when it is so; and how long nobody answered before that, 0 where somebody did. */
  readonly sinceUs: Micros;
  readonly gapUs: Micros;
}

/** From the top of the host to the plate's middle. */
const PLATE_DOWN = 12;

const STATES: readonly VrrpReading['state'][] = ['INIT', 'BACKUP', 'MASTER', 'FAULT'];

/** Null in a design whose address stays where it is. */
export function sharedAddressAt(measured: Measured): SharedAddress | null {
  const { design, fields, window, nowUs } = measured;
  if (!hasVirtualAddress(design)) return null;
  const fieldOf = (id: string, field: number) => fields[window.elements.indexOf(id) * FIELDS + field] ?? 0;
  const candidates = design.components.flatMap((keepalived): Candidate[] => {
    const host = wiringOf(design).host(keepalived.hostId);
    if (keepalived.kind !== 'virtual-ip' || host === undefined) return [];
    return [
      {
        host,
        keepalived,
        config: keepalived.config as unknown as VirtualIpConfig,
        state: STATES[fieldOf(keepalived.id, VrrpField.State)] ?? 'INIT',
        priority: fieldOf(keepalived.id, VrrpField.Priority),
        holds: fieldOf(host.id, Field.HoldsAddress) === 1,
        advertUs: fieldOf(keepalived.id, VrrpField.AdvertMs) * MS,
        isPowered: fieldOf(host.id, Field.Alive) === Alive.Up,
        isWell: fieldOf(keepalived.id, Field.Alive) === Alive.Up && fieldOf(keepalived.id, Field.Hung) === 0,
      },
    ];
  });
  const hostOf = (field: number) => window.elements.ids[fields[USERS_ELEMENT * FIELDS + field] ?? 0] ?? null;
  const named = (id: string | null) => (id === USERS ? null : id);
  const current = fields[USERS_ELEMENT * FIELDS + Field.AnswersFor] ?? 0;
  const sinceUs = window.lastBecame(USERS_ELEMENT, Field.AnswersFor, current, nowUs) ?? 0;
  const goneUs = current === 0 ? null : window.lastBecame(USERS_ELEMENT, Field.AnswersFor, 0, sinceUs);
  const wasGone = goneUs !== null && !answeredBetween(measured, goneUs, sinceUs);
  return {
    address: design.dns.address,
    candidates,
    table: named(hostOf(Field.Neighbour)),
    answers: named(hostOf(Field.AnswersFor)),
    sinceUs,
    gapUs: wasGone ? sinceUs - goneUs : 0,
  };
}

/** Did anybody answer after `goneUs` and before `sinceUs`? */
const answeredBetween = ({ window, design }: Measured, goneUs: Micros, sinceUs: Micros): boolean =>
  design.hosts.some((host) => {
    const atUs = window.lastBecame(USERS_ELEMENT, Field.AnswersFor, window.elements.indexOf(host.id), sinceUs - 1);
    return atUs !== null && atUs > goneUs;
  });

/** How long after the last advertisement this one takes the address. */
export const takesAfterUs = ({ config, priority }: Candidate): Micros =>
  downTimerUs(config, priority === 0 ? config.priority : priority, advertIntUs(config));

export interface Dress {
  readonly readings: Readonly<Record<string, Reading>>;
  readonly hosts: Readonly<Record<string, HostView>>;
  readonly links: Readonly<Record<string, LinkView>>;
}

/** The pictures of balancers, keepalived and their lines, with what the virtual IP makes of them. */
export function dressed(measured: Measured, dress: Dress): Dress {
  const shared = sharedAddressAt(measured);
  if (shared === null) return dress;
  const readings: Record<string, Reading> = { ...dress.readings };
  const hosts: Record<string, HostView> = { ...dress.hosts };
  const links: Record<string, LinkView> = { ...dress.links };
  for (const one of shared.candidates) dressCandidate(measured, shared, one, { readings, hosts });
  for (const link of measured.design.links) {
    const before = links[link.id] ?? { note: '', noteTone: 'plain', cutOff: false, ready: false, line: 'whole' };
    const to = wiringOf(measured.design).component(link.to);
    if (link.from === USERS) links[link.id] = { ...before, ready: to?.hostId !== shared.table };
    if (link.protocol === 'vrrp') links[link.id] = { ...before, note: lastWord(measured.nowUs, shared) };
  }
  return { readings, hosts, links };
}

/** `0.4 s`: tenths, so that a running figure does not change its unit. */
export const inSeconds = (us: Micros): string => `${(Math.max(0, us) / SECOND).toFixed(1)} s`;

/** When the waiting one heard its last advertisement. */
function lastWord(nowUs: Micros, { candidates }: SharedAddress): string {
  const waiting = candidates.find((one) => one.state === 'BACKUP' && one.isWell && one.advertUs > 0);
  return waiting === undefined ? '' : `last one ${inSeconds(nowUs - waiting.advertUs)} ago`;
}

function dressCandidate(
  measured: Measured,
  shared: SharedAddress,
  one: Candidate,
  dress: { readonly readings: Record<string, Reading>; readonly hosts: Record<string, HostView> },
): void {
  const { design, window, fields } = measured;
  const { keepalived, host } = one;
  const vrrp: VrrpReading = { state: one.state, priority: one.priority, plate: plateOf(shared, one) };
  const own = dress.readings[keepalived.id];
  if (own !== undefined) dress.readings[keepalived.id] = { ...own, vrrp };
  const isIdle = shared.table !== host.id;
  for (const part of wiringOf(design).componentsOn(host.id)) {
    const reading = dress.readings[part.id];
    if (part.kind !== 'load-balancer' || reading === undefined) continue;
    const isUp = reading.state === 'up';
    const rows = reading.state === 'down' ? [] : beliefsAt(design, window.elements, fields, part).map(rowOf);
    dress.readings[part.id] = { ...reading, rows, ...(isUp && isIdle ? { state: 'standby' } : {}) };
  }
  const view = dress.hosts[host.id];
  if (view?.state === 'up' && isIdle) dress.hosts[host.id] = { ...view, state: 'standby', word: '' };
}

/** Docked at the left edge of the host, near its top. */
function plateOf({ candidates, answers }: SharedAddress, one: Candidate): VrrpReading['plate'] {
  const { host, keepalived, holds } = one;
  const place = {
    x: host.position.x - keepalived.position.x,
    y: host.position.y + PLATE_DOWN - keepalived.position.y,
    holds,
  };
  const others = candidates.filter((other) => other !== one);
  const isDisputed = holds && others.some((other) => other.holds);
  if (holds && answers === host.id) return { ...place, isDisputed, note: ['virtual IP, held here'] };
  if (holds) return { ...place, isDisputed, note: [isDisputed ? 'held here too' : 'held here, unasked'] };
  const waits = one.state === 'BACKUP' && one.isWell;
  const note = waits ? [`takes it ${formatDuration(takesAfterUs(one))} after`, 'the last word'] : [];
  return { ...place, isDisputed: false, note };
}

/** Rows of the panel: what is true of the address now. */
export function addressFacts(measured: Measured): readonly (readonly [string, string])[] | null {
  const shared = sharedAddressAt(measured);
  const first = shared?.candidates[0];
  if (shared === null || first === undefined) return null;
  const nameOf = (id: string | null) => shared.candidates.find((one) => one.host.id === id)?.host.name ?? 'nobody';
  const holders = shared.candidates.filter((one) => one.holds);
  const waiting = shared.candidates.find((one) => one.state === 'BACKUP' && one.isWell);
  const held = holders.map((one) => `${one.host.name}, keepalived ${one.isWell ? one.state : 'silent'}`).join('; ');
  const { track, nopreempt } = waiting?.config ?? first.config;
  const isAbsent = waiting === undefined || waiting.advertUs === 0;
  return [
    ['Held by', held === '' ? 'nobody' : held],
    ['Answers for it', nameOf(shared.answers)],
    ['Users send to', nameOf(shared.table)],
    ...(isAbsent
      ? []
      : [
          ['Last advertisement', `${inSeconds(measured.nowUs - waiting.advertUs)} ago`] as const,
          [`${waiting.host.name} takes it`, `${formatDuration(takesAfterUs(waiting))} after the last one`] as const,
        ]),
    ['Preempt', nopreempt === true ? 'off: it stays where it is' : 'on: the higher priority takes it back'],
    [
      'Check of HAProxy',
      track === null ? 'none' : `every ${formatDuration(track.intervalMs * MS)}, weight ${track.weight}`,
    ],
  ];
}
