// Scenarios of the families that the recordings know, with other parameters each time: drawn by dice from a seed.

import type { Dice } from '../../foundation/dice.ts';
import type { RecordedCheck, RecordedModel, RecordedServer } from '../../ground-truth/recording.ts';
import type { Planned, Scenario, Step } from './scenario.ts';

const TIMEOUTS = { connect: 5000, client: 60_000, server: 60_000 };

const server = (index: number, more: Partial<RecordedServer> = {}): RecordedServer => ({
  name: `s${index + 1}`,
  weight: 1,
  backup: false,
  ...more,
});

const servers = (count: number, more: (index: number) => Partial<RecordedServer> = () => ({})): RecordedServer[] =>
  Array.from({ length: count }, (_, index) => server(index, more(index)));

const model = (more: Partial<RecordedModel> & Pick<RecordedModel, 'servers'>): RecordedModel => ({
  balance: 'roundrobin',
  retries: 3,
  redispatch: null,
  timeouts: TIMEOUTS,
  ...more,
});

const oneByOne = (count: number, more: (index: number) => Partial<Planned> = () => ({})): Planned[] =>
  Array.from({ length: count }, (_, index) => ({ atMs: null, serviceMs: 0, ...more(index) }));

const every = (gapMs: number, untilMs: number, serviceMs = 0): Planned[] =>
  Array.from({ length: Math.floor(untilMs / gapMs) }, (_, index) => ({ atMs: index * gapMs, serviceMs }));

const SCENARIO = { steps: [], untilMs: 0, ordered: false } as const;

/** One request at a time from a fresh start: the order of servers. */
function order(dice: Dice): Scenario {
  const balance = dice.one(['roundrobin', 'roundrobin', 'static-rr', 'leastconn', 'first']);
  const most = balance === 'roundrobin' ? dice.one([5, 30, 256]) : 12;
  const weight = () => (balance === 'first' ? 1 : dice.whole(1, most));
  return {
    ...SCENARIO,
    family: balance,
    what: 'one request at a time from a fresh start',
    model: model({ balance, servers: servers(dice.whole(2, 6), () => ({ weight: weight() })) }),
    requests: oneByOne(80),
    ordered: true,
  };
}

function source(dice: Dice): Scenario {
  const hash = dice.one(['map-based', 'map-based avalanche', 'consistent', 'consistent sdbm avalanche']);
  return {
    ...SCENARIO,
    family: 'source',
    what: `balance source, hash-type ${hash}`,
    model: model({
      balance: 'source',
      servers: servers(dice.whole(2, 5), () => ({ weight: dice.whole(1, 4) })),
      backendLines: [`hash-type ${hash.replace('map-based avalanche', 'map-based sdbm avalanche')}`],
    }),
    requests: oneByOne(60, () => ({ src: `127.${dice.whole(0, 9)}.${dice.whole(0, 255)}.${dice.whole(2, 254)}` })),
    ordered: true,
  };
}

/** Weights and states that an operator changes between two requests. */
function change(dice: Dice): Scenario {
  const count = dice.whole(2, 4);
  const act = (): string => {
    const name = `be/s${dice.whole(1, count)}`;
    if (dice.chance(0.4)) return `set server ${name} state ${dice.one(['maint', 'ready', 'drain', 'ready'])}`;
    return `set server ${name} weight ${dice.whole(0, 12)}`;
  };
  const before = [7, 19, 31, 44, 56, 68].map((index) => index + dice.whole(0, 8));
  return {
    ...SCENARIO,
    family: 'roundrobin-change',
    what: 'weights and states changed on the fly',
    model: model({
      balance: dice.one(['roundrobin', 'roundrobin', 'leastconn']),
      servers: servers(count, () => ({ weight: dice.whole(1, 9) })),
    }),
    requests: oneByOne(90),
    steps: before.map((beforeRequest): Step => ({ beforeRequest, action: `cli: ${act()}`, target: 'lb' })),
    ordered: true,
  };
}

/** A dead server that nobody checks: retries, redispatch, and how long they wait. */
function retry(dice: Dice): Scenario {
  const balance = dice.one(['roundrobin', 'leastconn', 'static-rr']);
  return {
    ...SCENARIO,
    family: 'retry',
    what: 'server s1 is dead and not checked',
    model: model({
      balance,
      retries: dice.whole(0, 5),
      redispatch: dice.one([null, -1, 1, 2, 3]),
      timeouts: { ...TIMEOUTS, connect: dice.whole(20, 90) * 10 },
      servers: servers(dice.whole(1, 3)),
    }),
    requests: oneByOne(8),
    steps: [{ atMs: 0, action: 'kill -9', target: 's1' }],
  };
}

/** How near two moments may come before the machine's noise decides which is first. */
const APART_MS = 10;

