// Cookies, DRAIN and MAINT, a health page that says 404, errors that count, sessions that are cut, backups that serve together,
// and a server that warms up.
import { describe, expect, test } from 'vitest';
import type { Arrival } from '../../design/design.ts';
import type { Command } from '../../simulation/command.ts';
import { Belief, BeliefState } from '../../simulation/trace.ts';
import { play, scripted } from '../tiny-world.ts';
import { loadBalancerBehaviour } from './behaviour.ts';
import type { CheckConfig, LoadBalancerConfig, ServerConfig } from './config.ts';

const CHECK: CheckConfig = { type: 'tcp', interMs: 2000, fastinterMs: null, downinterMs: null, fall: 3, rise: 2 };

const server = (name: string, more: Partial<ServerConfig> = {}): ServerConfig => ({
  name,
  link: `lb-${name}`,
  weight: 1,
  backup: false,
  check: null,
  ...more,
});

interface Setting {
  readonly config?: Partial<LoadBalancerConfig>;
  readonly commands?: readonly Command[];
  /** Every so many ms, by users in turn. */
  readonly everyMs?: number;
  readonly users?: number;
  readonly serviceMs?: number;
  readonly status?: number;
  readonly untilS?: number;
}

function world({
  config = {},
  commands = [],
  everyMs = 100,
  users = 2,
  serviceMs = 10,
  status = 200,
  untilS = 4,
}: Setting) {
  const settings: LoadBalancerConfig = {
    balance: 'roundrobin',
    servers: [server('s1'), server('s2')],
    retries: 3,
    redispatch: -1,
    timeoutConnectMs: 1000,
    timeoutServerMs: 60_000,
    timeoutClientMs: 30_000,
    timeoutCheckMs: null,
    timeoutQueueMs: null,
    ...config,
  };
  const count = Math.floor((untilS * 1000 - 1000) / everyMs);
  return play({
    parts: { 'front/lb: load-balancer': settings, 'a/s1: scripted': {}, 'b/s2: scripted': {}, 'c/s3: scripted': {} },
    links: { 'users-lb': 0, 'lb-s1': 0, 'lb-s2': 0, 'lb-s3': 0 },
    arrivals: Array.from(
      { length: count },
      (_, index): Arrival => ({ atMs: 50 + index * everyMs, kind: 'read', user: index % users }),
    ),
    behaviours: {
      'load-balancer': loadBalancerBehaviour,
      scripted: scripted(serviceMs, status, status < 400 ? 'none' : 'status'),
    },
    commands,
    users,
    untilS,
  });
}

type Played = ReturnType<typeof world>;
const say = (ms: number, words: string): Command => ({
  atUs: ms * 1000,
  type: 'admin',
  target: 'lb',
  words: words.split(' '),
});
const kill = (ms: number, target: string): Command => ({ atUs: ms * 1000, type: 'kill', target });
const repair = (ms: number, target: string): Command => ({ atUs: ms * 1000, type: 'repair', target });
const ends = (played: Played) => [...played.ends].sort((a, b) => a.request - b.request);
const flagsBetween = (played: Played, fromMs: number, toMs: number): string[] => [
  ...new Set(ends(played).flatMap((end) => (end.startMs >= fromMs && end.startMs < toMs ? [end.flags ?? ''] : []))),
];

