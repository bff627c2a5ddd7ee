// A tiny world for the tests of behaviours: the real engine, a few components on a few hosts, an explicit list of requests,
// and neighbours that answer by a script. It says how every request ended and how every field changed.
import { BARE, BARE_HOST } from '../design/bare.ts';
import type { Arrival, Component, Design, Link } from '../design/design.ts';
import { elementsOf } from '../design/elements.ts';
import { toMs } from '../foundation/micros.ts';
import type { Behaviour, Context } from '../simulation/behaviour.ts';
import type { Command } from '../simulation/command.ts';
import { Message, type MessageCode, type PurposeCode, REASONS, reasonCode } from '../simulation/message.ts';
import { COOKIE_STATES, TERMINATIONS } from '../simulation/requests.ts';
import { startSimulation } from '../simulation/simulation.ts';
import { purposeOf, signOf, type TraceChunk } from '../simulation/trace.ts';
import { TraceRecorder } from '../simulation/trace-recorder.ts';
import type { Behaviours } from '../simulation/world.ts';

export interface TinyWorld {
  /** `host/component: kind`, such as `a/nginx: web-server`, with its settings. */
  readonly parts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** `from-to: one-way latency in ms`, in the order of the design's links; `users` asks. */
  readonly links: Readonly<Record<string, number>>;
  readonly arrivals: readonly Arrival[];
  readonly behaviours: Readonly<Record<string, unknown>>;
  readonly commands?: readonly Command[];
  readonly clientTimeoutMs?: number;
  /** How many users there are; the arrivals say which one asks. */
  readonly users?: number;
  readonly untilS: number;
}

/** How a request ended, with names in place of codes. */
interface Ended {
  readonly request: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly status: number;
  readonly reason: string;
  readonly cause: string | null;
  readonly staleBy: number;
  /** Behind a load balancer: HAProxy's four flags, the link to the server that had it last, Tw, places in the queues. */
  readonly flags?: string;
  readonly link?: string | null;
  readonly queuedMs?: number;
  readonly places?: string;
}

export interface Played {
  readonly ends: readonly Ended[];
  /** `[ms, value]` of a field of an element, from its first change after the start. */
  changes(element: string, field: number): readonly (readonly [number, number])[];
  /** What was sent on a link: `[ms of departure, ms of arrival, purpose, sign]`. */
  hops(link: string): readonly (readonly [number, number, number, number])[];
  readonly openCalls: number;
}

/** Plays a tiny world to its end; the seed is always 1. */
export function play(tiny: TinyWorld): Played {
  const design = designOf(tiny);
  const recorder = new TraceRecorder();
  const run = { design, seed: 1, commands: tiny.commands ?? [] };
  const simulation = startSimulation(run, tiny.behaviours as Behaviours, recorder);
  const chunks: TraceChunk[] = [];
  for (let second = 1; second <= tiny.untilS; second++) {
    simulation.advance(second * 1_000_000);
    chunks.push(recorder.cut(simulation.world));
    recorder.begin(simulation.world);
  }
  const elements = elementsOf(design).ids;
  return {
    ends: chunks.flatMap((chunk) => endsOf(chunk, elements)),
    changes: (element, field) => chunks.flatMap((chunk) => changesOf(chunk, elements.indexOf(element), field)),
    hops: (link) => chunks.flatMap((chunk) => hopsOf(chunk, elements.indexOf(link))),
    openCalls: simulation.world.calls.open,
  };
}

function endsOf({ ends }: TraceChunk, elements: readonly string[]): Ended[] {
  return Array.from(ends.request, (request, row) => ({
    request,
    startMs: toMs(ends.startUs[row] as number),
    endMs: toMs(ends.endUs[row] as number),
    status: ends.status[row] as number,
    reason: REASONS[ends.reason[row] as number] as string,
    cause: elements[ends.cause[row] as number] ?? null,
    staleBy: ends.staleBy[row] as number,
    ...(ends.termination[row] === 0 ? {} : balancedOf(ends, row, elements)),
  }));
}

