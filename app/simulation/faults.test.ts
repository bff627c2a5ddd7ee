// Each fault on its mechanism, to be checked with pencil and paper: one caller, two callees on hosts of their own, links of 10 ms
// and answers after 40 ms, so that a request without a fault takes 80 ms.
import { describe, expect, test } from 'vitest';
import { play, scripted, turns } from '../catalogue/tiny-world.ts';
import type { Command } from './command.ts';
import { Message } from './message.ts';
import { Alive, Field, HopSign } from './trace.ts';

type WithoutTime<C> = C extends Command ? Omit<C, 'atUs'> : never;

const at = (ms: number, command: WithoutTime<Command>): Command => ({ ...command, atUs: ms * 1000 }) as Command;

/** Requests go to `one` and `two` in turn. */
function world(arrivalsMs: readonly number[], commands: readonly Command[], clientTimeoutMs = 30_000) {
  return play({
    parts: { 'a/front: turns': {}, 'b/one: scripted': {}, 'c/two: scripted': {} },
    links: { 'users-front': 10, 'front-one': 10, 'front-two': 10 },
    arrivals: arrivalsMs.map((atMs) => ({ atMs, kind: 'read' })),
    behaviours: { turns: turns(Message.HttpRequest), scripted: scripted(40) },
    commands,
    clientTimeoutMs,
    untilS: 12,
  });
}

type Played = ReturnType<typeof world>;
const endsOf = (played: Played) => played.ends.map(({ request, endMs }) => [request, endMs]);

test('without a fault', () => {
  expect(endsOf(world([0, 200], []))).toEqual([
    [1, 80],
    [2, 280],
  ]);
});

describe('hang', () => {
  test('the kernel accepts, what comes waits in its order, and all goes on at once', () => {
    const played = world(
      [0, 100, 200],
      [at(10, { type: 'hang', target: 'one' }), at(1_000, { type: 'repair', target: 'one', fault: 'hang' })],
    );
    // Requests 1 and 3 arrive at 20 and 220, and both are begun at 1,000; request 2 goes to the other one.
    expect(endsOf(played)).toEqual([
      [2, 180],
      [1, 1_060],
      [3, 1_060],
    ]);
    expect(played.changes('one', Field.Backlog)).toEqual([
      [20, 1],
      [220, 2],
    ]);
    expect(played.openCalls).toBe(0);
  });

  test('death ends it: what was held is reset, and the next start answers', () => {
    const played = world(
      [0, 100, 2_000, 2_100],
      [
        at(10, { type: 'hang', target: 'one' }),
        at(1_000, { type: 'kill', target: 'one' }),
        at(1_500, { type: 'repair', target: 'one', fault: 'kill' }),
      ],
    );
    expect(played.ends.map(({ request, status, endMs }) => [request, status, endMs])).toEqual([
      [2, 200, 180],
      [1, 502, 1_020],
      [3, 200, 2_080],
      [4, 200, 2_180],
    ]);
    expect(played.changes('one', Field.Alive).map(([, alive]) => alive)).toEqual([Alive.ProcessDead, Alive.Up]);
  });
});

describe('a cut link', () => {
  test("carries nothing; a connection goes with TCP's next try, after 1, 3, 7 seconds", () => {
    const played = world(
      [100],
      [at(50, { type: 'cut', target: 'front-one' }), at(2_000, { type: 'repair', target: 'front-one' })],
    );
    // It sets out at 110; its tries are at 1,110 and 3,110.
    expect(endsOf(played)).toEqual([[1, 3_110 + 10 + 40 + 10 + 10]]);
  });

  test('an answer goes after 0.2, 0.6, 1.4 seconds', () => {
    const played = world(
      [100],
      [at(130, { type: 'cut', target: 'front-one' }), at(700, { type: 'repair', target: 'front-one' })],
    );
    // The answer sets out at 160; its tries are at 360 and 760.
    expect(endsOf(played)).toEqual([[1, 760 + 10 + 10]]);
  });

  test('cut by itself and by a partition, it carries when both have ended', () => {
    const both = [at(50, { type: 'cut', target: 'front-one' }), at(60, { type: 'cut', target: 'a', other: 'b' })];
    const joined = world([100], [...both, at(500, { type: 'repair', target: 'a', fault: 'cut', other: 'b' })]);
    expect(endsOf(joined)).toEqual([]);
    const mended = world(
      [100],
      [...both, at(500, { type: 'repair', target: 'a' }), at(600, { type: 'repair', target: 'front-one' })],
    );
    expect(endsOf(mended)).toEqual([[1, 1_110 + 70]]);
    expect(mended.changes('front-one', Field.Cut)).toEqual([
      [50, 1],
      [600, 0],
    ]);
  });
});

