// Reachability and cut elements on the built-in designs, with a route that follows every request link.
import { describe, expect, test } from 'vitest';
import { distributedDesign } from '../designs/distributed.ts';
import { simpleDesign } from '../designs/simple.ts';
import type { Design } from './design.ts';
import { cutElements, fallsWith, type Route, reachesEnd } from './graph.ts';

const route = (design: Design): Route => ({
  next: (component) => design.links.filter((link) => link.from === component.id && link.protocol !== 'replication'),
  ends: (component) => component.kind === 'database',
});
const toPrimary = (design: Design): Route => ({
  ...route(design),
  ends: (component) => component.config['role'] === 'primary',
});
const cuts = (design: Design, way: Route) => cutElements(design, (gone) => reachesEnd(design, way, gone));

const simple = simpleDesign('classroom');
const distributed = distributedDesign('classroom');

test('a host takes its components with it', () => {
  expect([...fallsWith(distributed, 'server2')]).toEqual(['server2', 'nginx2', 'app2', 'files2', 'mysql2']);
  expect([...fallsWith(distributed, 'app2')]).toEqual(['app2']);
});

describe('elements that nothing replaces', () => {
  test('one server: all but the files, which no request passes', () => {
    expect(cuts(simple, route(simple))).toEqual(['server', 'nginx', 'app', 'mysql']);
  });

  test('two servers: the balancer alone for reads, the primary too for writes', () => {
    expect(cuts(distributed, route(distributed))).toEqual(['lb', 'haproxy']);
    expect(cuts(distributed, toPrimary(distributed))).toEqual(['lb', 'server1', 'haproxy', 'mysql1']);
  });

  test('a design that leads nowhere has no element that helps', () => {
    const cut = { ...simple, links: [] };
    expect(reachesEnd(cut, route(cut), new Set())).toBe(false);
  });

  test('links in a circle are walked once', () => {
    const [first] = distributed.links;
    const circle = {
      ...distributed,
      links: [...distributed.links, { ...first, id: 'back', from: 'nginx1', to: 'haproxy' }],
    };
    expect(reachesEnd(circle as Design, route(circle as Design), new Set(['app1', 'app2']))).toBe(false);
  });
});
