// A run on a timeline: lived second by second, looked at again, changed while it goes on, and taken back.
import { describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { OUTCOMES, type Outcome } from '../simulation/requests.ts';
import type { TraceChunk } from '../simulation/trace.ts';
import { Timeline } from './timeline.ts';

const SECONDS = 40;
const design = distributedDesign('classroom');

const killServer1 = (atS: number): Command => ({ atUs: atS * SECOND, type: 'kill', target: 'server1' });
const repairServer1 = (atS: number): Command => ({ atUs: atS * SECOND, type: 'repair', target: 'server1' });

const aRun = (commands: readonly Command[] = [], seed = 1) =>
  new Timeline({ design, seed, commands }, behaviours, structuredClone);

/** Lived from `from` to `to` seconds, one after the other as a person sees it. */
const live = (timeline: Timeline, to: number, from = 0): TraceChunk[] =>
  Array.from({ length: to - from }, (_, index) => timeline.chunk(from + index));

const digestAt = (timeline: Timeline, second: number) => timeline.chunk(second).digest;
const endedIn = (chunks: readonly TraceChunk[], outcome: Outcome) =>
  chunks.reduce((sum, { ends }) => sum + ends.outcome.filter((one) => OUTCOMES[one] === outcome).length, 0);
const failedIn = (chunks: readonly TraceChunk[]) => endedIn(chunks, 'failed');
const retriedIn = (chunks: readonly TraceChunk[]) => endedIn(chunks, 'answered-after-retry');

describe('the digest of a run', () => {
  test('is the same for the same design, seed and commands', () => {
    expect(digestAt(aRun([killServer1(5)]), SECONDS)).toBe(digestAt(aRun([killServer1(5)]), SECONDS));
  });

  test('is another for another seed, another command, and the same command a microsecond later', () => {
    const later: Command = { ...killServer1(5), atUs: 5 * SECOND + 1 };
    const digests = [
      digestAt(aRun(), SECONDS),
      digestAt(aRun([], 2), SECONDS),
      digestAt(aRun([killServer1(5)]), SECONDS),
      digestAt(aRun([later]), SECONDS),
      digestAt(aRun([killServer1(5), repairServer1(20)]), SECONDS),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  test('does not depend on how much of the run was looked at', () => {
    const watched = aRun([killServer1(5)]);
    live(watched, SECONDS);
    expect(digestAt(watched, SECONDS)).toBe(digestAt(aRun([killServer1(5)]), SECONDS));
  });
});

describe('a seek', () => {
  test.each([0, 4, 5, 23, SECONDS - 1])('to second %i shows what was lived there, row for row', (second) => {
    const timeline = aRun([killServer1(5), repairServer1(20)]);
    const lived = live(timeline, SECONDS);
    expect(timeline.chunk(second)).toEqual(lived[second]);
  });

  test('back and forward again comes to the same second, after any number of them', () => {
    const timeline = aRun([killServer1(5)]);
    const lived = live(timeline, SECONDS);
    for (const second of [30, 2, 31, 0, 5, SECONDS - 1]) timeline.chunk(second);
    expect(live(timeline, SECONDS)).toEqual(lived);
  });

  test('far ahead computes what lies between', () => {
    expect(aRun().chunk(SECONDS - 1)).toEqual(live(aRun(), SECONDS).at(-1));
  });
});

describe('a command given while the run goes on', () => {
  test('leaves what came before it as it was', () => {
    const timeline = aRun();
    const before = live(timeline, SECONDS);
    expect(timeline.setCommands([killServer1(12)])).toBe(12);
    expect(live(timeline, 12)).toEqual(before.slice(0, 12));
    expect(timeline.chunk(SECONDS - 1).digest).not.toBe(before.at(-1)?.digest);
  });

  test('gives the run that had it from the start, however late it comes', () => {
    const fromTheStart = live(aRun([killServer1(12)]), SECONDS);
    for (const livedSeconds of [0, 12, 13, SECONDS]) {
      const timeline = aRun();
      live(timeline, livedSeconds);
      timeline.setCommands([killServer1(12)]);
      expect(live(timeline, SECONDS)).toEqual(fromTheStart);
    }
  });

  test('into the past changes everything since', () => {
    const timeline = aRun([killServer1(30)]);
    live(timeline, SECONDS);
    timeline.setCommands([killServer1(4), killServer1(30)]);
    expect(live(timeline, SECONDS)).toEqual(live(aRun([killServer1(4), killServer1(30)]), SECONDS));
  });

  test('is carried out in the order of time, in whatever order it was given', () => {
    const given = aRun([repairServer1(20), killServer1(5)]);
    expect(digestAt(given, SECONDS)).toBe(digestAt(aRun([killServer1(5), repairServer1(20)]), SECONDS));
    expect(given.current.commands.map((command) => command.type)).toEqual(['kill', 'repair']);
  });

  test('on a target that the design does not have changes nothing but the digest', () => {
    const moon: Command = { atUs: 5 * SECOND, type: 'kill', target: 'moon' };
    expect(failedIn(live(aRun([moon]), SECONDS))).toBe(0);
  });
});

describe('undo', () => {
  test.each(['server1', 'lb', 'haproxy', 'nginx2', 'mysql1'])(
    'of the kill of %s is the shorter list, and the run as if it had never been',
    (target) => {
      const untouched = live(aRun(), SECONDS);
      const timeline = aRun();
      live(timeline, 10);
      timeline.setCommands([{ atUs: 9.5 * SECOND, type: 'kill', target }]);
      expect(failedIn(live(timeline, SECONDS)) + retriedIn(live(timeline, SECONDS))).toBeGreaterThan(0);
      timeline.setCommands([]);
      expect(live(timeline, SECONDS)).toEqual(untouched);
    },
  );

  test('is not repair: what failed in between stays failed after a repair', () => {
    const timeline = aRun([killServer1(9)]);
    const failed = failedIn(live(timeline, 20));
    timeline.setCommands([killServer1(9), repairServer1(20)]);
    expect(failedIn(live(timeline, SECONDS))).toBeGreaterThanOrEqual(failed);
    timeline.setCommands([]);
    expect(failedIn(live(timeline, SECONDS))).toBe(0);
  });

  test('the same list again changes nothing and costs nothing', () => {
    const timeline = aRun([killServer1(9)]);
    live(timeline, 20);
    expect(timeline.setCommands([killServer1(9)])).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('checkpoints', () => {
  test('are held for the last seconds, and thin out behind', () => {
    const timeline = aRun();
    live(timeline, 300);
    expect(timeline.checkpointCount).toBeLessThan(40);
  });
});
