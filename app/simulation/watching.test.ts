// Monitoring knows what reports say, and no more: when somebody is told of a death follows from intervals and delays alone.
import { expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import type { AlertRule, Design, Monitoring } from '../design/design.ts';
import { securedDesign } from '../designs/secured.ts';
import { fromMs, MS, SECOND } from '../foundation/micros.ts';
import type { Command } from './command.ts';
import { startSimulation } from './simulation.ts';
import { FIELDS, Told } from './trace.ts';
import { EVALUATION_US } from './watching.ts';

const secured = securedDesign('classroom');
const monitoring = secured.monitoring as Monitoring;
const withAlerts = (alerts: readonly AlertRule[], more: Partial<Monitoring> = {}): Design => ({
  ...secured,
  monitoring: { ...monitoring, alerts, ...more },
});

/** When somebody was told first, and what monitoring says at the end. */
function watched(design: Design, commands: readonly Command[], untilUs: number, seed = 4) {
  const simulation = startSimulation({ design, seed, commands }, behaviours, null);
  const field = (index: number) => simulation.world.fields[simulation.world.plan.watchElement * FIELDS + index] ?? 0;
  let toldUs: number | null = null;
  for (let us = 0; us < untilUs; us += 100 * MS) {
    simulation.advance(us + 100 * MS);
    if (toldUs === null && field(Told.Somebody) === 1) toldUs = field(Told.SinceMs) * MS;
  }
  return { toldUs, reporting: field(Told.Reporting), firing: field(Told.Firing), told: field(Told.Somebody) };
}

const kill = (target: string, atS: number): Command => ({ type: 'kill', target, atUs: atS * SECOND });
const SILENT: AlertRule = { type: 'silent-host', forMs: 30_000 };

test('while all is well every host reports and nobody is told', () => {
  expect(watched(secured, [], 60 * SECOND)).toEqual({ toldUs: null, reporting: 3, firing: 0, told: 0 });
});

test('somebody is told of a silent host: its last report, the time of the rule, at most one look, and the message', () => {
  const [intervalUs, latencyUs, tellUs] = [10 * SECOND, fromMs(monitoring.latencyMs), fromMs(5_000)];
  for (const [index, host] of secured.hosts.entries()) {
    for (const atS of [20, 23, 27.6, 31]) {
      const { toldUs, reporting } = watched(withAlerts([SILENT]), [kill(host.id, atS)], 100 * SECOND);
      const firstUs = Math.round((intervalUs * (index + 1)) / (secured.hosts.length + 1));
      const lastUs = firstUs + Math.floor((atS * SECOND - firstUs) / intervalUs) * intervalUs;
      const earliestUs = lastUs + latencyUs + 30 * SECOND + tellUs;
      expect(reporting).toBe(2);
      expect(toldUs).toBeGreaterThanOrEqual(earliestUs - MS);
      expect(toldUs).toBeLessThanOrEqual(earliestUs + EVALUATION_US);
    }
  }
});

test('a dead process is no silent host: HAProxy reports the server that it marked DOWN', () => {
  const command = [kill('nginx1', 20)];
  expect(watched(withAlerts([SILENT]), command, 90 * SECOND).toldUs).toBe(null);
  const { toldUs } = watched(withAlerts([{ type: 'server-down', forMs: 0 }]), command, 90 * SECOND);
  expect(toldUs).toBeGreaterThan(25 * SECOND);
  expect(toldUs).toBeLessThan(45 * SECOND);
});

test('a program that does not answer is told after so many checks in a row, dead or hung; the rule counts them', () => {
  const intervalUs = 10 * SECOND;
  for (const checks of [1, 3]) {
    const rule: AlertRule = { type: 'program-down', checks };
    for (const type of ['kill', 'hang'] as const) {
      // Where all programs of a host are stopped, its collector is as well: HAProxy stands alone.
      for (const target of type === 'kill' ? ['haproxy', 'mysql2'] : ['mysql2', 'app1']) {
        const fault: Command = { type, target, atUs: 21 * SECOND };
        const { toldUs } = watched(withAlerts([rule]), [fault], 90 * SECOND);
        const afterUs = (toldUs ?? 0) - 21 * SECOND - fromMs(5_000);
        expect([type, target, toldUs]).toEqual([type, target, expect.any(Number)]);
        expect(afterUs).toBeGreaterThanOrEqual((checks - 1) * intervalUs);
        expect(afterUs).toBeLessThanOrEqual(checks * intervalUs + EVALUATION_US);
      }
    }
  }
  const rule: AlertRule = { type: 'program-down', checks: 1 };
  expect(watched(withAlerts([rule]), [], 60 * SECOND).toldUs).toBe(null);
});

test('errors are told where nothing is silent and nothing is DOWN: a dead primary', () => {
  const rule: AlertRule = { type: 'failed-answers', share: 0.05, forMs: 0 };
  expect(watched(withAlerts([SILENT]), [kill('mysql1', 20)], 90 * SECOND).toldUs).toBe(null);
  expect(watched(withAlerts([rule]), [kill('mysql1', 20)], 90 * SECOND).toldUs).not.toBe(null);
});

test('a replica that stays behind is told; one that is a write behind for a moment is not', () => {
  const rule: AlertRule = { type: 'replication-lag', forMs: 15_000 };
  expect(watched(withAlerts([rule]), [], 90 * SECOND).toldUs).toBe(null);
  const cut: Command = { type: 'cut', target: 'mysql1-mysql2', atUs: 20 * SECOND };
  expect(watched(withAlerts([rule]), [cut], 90 * SECOND).toldUs).not.toBe(null);
});

test('after the repair the alert ends; where nobody is on call nobody is told', () => {
  const repaired: Command[] = [kill('server1', 20), { type: 'repair', target: 'server1', atUs: 70 * SECOND }];
  expect(watched(withAlerts([SILENT]), repaired, 120 * SECOND)).toMatchObject({ reporting: 3, firing: 0, told: 0 });
  const alone = watched(withAlerts([SILENT], { onCall: null }), [kill('server1', 20)], 90 * SECOND);
  expect(alone).toMatchObject({ toldUs: null, firing: 1 });
});

test('monitoring that runs on the host that died tells nobody', () => {
  const inside = withAlerts([SILENT], { hostId: 'server1' });
  expect(watched(inside, [kill('server1', 20)], 120 * SECOND).toldUs).toBe(null);
  expect(watched(inside, [kill('server2', 20)], 120 * SECOND).toldUs).not.toBe(null);
});

test('a certificate that nobody renews is told in time', () => {
  const rule: AlertRule = { type: 'certificate', daysBefore: 14 };
  const expiring = (validDays: number, renewed: boolean): Design => ({
    ...withAlerts([rule]),
    certificates: secured.certificates.map((one) => ({ ...one, validDays, renewed })),
  });
  expect(watched(expiring(10, false), [], 20 * SECOND).toldUs).not.toBe(null);
  expect(watched(expiring(10, true), [], 20 * SECOND).toldUs).toBe(null);
  expect(watched(expiring(90, false), [], 20 * SECOND).toldUs).toBe(null);
});
