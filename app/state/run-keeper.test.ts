// The reader's run outlives the page, and a link never takes its place. With the real engine behind a port that answers at
// once, and browsers' memories that are full, closed or broken.
import { beforeAll, describe, expect, test } from 'vitest';
import { builtInDesign } from '../designs/built-in.ts';
import { Dice } from '../foundation/dice.ts';
import { SECOND } from '../foundation/micros.ts';
import { fragmentOf, runOfHash } from '../platform/run-link.ts';
import type { Command } from '../simulation/command.ts';
import { chooseDesign } from './actions/choose-design.ts';
import { kill } from './actions/kill.ts';
import { reconfigure } from './actions/reconfigure.ts';
import { backToRun } from './actions/share.ts';
import type { App } from './app.ts';
import { Memory, memories, Page } from './bench-page.ts';
import { type BesideChoice, besideOf } from './beside.ts';
import { RUN_KEY } from './remembered.ts';
import { loadStory } from './story.ts';
import { visitOf } from './visit.ts';

beforeAll(loadStory);

async function linkOfTeacher(): Promise<string> {
  const teacher = (await Page.open(memories())).at(12).killed('lb').at(20);
  return teacher.link();
}

describe('the last run', () => {
  test('survives a reload, with what was done and the moment', async () => {
    const keepers = memories();
    (await Page.open(keepers)).at(5).killed('server1').at(9).close();
    const again = await Page.open(keepers);
    expect(again.acts).toEqual(['power off Server 1']);
    expect(again.app.control.now()).toBe(9 * SECOND);
    expect(again.notice).toBe('');
  });

  test('survives in another tab, but for a run in which nothing was done: that one begins anew', async () => {
    const shared = new Memory();
    (await Page.open(memories(shared))).at(9).close();
    expect((await Page.open(memories(shared))).app.control.now()).toBe(0);
    const page = (await Page.open(memories(shared))).at(3).killed('lb');
    page.close();
    expect((await Page.open(memories(shared))).acts).toEqual(page.acts);
  });

  test('of another built-in design opens that one', async () => {
    const keepers = memories();
    const page = await Page.open(keepers);
    chooseDesign.run(page.app, 'simple');
    page.close();
    expect((await Page.open(keepers)).app.design.getState().id).toBe('simple');
  });

  test('that cannot be read is said, and stays', async () => {
    const keepers = memories();
    keepers.shared.kept.set(RUN_KEY, '{"form":1,"broken');
    const page = await Page.open(keepers);
    expect(page.notice).toMatch(
      /^Your last run cannot be read\. Here is design 2 instead\. What is in it is no text of a run/,
    );
    expect(page.app.design.getState().id).toBe('distributed');
    page.at(3).killed('lb').close();
    expect([...keepers.shared.kept.values()]).toContain('{"form":1,"broken');
  });

  test('a full disk is said once, and the page goes on', async () => {
    const keepers = memories();
    keepers.own.room = keepers.shared.room = 10;
    const page = (await Page.open(keepers)).at(3).killed('lb');
    expect(page.notice).toMatch(/no room left/);
    page.app.hand.setState({ notice: null });
    page.at(4).killed('server1');
    expect(page.notice).toBe('');
    expect(page.acts).toHaveLength(2);
  });

  test('a browser that keeps nothing is no trouble', async () => {
    const page = (await Page.open({ own: null, shared: null })).at(3).killed('lb');
    page.close();
    expect(page.notice).toBe('');
    expect(page.acts).toHaveLength(1);
  });
});

