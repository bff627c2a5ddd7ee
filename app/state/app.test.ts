// The state of the page against the real engine behind a port that answers at once, with a clock that the test turns.
import { beforeAll, describe, expect, test } from 'vitest';
import { SECOND } from '../foundation/micros.ts';
import { chooseDesign, chooseTimings } from './actions/choose-design.ts';
import { exportPicture } from './actions/export-picture.ts';
import { kill } from './actions/kill.ts';
import { actOn, stopLesson } from './actions/lesson.ts';
import { reconfigure } from './actions/reconfigure.ts';
import { repair } from './actions/repair.ts';
import { select } from './actions/select.ts';
import { setMode } from './actions/set-mode.ts';
import { toNextEvent, toPreviousEvent } from './actions/transport.ts';
import { redo, undo } from './actions/undo.ts';
import { Bench } from './bench-app.ts';
import { loadStory } from './story.ts';

beforeAll(loadStory);

describe('the story of the first minute', () => {
  test('healthy, killed, noticed, taken over: narration, rows and counts follow the playhead', () => {
    const bench = new Bench();
    expect(bench.to(12).narration).toBe('HAProxy takes turns: each server gets every second request.');
    expect(bench.view.readings['haproxy']?.rows.map((row) => row.word)).toEqual(['UP', 'UP']);
    expect(bench.view.readings['haproxy']?.rows.filter((row) => row.turn)).toHaveLength(1);
    expect(bench.view.hosts['server1']?.figures).toMatch(/req\/s.p99 [\d.]+ m?s/);
    bench.to(27);
    kill.run(bench.app, 'server1');
    bench.frame(16);
    expect(bench.view.hosts['server1']).toMatchObject({ state: 'down', word: 'DEAD for 0.0 s' });
    expect(bench.view.narration).toMatch(/^Server 1 is dead\. HAProxy does not know yet/);
    expect(bench.app.settings.getState().tab).toBe('since');
    const seen = new Set<string>();
    for (let at = 27; at < 45; at += 0.25) seen.add(bench.to(at).narration);
    expect([...seen]).toEqual([
      'Server 1 is dead. HAProxy does not know yet and sends it every second request.',
      'Server 1 missed 1 of 3 health checks. HAProxy still sends it every second request.',
      'Server 1 missed 2 of 3 health checks. HAProxy still sends it every second request.',
      'HAProxy marked Server 1 DOWN. All requests now go to Server 2.',
      'Writes fail because the primary was on Server 1.',
    ]);
    const { since } = bench.to(44);
    expect(since?.counts.total).toBe(
      (since?.counts.answered ?? 0) +
        (since?.counts.retried ?? 0) +
        (since?.counts.waiting ?? 0) +
        (since?.counts.failed ?? 0),
    );
    expect(since?.counts.causes.map((cause) => cause.text)).toContain('failed writes: the primary was on Server 1');
    expect(since?.log[0]?.text).toBe('You powered off Server 1');
    expect(since?.log.map((line) => line.text)).toContain('Server 1 missed a check, 2 of 3');
    expect(bench.view.readings['haproxy']?.rows[0]).toMatchObject({ word: 'DOWN', tone: 'fail', bars: 0, barsOf: 3 });
  });

  test('scrubbing back and forward again gives the same sentence and the same counts', () => {
    const bench = new Bench();
    bench.to(20);
    kill.run(bench.app, 'server1');
    const first = bench.to(40);
    expect(bench.to(12).since).toBeNull();
    expect(bench.view.narration).toBe('HAProxy takes turns: each server gets every second request.');
    expect(bench.to(40)).toEqual(first);
  });

  test('repair is a command at the playhead, undo takes the act back with its future', () => {
    const bench = new Bench();
    bench.to(20);
    kill.run(bench.app, 'server1');
    bench.to(30);
    repair.run(bench.app, 'server1');
    bench.to(31.5);
    expect(bench.view.narration).toMatch(/^Server 1 answers again\. HAProxy waits for 2 good checks/);
    expect(bench.to(38).readings['haproxy']?.rows[0]?.word).toBe('UP');
    undo.run(bench.app);
    expect(bench.to(38).readings['haproxy']?.rows[0]?.word).toBe('DOWN');
    undo.run(bench.app);
    expect(bench.to(38).since).toBeNull();
    redo.run(bench.app);
    expect(bench.to(38).hosts['server1']?.state).toBe('down');
    expect(bench.app.history.getState().done.map((act) => act.label)).toEqual(['power off Server 1']);
  });

  test('next and previous change of state', () => {
    const bench = new Bench();
    bench.to(20);
    kill.run(bench.app, 'server1');
    bench.to(19);
    toNextEvent.run(bench.app);
    expect(bench.app.control.now()).toBe(20 * SECOND);
    bench.to(26.9);
    toPreviousEvent.run(bench.app);
    expect(bench.app.control.now()).toBeGreaterThan(20 * SECOND);
  });
});

