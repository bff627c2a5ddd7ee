// `maxconn` and the queues: who waits where, in which order they go, how long they wait at most, and what becomes of them when
// servers come and go.
import { expect, test } from 'vitest';
import type { Arrival } from '../../design/design.ts';
import type { Command } from '../../simulation/command.ts';
import { Belief, Field } from '../../simulation/trace.ts';
import { play, scripted } from '../tiny-world.ts';
import { loadBalancerBehaviour } from './behaviour.ts';
import type { LoadBalancerConfig, ServerConfig } from './config.ts';

const SERVICE_MS = 100;

const server = (name: string, more: Partial<ServerConfig> = {}): ServerConfig => ({
  name,
  link: `lb-${name}`,
  weight: 1,
  backup: false,
  check: null,
  maxconn: 1,
  ...more,
});

/** One or two servers without any latency, each with one connection at a time, 100 ms a request. */
function world(arrivals: readonly number[], more: Partial<LoadBalancerConfig>, commands: readonly Command[] = []) {
  const config: LoadBalancerConfig = {
    balance: 'roundrobin',
    servers: [server('s1')],
    retries: 3,
    redispatch: null,
    timeoutConnectMs: 5000,
    timeoutServerMs: 5000,
    timeoutClientMs: 30_000,
    timeoutCheckMs: null,
    timeoutQueueMs: null,
    ...more,
  };
  return play({
    parts: { 'front/lb: load-balancer': config, 'a/s1: scripted': {}, 'b/s2: scripted': {} },
    links: { 'users-lb': 0, 'lb-s1': 0, 'lb-s2': 0 },
    arrivals: arrivals.map((atMs, user): Arrival => ({ atMs, kind: 'read', user })),
    behaviours: { 'load-balancer': loadBalancerBehaviour, scripted: scripted(SERVICE_MS) },
    commands,
    users: arrivals.length,
    untilS: 8,
  });
}

const say = (ms: number, words: string): Command => ({
  atUs: ms * 1000,
  type: 'admin',
  target: 'lb',
  words: words.split(' '),
});
type Played = ReturnType<typeof world>;
const byRequest = <T>(played: Played, of: (end: Played['ends'][number]) => T): T[] =>
  [...played.ends].sort((a, b) => a.request - b.request).map(of);
const TWO = [server('s1'), server('s2')];

test('what finds all servers full waits for its turn at the backend: the Lindley recursion', () => {
  const played = world([0, 30, 60, 400], {});
  expect(byRequest(played, (end) => end.queuedMs)).toEqual([0, 70, 140, 0]);
  expect(byRequest(played, (end) => end.places)).toEqual(['0/0', '0/1', '0/2', '0/0']);
  expect(played.changes('lb', Field.Extra)).toEqual([
    [30, 1],
    [60, 2],
    [100, 1],
    [200, 0],
  ]);
});

test('a full server is skipped, and who frees a slot takes the next one without asking the rotation', () => {
  const played = world([0, 10, 20, 30, 40], { servers: TWO });
  expect(byRequest(played, (end) => end.link)).toEqual(['lb-s1', 'lb-s2', 'lb-s1', 'lb-s2', 'lb-s1']);
});

test('who is still queued after timeout queue gets 503 sQ, and the others move up', () => {
  const played = world([0, 10, 20, 150], { timeoutQueueMs: 120 });
  expect(byRequest(played, (end) => [end.status, end.flags, end.reason])).toEqual([
    [200, '----', 'none'],
    [200, '----', 'none'],
    [503, 'sQ--', 'queue-timeout'],
    [200, '----', 'none'],
  ]);
  expect(byRequest(played, (end) => end.endMs)).toEqual([100, 200, 140, 300]);
});

test('without it timeout connect is the limit', () => {
  const played = world([0, 10, 20], { timeoutConnectMs: 150 });
  expect(byRequest(played, (end) => [end.status, end.endMs])).toEqual([
    [200, 100],
    [200, 200],
    [503, 170],
  ]);
});

test('leastconn lets as many as maxqueue wait at the server itself, the rest at the backend', () => {
  const played = world([0, 10, 20], { balance: 'leastconn', servers: [server('s1', { maxqueue: 1 })] });
  expect(byRequest(played, (end) => end.places)).toEqual(['0/0', '1/0', '0/1']);
  expect(played.changes('lb-s1', Belief.Queue)).toEqual([
    [10, 1],
    [100, 0],
  ]);
});

test('who waited at a server is logged with its name, who waited at the backend with none (seen at HAProxy 2.6.12)', () => {
  const servers = [server('s1', { maxqueue: 1 })];
  const played = world([0, 10, 20], { balance: 'leastconn', servers, timeoutQueueMs: 50 });
  expect(byRequest(played, (end) => [end.flags, end.link])).toEqual([
    ['----', 'lb-s1'],
    ['sQ--', 'lb-s1'],
    ['sQ--', null],
  ]);
});