const balancedOf = (ends: TraceChunk['ends'], row: number, elements: readonly string[]) => ({
  flags: `${TERMINATIONS[ends.termination[row] as number]}${COOKIE_STATES[ends.cookieState[row] as number]}`,
  link: elements[ends.server[row] as number] ?? null,
  queuedMs: toMs(ends.queueUs[row] as number),
  places: `${ends.serverQueue[row]}/${ends.backendQueue[row]}`,
});

function changesOf({ changes }: TraceChunk, element: number, field: number): [number, number][] {
  return Array.from(changes.atUs, (atUs, row): [number, number] => [toMs(atUs), changes.value[row] as number]).filter(
    (_, row) => changes.element[row] === element && changes.field[row] === field,
  );
}

function hopsOf({ hops }: TraceChunk, link: number): [number, number, number, number][] {
  return Array.from(hops.departUs, (departUs, row): [number, number, number, number] => {
    const what = hops.what[row] as number;
    return [toMs(departUs), toMs(hops.arriveUs[row] as number), purposeOf(what), signOf(what)];
  }).filter((_, row) => hops.link[row] === link);
}

/** Answers `status` after `afterMs` to whatever is asked, or never with `afterMs` below 0. */
export const scripted = (afterMs: number, status = 200, reason: (typeof REASONS)[number] = 'none'): Behaviour => ({
  start: () => ({}),
  onMessage: (_state, _config, code, call, context: Context) => {
    if (code === Message.Closed) context.drop(call);
    else if (afterMs >= 0) context.after(afterMs * 1000, 1, call, 0);
  },
  onTimer: (_state, _config, _timer, call, _data, context: Context) => {
    context.answer(call, status, reasonCode(reason), reason === 'none' ? -1 : context.elementOf(context.self));
  },
  onStop: () => undefined,
});

/** Passes every request on along its links in turn, as a message of that code, and the answer back. */
export const turns = (passedOn: MessageCode): Behaviour => ({
  start: () => ({ next: 0 }),
  onMessage: (state, _config, code, call, context: Context) => {
    const { calls } = context;
    const links = context.outgoing();
    if (code === Message.HttpRequest) {
      const turn = state as { next: number };
      const link = links[turn.next++ % links.length];
      if (link) context.call(link.index, passedOn, calls.purpose[call] as PurposeCode, call);
      return;
    }
    if (code === Message.Closed) return;
    const parent = calls.parent[call] as number;
    const status = code === Message.Answer ? (calls.status[call] as number) : 502;
    context.answer(parent, status, calls.reason[call] as number, calls.cause[call] as number);
  },
  onTimer: () => undefined,
  onStop: () => undefined,
});

function designOf(tiny: TinyWorld): Design {
  const components = Object.entries(tiny.parts).map(([name, config]): Component => {
    const [, hostId = '', id = '', kind = ''] = /^(\w+)\/(\w+): ([\w-]+)$/.exec(name) ?? [];
    return { id, hostId, kind, name: id, position: ORIGIN, config };
  });
  const links = Object.entries(tiny.links).map(([id, latencyMs]): Link => {
    const [from = '', to = ''] = id.split('-');
    return { id, from, to, protocol: 'http', port: 80, latencyMs, encrypted: false };
  });
  const hosts = [...new Set(components.map((component) => component.hostId))].map((id) => ({
    id,
    name: id,
    position: ORIGIN,
    size: { width: 100, height: 100 },
    heading: 'top' as const,
    address: '192.0.2.1',
    ...BARE_HOST,
    adminPort: null,
  }));
  return {
    version: 2,
    id: 'tiny',
    name: 'Tiny',
    title: 'Tiny',
    summary: [],
    timings: 'custom',
    dns: { position: ORIGIN, name: 'www.foobar.com', type: 'A', address: '192.0.2.1', ttlS: 300, latencyMs: 0 },
    traffic: {
      position: ORIGIN,
      rateRps: 0,
      arrivals: { type: 'list', list: tiny.arrivals, closedLoop: false },
      writeShare: 0,
      staticShare: 0,
      clientTimeoutMs: tiny.clientTimeoutMs ?? 30_000,
      users: tiny.users ?? 1,
    },
    hosts,
    components,
    links,
    ...BARE,
    layout: { size: { width: 100, height: 100 }, title: ORIGIN, legend: ORIGIN, monitoring: ORIGIN },
  };
}

const ORIGIN = { x: 0, y: 0 };