describe('refusals', () => {
  test('a dead thing is not killed again, a healthy one not repaired', () => {
    const bench = new Bench();
    bench.to(5);
    repair.run(bench.app, 'server1');
    expect(bench.refusal).toBe('Server 1 works. There is nothing to repair.');
    kill.run(bench.app, 'server1');
    expect(bench.refusal).toBeNull();
    kill.run(bench.app, 'server1');
    expect(bench.refusal).toBe('Server 1 is already dead. Repair it first.');
    kill.run(bench.app, 'app1');
    expect(bench.refusal).toBe('Server 1 is already dead. Repair it first.');
    repair.run(bench.app, 'app1');
    expect(bench.refusal).toBe('Server 1 is powered off. Repair the server first.');
    kill.run(bench.app, 'nginx2');
    kill.run(bench.app, 'nginx2');
    expect(bench.refusal).toBe('nginx on Server 2 is already dead. Repair it first.');
    kill.run(bench.app, 'users');
    expect(bench.refusal).toMatch(/^Kill works on servers/);
    kill.run(bench.app, 'haproxy-nginx1');
    expect(bench.refusal).toMatch(/^A line cannot be killed/);
    expect(bench.app.history.getState().done).toHaveLength(2);
  });

  test('a sentence about a refusal goes after a while', () => {
    const bench = new Bench();
    undo.run(bench.app);
    expect(bench.refusal).toBe('There is nothing to undo.');
    bench.frame(16);
    bench.frame(7_000);
    expect(bench.refusal).toBeNull();
  });

  test('a bad setting is refused with its limit, a good one joins the run', () => {
    const bench = new Bench();
    bench.to(3);
    reconfigure.run(bench.app, { target: 'app1', patch: { workers: 0 } });
    expect(bench.refusal).toMatch(/^app server does not take this value/);
    reconfigure.run(bench.app, { target: 'app1', patch: { workers: 9 } });
    expect(bench.refusal).toBeNull();
    bench.to(4);
    expect(bench.view.design.components.find((one) => one.id === 'app1')?.config['workers']).toBe(9);
    expect(bench.to(2).design.components.find((one) => one.id === 'app1')?.config['workers']).toBe(5);
  });
});

describe('active-passive', () => {
  test('the standby takes nothing, takes over, gives back', () => {
    const bench = new Bench();
    bench.to(10);
    setMode.run(bench.app, 'active-passive');
    bench.to(14);
    expect(bench.app.design.getState().mode).toBe('active-passive');
    expect(bench.view.narration).toMatch(/^Round robin has nothing to rotate over: Server 1 is the only active server/);
    expect(bench.view.hosts['server2']).toMatchObject({ state: 'standby', word: 'UP backup' });
    expect(bench.view.links['haproxy-nginx2']?.ready).toBe(true);
    expect(bench.view.design.summary.join(' ')).toContain('nothing to rotate over');
    bench.to(20);
    kill.run(bench.app, 'server1');
    expect(bench.to(24).narration).toMatch(/sends it every request, the standby waits for DOWN\.$/);
    expect(bench.to(34).hosts['server2']).toMatchObject({ state: 'up', word: 'UP backup' });
    expect(bench.view.narration).toMatch(/^The standby answers every read since 00:2\d\.\d\. Writes fail/);
    const causes = bench.view.since?.counts.causes.map((cause) => cause.text) ?? [];
    expect(causes).toContain('failed before HAProxy knew: no other active server to try');
    repair.run(bench.app, 'server1');
    expect(bench.to(42).readings['haproxy']?.rows[0]?.word).toBe('UP');
    expect(bench.view.hosts['server2']?.state).toBe('standby');
    expect(bench.to(9).design.summary.join(' ')).not.toContain('rotate');
    expect(bench.app.design.getState().mode).toBe('active-active');
  });
});

describe('other designs', () => {
  test('a new run with the same seed keeps the commands that still apply', () => {
    const bench = new Bench();
    bench.to(5);
    kill.run(bench.app, 'server1');
    chooseTimings.run(bench.app, 'realistic');
    bench.frame(16);
    expect(bench.app.control.now()).toBeLessThan(SECOND);
    expect(bench.app.playback.getState().commands).toHaveLength(1);
    expect(bench.to(6).hosts['server1']?.state).toBe('down');
    chooseDesign.run(bench.app, 'simple');
    expect(bench.app.playback.getState().commands).toHaveLength(0);
    expect(bench.to(12).narration).toBe('One server answers every request. Nothing takes over when it dies.');
    kill.run(bench.app, 'server');
    expect(bench.to(13).narration).toBe('The server is dead. There is no second one: no request is answered.');
    expect(bench.view.alarm).toBe('All requests fail');
    expect(bench.to(16).readings['users']).toMatchObject({ answeredShare: 0, failingWord: 'no request ends' });
    expect(setMode.refusal(bench.app, 'active-passive')).toMatch(/one server/);
  });
});

