// Ways of requests on the built-in designs, with a route that follows every request link.
import { describe, expect, test } from 'vitest';
import { distributedDesign } from '../designs/distributed.ts';
import { simpleDesign } from '../designs/simple.ts';
import type { Design } from './design.ts';
import { entries, fallsWith, type Route, type Way, wayToEnd } from './graph.ts';

const route = (design: Design): Route => ({
  next: (component) => design.links.filter((link) => link.from === component.id && link.protocol !== 'replication'),
  ends: (component) => component.kind === 'database',
});
const toPrimary = (design: Design): Route => ({
  ...route(design),
  ends: (component) => component.config['role'] === 'primary',
});
const ids = (way: Way | null) => way?.map((link) => link.id) ?? null;
const without = (...lost: readonly string[]) => {
  const set = new Set(lost);
  return (id: string) => set.has(id);
};

const simple = simpleDesign('classroom');
const distributed = distributedDesign('classroom');

test('a host takes its components with it', () => {
  expect([...fallsWith(distributed, 'server2')]).toEqual(['server2', 'nginx2', 'app2', 'files2', 'mysql2']);
  expect([...fallsWith(distributed, 'app2')]).toEqual(['app2']);
});

describe('a way to the end', () => {
  test('is the first that leads there, from the users on', () => {
    expect(ids(wayToEnd(simple, route(simple), entries(simple), without()))).toEqual([
      'users-nginx',
      'nginx-app',
      'app-mysql',
    ]);
    const way = wayToEnd(distributed, toPrimary(distributed), entries(distributed), without());
    expect(ids(way)).toEqual(['users-haproxy', 'haproxy-nginx1', 'nginx1-app1', 'app1-mysql1']);
  });

  test('goes around what is lost, be it a component or a link', () => {
    const around = ['users-haproxy', 'haproxy-nginx2', 'nginx2-app2', 'app2-mysql1'];
    expect(ids(wayToEnd(distributed, toPrimary(distributed), entries(distributed), without('app1')))).toEqual(around);
    expect(ids(wayToEnd(distributed, toPrimary(distributed), entries(distributed), without('nginx1-app1')))).toEqual(
      around,
    );
    expect(wayToEnd(distributed, toPrimary(distributed), entries(distributed), without('app1', 'app2-mysql1'))).toBe(
      null,
    );
  });

  test('does not exist in a design that leads nowhere', () => {
    const cut = { ...simple, links: [] };
    expect(wayToEnd(cut, route(cut), entries(cut), without())).toBe(null);
  });

  test('walks links in a circle once', () => {
    const [first] = distributed.links;
    const circle = {
      ...distributed,
      links: [...distributed.links, { ...first, id: 'back', from: 'nginx1', to: 'haproxy' }],
    } as Design;
    expect(wayToEnd(circle, route(circle), entries(circle), without('app1', 'app2'))).toBe(null);
  });
});
