// A health check that asks for a page of the application sees what one that nginx answers does not: a dead application and a
// dead database; and a monitor with a power board never leaves two databases that take writes.
import { expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import type { Design } from '../design/design.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { mergePatch } from '../foundation/merge-patch.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { Alive, Belief, BeliefState, Field } from '../simulation/trace.ts';
import { measureWith } from './measure.ts';
import { elementOf, fieldValues, sharesOf } from './reading.ts';

const measure = measureWith(behaviours, 7);
const classic = distributedDesign('classroom');
const withPatch = (design: Design, id: string, patch: object): Design => ({
  ...design,
  components: design.components.map((one) => (one.id === id ? { ...one, config: mergePatch(one.config, patch) } : one)),
});
const asking = (uri: string): Design =>
  withPatch(classic, 'haproxy', { servers: { 0: { check: { uri } }, 1: { check: { uri } } } });

const kill = (target: string): Command => ({ atUs: 10 * SECOND, type: 'kill', target });

/** Whether a server was marked DOWN, and how many of the reads from 25 s on were answered. */
function after(design: Design, target: string, link: string) {
  const run = measure(design, [kill(target)], 70 * SECOND);
  const beliefs = fieldValues(run, elementOf(design, link), Belief.State, 10 * SECOND, 70 * SECOND);
  const { reads, readsAnswered } = sharesOf(run, 25 * SECOND, 60 * SECOND);
  return { isDown: beliefs.at(-1)?.value === BeliefState.Down, isServed: reads > 60 && reads === readsAnswered };
}

test.each([
  ['app2', 'haproxy-nginx2'],
  ['mysql2', 'haproxy-nginx2'],
  ['app1', 'haproxy-nginx1'],
])('%s dies: only the page of the application tells', (target, link) => {
  expect(after(asking('/health'), target, link)).toEqual({ isDown: false, isServed: false });
  expect(after(asking('/ready'), target, link)).toEqual({ isDown: true, isServed: true });
});

test('while all is well both pages say so, and the requests meet the same fate', () => {
  const fates = ['/health', '/ready'].map((uri) => sharesOf(measure(asking(uri), [], 60 * SECOND), 0, 50 * SECOND));
  expect(fates[0]?.requests).toBeGreaterThan(150);
  expect(fates[0]).toEqual(fates[1]);
});

const monitored = (monitor: object): Design =>
  withPatch(classic, 'mysql2', {
    monitor: { monitorIntervalMs: 1_000, failcount: 3, backendConnectTimeoutMs: 1_000, ...monitor },
  });
const parted: Command = { atUs: 10 * SECOND, type: 'cut', target: 'mysql1-mysql2' };

test.each([
  ['without a power board both servers have power', {}, Alive.Up],
  ['with one the old primary is switched off before the promotion', { stonithMs: 500 }, Alive.PoweredOff],
])('the line between the databases is cut: %s', (_how, monitor, alive) => {
  const design = monitored(monitor);
  const run = measure(design, [parted], 40 * SECOND);
  const power = fieldValues(run, elementOf(design, 'server1'), Field.Alive, 10 * SECOND, 40 * SECOND);
  expect(power.at(-1)?.value).toBe(alive);
  const { writes, writesAnswered } = sharesOf(run, 25 * SECOND, 38 * SECOND);
  expect(writes).toBeGreaterThan(5);
  expect(writesAnswered).toBeGreaterThan(0);
});

test('a monitor that is switched on while the site runs looks after its primary, and one that is switched off does not', () => {
  const on = { monitorIntervalMs: 1_000, failcount: 3, backendConnectTimeoutMs: 1_000 };
  const set = (atS: number, monitor: object | null): Command => ({
    atUs: atS * SECOND,
    type: 'reconfigure',
    target: 'mysql2',
    patch: { monitor },
  });
  const saved = (commands: readonly Command[]) => {
    const all = [...commands, kill('mysql1')].sort((a, b) => a.atUs - b.atUs);
    return sharesOf(measure(classic, all, 60 * SECOND), 25 * SECOND, 50 * SECOND).writesAnswered;
  };
  expect(saved([])).toBe(0);
  expect(saved([set(2, on)])).toBeGreaterThan(10);
  expect(saved([set(2, on), set(3, null), set(3.5, on)])).toBeGreaterThan(10);
  expect(saved([set(2, on), set(8, null)])).toBe(0);
});
