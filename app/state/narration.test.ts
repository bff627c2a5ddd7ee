// The one sentence, from facts made by hand: every turn of the story, in its own words.
import { describe, expect, test } from 'vitest';
import { distributedDesign } from '../designs/distributed.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { BeliefState } from '../simulation/trace.ts';
import type { Outcomes } from '../timeline/trace-window.ts';
import { modeCommands } from './actions/set-mode.ts';
import { beliefWord, rowOf, type ServerBelief } from './beliefs.ts';
import { designAfter } from './design-at.ts';
import { narrate } from './narration.ts';
import type { Facts, Load } from './narration-facts.ts';
import { tellFault } from './narration-faults.ts';
import { truthAt } from './truth.ts';

const DESIGN = distributedDesign('classroom');
const NOW = 60 * SECOND;
const CALM: Load = { answered: 20, failed: 0, waiting: 3, silent: false, reason: 'none', blamed: '', queues: [] };

function server(number: 1 | 2, changes: Partial<ServerBelief> = {}): ServerBelief {
  return {
    name: `Server ${number}`,
    linkId: `haproxy-nginx${number}`,
    linkElement: 20 + number,
    componentId: `nginx${number}`,
    hostId: `server${number}`,
    state: BeliefState.Up,
    health: 4,
    rise: 2,
    fall: 3,
    backup: false,
    weight: 1,
    sessions: 0,
    queue: 0,
    sinceUs: 0,
    isNext: false,
    tested: true,
    ...changes,
  };
}

const kills = (...targets: readonly string[]): readonly Command[] =>
  targets.map((target) => ({ type: 'kill', atUs: 50 * SECOND, target }));

const NONE: Outcomes = {
  total: 0,
  answered: 0,
  retried: 0,
  waiting: 0,
  failed: 0,
  writes: 0,
  writesFailed: 0,
  failures: [],
  flood: { ended: 0, failed: 0 },
};

function say(changes: Partial<Facts> = {}, commands: readonly Command[] = []): string {
  const design = changes.design ?? DESIGN;
  return narrate(
    {
      nowUs: NOW,
      design,
      truth: truthAt(design, commands, NOW),
      servers: [server(1), server(2)],
      behind: 0,
      shared: null,
      data: null,
      switchedUs: null,
      load: CALM,
      readings: {},
      outcomes: NONE,
      ...changes,
    },
    tellFault,
  );
}

const falling = (health: number) => [server(1, { health }), server(2)];
const down = (sinceUs: number, health = 0) => [server(1, { state: BeliefState.Down, health, sinceUs }), server(2)];

describe('active-active', () => {
  test.each([
    ['healthy', {}, [], 'HAProxy takes turns: each server gets every second request.'],
    [
      'weights',
      { servers: [server(1, { weight: 2 }), server(2)] },
      [],
      'HAProxy takes turns by weight: Server 1 gets 2 of 3 requests.',
    ],
    [
      'dead, nothing missed',
      {},
      kills('server1'),
      'Server 1 is dead. HAProxy does not know yet and sends it every second request.',
    ],
    [
      'one missed',
      { servers: falling(3) },
      kills('server1'),
      'Server 1 missed 1 of 3 health checks. HAProxy still sends it every second request.',
    ],
    [
      'two missed',
      { servers: falling(2) },
      kills('server1'),
      'Server 1 missed 2 of 3 health checks. HAProxy still sends it every second request.',
    ],
    [
      'just marked',
      { servers: down(58 * SECOND) },
      kills('server1'),
      'HAProxy marked Server 1 DOWN. All requests now go to Server 2.',
    ],
    ['later', { servers: down(40 * SECOND) }, kills('server1'), 'Writes fail because the primary was on Server 1.'],
    [
      'repaired',
      { servers: down(40 * SECOND, 1) },
      [],
      'Server 1 answers again. HAProxy waits for 2 good checks before it sends requests.',
    ],
    [
      'back',
      { servers: [server(1, { sinceUs: 57 * SECOND }), server(2)] },
      [],
      'HAProxy marked Server 1 UP. The servers take turns again.',
    ],
    ['replica behind', { behind: 3 }, [], 'The replica is 3 writes behind.'],
    ['balancer dead', {}, kills('lb'), 'The load balancer is dead. No request is answered.'],
    ['balancer process', {}, kills('haproxy'), 'HAProxy is dead. No request is answered.'],
    [
      'app server',
      {},
      kills('app1'),
      'The app server on Server 1 is dead. nginx still passes its health checks, so HAProxy keeps it UP.',
    ],
    [
      'primary',
      {},
      kills('mysql1'),
      'Writes fail because the primary is dead. Reads fail on Server 1, which asks only its own database.',
    ],
    ['replica', {}, kills('mysql2'), 'The replica is dead. Reads fail on Server 2, which asks only its own database.'],
  ] as const)('%s', (_name, facts, commands, sentence) => {
    expect(say(facts as Partial<Facts>, commands)).toBe(sentence);
  });

  test('no server left', () => {
    const servers = [1, 2].map((number) =>
      server(number as 1 | 2, { state: BeliefState.Down, health: 0, sinceUs: 40 * SECOND }),
    );
    expect(say({ servers }, kills('server1', 'server2'))).toBe(
      'HAProxy marked Server 1 and Server 2 DOWN. It has no server left: every request fails.',
    );
  });
});

