// HAProxy before scripted servers: turns, failures, backups, checks, an operator's words and changed settings.
import { expect, test } from 'vitest';
import type { Command } from '../../simulation/command.ts';
import { Purpose } from '../../simulation/message.ts';
import { Belief, BeliefState, Field, HopSign } from '../../simulation/trace.ts';
import { play, scripted, type TinyWorld } from '../tiny-world.ts';
import { loadBalancerBehaviour } from './behaviour.ts';
import type { CheckConfig, LoadBalancerConfig, ServerConfig } from './config.ts';

const CHECK: CheckConfig = { type: 'http', interMs: 2000, fastinterMs: 1000, downinterMs: null, fall: 3, rise: 2 };

const server = (name: string, more: Partial<ServerConfig> = {}): ServerConfig => ({
  name,
  link: `lb-${name}`,
  weight: 1,
  backup: false,
  check: null,
  ...more,
});

const config = (more: Partial<LoadBalancerConfig> = {}): LoadBalancerConfig => ({
  balance: 'roundrobin',
  servers: [server('s1'), server('s2')],
  retries: 3,
  redispatch: -1,
  timeoutConnectMs: 1000,
  timeoutServerMs: 5000,
  timeoutClientMs: 30_000,
  timeoutCheckMs: 1000,
  timeoutQueueMs: null,
  ...more,
});

/** One request every 500 ms from 250 ms on. */
const world = (settings: LoadBalancerConfig, commands: readonly Command[], more: Partial<TinyWorld> = {}) =>
  play({
    parts: { 'front/lb: load-balancer': settings, 'a/s1: scripted': {}, 'b/s2: scripted': {} },
    links: { 'users-lb': 1, 'lb-s1': 1, 'lb-s2': 1 },
    arrivals: Array.from({ length: 8 }, (_, index) => ({ atMs: 250 + 500 * index, kind: 'read' as const })),
    behaviours: { 'load-balancer': loadBalancerBehaviour, scripted: scripted(50) },
    commands,
    untilS: 12,
    ...more,
  });

const at = (ms: number) => ({ atUs: ms * 1000 });
const kill = (ms: number, target: string): Command => ({ ...at(ms), type: 'kill', target });
const repair = (ms: number, target: string): Command => ({ ...at(ms), type: 'repair', target });
const say = (ms: number, words: string): Command => ({
  ...at(ms),
  type: 'admin',
  target: 'lb',
  words: words.split(' '),
});
const reload = (ms: number, patch: Partial<LoadBalancerConfig>): Command => ({
  ...at(ms),
  type: 'reconfigure',
  target: 'lb',
  patch,
});

type Played = ReturnType<typeof play>;
const asked = (played: Played, link: string): number[] =>
  played.hops(link).flatMap(([ms, , purpose, sign]) => (purpose === Purpose.Read && sign === HopSign.Ask ? [ms] : []));
const latencies = (played: Played) => played.ends.map((end) => end.endMs - end.startMs);
const statuses = (played: Played) => played.ends.map((end) => end.status);

test('requests take turns, and the next turn is known before', () => {
  const played = world(config(), []);
  expect(asked(played, 'lb-s1')).toEqual([251, 1251, 2251, 3251]);
  expect(asked(played, 'lb-s2')).toEqual([751, 1751, 2751, 3751]);
  const turns = played.changes('lb', Field.Turn).map(([ms]) => ms);
  expect(turns.slice(0, 3)).toEqual([251, 751, 1251]);
  expect(played.openCalls).toBe(0);
});

test('a refusal goes to the other server at once', () => {
  const played = world(config(), [kill(0, 's1')]);
  expect(statuses(played)).toEqual(Array(8).fill(200));
  expect(latencies(played)).toEqual(Array(8).fill(2 + 2 + 52));
});

test('without the option it is tried again after each second, and gets 503 after three', () => {
  const played = world(config({ redispatch: null }), [kill(0, 's1')]);
  const failed = played.ends.filter((end) => end.status === 503);
  expect(failed).toHaveLength(4);
  expect(failed[0]).toMatchObject({
    reason: 'connection-refused',
    cause: 's1',
    startMs: 250,
    endMs: 250 + 2 + 4 * 2 + 3000,
  });
});

test('a silent host costs timeout connect, then the other server answers', () => {
  const played = world(config(), [kill(0, 'a')]);
  expect(played.ends.find((end) => end.request === 1)).toMatchObject({ status: 200, endMs: 250 + 2 + 1000 + 52 });
});

test('a server that dies at work is a 502 at that moment', () => {
  const played = world(config(), [kill(280, 's1')]);
  expect(played.ends[0]).toMatchObject({ status: 502, reason: 'server-closed', cause: 's1', endMs: 282 });
});

test('a server that does not answer is a 504 after timeout server, counted from the connection', () => {
  const behaviours = { 'load-balancer': loadBalancerBehaviour, scripted: scripted(-1) };
  const played = world(config({ timeoutServerMs: 700 }), [], { behaviours });
  expect(played.ends[0]).toMatchObject({ status: 504, reason: 'server-timeout', cause: 's1', endMs: 250 + 4 + 700 });
  expect(played.openCalls).toBe(0);
});

test('an error of the server passes through with its reason and cause', () => {
  const behaviours = { 'load-balancer': loadBalancerBehaviour, scripted: scripted(50, 500, 'database-refused') };
  const played = world(config(), [], { behaviours });
  expect(played.ends[0]).toMatchObject({ status: 500, reason: 'database-refused', cause: 's1' });
});

