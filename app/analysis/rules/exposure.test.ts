// SE-08 to SE-12: doors that stand open for those who do not need them.
import { describe, expect, test } from 'vitest';
import { knowledge } from '../../catalogue/knowledge.ts';
import type { Design, FirewallRule } from '../../design/design.ts';
import { editHosts } from '../../design/edit.ts';
import { distributedDesign } from '../../designs/distributed.ts';
import { scaledUpDesign } from '../../designs/scaled-up.ts';
import { securedDesign } from '../../designs/secured.ts';
import { simpleDesign } from '../../designs/simple.ts';
import { exposureRule } from './exposure.ts';

const distributed = distributedDesign('classroom');
const secured = securedDesign('classroom');
const found = (design: Design) => exposureRule(design, knowledge).map(({ finding }) => finding);
const evidence = (design: Design) => new Map(found(design).map((finding) => [finding.rule, finding.evidence]));
const rules = (design: Design) => found(design).map(({ rule }) => rule);
const letting = (design: Design, id: string, ...more: readonly FirewallRule[]): Design =>
  editHosts(design, (host) =>
    host.id === id ? { ...host, firewall: { rules: [...(host.firewall?.rules ?? []), ...more] } } : host,
  );
const split = editHosts(secured, (host) => ({ ...host, segment: host.id }));

test('the classic design stands open', () => {
  expect([...evidence(distributed)]).toEqual([
    ['SE-08', 'Port 3306 answered a stranger on 2 of 2 servers.'],
    ['SE-11', 'Port 80 answered a stranger on 2 of 2 servers.'],
    ['SE-12', 'Port 22 answered a stranger on 3 of 3 servers.'],
    ['SE-10', 'Load balancer shares its network with the data of 2 of 2 servers.'],
  ]);
  expect(found(distributed)[0]).toMatchObject({
    severity: 'critical',
    places: [
      { type: 'component', id: 'mysql1' },
      { type: 'component', id: 'mysql2' },
    ],
    where: 'MySQL on Server 1 and Server 2',
  });
});

test('firewalls and networks of their own close everything', () => {
  expect(rules(split)).toEqual([]);
});

describe('SE-08 and SE-09, the database', () => {
  test('one firewall that lets anyone in', () => {
    const open = letting(split, 'server1', { from: 'anyone', port: 3306 });
    expect([...evidence(open)]).toEqual([['SE-08', 'Port 3306 answered a stranger on 1 of 2 servers.']]);
  });

  test('a neighbour that does not ask it', () => {
    const open = letting(split, 'server1', { from: 'lb', port: 3306 });
    expect([...evidence(open)]).toEqual([
      ['SE-09', 'Port 3306 of Server 1 answered 2 of 2 other servers; the site needs 1.'],
    ]);
  });

  test('hidden from strangers, open to every neighbour', () => {
    const hidden = editHosts(scaledUpDesign('classroom'), (host) => ({
      ...host,
      firewall: null,
    }));
    expect(evidence(hidden).get('SE-08')).toBeUndefined();
    expect(evidence(hidden).get('SE-09')).toBe('Port 3306 of Data 2 answered 7 of 7 other servers; the site needs 2.');
  });

  test('that only its own host calls is no door', () => {
    expect(rules(simpleDesign('classroom'))).toEqual(['SE-12']);
  });
});

test('SE-10: a data server in the network of the edge', () => {
  const mixed = editHosts(split, (host) => (host.id === 'server2' ? { ...host, segment: 'lb' } : host));
  expect([...evidence(mixed)]).toEqual([
    ['SE-10', 'Load balancer shares its network with the data of 1 of 2 servers.'],
  ]);
});

test('SE-11: a server behind the balancer that anyone may ask', () => {
  const open = letting(split, 'server2', { from: 'anyone', port: 80 });
  expect([...evidence(open)]).toEqual([['SE-11', 'Port 80 answered a stranger on 1 of 2 servers.']]);
});

test('SE-12: remote administration for the whole world', () => {
  const open = letting(split, 'lb', { from: 'anyone', port: 22 });
  expect([...evidence(open)]).toEqual([['SE-12', 'Port 22 answered a stranger on 1 of 3 servers.']]);
  const shut = editHosts(distributed, (host) => ({ ...host, adminPort: null }));
  expect(rules(shut)).not.toContain('SE-12');
});