describe('cookies', () => {
  const servers = ['s1', 's2'].map((name) => server(name, { cookie: `c-${name}` }));
  const sticky = (commands: readonly Command[] = [], more: Partial<LoadBalancerConfig> = {}) =>
    world({ config: { servers, cookie: 'SRV', ...more }, commands, users: 3 });

  test('a user without one is balanced and gets one, and stays with that server', () => {
    const played = sticky();
    expect(
      ends(played)
        .slice(0, 6)
        .map((end) => [end.flags, end.link]),
    ).toEqual([
      ['--NI', 'lb-s1'],
      ['--NI', 'lb-s2'],
      ['--NI', 'lb-s1'],
      ['--VN', 'lb-s1'],
      ['--VN', 'lb-s2'],
      ['--VN', 'lb-s1'],
    ]);
  });

  test('a draining server keeps its users, one in maintenance loses them to a new cookie', () => {
    const played = sticky([say(1000, 'set server s1 state drain'), say(2000, 'set server s1 state maint')]);
    expect(flagsBetween(played, 1000, 2000)).toEqual(['--VN']);
    expect(flagsBetween(played, 2000, 2300).sort()).toEqual(['--DI', '--VN']);
    expect(flagsBetween(played, 2300, 4000)).toEqual(['--VN']);
  });

  test('a request that its server refuses stays there for its retries: 503 SCVN without the option', () => {
    const played = sticky([kill(1000, 's1')], { redispatch: null, retries: 1 });
    const refused = ends(played).find((end) => end.status === 503);
    expect(refused).toMatchObject({ flags: 'SCVN', link: 'lb-s1' });
    expect((refused?.endMs ?? 0) - (refused?.startMs ?? 0)).toBe(1000);
  });

  test('with the option the last retry goes to another server, with a new cookie', () => {
    const played = sticky([kill(1000, 's1')]);
    const moved = ends(played).find((end) => end.startMs >= 1000 && end.flags === '--DI');
    expect(moved).toMatchObject({ status: 200, link: 'lb-s2' });
    expect((moved?.endMs ?? 0) - (moved?.startMs ?? 0)).toBe(2010);
  });

  test('a cookie that no server has is as good as none; without a server the flags say what was sent', () => {
    const renamed = servers.map((one) => ({ ...one, cookie: `new-${one.name}` }));
    const reload: Command = { atUs: 1_000_000, type: 'reconfigure', target: 'lb', patch: { servers: renamed } };
    const played = sticky([reload, say(2000, 'set server s1 state maint'), say(2000, 'set server s2 state maint')]);
    expect(flagsBetween(played, 1000, 1300)).toEqual(['--II']);
    expect(flagsBetween(played, 2000, 3000)).toEqual(['SCDN']);
  });
});

describe('http-check disable-on-404', () => {
  const http: CheckConfig = { ...CHECK, type: 'http', interMs: 500 };
  const servers = [server('s1', { check: http }), server('s2')];

  test('a 404 keeps new requests away without a DOWN; without the setting it is a failure', () => {
    const stopping = world({ config: { servers, disableOn404: true }, status: 404 });
    expect(stopping.changes('lb-s1', Belief.State)).toEqual([[10, BeliefState.Drain]]);
    expect(
      new Set(
        ends(stopping)
          .slice(1)
          .map((end) => end.link),
      ),
    ).toEqual(new Set(['lb-s2']));
    const failing = world({ config: { servers }, status: 404 });
    expect(failing.changes('lb-s1', Belief.State).map(([, state]) => state)).toEqual([BeliefState.Down]);
  });
});

