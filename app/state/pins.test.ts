// When an issue is happening and when it only could.
import { expect, test } from 'vitest';
import type { Finding } from '../analysis/finding.ts';
import { distributedDesign } from '../designs/distributed.ts';
import type { Command } from '../simulation/command.ts';
import { hasComeTrue, missingOf } from './pins.ts';
import { truthAt } from './truth.ts';

const design = distributedDesign('classroom');
const finding = (comesTrueWith: readonly string[], onlyAlone = false): Finding => ({
  id: 'x',
  rule: 'AV-01',
  severity: 'critical',
  title: 'x',
  places: [],
  where: 'x',
  evidence: null,
  fix: 'x',
  comesTrueWith,
  ...(onlyAlone ? { onlyAlone: true as const } : {}),
});
const after = (...commands: Command[]) => truthAt(design, commands, 2);
const kill = (target: string): Command => ({ atUs: 1, type: 'kill', target });

test('an issue comes true with its part, and with the host of its part', () => {
  expect(hasComeTrue(finding(['mysql1']), after())).toBe(false);
  expect(hasComeTrue(finding(['mysql1']), after(kill('mysql1')))).toBe(true);
  expect(hasComeTrue(finding(['mysql1']), after(kill('server1')))).toBe(true);
  expect(hasComeTrue(finding(['mysql1']), after(kill('server2')))).toBe(false);
  expect(hasComeTrue(finding(['lb']), after(kill('lb')))).toBe(true);
});

test('an issue at a host comes true with the part that denies the same when it dies alone', () => {
  const atBalancer = finding(['lb', 'haproxy']);
  expect(hasComeTrue(atBalancer, after(kill('haproxy')))).toBe(true);
  expect(hasComeTrue(atBalancer, after(kill('lb')))).toBe(true);
  expect(hasComeTrue(atBalancer, after(kill('nginx1')))).toBe(false);
});

test('what others notice only with the whole host comes true only when the part dies alone', () => {
  expect(hasComeTrue(finding(['app1'], true), after(kill('app1')))).toBe(true);
  expect(hasComeTrue(finding(['app1'], true), after(kill('server1')))).toBe(false);
  expect(hasComeTrue(finding(['app1'], true), after(kill('app1'), kill('server1')))).toBe(false);
});

test('an issue that no death brings about never comes true', () => {
  expect(hasComeTrue(finding([]), after(kill('lb')))).toBe(false);
});

test('a ghost stands only where an issue says that something is missing', () => {
  expect(missingOf(design, [])).toEqual({ firewall: false, unmonitored: 0 });
  const walls = { ...finding([]), places: [{ type: 'missing-firewall' as const }] };
  const watching = { ...finding([]), places: [{ type: 'missing-monitoring' as const }] };
  expect(missingOf(design, [walls])).toEqual({ firewall: true, unmonitored: 0 });
  expect(missingOf(design, [walls, watching])).toEqual({ firewall: true, unmonitored: 3 });
});