describe('a link', () => {
  test('opens the same run at the same moment, paused, with the same digest', async () => {
    const teacher = (await Page.open(memories())).at(12).killed('lb').at(20);
    const student = await Page.open(memories(), await teacher.link());
    student.frame();
    expect(student.acts).toEqual(['power off the load balancer']);
    expect(student.app.control.now()).toBe(20 * SECOND);
    expect(student.app.playback.getState().playing).toBe(false);
    expect(student.notice).toBe('A shared run, paused at 00:20.0. Press Play to go on.');
    const digest = (page: Page) => page.app.frame.window.digestOf(20);
    expect(digest(student)).toMatch(/^[0-9a-f]{16}$/);
    expect(digest(student)).toBe(digest(teacher));
  });

  test('never takes the place of the reader’s own run, and one act goes back', async () => {
    const keepers = memories();
    (await Page.open(keepers)).at(5).killed('server2').at(7).close();
    const page = await Page.open(keepers, await linkOfTeacher());
    expect(visitOf(page.app).getState().way).toBe('Back to my run');
    page.close();
    expect((await Page.open(keepers)).acts).toEqual(['power off Server 2']);
    const back = await Page.open(keepers, await linkOfTeacher());
    backToRun.run(back.app);
    expect(back.acts).toEqual(['power off Server 2']);
    expect(back.app.control.now()).toBe(7 * SECOND);
    expect(back.hash).toBe('');
    backToRun.run(back.app);
    expect(back.acts).toEqual(['power off the load balancer']);
  });

  test('becomes the reader’s own with the first act, and the run before is kept', async () => {
    const keepers = memories();
    (await Page.open(keepers)).at(5).killed('server2').close();
    const page = (await Page.open(keepers, await linkOfTeacher())).killed('server1');
    expect(page.hash).toBe('');
    page.close();
    const again = await Page.open(keepers);
    expect(again.acts).toEqual(['power off the load balancer', 'power off Server 1']);
    backToRun.run(again.app);
    expect(again.acts).toEqual(['power off Server 2']);
    backToRun.run(again.app);
    expect(again.acts).toEqual(['power off the load balancer', 'power off Server 1']);
  });

  test('put into the address of an open page opens there, and the run that was open is one act away', async () => {
    const page = (await Page.open({ own: null, shared: null })).at(5).killed('server2').at(8);
    await page.follow(await linkOfTeacher());
    expect(page.acts).toEqual(['power off the load balancer']);
    backToRun.run(page.app);
    expect(page.acts).toEqual(['power off Server 2']);
    expect(page.app.control.now()).toBe(8 * SECOND);
  });

  test('that cannot be read says so, and what; nothing else changes', async () => {
    const bad = await Page.open(memories(), '#run=AA+A');
    expect(bad.notice).toMatch(
      /^This link holds a design that Spofcheck cannot read\. Here is design 2 instead\. Character 3 of the run/,
    );
    const page = (await Page.open(memories())).at(5).killed('server2');
    await page.follow('#run=');
    expect(page.notice).toMatch(/What was open stays open\. The link ends where its run should begin/);
    expect(page.acts).toEqual(['power off Server 2']);
  });

  test('of any design, with another engine, opens and says what may differ', async () => {
    const drawn = { ...builtInDesign('simple', 'realistic'), id: 'drawn', name: 'Mine', timings: 'custom' as const };
    const text = JSON.stringify({ form: 1, engine: 'older', design: drawn, seed: 9, atUs: 0, acts: [] });
    const page = await Page.open(memories(), `#${await fragmentOf(text)}`);
    expect(page.app.design.getState()).toMatchObject({ id: 'foreign', timings: 'custom', seed: 9 });
    expect(page.notice).toMatch(/another version of Spofcheck: what happens in it may differ/);
  });
});

describe('a comparison', () => {
  const SCALED: BesideChoice = { type: 'design', id: 'scaled-up' };
  const FALL_2: BesideChoice = {
    type: 'changed',
    changes: [{ target: 'haproxy', patch: { servers: { 0: { check: { fall: 2 } }, 1: { check: { fall: 2 } } } } }],
    words: 'fall 2 in place of 3',
  };
  const choiceOf = (page: Page) => besideOf(page.app).getState().choice;
  const digests = (page: Page) => [page.app, page.beside].map((one) => one?.frame.window.digestOf(20));

  test.each([
    ['another design', SCALED],
    ['one setting changed', FALL_2],
    ['as it was opened', { type: 'as-opened' } satisfies BesideChoice],
  ])('%s: a link opens to both sides, second for second', async (_, choice) => {
    const teacher = (await Page.open(memories())).compare(choice).at(12).killed('server1');
    reconfigure.run(teacher.app, { target: 'users', patch: { rateRps: 6 } });
    teacher.at(20);
    const student = await Page.open(memories(), await teacher.link());
    student.frame();
    student.frame();
    expect(student.notice).toBe('A shared comparison, paused at 00:20.0. Press Play to go on.');
    expect(choiceOf(student)).toEqual(choice);
    expect(student.acts).toEqual(teacher.acts);
    expect(student.beside?.control.now()).toBe(20 * SECOND);
    expect(digests(student)).toEqual(digests(teacher));
    expect(digests(student).every((one) => /^[0-9a-f]{16}$/.test(one ?? ''))).toBe(true);
  });

  test('what was done on the other side alone comes along', async () => {
    const teacher = (await Page.open(memories())).compare(SCALED).at(12);
    kill.run(teacher.beside as App, 'keepalived1');
    teacher.at(20);
    const student = await Page.open(memories(), await teacher.link());
    student.frame();
    student.frame();
    expect(student.app.playback.getState().commands).toEqual([]);
    expect(student.beside?.playback.getState().commands).toMatchObject([{ type: 'kill', target: 'keepalived1' }]);
    expect(digests(student)).toEqual(digests(teacher));
  });

  test('survives a reload, and a link does not take its place', async () => {
    const keepers = memories();
    (await Page.open(keepers)).compare(FALL_2).at(5).killed('server2').at(7).close();
    const again = await Page.open(keepers);
    expect(choiceOf(again)).toEqual(FALL_2);
    again.close();
    const page = await Page.open(keepers, await linkOfTeacher());
    expect(page.beside).toBe(null);
    backToRun.run(page.app);
    expect(choiceOf(page)).toEqual(FALL_2);
    expect(page.acts).toEqual(['power off Server 2']);
  });

  test('a link without one closes the one that is open; the way back opens it again', async () => {
    const page = (await Page.open(memories())).compare(SCALED).at(5).killed('server2');
    await page.follow(await linkOfTeacher());
    expect(page.beside).toBe(null);
    expect(page.acts).toEqual(['power off the load balancer']);
    backToRun.run(page.app);
    expect(choiceOf(page)).toEqual(SCALED);
  });

  test('what was done beside another design does not make a link that nobody can read', async () => {
    const page = (await Page.open(memories())).compare(SCALED).at(5);
    kill.run(page.beside as App, 'keepalived1');
    page.compare(FALL_2).at(9);
    const read = await runOfHash(await page.link());
    expect(read).toMatchObject({ ok: true, value: { beside: FALL_2 } });
  });

  test('a link of before comparisons were shared opens as it did', async () => {
    const kill1 = { type: 'kill', atUs: 5_000_000, target: 'server1' };
    const text = JSON.stringify({
      form: 1,
      engine: 'older',
      design: ['distributed', 'classroom'],
      seed: 4,
      atUs: 9_000_000,
      acts: [
        ['power off Server 1', [kill1]],
        ['move it', [{ ...kill1, atUs: 6_000_000 }], [0]],
      ],
    });
    const page = await Page.open(memories(), `#${await fragmentOf(text)}`);
    expect(page.beside).toBe(null);
    expect(page.app.playback.getState().commands).toEqual([{ ...kill1, atUs: 6_000_000 }]);
  });
});

