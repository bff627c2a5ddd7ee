// Faults as a person puts them on: what is refused, what is true after a list of commands, what they are called.
import { beforeAll, describe, expect, test } from 'vitest';
import { distributedDesign } from '../designs/distributed.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { FAULTS } from './actions/faults.ts';
import { inflict } from './actions/inflict.ts';
import { measureFault } from './actions/measure-fault.ts';
import { repair } from './actions/repair.ts';
import { undo } from './actions/undo.ts';
import type { Tool } from './app.ts';
import { createApp, type RunningApp } from './create-app.ts';
import { readyWords, TOOLS, takes } from './fault-tools.ts';
import { tagsOf } from './fault-words.ts';
import { truthWords } from './narration-faults.ts';
import { loadStory } from './story.ts';
import { truthAt } from './truth.ts';

const DESIGN = distributedDesign('classroom');

beforeAll(loadStory);

/** A page whose run never answers: enough for what is known from the commands alone. */
function page(): RunningApp {
  const port = { onmessage: null, postMessage: () => undefined, terminate: () => undefined };
  const beat = { nowMs: () => 0, next: () => undefined };
  return createApp({ seed: 1, beat, keeper: null, port, analysisPort: null });
}

const doIt = (app: RunningApp, tool: Tool, target: string): void => inflict.run(app, { tool, target });
const commandsOf = (app: RunningApp): readonly Command[] => app.playback.getState().commands;
const refusalOf = (app: RunningApp): string | null => app.hand.getState().refusal;
const tagsAt = (app: RunningApp, us = 0) => tagsOf(DESIGN, truthAt(DESIGN, commandsOf(app), us).faults);

describe('each fault of the tray', () => {
  test.each([
    ['kill', 'nginx1', { type: 'kill' }, 'Killed'],
    ['hang', 'server1', { type: 'hang' }, 'Hung'],
    ['slow', 'app1', { type: 'slow', factor: 5 }, 'Slow 5x'],
    ['cut', 'haproxy-nginx1', { type: 'cut' }, 'Cut'],
    ['flood', 'users', { type: 'flood', rateRps: 40 }, 'Flood 40/s'],
    ['lossy', 'haproxy-nginx1', { type: 'degrade', lossShare: 0.3, delayMs: 100 }, 'Lossy 30%'],
  ] as const)('%s is a command, a tag, refused twice, repaired and undone', (tool, target, command, word) => {
    const app = page();
    doIt(app, tool, target);
    expect(commandsOf(app)).toEqual([{ ...command, atUs: 0, target }]);
    expect(tagsAt(app)[target]?.map((tag) => tag.word)).toEqual([word]);
    expect(app.settings.getState().tab).toBe('since');
    doIt(app, tool, target);
    expect(refusalOf(app)).toMatch(/already .*Repair it first\.$/);
    repair.run(app, target);
    expect(tagsAt(app)).toEqual({});
    undo.run(app);
    undo.run(app);
    expect(commandsOf(app)).toEqual([]);
  });

  test('its measure can be changed while it is on, and taken back', () => {
    const app = page();
    doIt(app, 'slow', 'app1');
    measureFault.run(app, { type: 'slow', atUs: 0, target: 'app1', factor: 2.5 });
    expect(tagsAt(app)['app1']?.map((tag) => tag.word)).toEqual(['Slow 2.5x']);
    undo.run(app);
    expect(tagsAt(app)['app1']?.map((tag) => tag.word)).toEqual(['Slow 5x']);
    measureFault.run(app, { type: 'flood', atUs: 0, target: 'users', rateRps: 9 });
    expect(refusalOf(app)).toBe('This fault has ended. Put it on again first.');
    doIt(app, 'lossy', 'haproxy-nginx1');
    measureFault.run(app, { type: 'degrade', atUs: 0, target: 'haproxy-nginx1', lossShare: 0, delayMs: 0 });
    expect(refusalOf(app)).toMatch(/Repair it instead\.$/);
  });

  test('a restart is one act with two commands, and is over by itself', () => {
    const app = page();
    doIt(app, 'restart', 'nginx1');
    expect(commandsOf(app)).toEqual([
      { type: 'kill', atUs: 0, target: 'nginx1' },
      { type: 'repair', atUs: 3 * SECOND, target: 'nginx1', fault: 'kill' },
    ]);
    expect(tagsAt(app)['nginx1']?.[0]?.word).toBe('Restarting');
    expect(tagsAt(app, 3 * SECOND)).toEqual({});
    undo.run(app);
    expect(commandsOf(app)).toEqual([]);
  });

  test('a partition takes two servers, one after the other, or the line between them', () => {
    const app = page();
    doIt(app, 'part', 'server1');
    expect(app.hand.getState()).toMatchObject({ armed: 'part', first: 'server1' });
    expect(readyWords('part', 'Server 1', false)).toMatch(/^Now choose the server that Server 1 cannot reach/);
    doIt(app, 'part', 'server1');
    expect(refusalOf(app)).toBe('Choose a second server.');
    doIt(app, 'part', 'server2');
    expect(commandsOf(app)).toEqual([{ type: 'cut', atUs: 0, target: 'server1', other: 'server2' }]);
    expect(Object.keys(tagsAt(app))).toEqual(['server1', 'server2']);
    const truth = truthAt(DESIGN, commandsOf(app), 0);
    expect(['mysql1-mysql2', 'haproxy-nginx1'].map((id) => truth.isCut(id))).toEqual([true, false]);
    doIt(app, 'part', 'haproxy-nginx1');
    const words = (id: string) => tagsAt(app)[id]?.map((tag) => tag.word);
    expect(words('server1')).toEqual(['Parted from Server 2', 'Parted from the load balancer']);
    expect([words('server2'), words('lb')]).toEqual([['Parted from Server 1'], ['Parted from Server 1']]);
    repair.run(app, { target: 'server2', fault: 'part', other: 'server1' });
    expect([words('server1'), words('server2')]).toEqual([['Parted from the load balancer'], undefined]);
    repair.run(app, 'server1');
    expect(tagsAt(app)).toEqual({});
  });

  test('what a fault cannot be dropped on is refused with a sentence', () => {
    const app = page();
    for (const { tool } of TOOLS) {
      const wrong = ['users', 'server1', 'haproxy-nginx1', 'files1'].filter((id) => !takes(DESIGN, tool, id));
      for (const id of wrong) expect(FAULTS[tool].refusal(app, id)).toMatch(/^[A-Z].*\.$/);
    }
    doIt(app, 'kill', 'server1');
    doIt(app, 'hang', 'nginx1');
    expect(refusalOf(app)).toBe('Server 1 is already dead. Repair it first.');
    doIt(app, 'part', 'users-haproxy');
    expect(refusalOf(app)).toBe('The users are no server. Cut this line instead.');
    doIt(app, 'cut', 'app1-files1');
    expect(refusalOf(app)).toMatch(/same disk/);
  });
});