test('a user who leaves is not missed: the server works on, and what it answers is thrown away', () => {
  const behaviours = { 'load-balancer': loadBalancerBehaviour, scripted: scripted(1500) };
  const played = world(config(), [], { behaviours, clientTimeoutMs: 400 });
  expect(played.ends.every((end) => end.reason === 'client-timeout')).toBe(true);
  expect(played.changes('lb', Field.Busy).find(([, busy]) => busy === 0)?.[0]).toBe(3750 + 1 + 1502);
  expect(played.openCalls).toBe(0);
});

test('with option abortonclose a user who leaves takes the request along', () => {
  const behaviours = { 'load-balancer': loadBalancerBehaviour, scripted: scripted(-1) };
  const played = world(config({ abortonclose: true }), [], { behaviours, clientTimeoutMs: 400 });
  expect(played.ends.every((end) => end.reason === 'client-timeout')).toBe(true);
  expect(played.openCalls).toBe(0);
  expect(played.changes('lb', Field.Busy)[1]).toEqual([651, 0]);
});

test('a backup serves only while no active server is usable, and gives back', () => {
  const servers = [server('s1'), server('s2', { backup: true })];
  const played = world(config({ servers }), [
    say(1000, 'set server s1 health down'),
    say(2000, 'set server be/s1 health up'),
  ]);
  expect(asked(played, 'lb-s2')).toEqual([1251, 1751]);
});

test('with no server left it is a 503 of the balancer itself', () => {
  const down = ['s1', 's2'].map((name) => say(0, `set server ${name} state maint`));
  const played = world(config(), down);
  expect(played.ends[0]).toMatchObject({ status: 503, reason: 'no-server', cause: 'lb', endMs: 252 });
});

test('drain lets nothing new in, ready is at once usable again, weight 0 is like drain', () => {
  const played = world(config(), [
    say(500, 'set server s1 state drain'),
    say(2000, 'set server s1 state ready'),
    say(2000, 'set weight be/s2 0'),
  ]);
  expect(asked(played, 'lb-s1')).toEqual([251, 2251, 2751, 3251, 3751]);
});

test('checks mark a killed server DOWN after three failures and UP after two passes', () => {
  const servers = [server('s1', { check: CHECK }), server('s2', { check: CHECK })];
  const played = world(config({ servers }), [kill(500, 's1'), repair(5000, 's1')]);
  // Checks of s1 take 52 ms while they pass, 2 ms while they are refused.
  expect(played.changes('lb-s1', Belief.State)).toEqual([
    [2052 + 2 + 2 * 1002, BeliefState.Down],
    [4058 + 2000 + 52 + 1000 + 52, BeliefState.Up],
  ]);
  expect(played.changes('lb-s1', Belief.Health).map(([, health]) => health)).toEqual([4, 3, 2, 0, 1, 4]);
});

test('a silent host fails a check after timeout connect, so it is found out later than a dead process', () => {
  const servers = [server('s1', { check: CHECK }), server('s2', { check: CHECK })];
  const played = world(config({ servers }), [kill(500, 'a')]);
  expect(played.changes('lb-s1', Belief.State)).toEqual([[2052 + 1000 + 2 * 2000, BeliefState.Down]]);
});

test('a check of the connection alone does not bother the program', () => {
  const servers = [server('s1', { check: { ...CHECK, type: 'tcp' } }), server('s2')];
  const behaviours = { 'load-balancer': loadBalancerBehaviour, scripted: scripted(-1) };
  const played = world(config({ servers }), [], { behaviours, arrivals: [] });
  expect(played.changes('lb-s1', Belief.State)).toEqual([]);
});

test('a reload changes weight and backup at that instant and keeps what is known', () => {
  const checked = [server('s1', { check: CHECK }), server('s2', { check: CHECK })];
  const passive = [server('s1', { check: CHECK }), server('s2', { check: CHECK, backup: true })];
  const played = world(config({ servers: checked }), [reload(1100, { servers: passive })]);
  expect(asked(played, 'lb-s2')).toEqual([751]);
  expect(played.changes('lb-s2', Belief.Backup)).toEqual([[1100, 1]]);
  expect(played.changes('lb-s2', Belief.State)).toEqual([]);
});

test('new intervals hold from the next check, and checks can be turned off and on', () => {
  const checks = (more: Partial<CheckConfig>) => [server('s1', { check: { ...CHECK, ...more } }), server('s2')];
  const sent = (played: Played) =>
    played
      .hops('lb-s1')
      .flatMap(([ms, , purpose, sign]) => (purpose === Purpose.Check && sign === HopSign.Ask ? [ms] : []));
  const quicker = world(config({ servers: checks({}) }), [reload(1000, { servers: checks({ interMs: 500 }) })], {
    untilS: 4,
  });
  expect(sent(quicker).slice(0, 4)).toEqual([0, 2052, 2604, 3156]);
  const offAndOn = world(config({ servers: checks({}) }), [
    reload(1000, { servers: [server('s1'), server('s2')] }),
    reload(3000, { servers: checks({}) }),
  ]);
  expect(sent(offAndOn).slice(0, 3)).toEqual([0, 3000, 5052]);
});

test('a restart forgets everything: rotation and health begin anew', () => {
  const servers = [server('s1', { check: CHECK }), server('s2', { check: CHECK })];
  const played = world(config({ servers }), [kill(500, 's1'), kill(4500, 'lb'), repair(5000, 'lb')]);
  expect(played.changes('lb-s1', Belief.State).map(([, state]) => state)).toEqual([
    BeliefState.Down,
    BeliefState.Up,
    BeliefState.Down, // at its first failed check
  ]);
});

test('another list of servers takes over what is known by name', () => {
  const swapped = [server('s2'), server('s1')];
  const played = world(config(), [say(100, 'set server s1 health down'), reload(600, { servers: swapped })]);
  expect(asked(played, 'lb-s1')).toEqual([]);
  expect(statuses(played)).toEqual(Array(8).fill(200));
});
