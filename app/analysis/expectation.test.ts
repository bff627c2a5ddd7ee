// What is foretold of a fault from the drawing is what the run then shows: which requests are served once it has settled, and when
// it is noticed. Every fault that the page knows, at every element, in the built-in designs and with other settings.
import { describe, expect, test } from 'vitest';
import { checkTimesOf } from '../catalogue/check-times.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { workings } from '../catalogue/workings.ts';
import { type Design, USERS } from '../design/design.ts';
import { entries, fallsWith } from '../design/graph.ts';
import { wiringOf } from '../design/wiring.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { hardenedDesign } from '../designs/hardened.ts';
import { scaledUpDesign } from '../designs/scaled-up.ts';
import { securedDesign } from '../designs/secured.ts';
import { simpleDesign } from '../designs/simple.ts';
import { present } from '../foundation/assert.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { Purpose } from '../simulation/message.ts';
import { Belief, BeliefState } from '../simulation/trace.ts';
import { type Expectation, expectationOf, type Foretold, type Served } from './expectation.ts';
import type { RunMeasure } from './finding.ts';
import { measureWith } from './measure.ts';
import { elementOf, fieldValues } from './reading.ts';

const measure = measureWith(behaviours, 7);
const FAULT_US = 10 * SECOND;
const RESTART_US = 3 * SECOND;
const WATCHED_US = 15 * SECOND;

type Config = Readonly<Record<string, unknown>>;
const withConfig = (design: Design, kind: string, change: (config: Config) => Config): Design => ({
  ...design,
  components: design.components.map((part) => (part.kind === kind ? { ...part, config: change(part.config) } : part)),
});
const withServers = (design: Design, change: (server: Config, index: number) => Config): Design =>
  withConfig(design, 'load-balancer', (config) => ({
    ...config,
    servers: (config['servers'] as Config[]).map(change),
  }));
const withCheck = (design: Design, check: Config): Design =>
  withServers(design, (server) => ({ ...server, check: { ...(server['check'] as Config), ...check } }));

interface Case {
  readonly name: string;
  readonly foretold: Foretold;
  readonly commands: readonly Command[];
}

const atUs = FAULT_US;

function casesOf(design: Design): readonly Case[] {
  const processes = design.components.filter(({ kind }) => kind !== 'files').map(({ id }) => id);
  const hosts = design.hosts.map(({ id }) => id);
  return [
    ...hosts.flatMap((target) => elementCases(target, 'unreachable', fallsWith(design, target))),
    ...processes.flatMap((target) => elementCases(target, 'refuses', new Set([target]))),
    ...design.links.filter(({ protocol }) => protocol !== 'file').flatMap(({ id }) => lineCases(id)),
    ...hosts.flatMap((a, index) => hosts.slice(index + 1).flatMap((b) => partCase(design, a, b))),
    ...[20, Math.max(20, 10 * design.traffic.rateRps)].map(floodCase),
  ];
}

function elementCases(target: string, how: 'unreachable' | 'refuses', elements: ReadonlySet<string>): readonly Case[] {
  const kill: Command = { atUs, type: 'kill', target };
  const back: Command = { atUs: atUs + RESTART_US, type: 'repair', target, fault: 'kill' };
  return [
    { name: `death of ${target}`, foretold: { type: 'gone', elements, how, forUs: null }, commands: [kill] },
    {
      name: `restart of ${target}`,
      foretold: { type: 'gone', elements, how, forUs: RESTART_US },
      commands: [kill, back],
    },
    {
      name: `hang of ${target}`,
      foretold: { type: 'gone', elements, how: 'hangs', forUs: null },
      commands: [{ atUs, type: 'hang', target }],
    },
    {
      name: `slow ${target}`,
      foretold: { type: 'burden', floodRps: 0, slow: new Map([[target, 5]]) },
      commands: [{ atUs, type: 'slow', target, factor: 5 }],
    },
  ];
}

const lineCases = (target: string): readonly Case[] => [
  {
    name: `cut of ${target}`,
    foretold: { type: 'gone', elements: new Set([target]), how: 'unreachable', forUs: null },
    commands: [{ atUs, type: 'cut', target }],
  },
  {
    name: `delay of ${target}`,
    foretold: { type: 'lossy', link: target, lossShare: 0, delayMs: 100 },
    commands: [{ atUs, type: 'degrade', target, lossShare: 0, delayMs: 100 }],
  },
];

function partCase(design: Design, a: string, b: string): readonly Case[] {
  const hostOf = (id: string) => wiringOf(design).component(id)?.hostId;
  const between = design.links.filter(({ from, to }) => {
    const ends = [hostOf(from), hostOf(to)];
    return ends.includes(a) && ends.includes(b);
  });
  if (between.length === 0) return [];
  const elements = new Set(between.map(({ id }) => id));
  return [
    {
      name: `partition of ${a} and ${b}`,
      foretold: { type: 'gone', elements, how: 'unreachable', forUs: null },
      commands: [{ atUs, type: 'cut', target: a, other: b }],
    },
  ];
}

