// What the figures show at an instant: rates and latencies measured over the trace behind the playhead, loads and queues as
// they are, HAProxy's rows as it believes them.
import type { Component, Design } from '../design/design.ts';
import { DNS, USERS } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import type { PartState, Reading } from '../drawing/figure.ts';
import { type Micros, SECOND } from '../foundation/micros.ts';
import { Purpose } from '../simulation/message.ts';
import { Alive, BeliefState, FIELDS, Field } from '../simulation/trace.ts';
import type { Outcomes, TraceWindow } from '../timeline/trace-window.ts';
import type { TrafficMeter } from '../timeline/traffic-meter.ts';
import type { ServerBelief } from './beliefs.ts';
import { rowOf, working } from './beliefs.ts';

/** Rates are means over this much; latencies need ten seconds of traffic. */
export const RATE_SPAN_US = 5 * SECOND;
export const LATENCY_SPAN_US = 10 * SECOND;
/** So long without an end, with so many waiting, is no accident of random traffic. */
export const SILENCE_US = 2 * SECOND;
export const SILENT_REQUESTS = 3;

/** All that a reading is made from. Two meters, because rates follow faster than latencies may. */
export interface Measured {
  /** As it was opened. */
  readonly base: Design;
  readonly design: Design;
  readonly nowUs: Micros;
  readonly window: TraceWindow;
  readonly fields: Int32Array;
  readonly servers: readonly ServerBelief[];
  readonly rates: TrafficMeter;
  readonly latencies: TrafficMeter;
  /** How requests ended over the rates' span. */
  readonly outcomes: Outcomes;
  /** Requests wait, and for a while none has ended. */
  readonly silent: boolean;
  /** p99 of whole requests over the latencies' span, or null. */
  readonly usersP99Ms: number | null;
  /** Point of the explanation that plays, or null. */
  readonly lesson: number | null;
}

const NOTHING: Reading = {
  state: 'up',
  downWord: '',
  requestsPerS: null,
  readsPerS: null,
  writesPerS: null,
  copiedPerS: null,
  p99Ms: null,
  answeredShare: null,
  failingWord: '',
  queue: 0,
  load: null,
  rows: [],
  plate: null,
};

export function readingsOf(measured: Measured): Record<string, Reading> {
  const readings: Record<string, Reading> = { [DNS]: NOTHING, [USERS]: usersReading(measured) };
  for (const component of measured.design.components) readings[component.id] = componentReading(measured, component);
  return readings;
}

const linksInto = (measured: Measured, component: Component, replication: boolean): number[] =>
  wiringOf(measured.design)
    .linksTo(component.id)
    .filter((link) => (link.protocol === 'replication') === replication)
    .map((link) => measured.window.elements.indexOf(link.id));

/** A rate over the span, or null in the first second, when it would say nothing. */
const rate = (measured: Measured, links: readonly number[], ...purposes: readonly number[]): number | null =>
  measured.nowUs < SECOND ? null : measured.rates.perSecond(links, ...purposes);

/** "Needs 10 s of traffic": no p99 before that. */
const latency = (measured: Measured, links: readonly number[]): number | null =>
  measured.nowUs < LATENCY_SPAN_US ? null : measured.latencies.quantileMs(links, 0.99);

function componentReading(measured: Measured, component: Component): Reading {
  const { fields, window } = measured;
  const element = window.elements.indexOf(component.id);
  const field = (index: number) => fields[element * FIELDS + index] ?? 0;
  const alive = field(Field.Alive);
  const hostAlive = fields[window.elements.indexOf(component.hostId) * FIELDS + Field.Alive] ?? 0;
  if (alive !== Alive.Up || hostAlive !== Alive.Up) return deadReading(component, hostAlive === Alive.PoweredOff);
  const links = linksInto(measured, component, false);
  const capacity = field(Field.Capacity);
  const shared: Reading = {
    ...NOTHING,
    state: stateOf(measured, component),
    // A part cannot tell a flood's requests from those of the users.
    requestsPerS: rate(measured, links, Purpose.Read, Purpose.Write, Purpose.Static, Purpose.Flood),
    p99Ms: latency(measured, links),
    // What the kernel of a stopped process holds for it waits as well.
    queue: field(Field.Queue) + (field(Field.Hung) === 1 ? field(Field.Backlog) : 0),
    load: capacity > 0 ? field(Field.Busy) / capacity : null,
  };
  if (component.kind === 'load-balancer') {
    return { ...shared, queue: field(Field.Extra), rows: measured.servers.map(rowOf) };
  }
  return component.kind === 'database' ? { ...shared, ...databaseReading(measured, component, links) } : shared;
}

