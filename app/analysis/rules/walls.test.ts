// SE-01 and SE-02: servers without a firewall, where the users arrive and anywhere.
import { describe, expect, test } from 'vitest';
import { knowledge } from '../../catalogue/knowledge.ts';
import type { Design, Host } from '../../design/design.ts';
import { editHosts } from '../../design/edit.ts';
import { distributedDesign } from '../../designs/distributed.ts';
import { securedDesign } from '../../designs/secured.ts';
import { simpleDesign } from '../../designs/simple.ts';
import { wallsRule } from './walls.ts';

const distributed = distributedDesign('classroom');
const secured = securedDesign('classroom');
const found = (design: Design) => wallsRule(design, knowledge).map(({ finding }) => finding);
const lines = (design: Design) => found(design).map(({ rule, title, evidence }) => `${rule} ${title}. ${evidence}`);
const bare = (design: Design, ...ids: readonly string[]) =>
  editHosts(design, (host) => (ids.includes(host.id) ? { ...host, firewall: null } : host));
const every = (change: Partial<Host>) => editHosts(distributed, (host) => ({ ...host, ...change }));

describe('the classic design', () => {
  // As the checker's list demands: one finding at the edge, one that gathers the three servers.
  test('has both: strangers come in, and go on from server to server', () => {
    expect(lines(distributed)).toEqual([
      'SE-01 No firewall in front of any host. A stranger reached 8 ports of 3 servers; the site needs 1 of them.',
      'SE-02 Every neighbour gets into 3 of 3 servers. A stranger inside Load balancer reached 6 ports of 2 servers; the site needs 2 of them.',
    ]);
  });

  test('shows the first where the wall should stand, the second at each server', () => {
    expect(found(distributed).map(({ places }) => places)).toEqual([
      [{ type: 'missing-firewall' }],
      ['server1', 'server2', 'lb'].map((id) => ({ type: 'host', id })),
    ]);
  });
});

test('with firewalls everywhere there is nothing', () => {
  expect(lines(secured)).toEqual([]);
});

test('one server in all: the edge says it, and there is no neighbour', () => {
  expect(lines(simpleDesign('classroom'))).toEqual([
    'SE-01 No firewall in front of any host. A stranger reached 2 ports of 1 server; the site needs 1 of them.',
  ]);
});

test('only the edge is bare', () => {
  expect(lines(bare(secured, 'lb'))).toEqual([
    'SE-01 No firewall in front of Load balancer. A stranger reached 2 ports of 1 server; the site needs 1 of them.',
    'SE-02 Every neighbour gets into 1 of 3 servers. A stranger inside Server 1 reached 2 ports of 1 server; the site needs 1 of them.',
  ]);
});

test('only a server behind is bare', () => {
  expect(lines(bare(secured, 'server2'))).toEqual([
    'SE-02 Every neighbour gets into 1 of 3 servers. A stranger inside Load balancer reached 3 ports of 1 server; the site needs 1 of them.',
  ]);
});

test('a wall that would keep nothing out is not asked for', () => {
  expect(lines(every({ public: false })).map((line) => line.slice(0, 5))).toEqual(['SE-02']);
  const lone = editHosts(simpleDesign('classroom'), (host) => ({ ...host, adminPort: null }));
  expect(lines(lone)).toEqual([]);
});