describe('a partition', () => {
  const parted = [at(50, { type: 'cut', target: 'a', other: 'b' }), at(50, { type: 'cut', target: 'c', other: 'a' })];

  test('keeps two hosts apart and nobody else', () => {
    expect(endsOf(world([100, 200], [at(50, { type: 'cut', target: 'a', other: 'b' })]))).toEqual([[2, 280]]);
  });

  test('is ended by itself, whichever of the two is named first', () => {
    const one = world([100, 200], [...parted, at(300, { type: 'repair', target: 'b', fault: 'cut', other: 'a' })]);
    expect(endsOf(one)).toEqual([[1, 1_110 + 70]]);
    const two = world([100, 200], [...parted, at(300, { type: 'repair', target: 'a', fault: 'cut', other: 'c' })]);
    expect(endsOf(two)).toEqual([[2, 1_210 + 70]]);
  });

  test('ends with all others of its host when the host is repaired', () => {
    const played = world([100, 200], [...parted, at(300, { type: 'repair', target: 'a' })]);
    expect(played.ends).toHaveLength(2);
  });
});

describe('a lossy or late link', () => {
  const degrade = (lossShare: number, delayMs: number) => [
    at(0, { type: 'degrade', target: 'front-one', lossShare, delayMs }),
  ];

  test('delays every message one way', () => {
    expect(endsOf(world([0], degrade(0, 25)))).toEqual([[1, 80 + 25 + 25]]);
  });

  test('a lost copy costs the wait of TCP: whole seconds for a connection, fifths for an answer', () => {
    const played = world(
      Array.from({ length: 40 }, (_, n) => n * 200),
      degrade(0.5, 0),
    );
    const lateMs = played.ends.map(({ startMs, endMs }) => endMs - startMs - 80);
    expect(lateMs.every((ms) => ms % 200 === 0)).toBe(true);
    expect(lateMs.some((ms) => ms > 0)).toBe(true);
    // Every second request takes the other link.
    expect(
      played.ends.filter(({ request }) => request % 2 === 0).every(({ startMs, endMs }) => endMs - startMs === 80),
    ).toBe(true);
  });

  test('ends for what is sent from then on', () => {
    const played = world(
      [0, 1, 200, 201],
      [...degrade(0, 25), at(100, { type: 'repair', target: 'front-one', fault: 'degrade' })],
    );
    expect(played.ends.map(({ startMs, endMs }) => endMs - startMs)).toEqual([80, 130, 80, 80]);
  });
});

test('a flood asks beside the users, in counts of its own, and ends at once', () => {
  const played = world(
    [5_000],
    [
      at(0, { type: 'flood', target: 'users', rateRps: 50 }),
      at(2_000, { type: 'repair', target: 'users', fault: 'flood' }),
    ],
  );
  const asked = played.hops('users-front').filter(([, , , sign]) => sign === HopSign.Ask);
  const flooding = asked.filter(([departMs]) => departMs < 2_000).length;
  // A Poisson number of mean 100: within four standard deviations.
  expect(Math.abs(flooding - 100)).toBeLessThan(40);
  expect(asked.filter(([departMs]) => departMs >= 2_000)).toHaveLength(1);
  expect(played.openCalls).toBe(0);
});