describe('observe', () => {
  const slow: CheckConfig = { ...CHECK, interMs: 60_000 };
  const observed = (more: Partial<ServerConfig>) => [server('s1', { check: slow, ...more }), server('s2')];

  test('layer4: so many refusals in a row mark a server DOWN, which no check has seen yet', () => {
    const servers = observed({ observe: 'layer4', errorLimit: 3, onError: 'mark-down' });
    const played = world({ config: { servers }, commands: [kill(1000, 's1')] });
    expect(played.changes('lb-s1', Belief.State)).toEqual([[1250, BeliefState.Down]]);
  });

  test('fail-check, the default, counts as one failed check; sudden-death leaves one', () => {
    const healths = (onError: 'fail-check' | 'sudden-death') =>
      world({
        config: { servers: observed({ observe: 'layer4', errorLimit: 2, onError }) },
        commands: [kill(1000, 's1')],
        untilS: 5,
      })
        .changes('lb-s1', Belief.Health)
        .map(([, health]) => health);
    expect(healths('fail-check')).toEqual([4, 3, 2, 0]);
    expect(healths('sudden-death')).toEqual([4, 2, 0]);
  });

  test('layer7: errors of the server itself count; layer4 does not look at them', () => {
    const states = (observe: 'layer4' | 'layer7') =>
      world({ config: { servers: observed({ observe, errorLimit: 5, onError: 'mark-down' }) }, status: 500 }).changes(
        'lb-s1',
        Belief.State,
      );
    expect(states('layer7')).toEqual([[50 + 8 * 100 + 10, BeliefState.Down]]);
    expect(states('layer4')).toEqual([]);
  });

  test('a passed check forgets the errors (seen at HAProxy 2.6.12)', () => {
    const quick = { ...CHECK, interMs: 300 };
    const servers = [
      server('s1', { check: quick, observe: 'layer7', errorLimit: 5, onError: 'mark-down' }),
      server('s2'),
    ];
    expect(world({ config: { servers }, status: 500 }).changes('lb-s1', Belief.State)).toEqual([]);
  });

  test('fastinter brings the next check forward', () => {
    const check = { ...CHECK, interMs: 60_000, fastinterMs: 200, fall: 2 };
    const servers = [server('s1', { check, observe: 'layer4', errorLimit: 2, onError: 'fastinter' }), server('s2')];
    const played = world({ config: { servers }, commands: [kill(1000, 's1')] });
    // The second error is at 1150: a check at 1350 fails, the next one 200 ms later is the last.
    expect(played.changes('lb-s1', Belief.State)).toEqual([[1550, BeliefState.Down]]);
  });
});

test('on-marked-down shutdown-sessions cuts what a server works on, at that instant', () => {
  const servers = [server('s1', { onMarkedDown: 'shutdown-sessions' }), server('s2')];
  const played = world({
    config: { servers },
    serviceMs: 5000,
    untilS: 8,
    commands: [say(1000, 'set server s1 health down')],
  });
  const cut = ends(played).filter((end) => end.flags === 'DH--');
  expect(cut).toHaveLength(5);
  expect(new Set(cut.map((end) => `${end.status} ${end.endMs} ${end.link}`))).toEqual(new Set(['502 1000 lb-s1']));
});

test('with option allbackups the backups take turns; without it the first one serves alone', () => {
  const servers = [server('s1'), server('s2', { backup: true }), server('s3', { backup: true })];
  const links = (allbackups: boolean) => {
    const played = world({ config: { servers, allbackups }, commands: [say(0, 'set server s1 state maint')] });
    return new Set(ends(played).map((end) => end.link));
  };
  expect(links(true)).toEqual(new Set(['lb-s2', 'lb-s3']));
  expect(links(false)).toEqual(new Set(['lb-s2']));
});

test('a server that comes back warms up: a sixteenth of its weight, then more each second', () => {
  const check = { ...CHECK, interMs: 500, fall: 1, rise: 1 };
  const servers = [server('s1', { check, weight: 100, slowstartMs: 5000 }), server('s2', { weight: 100 })];
  const played = world({ config: { servers }, commands: [kill(100, 's1'), repair(900, 's1')], untilS: 9 });
  const weights = played.changes('lb-s1', Belief.Weight).filter(([ms]) => ms > 100);
  expect(weights.map(([, weight]) => weight)).toEqual([7, 25, 44, 63, 82, 100]);
  const [firstMs = 0] = weights[0] ?? [];
  expect(weights.map(([ms]) => ms - firstMs)).toEqual([0, 1001, 2002, 3003, 4004, 5005]);
});

test('while it warms up a server has a part of its maxconn, one at first', () => {
  const check = { ...CHECK, interMs: 500, fall: 1, rise: 1 };
  const servers = [server('s1', { check, maxconn: 10, slowstartMs: 5000 })];
  const played = world({
    config: { servers, retries: 0 },
    serviceMs: 4000,
    everyMs: 50,
    commands: [kill(10, 's1'), repair(700, 's1')],
  });
  const most = (fromMs: number, toMs: number) =>
    Math.max(
      ...played
        .changes('lb-s1', Belief.Sessions)
        .flatMap(([ms, sessions]) => (ms >= fromMs && ms < toMs ? [sessions] : [])),
    );
  expect([most(1000, 2000), most(2001, 3002), most(3002, 4003)]).toEqual([1, 2, 4]);
});