describe('hostile links', () => {
  test('a few bytes that stand for gigabytes are refused at 4 MB', async () => {
    const bomb = `#${await fragmentOf(' '.repeat(50_000_000))}`;
    expect(bomb.length).toBeLessThan(80_000);
    const result = await runOfHash(bomb);
    expect(result.ok ? '' : result.problems[0]?.reason).toBe('It unpacks to more than 4000000 bytes.');
  });

  test('ten thousand mutated links: each opens, or is refused with a sentence', async () => {
    const compared = (await Page.open(memories())).compare({ type: 'design', id: 'scaled-up' }).at(12).killed('lb');
    const links = [await linkOfTeacher(), await compared.link()];
    const dice = new Dice(11, 'mutated links');
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/= %#é\u0000'];
    let refused = 0;
    for (let round = 0; round < 10_000; round++) {
      let mutated = links[round % links.length] ?? '';
      for (let edits = dice.whole(1, 4); edits > 0; edits--) {
        const at = dice.whole(5, mutated.length - 1);
        mutated =
          mutated.slice(0, at) + (dice.chance(0.3) ? '' : dice.one(letters)) + mutated.slice(at + dice.whole(0, 2));
      }
      const result = await runOfHash(mutated);
      if (result.ok) continue;
      refused++;
      const { reason, repair } = result.problems[0] ?? { reason: '', repair: '' };
      expect(reason, mutated).toMatch(/\S.*\.$/);
      expect(repair, mutated).toMatch(/\S.*\.$/);
    }
    expect(refused).toBeGreaterThan(9_000);
  });
});

test('the classic design with ten commands makes a link of at most 2,000 characters', async () => {
  const page = await Page.open(memories());
  const commands: readonly Command[] = [
    { atUs: 8_123_457, type: 'kill', target: 'server1' },
    { atUs: 14_923_001, type: 'repair', target: 'server1' },
    { atUs: 21_004_913, type: 'hang', target: 'app2' },
    { atUs: 33_333_333, type: 'slow', target: 'mysql1', factor: 10 },
    { atUs: 41_700_019, type: 'cut', target: 'haproxy-nginx2' },
    { atUs: 52_100_077, type: 'degrade', target: 'app2-mysql1', lossShare: 0.1, delayMs: 200 },
    { atUs: 60_000_001, type: 'flood', target: 'users', rateRps: 40 },
    { atUs: 71_234_567, type: 'reconfigure', target: 'haproxy', patch: { servers: { 0: { check: { fall: 2 } } } } },
    { atUs: 80_808_081, type: 'reconfigure', target: 'users', patch: { rateRps: 6.5, writeShare: 0.4 } },
    { atUs: 95_959_595, type: 'admin', target: 'haproxy', words: ['set', 'server', 'Server 1', 'state', 'drain'] },
  ];
  for (const command of commands) {
    page.app.control.act({ label: `something done to ${command.target}`, commands: [command] });
  }
  const link = `https://spofcheck.example.org/${await page.link()}`;
  expect(link.length).toBeLessThanOrEqual(2_000);
  const read = await runOfHash(await page.link());
  expect(read.ok ? read.value.acts.flatMap((act) => act.commands) : read.problems).toEqual(commands);
});
