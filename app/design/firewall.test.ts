import { expect, test } from 'vitest';
import { distributedDesign } from '../designs/distributed.ts';
import type { Design, FirewallRule } from './design.ts';
import { isLetIn } from './firewall.ts';

const design = distributedDesign('classroom');
const walled = (hostId: string, rules: readonly FirewallRule[]): Design => ({
  ...design,
  hosts: design.hosts.map((host) => (host.id === hostId ? { ...host, firewall: { rules } } : host)),
});
const stopped = (walls: Design) => walls.links.filter((link) => !isLetIn(walls, link)).map((link) => link.id);

test('without a firewall everything comes in', () => {
  expect(stopped(design)).toEqual([]);
});

test('a closed one stops what comes from other hosts and from users, not what stays inside, nor files', () => {
  expect(stopped(walled('lb', []))).toEqual(['users-haproxy']);
  expect(stopped(walled('server1', []))).toEqual(['haproxy-nginx1', 'app2-mysql1']);
});

test('a rule names one host or anyone, and one port', () => {
  expect(stopped(walled('server1', [{ from: 'lb', port: 80 }]))).toEqual(['app2-mysql1']);
  expect(stopped(walled('server1', [{ from: 'anyone', port: 80 }]))).toEqual(['app2-mysql1']);
  expect(stopped(walled('server1', [{ from: 'server2', port: 3306 }]))).toEqual(['haproxy-nginx1']);
});