describe('several faults at once', () => {
  const at = (...commands: Command[]) => truthAt(DESIGN, commands, 10);

  test('each ends by itself, and repairing the element ends them all', () => {
    const app = page();
    for (const tool of ['slow', 'hang'] as const) doIt(app, tool, 'app1');
    expect(tagsAt(app)['app1']?.map((tag) => tag.word)).toEqual(['Slow 5x', 'Hung']);
    repair.run(app, { target: 'app1', fault: 'hang' });
    expect(tagsAt(app)['app1']?.map((tag) => tag.word)).toEqual(['Slow 5x']);
    doIt(app, 'hang', 'app1');
    repair.run(app, 'app1');
    expect(tagsAt(app)).toEqual({});
    repair.run(app, 'app1');
    expect(refusalOf(app)).toBe('The app server on Server 1 works. There is nothing to repair.');
  });

  test('what is stopped and then killed is dead, and no more than that; what is slow stays slow', () => {
    const truth = at(
      { type: 'hang', atUs: 1, target: 'app1' },
      { type: 'slow', atUs: 2, target: 'server1', factor: 2 },
      { type: 'kill', atUs: 3, target: 'server1' },
    );
    expect(truth.faults.map((fault) => fault.kind)).toEqual(['slow', 'kill']);
    expect([truth.isDead('app1'), truth.isHung('app1')]).toEqual([true, false]);
  });

  test('a process that was stopped with its server and is killed does not hang at its next start', () => {
    const truth = at(
      { type: 'hang', atUs: 1, target: 'server1' },
      { type: 'kill', atUs: 2, target: 'app1' },
      { type: 'repair', atUs: 3, target: 'app1' },
    );
    expect([truth.isHung('app1'), truth.isHung('nginx1')]).toEqual([false, true]);
    const kills = ['nginx1', 'app1', 'mysql1'].map((target): Command => ({ type: 'kill', atUs: 2, target }));
    expect(at({ type: 'hang', atUs: 1, target: 'server1' }, ...kills).faults.map(({ kind }) => kind)).toEqual([
      'kill',
      'kill',
      'kill',
    ]);
  });

  test.each<[string, Command[]]>([
    [
      'The app server on Server 1 works 5 times slower once it goes on',
      [
        { type: 'hang', atUs: 1, target: 'app1' },
        { type: 'slow', atUs: 2, target: 'app1', factor: 5 },
      ],
    ],
    [
      'The app server on Server 1 works 5 times slower once it runs again',
      [
        { type: 'slow', atUs: 1, target: 'app1', factor: 5 },
        { type: 'kill', atUs: 2, target: 'server1' },
      ],
    ],
    [
      'The app server on Server 1 works 5 times slower, and its server 2 times: 10 times in all',
      [
        { type: 'slow', atUs: 1, target: 'app1', factor: 5 },
        { type: 'slow', atUs: 2, target: 'server1', factor: 2 },
      ],
    ],
    [
      'The line from HAProxy to nginx on Server 1 is lossy once it carries again',
      [
        { type: 'degrade', atUs: 1, target: 'haproxy-nginx1', lossShare: 0.3, delayMs: 0 },
        { type: 'cut', atUs: 2, target: 'haproxy-nginx1' },
      ],
    ],
    [
      'The line from HAProxy to nginx on Server 1 is cut even when its servers are joined again',
      [
        { type: 'cut', atUs: 1, target: 'haproxy-nginx1' },
        { type: 'cut', atUs: 2, target: 'lb', other: 'server1' },
      ],
    ],
  ])('what two come to is said: %s', (sentence, commands) => {
    const truth = at(...commands);
    expect(truth.faults.map((fault) => truthWords(DESIGN, truth, fault))).toContain(sentence);
  });

  test('a second measure of the same fault keeps its beginning', () => {
    const { faults } = at(
      { type: 'slow', atUs: 1, target: 'app1', factor: 2 },
      { type: 'slow', atUs: 5, target: 'app1', factor: 9 },
    );
    expect(faults).toMatchObject([{ sinceUs: 1, command: { factor: 9 } }]);
  });
});
