// What a person did to the run, moved to another moment or taken out of it: the future changes, undo brings it back.
import { beforeAll, describe, expect, test } from 'vitest';
import { SECOND } from '../foundation/micros.ts';
import { kill } from './actions/kill.ts';
import { repair } from './actions/repair.ts';
import { deleteFromRun, moveInTime } from './actions/retime.ts';
import { toFirstFailure } from './actions/to-first-failure.ts';
import { redo, undo } from './actions/undo.ts';
import { Bench } from './bench-app.ts';
import { loadStory } from './story.ts';

beforeAll(loadStory);

/** Server 1 is switched off at 10 s and repaired at 30 s; the page stands at 40 s. */
function broken(): Bench {
  const bench = new Bench();
  bench.to(10);
  kill.run(bench.app, 'server1');
  bench.to(30);
  repair.run(bench.app, 'server1');
  bench.to(40);
  return bench;
}

const commands = (bench: Bench) => bench.app.playback.getState().commands;
const times = (bench: Bench) => commands(bench).map((command) => command.atUs / SECOND);
const nth = (bench: Bench, index: number) => commands(bench).slice(index, index + 1);
const failedUntil = (bench: Bench, second: number) => bench.app.frame.window.outcomes(0, second * SECOND).failed;

describe('an act of the run', () => {
  test('moved later, it happens later, and the future is that of a run in which it always did', () => {
    const bench = broken();
    const before = failedUntil(bench, 40);
    moveInTime.run(bench.app, { commands: nth(bench, 0), byUs: 12 * SECOND });
    bench.to(40);
    expect(times(bench)).toEqual([22, 30]);
    expect(bench.to(21).hosts['server1']?.word).toBe('UP');
    expect(bench.to(23).hosts['server1']?.word).toMatch(/^DEAD for 1\.0 s/);
    bench.to(40);
    expect(failedUntil(bench, 40)).not.toBe(before);
    const always = new Bench();
    always.to(22);
    kill.run(always.app, 'server1');
    always.to(30);
    repair.run(always.app, 'server1');
    always.to(40);
    expect(bench.app.frame.window.outcomes(0, 40 * SECOND)).toEqual(always.app.frame.window.outcomes(0, 40 * SECOND));
  });

  test('is one act with a name, which undo takes back and redo does again', () => {
    const bench = broken();
    moveInTime.run(bench.app, { commands: nth(bench, 0), byUs: 2 * SECOND });
    expect(bench.app.history.getState().done.at(-1)?.label).toBe('move power off Server 1 to 00:12.0');
    undo.run(bench.app);
    expect(times(bench)).toEqual([10, 30]);
    redo.run(bench.app);
    expect(times(bench)).toEqual([12, 30]);
  });

  test('moved step by step by a key, the steps are undone as one; two drags are two', () => {
    const bench = broken();
    for (const _ of [1, 2, 3]) {
      moveInTime.run(bench.app, { commands: nth(bench, 0), byUs: SECOND, stepwise: true });
    }
    expect(times(bench)).toEqual([13, 30]);
    undo.run(bench.app);
    expect(times(bench)).toEqual([10, 30]);
    moveInTime.run(bench.app, { commands: nth(bench, 0), byUs: SECOND });
    moveInTime.run(bench.app, { commands: nth(bench, 0), byUs: SECOND });
    undo.run(bench.app);
    expect(times(bench)).toEqual([11, 30]);
  });

  test('goes no further than its end, its beginning or the start of the run, and says so', () => {
    const bench = broken();
    moveInTime.run(bench.app, { commands: nth(bench, 0), byUs: 60 * SECOND });
    expect(times(bench)).toEqual([29.9, 30]);
    moveInTime.run(bench.app, { commands: nth(bench, 0), byUs: SECOND });
    expect(bench.refusal).toMatch(/^It cannot be later: its repair comes right after/);
    moveInTime.run(bench.app, { commands: nth(bench, 0), byUs: -60 * SECOND });
    expect(times(bench)).toEqual([0, 30]);
    moveInTime.run(bench.app, { commands: nth(bench, 1), byUs: -60 * SECOND });
    expect(times(bench)).toEqual([0, 0.1]);
  });

  test('deleted, it never happened, and neither did its repair; the repair alone can go too', () => {
    const bench = broken();
    deleteFromRun.run(bench.app, nth(bench, 1));
    expect(times(bench)).toEqual([10]);
    undo.run(bench.app);
    deleteFromRun.run(bench.app, nth(bench, 0));
    expect(times(bench)).toEqual([]);
    expect(bench.app.history.getState().done.at(-1)?.label).toBe('delete power off Server 1');
    bench.to(40);
    expect(failedUntil(bench, 40)).toBe(0);
    undo.run(bench.app);
    expect(times(bench)).toEqual([10, 30]);
  });

  test('that is no longer there is refused', () => {
    const bench = broken();
    const gone = nth(bench, 0);
    undo.run(bench.app);
    undo.run(bench.app);
    deleteFromRun.run(bench.app, gone);
    expect(bench.refusal).toBe('This is no longer part of the run.');
  });
});

test('the first failure is gone to, to the microsecond; without one there is a sentence', () => {
  const bench = new Bench();
  bench.to(10);
  toFirstFailure.run(bench.app);
  expect(bench.refusal).toBe('No request has failed as far as the run is known.');
  kill.run(bench.app, 'haproxy');
  bench.to(20);
  toFirstFailure.run(bench.app);
  bench.frame(100);
  const atUs = bench.app.control.now();
  const { window } = bench.app.frame;
  expect(window.outcomes(0, atUs - 1).failed).toBe(0);
  expect(window.outcomes(0, atUs).failed).toBeGreaterThan(0);
});