describe('active-passive', () => {
  const design = designAfter(DESIGN, modeCommands(DESIGN, DESIGN, 'active-passive', 0));
  const standby = server(2, { backup: true });

  test('why round robin has nothing to rotate over, and what the replica still does', () => {
    const sentences = [0, 7].map((seconds) =>
      say({ design, servers: [server(1), standby], switchedUs: NOW - seconds * SECOND }),
    );
    expect(sentences).toEqual([
      'Round robin has nothing to rotate over: Server 1 is the only active server, Server 2 stands by.',
      'Server 2 takes no requests, but its replica earns its keep: Server 1 reads from both databases.',
    ]);
  });

  test('the standby waits for DOWN, takes over, and writes still fail', () => {
    const missed = say({ design, servers: [server(1, { health: 2 }), standby] }, kills('server1'));
    expect(missed).toBe(
      'Server 1 missed 2 of 3 health checks. HAProxy still sends it every request, the standby waits for DOWN.',
    );
    const gone = (sinceUs: number) => [server(1, { state: BeliefState.Down, health: 0, sinceUs }), standby];
    expect(say({ design, servers: gone(58 * SECOND) }, kills('server1'))).toBe(
      'HAProxy marked Server 1 DOWN. The standby, Server 2, takes over.',
    );
    expect(say({ design, servers: gone(26_100_000) }, kills('server1'))).toBe(
      'The standby answers every read since 00:26.1. Writes fail: the primary was on Server 1.',
    );
  });

  test('a dead standby is noticed by reads from its replica alone', () => {
    const servers = [server(1), standby];
    const lost = 'Server 1 loses up to 1 s on reads from its replica until it is left out.';
    expect(say({ design, servers }, kills('server2'))).toBe(`Server 2 is dead. It stands by, but ${lost}`);
    expect(say({ design, servers }, kills('nginx2'))).toBe(
      'nginx on Server 2 is dead. It stands by, so no request notices yet.',
    );
    const downSince = (sinceUs: number) => [
      server(1),
      server(2, { backup: true, state: BeliefState.Down, health: 0, sinceUs }),
    ];
    expect(say({ design, servers: downSince(58 * SECOND) }, kills('server2'))).toBe(
      `HAProxy marked Server 2 DOWN. ${lost}`,
    );
    expect(say({ design, servers: downSince(40 * SECOND) }, kills('server2'))).toBe(`Server 2 is DOWN. ${lost}`);
  });

  test('a standby that rises will send nothing as long as the other one works', () => {
    const servers = [server(1), server(2, { backup: true, state: BeliefState.Down, health: 1 })];
    expect(say({ design, servers })).toBe(
      'Server 2 answers again. HAProxy waits for 2 good checks before it stands by.',
    );
  });
});

