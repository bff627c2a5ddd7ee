// The strip and the list of what happened, when the primary moves: by a monitor that powers the old one off, and by hand.
import { beforeAll, expect, test } from 'vitest';
import { chooseDesign } from './actions/choose-design.ts';
import { promote } from './actions/database.ts';
import { FAULTS } from './actions/faults.ts';
import type { View } from './app.ts';
import { Bench } from './bench-app.ts';
import { loadStory } from './story.ts';

beforeAll(loadStory);

const logged = (view: View): readonly string[] => view.since?.log.map(({ text }) => text) ?? [];

test('a monitor powers the hung primary off, promotes its own, and each of it is told', () => {
  const bench = new Bench();
  chooseDesign.run(bench.app, 'hardened');
  bench.to(6);
  FAULTS.hang.run(bench.app, 'mysql1');
  const sentences = Array.from({ length: 80 }, (_, quarter) => bench.to(6 + quarter / 4).narration);
  expect(sentences[4]).toBe('The primary on Data 1 hangs. Every write waits for an answer that does not come.');
  expect(sentences).toContain('The monitor powered Data 1 off. The primary is on Data 2 now: writes are saved again.');
  const told = logged(bench.view);
  const fenced = told.indexOf('The monitor powered off Data 1');
  expect(fenced).toBeGreaterThan(0);
  expect(told.indexOf('The replica on Data 2 became the primary')).toBeGreaterThan(fenced);
  expect(told).not.toContain('You powered off Data 1');
});

test('once the primary has moved, writes are not said to fail, and what is left is said to be alone', () => {
  const bench = new Bench();
  bench.to(6);
  FAULTS.kill.run(bench.app, 'server1');
  expect(bench.to(18).narration).toBe('Writes fail because the primary was on Server 1.');
  bench.to(20);
  promote.run(bench.app, 'mysql2');
  const after = [21, 23, 25, 27, 29, 31].map((seconds) => bench.to(seconds).narration);
  expect(after.at(0)).toBe('The primary is on Server 2 now: writes are saved again.');
  expect(after.at(-1)).toBe('Writes go to Server 2 alone: nothing copies them.');
  expect(after.filter((sentence) => sentence.startsWith('Writes fail'))).toEqual([]);
  expect(logged(bench.view)).toContain('The replica on Server 2 became the primary');
});