function deadReading(component: Component, poweredOff: boolean): Reading {
  const downWord = poweredOff ? 'no answer' : 'refuses';
  return { ...NOTHING, state: 'down', downWord: component.kind === 'files' ? '' : downWord, hostDown: poweredOff };
}

function databaseReading(measured: Measured, component: Component, links: readonly number[]): Partial<Reading> {
  const databases = measured.design.components.filter((one) => one.kind === 'database');
  const copies = linksInto(measured, component, true);
  return {
    readsPerS: rate(measured, links, Purpose.Read, Purpose.Flood),
    writesPerS: rate(measured, links, Purpose.Write),
    copiedPerS: copies.length === 0 ? null : rate(measured, copies, Purpose.Copy),
    standsAlone: databases.length === 1,
    plate: plateOf(measured, component),
  };
}

/** During the points about primary and replica each database shows its version of the data; the older one is stale. */
function plateOf(measured: Measured, component: Component): Reading['plate'] {
  if (measured.lesson !== 4 && measured.lesson !== 5) return null;
  const version = versionOf(measured, component);
  const newest = Math.max(
    ...measured.design.components.filter((one) => one.kind === 'database').map((one) => versionOf(measured, one)),
  );
  return { text: `version ${version}`, stale: version < newest };
}

const versionOf = (measured: Measured, component: Component): number =>
  measured.fields[measured.window.elements.indexOf(component.id) * FIELDS + Field.Version] ?? 0;

/** The web and application server of a host that stands by wear its dash; its database earns its keep by reads. */
function stateOf(measured: Measured, component: Component): PartState {
  const element = measured.window.elements.indexOf(component.id);
  if (component.kind === 'files') return 'up';
  if (measured.fields[element * FIELDS + Field.Hung] === 1) return 'hung';
  if ((measured.fields[element * FIELDS + Field.SlowPercent] ?? 0) > 0) return 'slow';
  if (component.kind !== 'web-server' && component.kind !== 'app-server') return 'up';
  const server = measured.servers.find((one) => one.hostId === component.hostId);
  if (server?.state === BeliefState.Drain) return 'draining';
  if (server?.state === BeliefState.Maintenance) return 'maintenance';
  return server?.backup === true && !working(measured.servers).includes(server) ? 'standby' : 'up';
}

function usersReading(measured: Measured): Reading {
  const { design, window, outcomes } = measured;
  const links = design.links.filter((link) => link.from === USERS).map((link) => window.elements.indexOf(link.id));
  return {
    ...NOTHING,
    requestsPerS: rate(measured, links, Purpose.Read, Purpose.Write, Purpose.Static),
    p99Ms: measured.nowUs < LATENCY_SPAN_US ? null : measured.usersP99Ms,
    ...(measured.silent ? { answeredShare: 0, failingWord: 'no request ends' } : noticed(outcomes)),
  };
}

/** What the users notice: all is answered, or which sort fails, or how much. */
function noticed(outcomes: Outcomes): Partial<Reading> {
  const { failed, writes, writesFailed } = outcomes;
  const ended = outcomes.answered + outcomes.retried + failed;
  if (ended === 0) return { answeredShare: null };
  const answeredShare = (ended - failed) / ended;
  if (failed === ended) return { answeredShare, failingWord: 'all requests fail' };
  if (writes >= 2 && writesFailed === writes && failed === writesFailed) {
    return { answeredShare, failingWord: 'writes fail', answeringWord: 'reads answered' };
  }
  return { answeredShare };
}
