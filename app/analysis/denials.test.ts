// Single points of failure by the drawing: what each element of the built-in designs denies alone, what two of them deny
// together, and that a site of 300 servers needs few searches. The laws that hold it together are in ground-truth/spof-laws.ts.
import { describe, expect, test } from 'vitest';
import { knowledge } from '../catalogue/knowledge.ts';
import type { Design } from '../design/design.ts';
import { builtInDesign } from '../designs/built-in.ts';
import { largeDesign } from '../designs/large-design.ts';
import { denialsOf, deniedUnder, everyFault, jointDenialsOf } from './denials.ts';

const design = (id: Parameters<typeof builtInDesign>[0]) => builtInDesign(id, 'classroom');
const [simple, distributed, scaledUp] = [design('simple'), design('distributed'), design('scaled-up')];
const alone = (one: Design) => Object.fromEntries(denialsOf(one, knowledge).alone);
const pairs = (one: Design) =>
  jointDenialsOf(one, knowledge).pairs.map(({ faults, denied }) =>
    [...faults.map(({ target }) => target), denied].join(' '),
  );

describe('alone', () => {
  test('one server: whatever a request passes', () => {
    const all = ['server', 'nginx', 'app', 'mysql', 'users-nginx'].map((id) => [id, 'requests']);
    expect(alone(simple)).toEqual(Object.fromEntries(all));
  });

  test('two servers: the balancer everything, the primary and its host the writes', () => {
    expect(alone(distributed)).toEqual({
      lb: 'requests',
      haproxy: 'requests',
      'users-haproxy': 'requests',
      server1: 'writes',
      mysql1: 'writes',
    });
  });

  test('two balancers: only the line to the one that has the address, which keepalived does not watch', () => {
    expect(alone(scaledUp)).toEqual({ data1: 'writes', mysql1: 'writes', 'users-haproxy1': 'requests' });
  });

  test('a balancer that hangs keeps the address: its process is there', () => {
    const hung = denialsOf(scaledUp, knowledge, everyFault(scaledUp, knowledge, 'hang')).alone;
    expect(hung.get('haproxy1')).toBe('requests');
    expect(hung.has('balancer1')).toBe(false);
  });

  test('nothing is denied by an element where nothing is served anyway', () => {
    const closed: Design = { ...simple, hosts: simple.hosts.map((host) => ({ ...host, firewall: { rules: [] } })) };
    const { unserved, alone: denied } = denialsOf(closed, knowledge);
    expect(unserved).toEqual(['read', 'write']);
    expect([...denied]).toEqual([]);
    expect(deniedUnder(closed, [], knowledge)).toBe('requests');
  });
});

describe('two together', () => {
  test('of two servers, one part of each', () => {
    expect(pairs(distributed)).toContain('server1 server2 requests');
    expect(pairs(distributed)).toContain('app1 nginx2 requests');
    expect(pairs(distributed)).toContain('server2 app1 requests');
    expect(pairs(distributed).filter((pair) => pair.includes('haproxy '))).toEqual([]);
  });

  test('every pair of them is denied by both, and by neither alone', () => {
    const single = denialsOf(scaledUp, knowledge).alone;
    const { pairs: found, isComplete } = jointDenialsOf(scaledUp, knowledge);
    expect(isComplete).toBe(true);
    expect(found.length).toBeGreaterThan(20);
    for (const { faults, denied } of found) {
      expect(deniedUnder(scaledUp, faults, knowledge)).toBe(denied);
      for (const { target } of faults) expect(single.get(target)).not.toBe(denied);
    }
  });

  test('a search that is cut short says so', () => {
    expect(jointDenialsOf(scaledUp, knowledge, everyFault(scaledUp, knowledge), 10).isComplete).toBe(false);
  });
});

test('300 servers, 992 links: the elements that no request needs cost no search', () => {
  const large = largeDesign(300);
  const { pairs: found, isComplete, searches } = jointDenialsOf(large, knowledge);
  expect({ isComplete, found }).toEqual({ isComplete: true, found: [] });
  expect(searches).toBeLessThan(500);
  expect(alone(large)).toMatchObject({ lb: 'requests', haproxy: 'requests', db1: 'writes', 'db1-part': 'writes' });
});
