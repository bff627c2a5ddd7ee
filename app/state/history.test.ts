// Acts, undo and redo, and what stays when another design is opened.
import { expect, test } from 'vitest';
import { distributedDesign } from '../designs/distributed.ts';
import { simpleDesign } from '../designs/simple.ts';
import type { Act } from './app.ts';
import { commandsOf, didAct, NO_HISTORY, redid, stillApplying, undid } from './history.ts';
import { keepEqual } from './keep-equal.ts';
import { firstDifferenceUs } from './projection.ts';

const kill = (target: string, atUs: number): Act => ({
  label: `kill ${target}`,
  commands: [{ type: 'kill', atUs, target }],
});
const rate = (rateRps: number, atUs: number): Act => ({
  label: 'rate',
  commands: [{ type: 'reconfigure', atUs, target: 'users', patch: { rateRps } }],
});

test('an act at a playhead that was scrubbed back goes in at its own time', () => {
  const history = didAct(didAct(NO_HISTORY, kill('server1', 20)), kill('server2', 10));
  expect(commandsOf(history).map((command) => command.target)).toEqual(['server2', 'server1']);
  expect(commandsOf(undid(history)).map((command) => command.target)).toEqual(['server1']);
  expect(redid(undid(history))).toEqual(history);
  expect(didAct(undid(history), kill('lb', 5)).undone).toEqual([]);
});

test('turning one setting at one moment is one act', () => {
  const history = [rate(5, 7), rate(6, 7), rate(9, 7), rate(9, 8)].reduce(didAct, NO_HISTORY);
  expect(history.done.map((act) => act.commands[0])).toMatchObject([{ atUs: 7, patch: { rateRps: 9 } }, { atUs: 8 }]);
});

test('nothing to undo or to redo changes nothing', () => {
  expect(undid(NO_HISTORY)).toBe(NO_HISTORY);
  expect(redid(NO_HISTORY)).toBe(NO_HISTORY);
});

test('another design keeps what still applies', () => {
  const history = [kill('server1', 1), rate(8, 2)].reduce(didAct, NO_HISTORY);
  expect(stillApplying(history, simpleDesign('classroom')).done.map((act) => act.label)).toEqual(['rate']);
  expect(stillApplying(history, distributedDesign('realistic')).done).toHaveLength(2);
});

test('the first difference of two lists is where the future is void', () => {
  const [first, second] = [commandsOf(didAct(NO_HISTORY, kill('a', 5))), commandsOf(didAct(NO_HISTORY, kill('b', 3)))];
  expect(firstDifferenceUs(first, second)).toBe(3);
  expect(firstDifferenceUs(first, [])).toBe(5);
  expect(firstDifferenceUs(first, first)).toBeNull();
});

test('what has not changed keeps its identity', () => {
  const before = { a: { b: [1, { c: 2 }] }, d: { e: 1 } };
  expect(keepEqual(before, structuredClone(before))).toBe(before);
  const after = keepEqual(before, { a: { b: [1, { c: 2 }] }, d: { e: 2 } });
  expect(after.a).toBe(before.a);
  expect(after.d).toEqual({ e: 2 });
});
