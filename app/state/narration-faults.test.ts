// The one sentence while a fault other than death is on, from facts made by hand.
import { expect, test } from 'vitest';
import { distributedDesign } from '../designs/distributed.ts';
import { UNMEASURED } from '../drawing/part.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { BeliefState } from '../simulation/trace.ts';
import type { ServerBelief } from './beliefs.ts';
import { designAfter } from './design-at.ts';
import { narrate } from './narration.ts';
import type { Facts } from './narration-facts.ts';
import { tellFault } from './narration-faults.ts';
import { truthAt } from './truth.ts';

const DESIGN = distributedDesign('classroom');
const AT = 50 * SECOND;
const TURNS = 'HAProxy takes turns: each server gets every second request.';

const server = (number: 1 | 2, changes: Partial<ServerBelief> = {}): ServerBelief => ({
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
});

function say(commands: readonly Command[], changes: Partial<Facts> = {}): string {
  const design = changes.design ?? DESIGN;
  const outcomes = { total: 0, answered: 0, retried: 0, waiting: 0, failed: 0, writes: 0, writesFailed: 0 };
  const facts: Facts = {
    nowUs: AT + 10 * SECOND,
    design,
    truth: truthAt(design, commands, AT + 10 * SECOND),
    servers: [server(1), server(2)],
    behind: 0,
    shared: null,
    data: null,
    switchedUs: null,
    load: { answered: 20, failed: 0, waiting: 3, silent: false, reason: 'none', blamed: '', queues: [] },
    readings: {},
    outcomes: { ...outcomes, failures: [], flood: { ended: 0, failed: 0 } },
    ...changes,
  };
  return narrate(facts, tellFault);
}

const hang = (target: string): Command => ({ type: 'hang', atUs: AT, target });
const cut = (target: string, other?: string): Command => ({
  type: 'cut',
  atUs: AT,
  target,
  ...(other === undefined ? {} : { other }),
});
const slow: Command = { type: 'slow', atUs: AT, target: 'app1', factor: 5 };
const flood: Command = { type: 'flood', atUs: AT, target: 'users', rateRps: 40 };
const readings = { app1: { ...UNMEASURED, queue: 14, p99Ms: 1_100 } };

interface Checked {
  readonly check: object;
}
const SERVERS = (DESIGN.components.find((one) => one.id === 'haproxy')?.config['servers'] ?? []) as readonly Checked[];

/** The same design, with checks that only open a connection. */
const TCP = designAfter(DESIGN, [
  {
    type: 'reconfigure',
    atUs: 0,
    target: 'haproxy',
    patch: { servers: SERVERS.map((one) => ({ ...one, check: { ...one.check, type: 'tcp' } })) },
  },
]);

test.each([
  [
    'a hung server misses checks that ask for a page',
    say([hang('server1')]),
    'Server 1 hangs: the HTTP check waits for a page that does not come. HAProxy does not know yet and sends it every second request.',
  ],
  [
    'and passes those that only open a connection',
    say([hang('server1')], { design: TCP }),
    'Server 1 hangs, but its kernel still opens connections: the TCP check passes. HAProxy keeps it UP and sends it every second request.',
  ],
  [
    'a hung application server',
    say([hang('app2')]),
    'The app server on Server 2 hangs. nginx still passes its health checks, so HAProxy keeps it UP and its requests wait.',
  ],
  [
    'a hung primary',
    say([hang('mysql1')]),
    'The primary on Server 1 hangs. Every write waits for an answer that does not come.',
  ],
  ['a hung balancer', say([hang('haproxy')]), 'HAProxy hangs: connections still open, but no request is answered.'],
  ['slow, nothing queues', say([slow]), 'The app server on Server 1 works 5 times slower. Nothing queues yet.'],
  [
    'slow, and it queues',
    say([slow], { readings }),
    'The app server on Server 1 works 5 times slower: it queues 14 requests and answers in 1.1 s.',
  ],
  [
    'a cut that HAProxy has noticed',
    say([cut('haproxy-nginx1')], { servers: [server(1, { state: BeliefState.Down, health: 0 }), server(2)] }),
    'HAProxy cannot reach Server 1, which is alive: only the line is cut.',
  ],
  ['the users', say([cut('users-haproxy')]), 'The users cannot reach the site: their line is cut.'],
  [
    'the way to the primary',
    say([cut('app2-mysql1')]),
    'The app server on Server 2 cannot reach the primary on Server 1. Its writes fail.',
  ],
  [
    'replication',
    say([cut('mysql1-mysql2')], { behind: 2 }),
    'The replica cannot reach the primary. It is 2 writes behind and still answers with old data.',
  ],
  [
    'a partition',
    say([cut('server1', 'server2')]),
    'Server 1 and Server 2 cannot reach each other. HAProxy reaches both.',
  ],
  [
    'a flood that queues',
    say([flood], { readings }),
    'A flood asks for 40 pages a second, the users for 4. The app server on Server 1 queues 14.',
  ],
  [
    'a restart',
    say([
      { type: 'kill', atUs: AT + 8 * SECOND, target: 'app1' },
      { type: 'repair', atUs: AT + 11 * SECOND, target: 'app1', fault: 'kill' },
    ]),
    'The app server on Server 1 restarts. It is back at 01:01.0.',
  ],
  ['all repaired', say([slow, { type: 'repair', atUs: AT + 1, target: 'app1' }]), TURNS],
])('%s', (_name, said, sentence) => {
  expect(said).toBe(sentence);
});

test('an operator takes a server out', () => {
  const drained = (sessions: number) =>
    say([], { servers: [server(1, { state: BeliefState.Drain, sessions }), server(2)] });
  expect(drained(3)).toBe('HAProxy drains Server 1: 3 requests are still finished there, and it gets no new ones.');
  expect(drained(0)).toBe('Server 1 is drained: nothing is left on it, and it gets no new requests.');
  const state = BeliefState.Maintenance;
  expect(say([], { servers: [server(1, { state }), server(2)] })).toBe(
    'Server 1 is in maintenance, by hand: HAProxy sends it nothing and does not check it.',
  );
  expect(say([], { servers: [server(1, { state }), server(2, { state })] })).toBe(
    'HAProxy has no server left that takes requests: every request fails.',
  );
});

test.each([
  ['leastconn', 'HAProxy sends each request to the server with the fewest requests in progress.'],
  ['first', 'HAProxy fills Server 1 first, and takes the next server only when it is full.'],
  ['source', "HAProxy chooses by the user's address: the same user always gets the same server."],
  ['random', 'HAProxy draws two servers by lot and takes the less busy one.'],
  ['static-rr', TURNS],
])('balance %s says how it chooses', (balance, sentence) => {
  const design = designAfter(DESIGN, [{ type: 'reconfigure', atUs: 0, target: 'haproxy', patch: { balance } }]);
  expect(say([], { design })).toBe(sentence);
});

test('several that HAProxy still counts on are told by what ails each', () => {
  const kill: Command = { type: 'kill', atUs: AT, target: 'server1' };
  expect(say([kill, cut('haproxy-nginx2')])).toBe(
    'Server 1 is dead. HAProxy cannot reach Server 2. HAProxy does not know yet and sends them every request.',
  );
  expect(say([hang('server1'), hang('server2')])).toMatch(/^Server 1 and Server 2 hang\. HAProxy .* every request\.$/);
});

test('a server that is not checked is never noticed', () => {
  const servers = [server(1, { state: BeliefState.NotChecked }), server(2)];
  expect(say([cut('haproxy-nginx1')], { servers })).toBe(
    'HAProxy cannot reach Server 1. HAProxy does not check it and sends it every second request.',
  );
});
