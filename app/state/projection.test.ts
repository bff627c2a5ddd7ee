// The view of real runs at an instant: what the strip, the headings and "Since the kill" say of them.
import { beforeAll, describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import type { Design } from '../design/design.ts';
import { elementsOf } from '../design/elements.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { simpleDesign } from '../designs/simple.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { summariserOf } from '../timeline/summarise.ts';
import { Timeline } from '../timeline/timeline.ts';
import { TraceWindow } from '../timeline/trace-window.ts';
import { modeCommands } from './actions/set-mode.ts';
import type { View } from './app.ts';
import { Projection } from './projection.ts';
import { loadStory } from './story.ts';

beforeAll(loadStory);

const DESIGN = distributedDesign('classroom');
const REALISTIC = distributedDesign('realistic');

function viewer(base: Design, commands: readonly Command[], seconds: number): (at: number) => View {
  const window = new TraceWindow(elementsOf(base));
  const timeline = new Timeline({ design: base, seed: 7, commands }, behaviours, structuredClone);
  const summariser = summariserOf(base);
  for (let index = 0; index <= seconds; index++) {
    const chunk = timeline.chunk(index);
    window.receive(chunk);
    window.learn([summariser.summarise(chunk, window.second(index - 1) ?? null)]);
  }
  const projection = new Projection();
  return (at) => {
    const found = projection.at({ base, commands, nowUs: at * SECOND, window, lesson: null });
    if (found === null) throw new Error(`nothing is known of second ${at}`);
    return found.view;
  };
}

const kill = (atS: number, target: string): Command => ({ atUs: atS * SECOND, type: 'kill', target });

const withWorkers = (design: Design, workers: number): Design => ({
  ...design,
  components: design.components.map((one) =>
    one.kind === 'app-server' ? { ...one, config: { ...one.config, workers } } : one,
  ),
});

test('workers that wait for the dead primary: the queue is told, and that nothing is answered', () => {
  const at = viewer(withWorkers(REALISTIC, 5), [kill(10, 'server1')], 50);
  const told = Array.from({ length: 80 }, (_, step) => at(10 + step / 2).narration);
  expect(told).toContainEqual(
    expect.stringMatching(/^Server 2 queues \d+ requests and answers in [\d.]+ s\. Its writes/),
  );
});

test('too many requests for healthy servers: the queue is told', () => {
  const rush: Command = { atUs: 10 * SECOND, type: 'reconfigure', target: 'users', patch: { rateRps: 300 } };
  const at = viewer(withWorkers(REALISTIC, 5), [rush], 13);
  expect(at(13).narration).toMatch(
    /^(Server \d queues \d+ requests and answers in|No request is answered: Server \d queues)/,
  );
});

test('what a dead HAProxy believed is gone from the headings and from the panel', () => {
  const at = viewer(DESIGN, [kill(10, 'server1'), kill(13, 'haproxy')], 16);
  expect(at(12.9).hosts['server2']?.word).toBe('UP');
  const view = at(16);
  expect(view.hosts['server2']?.word).toBe('');
  expect(view.since?.statements.map((statement) => statement.about)).toEqual(['What is true', 'What the users notice']);
  expect(view.since?.statements[0]?.text).toBe('Server 1 and HAProxy are dead');
});

test('killed at the start, a server has missed nothing before the first check has a result', () => {
  const at = viewer(DESIGN, [kill(0, 'server1')], 4);
  for (let tenth = 0; tenth <= 30; tenth++) expect(at(tenth / 10).narration).not.toContain('missed');
});

test('one server whose app server is dead answers with errors, and the panel says so too', () => {
  const view = viewer(simpleDesign('classroom'), [kill(10, 'app')], 16)(16);
  expect(view.narration).toBe('The app server is dead. nginx answers every request with 502.');
  expect(view.since?.statements.at(-1)?.text).toBe('The site answers with errors');
  expect(view.since?.counts.causes.map((cause) => cause.text)).toContain('failed: the app server is dead');
});

describe('the past keeps its words', () => {
  const toPassive = modeCommands(DESIGN, DESIGN, 'active-passive', 5 * SECOND);
  const toActive = modeCommands(DESIGN, DESIGN, 'active-active', 26 * SECOND);
  const rate: Command = { atUs: 27 * SECOND, type: 'reconfigure', target: 'users', patch: { rateRps: 5 } };
  const at = viewer(DESIGN, [...toPassive, kill(10, 'server1'), ...toActive, rate], 32);
  const causes = (seconds: number) => at(seconds).since?.counts.causes.map((cause) => cause.text) ?? [];
  const log = (seconds: number) => at(seconds).since?.log.map((line) => line.text) ?? [];

  test('causes and counts are not reworded by a switch of the mode', () => {
    const before = causes(25);
    expect(before).toContain('failed before HAProxy knew: no other active server to try');
    expect(causes(32)).toEqual(expect.arrayContaining(before));
    expect(at(32).since?.counts.answeredText).toBe('answered on the first try');
  });

  test('what happened tells the switch and the change, and the takeover as it was', () => {
    expect(log(32)).toContain('Server 1 DOWN, Server 2 takes over');
    expect(log(32).filter((text) => text.startsWith('You '))).toEqual([
      'You powered off Server 1',
      'You switched to active-active',
      'You changed the traffic of the users',
    ]);
  });
});

describe('the databases', () => {
  const promote = (atS: number): Command => ({
    atUs: atS * SECOND,
    type: 'admin',
    target: 'mysql2',
    words: ['promote'],
  });
  const cut: Command = { atUs: 10 * SECOND, type: 'cut', target: 'mysql1-mysql2' };
  const told = (commands: readonly Command[], fromS: number, toS: number): readonly string[] => {
    const at = viewer(REALISTIC, commands, toS);
    const steps = Array.from({ length: (toS - fromS) * 2 }, (_, step) => at(fromS + step / 2).narration);
    return steps.filter((sentence, index) => sentence !== steps[index - 1]);
  };

  test('a promotion is told, and then how many confirmed writes it lost', () => {
    const sentences = told([cut, kill(14, 'server1'), promote(30)], 30, 46);
    expect(sentences).toContain('The primary is on Server 2 now: writes are saved again.');
    expect(sentences).toContainEqual(expect.stringMatching(/^\d+ writes were confirmed, then lost with Server 1\.$/));
  });

  test('the old primary that comes back unasked is a second one', () => {
    const back: Command = { atUs: 40 * SECOND, type: 'repair', target: 'server1' };
    const sentences = told([cut, kill(14, 'server1'), promote(30), back], 44, 60);
    expect(sentences).toContainEqual(
      expect.stringMatching(
        /^Two databases take writes: Server 1 and Server 2\. \d+ rows? (is|are) in only one of them\.$/,
      ),
    );
  });

  test('nothing is told of databases while all is well', () => {
    expect(told([], 5, 12)).toEqual(['HAProxy takes turns: each server gets every second request.']);
  });
});