/** `maxconn` and its queues; the caller draws again until no two moments coincide. */
function queue(dice: Dice): Scenario {
  const balance = dice.one(['roundrobin', 'leastconn', 'first']);
  const maxqueue = balance === 'leastconn' && dice.chance(0.3) ? { maxqueue: dice.whole(1, 2) } : {};
  const maxconn = dice.whole(1, 3);
  const gapMs = dice.whole(40, 90);
  const wait = dice.chance(0.3) ? { queue: dice.whole(20, 60) * 10 } : {};
  return {
    ...SCENARIO,
    family: 'queue',
    what: 'more requests than the servers take at a time',
    model: model({
      balance,
      timeouts: { ...TIMEOUTS, ...wait },
      servers: servers(dice.whole(1, 3), () => ({ maxconn, ...maxqueue })),
    }),
    requests: Array.from({ length: 14 }, (_, index) => ({ atMs: index * gapMs, serviceMs: dice.whole(50, 330) })),
  };
}

function checkOf(dice: Dice): RecordedCheck {
  const inter = dice.whole(4, 14) * 100;
  return {
    type: dice.one(['tcp', 'http']),
    inter,
    fall: dice.whole(1, 4),
    rise: dice.whole(1, 4),
    ...(dice.chance(0.5) ? { fastinter: dice.whole(2, 6) * 100 } : {}),
    ...(dice.chance(0.3) ? { downinter: dice.whole(3, 9) * 100 } : {}),
  };
}

/** A server that is killed and comes back: when the balancer notices, and what becomes of the requests meanwhile. */
function failover(dice: Dice): Scenario {
  const check = checkOf(dice);
  const { inter, fall, rise, fastinter = inter, downinter = inter } = check;
  const killMs = Math.round(inter * (1.6 + dice.share()));
  const backMs = Math.round(killMs + inter + fall * fastinter + 300 + dice.share() * inter);
  const untilMs = backMs + Math.max(inter, downinter) + rise * Math.max(fastinter, downinter) + 600;
  return {
    family: 'failover',
    what: 'server s1 is killed and comes back',
    model: model({
      balance: dice.one(['roundrobin', 'roundrobin', 'static-rr']),
      retries: dice.whole(0, 3),
      redispatch: dice.one([null, -1, 1]),
      timeouts: { ...TIMEOUTS, connect: 1000 },
      backendLines: ['option log-health-checks'],
      servers: servers(dice.whole(2, 3), (index) => ({ check, backup: index === 1 && dice.chance(0.3) })),
    }),
    requests: every(dice.whole(83, 137), untilMs),
    steps: [
      { atMs: killMs, action: 'kill -9', target: 's1' },
      { atMs: backMs, action: 'listening', target: 's1' },
    ],
    untilMs,
    ordered: false,
  };
}

/** A server that hangs: connections open, nothing is answered. */
function hang(dice: Dice): Scenario {
  const inter = dice.whole(5, 12) * 100;
  const check: RecordedCheck = { type: 'http', inter, fall: dice.whole(1, 3), rise: dice.whole(1, 3) };
  const stopMs = Math.round(inter * (1.6 + dice.share()));
  const backMs = Math.round(stopMs + (2 * check.fall + 1) * inter + 300);
  const untilMs = backMs + (check.rise + 2) * inter + 600;
  return {
    family: 'hang',
    what: 'server s1 hangs and goes on',
    model: model({
      timeouts: { ...TIMEOUTS, connect: 1000, server: dice.whole(4, 12) * 100 + 50 },
      backendLines: ['option log-health-checks'],
      servers: servers(dice.whole(2, 3), () => ({ check })),
    }),
    requests: every(dice.whole(89, 149), untilMs),
    steps: [
      { atMs: stopMs, action: 'SIGSTOP', target: 's1' },
      { atMs: backMs, action: 'SIGCONT', target: 's1' },
    ],
    untilMs,
    ordered: false,
  };
}

/** Cookies bring clients back, also while their server drains or is taken out. */
function sticky(dice: Dice): Scenario {
  const clients = dice.whole(3, 8);
  const count = dice.whole(2, 4);
  const states = ['drain', 'maint', 'ready', 'ready'];
  const action = () => `cli: set server be/s${dice.whole(1, count)} state ${dice.one(states)}`;
  return {
    ...SCENARIO,
    family: 'sticky',
    what: 'cookies, and states changed on the fly',
    model: model({
      servers: servers(count, (index) => ({ cookie: `c${index + 1}`, weight: dice.whole(1, 3) })),
      backendLines: ['cookie SRV insert indirect nocache'],
    }),
    requests: oneByOne(80, () => ({ client: dice.whole(0, clients - 1) })),
    steps: [20, 34, 48, 62].map((beforeRequest) => ({ beforeRequest, action: action(), target: 'lb' })),
  };
}

export interface Family {
  readonly draw: (dice: Dice) => Scenario;
  /** How many the bench records. */
  readonly share: number;
  /** Its moments must lie this far apart, or it is drawn again. */
  readonly apartMs?: number;
}

export const FAMILIES: readonly Family[] = [
  { draw: order, share: 14 },
  { draw: source, share: 6 },
  { draw: change, share: 8 },
  { draw: retry, share: 10 },
  { draw: queue, share: 8, apartMs: APART_MS },
  { draw: sticky, share: 6 },
  { draw: failover, share: 8 },
  { draw: hang, share: 4 },
];