const floodCase = (rateRps: number): Case => ({
  name: `flood of ${rateRps}/s`,
  foretold: { type: 'burden', floodRps: rateRps, slow: new Map() },
  commands: [{ atUs, type: 'flood', target: USERS, rateRps }],
});

const siteOf = (design: Design) => ({
  design,
  entrance: present(entries(design)[0] ?? null, 'an entrance'),
  knowledge,
  workings,
  checks: checkTimesOf(design),
});

/** What a run shows against what was foretold of it; empty where they agree. */
function differences(design: Design, { foretold, commands }: Case): readonly string[] {
  const expected = expectationOf(siteOf(design), foretold);
  const fromUs = FAULT_US + (expected.settleUs === 0 ? WATCHED_US : expected.settleUs);
  const run = measure(design, commands, fromUs + WATCHED_US);
  const isRestart = foretold.type === 'gone' && foretold.forUs !== null;
  return [...servedWrong(run, expected, fromUs), ...detectWrong(run, expected, isRestart)];
}

function servedWrong(run: RunMeasure, { reads, writes, load }: Expectation, fromUs: number): readonly string[] {
  const count = { reads: 0, readsAnswered: 0, writes: 0, writesAnswered: 0 };
  for (const { ends } of run.chunks) {
    ends.endUs.forEach((endUs, row) => {
      if (endUs < fromUs || ends.purpose[row] === Purpose.Flood) return;
      const which = ends.purpose[row] === Purpose.Write ? 'writes' : 'reads';
      count[which]++;
      if (ends.outcome[row] !== 2) count[`${which}Answered`]++;
    });
  }
  if (load !== null && reads === 'some' && writes === 'some') {
    const answered = count.readsAnswered + count.writesAnswered;
    return answered < count.reads + count.writes ? [] : ['all are served, expected not all'];
  }
  const wrong = (name: string, served: Served | null, answered: number, all: number) =>
    served === null || agrees(served, answered, all) ? [] : [`${name} ${answered} of ${all}, expected ${served}`];
  return [
    ...wrong('reads', reads, count.readsAnswered, count.reads),
    ...wrong('writes', writes, count.writesAnswered, count.writes),
  ];
}

function agrees(served: Served, answered: number, all: number): boolean {
  if (served === 'all') return answered === all;
  if (served === 'none') return answered === 0;
  return served === 'some' ? all === 0 || answered < all : answered >= 0.98 * all;
}

function detectWrong(run: RunMeasure, { detect }: Expectation, isRestart: boolean): readonly string[] {
  const downs = checkTimesOf(run.design).flatMap(({ link }) =>
    fieldValues(run, elementOf(run.design, link), Belief.State, FAULT_US, run.untilUs)
      .slice(1)
      .filter(({ value }) => value === BeliefState.Down)
      .map(({ atUs: us }) => us - FAULT_US),
  );
  const tookUs = downs.length === 0 ? null : Math.min(...downs);
  if (detect === 'unknown' || (isRestart && detect !== 'never' && tookUs === null)) return [];
  if (detect === 'never') return tookUs === null ? [] : [`marked DOWN after ${tookUs} us, expected never`];
  const isWithin = tookUs !== null && tookUs >= detect[0] && tookUs <= detect[1];
  return isWithin ? [] : [`marked DOWN after ${tookUs} us, expected ${detect.join(' to ')}`];
}

const classic = distributedDesign('classroom');
const passive = withConfig(
  withServers(classic, (server, index) => ({ ...server, backup: index === 1 })),
  'app-server',
  (config) => ({ ...config, readsFrom: 'both' }),
);
const DESIGNS: readonly (readonly [string, Design])[] = [
  ['one server', simpleDesign('classroom')],
  ['active-active', classic],
  ['active-passive', passive],
  ['scaled up', scaledUpDesign('classroom')],
];
/** The same with something else set: a few elements are enough. */
const MONITOR = { monitorIntervalMs: 1_000, failcount: 3, backendConnectTimeoutMs: 1_000 };
const VARIED: readonly (readonly [string, Design])[] = [
  ['hardened', hardenedDesign('classroom')],
  ['a replica that steps in', withConfig(classic, 'database', (config) => ({ ...config, monitor: MONITOR }))],
  [
    'a replica that steps in and switches the primary off',
    withConfig(classic, 'database', (config) => ({ ...config, monitor: { ...MONITOR, stonithMs: 500 } })),
  ],
  [
    'a page that needs the data as health check',
    withCheck(
      withConfig(classic, 'app-server', (config) => ({ ...config, readsFrom: 'both' })),
      { uri: '/ready' },
    ),
  ],
  ['secured', securedDesign('classroom')],
  ['without checks', withServers(classic, (server) => ({ ...server, check: null }))],
  ['checks that only connect', withCheck(classic, { type: 'tcp' })],
  ['quick checks', withCheck(classic, { fall: 1, rise: 1, interMs: 500, fastinterMs: null })],
  ['least connections', withConfig(classic, 'load-balancer', (config) => ({ ...config, balance: 'leastconn' }))],
  ['two connections a server', withServers(classic, (server) => ({ ...server, maxconn: 2 }))],
  ['two workers', withConfig(classic, 'app-server', (config) => ({ ...config, workers: 2 }))],
  ['workers that do not wait', withConfig(classic, 'app-server', (config) => ({ ...config, holdsWorker: false }))],
  ['files beside pages', { ...classic, traffic: { ...classic.traffic, staticShare: 0.5 } }],
];