test('a lesson plays on the run, fills its sentences from it, and puts everything back', async () => {
  const bench = new Bench();
  bench.to(12);
  kill.run(bench.app, 'server2');
  bench.to(14);
  const acts = bench.app.history.getState().done;
  await bench.app.control.playLesson(1);
  expect(bench.app.settings.getState().lesson).toEqual({ point: 1, step: 1 });
  bench.frame(16);
  expect(bench.view.narration).toMatch(/^Both servers hold the same site: of the last \d+ requests/);
  bench.to(19);
  expect(bench.app.settings.getState().lesson).toEqual({ point: 1, step: 1 });
  bench.frame(2_500);
  bench.to(19.5);
  expect(bench.app.settings.getState().lesson).toEqual({ point: 1, step: 2 });
  bench.frame(100);
  expect(bench.view.hosts['server2']?.state).toBe('down');
  expect(bench.view.lesson).toMatchObject({ step: 2, of: 4 });
  expect(bench.app.history.getState().done).toEqual(acts);
  stopLesson.run(bench.app);
  bench.frame(100);
  expect(bench.app.control.now()).toBe(14 * SECOND);
  expect(bench.app.history.getState().done).toEqual(acts);
  expect(bench.app.playback.getState().playing).toBe(false);
  expect(bench.view.lesson).toBeNull();
});

describe('an act during a lesson', () => {
  /** Server 2 was killed by the person at 12 s; the lesson switches to active-passive and kills Server 1. */
  async function inLesson(): Promise<Bench> {
    const bench = new Bench();
    bench.to(12);
    kill.run(bench.app, 'server2');
    bench.to(14);
    await bench.app.control.playLesson(3);
    bench.frame(16);
    for (const at of [23, 28]) {
      bench.frame(2_500);
      bench.to(at);
    }
    bench.frame(100);
    expect(bench.view.hosts['server1']?.state).toBe('down');
    expect(bench.app.design.getState().mode).toBe('active-passive');
    return bench;
  }

  test('ends it and goes into the run as it was, judged there', async () => {
    const bench = await inLesson();
    actOn(bench.app, kill, 'server1');
    expect(bench.refusal).toBeNull();
    expect(bench.app.settings.getState().lesson).toBeNull();
    expect(bench.app.playback.getState().commands).toEqual([
      { type: 'kill', atUs: 12 * SECOND, target: 'server2' },
      { type: 'kill', atUs: 14 * SECOND, target: 'server1' },
    ]);
    expect(bench.app.history.getState().done).toHaveLength(2);
  });

  test('what was so only in the lesson is refused', async () => {
    const bench = await inLesson();
    actOn(bench.app, repair, 'server1');
    expect(bench.refusal).toBe('Server 1 works. There is nothing to repair.');
    expect(bench.app.design.getState().mode).toBe('active-active');
    expect(bench.app.control.now()).toBe(14 * SECOND);
  });

  test('undo takes back what the person did, never a step of the lesson', async () => {
    const bench = await inLesson();
    undo.run(bench.app);
    expect(bench.app.settings.getState().lesson).toBeNull();
    expect(bench.app.playback.getState().commands).toEqual([]);
    expect(bench.app.control.now()).toBe(14 * SECOND);
    expect(bench.app.history.getState().undone).toHaveLength(1);
  });
});

test('a view keeps what has not changed, so that nothing renders for nothing', () => {
  const bench = new Bench();
  const before = bench.to(12);
  bench.app.control.seek(12 * SECOND + 1);
  bench.frame(200);
  expect(bench.view.design).toBe(before.design);
  expect(bench.view.readings['dns']).toBe(before.readings['dns']);
  expect(bench.view.readings['haproxy']).toBe(before.readings['haproxy']);
});

test('the playhead plays at its speed and never past what is computed', () => {
  const bench = new Bench();
  bench.app.control.setPlaying(true);
  for (let frame = 0; frame < 60; frame++) bench.frame(16);
  expect(bench.app.control.now()).toBeGreaterThan(0.9 * SECOND);
  expect(bench.app.control.now()).toBeLessThan(1.01 * SECOND);
});

test('selecting opens the inspector and lets go of it again', () => {
  const bench = new Bench();
  select.run(bench.app, 'haproxy');
  expect(bench.app.settings.getState().tab).toBe('inspector');
  select.run(bench.app, null);
  expect(bench.app.settings.getState().tab).toBe('issues');
  expect(exportPicture.refusal(bench.app, { format: 'png', scale: 1 })).toBeNull();
});