test('a hash leaves nobody to another server: the request waits at its own', () => {
  const played = world([0, 2, 4], { balance: 'source', servers: TWO });
  // Users 0 and 2 have addresses of one parity, user 1 of the other.
  expect(byRequest(played, (end) => end.places)).toEqual(['0/0', '0/0', '1/0']);
  expect(byRequest(played, (end) => end.link)[0]).toBe(byRequest(played, (end) => end.link)[2]);
});

test('of a sticky request at the server and one at the backend the older goes first (seen at HAProxy 2.6.12)', () => {
  const servers = [server('s1', { cookie: 'c1' }), server('s2', { cookie: 'c2' })];
  const config: Partial<LoadBalancerConfig> = { servers, cookie: 'SRV' };
  // User 0 is known to s1 by 200; it comes again (as arrival 4) after user 3 has queued at the backend.
  const played = play({
    parts: {
      'front/lb: load-balancer': {
        balance: 'roundrobin',
        retries: 3,
        redispatch: null,
        timeoutConnectMs: 5000,
        timeoutServerMs: 5000,
        timeoutClientMs: 30_000,
        timeoutCheckMs: null,
        timeoutQueueMs: null,
        ...config,
      },
      'a/s1: scripted': {},
      'b/s2: scripted': {},
    },
    links: { 'users-lb': 0, 'lb-s1': 0, 'lb-s2': 0 },
    arrivals: [
      { atMs: 0, kind: 'read', user: 0 },
      { atMs: 150, kind: 'read', user: 1 },
      { atMs: 200, kind: 'read', user: 2 },
      { atMs: 210, kind: 'read', user: 3 },
      { atMs: 220, kind: 'read', user: 0 },
    ],
    behaviours: { 'load-balancer': loadBalancerBehaviour, scripted: scripted(SERVICE_MS) },
    users: 4,
    untilS: 2,
  });
  expect(byRequest(played, (end) => end.flags)).toEqual(['--NI', '--NI', '--NI', '--NI', '--VN']);
  expect(byRequest(played, (end) => end.places).slice(3)).toEqual(['0/1', '1/0']);
  expect(byRequest(played, (end) => end.endMs).slice(3)).toEqual([350, 400]);
});

test('a server that becomes usable takes what waits at the backend', () => {
  const played = world([0, 10, 20], { servers: TWO }, [
    say(0, 'set server s2 state maint'),
    say(50, 'set server s2 state ready'),
  ]);
  expect(byRequest(played, (end) => [end.link, end.endMs])).toEqual([
    ['lb-s1', 100],
    ['lb-s2', 150],
    ['lb-s1', 200],
  ]);
});

test('the queue of a server that goes DOWN is balanced anew with option redispatch, and waits on without it', () => {
  const servers = TWO.map((one) => ({ ...one, maxqueue: 5 }));
  const down = [
    say(0, 'set server s2 state maint'),
    say(50, 'set server s2 state ready'),
    say(60, 'set server s1 health down'),
  ];
  const anew = world([0, 10], { balance: 'leastconn', servers, redispatch: -1 }, down);
  expect(byRequest(anew, (end) => [end.link, end.endMs])).toEqual([
    ['lb-s1', 100],
    ['lb-s2', 160],
  ]);
  const waits = world([0, 10], { balance: 'leastconn', servers }, down);
  expect(byRequest(waits, (end) => [end.link, end.endMs])).toEqual([
    ['lb-s1', 100],
    ['lb-s1', 200],
  ]);
});

test('another list of servers keeps what waits, in its order', () => {
  const swapped = [server('s2'), server('s1')];
  const reload: Command = { atUs: 50_000, type: 'reconfigure', target: 'lb', patch: { servers: swapped } };
  const played = world([0, 10, 20, 30], {}, [reload]);
  expect(byRequest(played, (end) => [end.link, end.endMs])).toEqual([
    ['lb-s1', 100],
    ['lb-s2', 150],
    ['lb-s1', 200],
    ['lb-s2', 250],
  ]);
  expect(played.openCalls).toBe(0);
});

test('all slots are given back whatever ends the requests', () => {
  const kill: Command = { atUs: 50_000, type: 'kill', target: 's1' };
  const played = world([0, 10, 20], { retries: 0 }, [kill]);
  expect(byRequest(played, (end) => end.status)).toEqual([502, 503, 503]);
  expect(played.changes('lb-s1', Belief.Sessions).at(-1)?.[1]).toBe(0);
  expect(played.changes('lb', Field.Extra).at(-1)?.[1]).toBe(0);
});