describe('more than one', () => {
  const goneFor = (number: 1 | 2) => server(number, { state: BeliefState.Down, health: 0, sinceUs: 40 * SECOND });

  test('a server that comes back alone takes no turns', () => {
    const servers = [goneFor(1), server(2, { sinceUs: 58 * SECOND })];
    expect(say({ servers }, kills('server1'))).toBe('HAProxy marked Server 2 UP. All requests now go to Server 2.');
  });

  test('every dead part that matters is named', () => {
    expect(say({}, kills('mysql1', 'mysql2'))).toBe('The primary and the replica are dead. Reads and writes fail.');
    expect(say({}, kills('app1', 'app2'))).toBe(
      'The app servers on Server 1 and Server 2 are dead. nginx still passes the health checks, so HAProxy keeps them UP.',
    );
    expect(say({}, kills('app2', 'mysql1'))).toBe(
      'The app server on Server 2 is dead. nginx still passes its health checks, so HAProxy keeps it UP. Writes fail because the primary is dead. Reads fail on Server 1, which asks only its own database.',
    );
    expect(say({}, kills('server1', 'server2'))).toBe(
      'Server 1 and Server 2 are dead. HAProxy does not know yet and sends them every request.',
    );
    const servers = [goneFor(1), server(2)];
    expect(say({ servers }, kills('server1', 'mysql2'))).toBe(
      'The primary and the replica are dead. Reads and writes fail.',
    );
  });
});

describe('requests that wait', () => {
  const servers = [server(1, { state: BeliefState.Down, health: 0, sinceUs: 40 * SECOND }), server(2)];
  const queues = [{ hostId: 'server2', length: 65, p99Ms: 4_100 }];

  test('a long queue is what matters', () => {
    const load = { ...CALM, queues };
    expect(say({ load })).toBe('Server 2 queues 65 requests and answers in 4.1 s.');
    expect(say({ load, servers }, kills('server1'))).toBe(
      'Server 2 queues 65 requests and answers in 4.1 s. Its writes wait for the dead primary.',
    );
  });

  test('when nothing is answered, the reason is told', () => {
    const failing: Load = {
      ...CALM,
      answered: 0,
      failed: 9,
      waiting: 80,
      reason: 'server-timeout',
      blamed: 'Server 2',
    };
    expect(say({ load: { ...failing, queues }, servers }, kills('server1'))).toBe(
      'No request is answered: Server 2 queues 65 requests, and each takes longer than HAProxy waits.',
    );
    expect(say({ load: { ...failing, silent: true, failed: 0, reason: 'none', queues } })).toBe(
      'No request is answered: Server 2 queues 65 requests.',
    );
  });
});

test('before the first result of a check nothing was missed', () => {
  const fresh = server(1, { health: 2, tested: false });
  expect(say({ servers: [fresh, server(2)] }, kills('server1'))).toBe(
    'Server 1 is dead. HAProxy does not know yet and sends it every second request.',
  );
  expect(beliefWord(fresh)).toBe('UP 1/3');
});

test("HAProxy's own words: falling is UP n/fall, rising is DOWN n/rise", () => {
  const up = [4, 3, 2].map((health) => beliefWord(server(1, { health })));
  expect(up).toEqual(['UP', 'UP 2/3', 'UP 1/3']);
  const rising = [0, 1].map((health) => beliefWord(server(1, { state: BeliefState.Down, health })));
  expect(rising).toEqual(['DOWN', 'DOWN 1/2']);
  expect(beliefWord(server(1, { backup: true }))).toBe('UP backup');
  expect(rowOf(server(1, { health: 2 }))).toMatchObject({ bars: 1, barsOf: 3, tone: 'doubt' });
  expect(rowOf(server(1, { state: BeliefState.Down, health: 1 }))).toMatchObject({ bars: 1, barsOf: 2, tone: 'doubt' });
  expect(rowOf(server(1, { state: BeliefState.NotChecked }))).toMatchObject({ word: 'no check', barsOf: 0 });
});
