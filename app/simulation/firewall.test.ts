// A wall is silence: the caller's connection times out, as at a host without power, and nothing behind it ever hears of it.
import { expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import type { Design } from '../design/design.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { SECOND } from '../foundation/micros.ts';
import { startSimulation } from './simulation.ts';

const classic = distributedDesign('classroom');
const walled = (hostId: string, port: number): Design => ({
  ...classic,
  hosts: classic.hosts.map((host) =>
    host.id === hostId ? { ...host, firewall: { rules: [{ from: 'anyone', port }] } } : host,
  ),
});

function totalsOf(design: Design) {
  const simulation = startSimulation({ design, seed: 4, commands: [] }, behaviours, null);
  simulation.advance(60 * SECOND);
  return simulation.world.totals;
}

test('the port of the users is open: nobody notices the wall', () => {
  expect(totalsOf(walled('lb', 80))).toEqual(totalsOf(classic));
});

test('the port of the users is closed: nobody gets an answer', () => {
  const { started, answered } = totalsOf(walled('lb', 443));
  expect(started).toBeGreaterThan(100);
  expect(answered).toBe(0);
});

test('the database port of Server 1 is closed: half of the writes fail, those that come from Server 2', () => {
  const { writesStarted, writesAnswered } = totalsOf(walled('server1', 80));
  expect(writesStarted).toBeGreaterThan(30);
  expect(writesAnswered / writesStarted).toBeGreaterThan(0.3);
  expect(writesAnswered / writesStarted).toBeLessThan(0.7);
});