const wrongIn = (design: Design, cases: readonly Case[]): readonly string[] =>
  cases.flatMap((one) => differences(design, one).map((words) => `${one.name}: ${words}`));

test.each(DESIGNS)('%s: every fault does what is foretold of it', (_name, design) => {
  const cases = casesOf(design);
  expect(cases.length).toBeGreaterThan(20);
  expect(wrongIn(design, cases)).toEqual([]);
});

test.each(VARIED)('%s: so do those of Server 1 and of what it depends on', (_name, design) => {
  const cases = casesOf(design).filter(({ name }) => /server1|app1$|mysql|nginx1$|data1|flood/.test(name));
  expect(cases.length).toBeGreaterThan(20);
  expect(wrongIn(design, cases)).toEqual([]);
});

test('most of it is foretold: what is not says why', () => {
  for (const [name, design] of DESIGNS) {
    const expectations = casesOf(design).map(({ foretold }) => expectationOf(siteOf(design), foretold));
    const open = expectations.filter(({ reads, writes }) => reads === null && writes === null);
    expect({ name, share: open.length / expectations.length < 0.1 }).toEqual({ name, share: true });
    expect(open.every(({ why }) => why !== null)).toBe(true);
  }
});

test('what is lost is chance, and two balancers that do not hear each other are two holders', () => {
  const lossy: Foretold = { type: 'lossy', link: 'haproxy-nginx1', lossShare: 0.3, delayMs: 0 };
  expect(expectationOf(siteOf(classic), lossy)).toMatchObject({ reads: null, writes: null, why: { type: 'chance' } });
  const scaled = scaledUpDesign('classroom');
  const vrrp: Foretold = {
    type: 'gone',
    elements: new Set(['keepalived1-keepalived2']),
    how: 'unreachable',
    forUs: null,
  };
  expect(expectationOf(siteOf(scaled), vrrp)).toMatchObject({ reads: null, why: { type: 'two-holders' } });
});

describe('the classic design in numbers', () => {
  const foretell = (foretold: Foretold) => expectationOf(siteOf(classic), foretold);
  const gone = (target: string, how: 'unreachable' | 'refuses' | 'hangs'): Foretold => ({
    type: 'gone',
    elements: fallsWith(classic, target),
    how,
    forUs: null,
  });

  test('Server 1 dead: reads go on, writes do not, and HAProxy knows in 5 to 7 s', () => {
    const { reads, writes, detect } = foretell(gone('server1', 'unreachable'));
    expect({ reads, writes, detect }).toEqual({ reads: 'all', writes: 'none', detect: [4_880_000, 7_240_000] });
  });

  test('Server 1 hangs: what waits for its database takes the workers of Server 2, too', () => {
    const { reads, writes, load } = foretell(gone('server1', 'hangs'));
    expect({ reads, writes, busiest: load?.busiest.component.id }).toEqual({
      reads: 'some',
      writes: 'none',
      busiest: 'app2',
    });
  });

  test('nobody checks the load balancer, nor an app server behind a page that nginx answers', () => {
    for (const target of ['lb', 'haproxy', 'app1', 'mysql1']) {
      expect({ target, detect: foretell(gone(target, 'refuses')).detect }).toEqual({ target, detect: 'never' });
    }
  });

  test.each([
    ['server1', 'unreachable'],
    ['server2', 'unreachable'],
    ['nginx1', 'refuses'],
    ['nginx2', 'refuses'],
  ] as const)('%s is marked DOWN within the time that is foretold, whenever it dies', (target, how) => {
    const { detect } = foretell(gone(target, how));
    const link = classic.links.find(
      ({ from, to }) => from === 'haproxy' && (to === target || to === `nginx${target.at(-1)}`),
    );
    if (typeof detect === 'string' || link === undefined) throw new Error('nobody checks it');
    for (let tenth = 0; tenth < 24; tenth++) {
      const diesUs = 6 * SECOND + tenth * 97_000;
      const run = measure(classic, [{ atUs: diesUs, type: 'kill', target }], 18 * SECOND);
      const down = fieldValues(run, elementOf(classic, link.id), Belief.State, diesUs, 18 * SECOND).find(
        ({ value }) => value === BeliefState.Down,
      );
      const tookUs = (down?.atUs ?? 0) - diesUs;
      expect({ tenth, tookUs, isForetold: tookUs >= detect[0] && tookUs <= detect[1] }).toMatchObject({
        isForetold: true,
      });
    }
  });
});
