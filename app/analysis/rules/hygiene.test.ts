// HY-01 to HY-03: drawings that do not hold together.
import { describe, expect, test } from 'vitest';
import { knowledge } from '../../catalogue/knowledge.ts';
import type { Component, Design, Host, Link } from '../../design/design.ts';
import { editHosts, editLinks, withConfig, withLink, withoutLinks } from '../../design/edit.ts';
import { BUILT_IN_IDS, builtInDesign } from '../../designs/built-in.ts';
import { distributedDesign } from '../../designs/distributed.ts';
import { scaledUpDesign } from '../../designs/scaled-up.ts';
import { securedDesign } from '../../designs/secured.ts';
import { hygieneRule } from './hygiene.ts';

const pair = distributedDesign('classroom');
const secured = securedDesign('classroom');
const lines = (design: Design) =>
  hygieneRule(design, knowledge).map(({ finding }) => `${finding.rule} ${finding.evidence}`);
const link = (id: string) => pair.links.find((one) => one.id === id) as Link;
const part = (id: string) => pair.components.find((one) => one.id === id) as Component;

test.each(BUILT_IN_IDS)('design %s holds together', (id) => {
  expect(lines(builtInDesign(id, 'classroom'))).toEqual([]);
});

describe('HY-01', () => {
  test('HTTPS without a certificate', () => {
    expect(lines({ ...secured, certificates: [] })).toEqual([
      'HY-01 No certificate for 1 of 1 encrypted line of the users.',
    ]);
  });

  test('a replica that follows nobody', () => {
    expect(lines(withoutLinks(pair, 'mysql1-mysql2'))).toEqual(['HY-01 No primary for 1 of 1 replica.']);
  });
});

describe('HY-02', () => {
  test('a server on which nothing stands', () => {
    const empty = { ...pair, hosts: [...pair.hosts, { ...(pair.hosts[0] as Host), id: 'spare', name: 'Spare' }] };
    expect(lines(empty)).toEqual(['HY-02 Nothing stands on 1 of 4 servers.']);
    expect(hygieneRule(empty, knowledge)[0]?.finding).toMatchObject({
      where: 'Spare',
      places: [{ type: 'host', id: 'spare' }],
    });
  });

  test('parts that no line reaches', () => {
    const { balancer } = { balancer: { servers: [(part('haproxy').config['servers'] as unknown[])[0]] } };
    const cut = withoutLinks(withConfig(pair, 'haproxy', balancer), 'haproxy-nginx2');
    // nginx, the application and its files; the database is still asked by the other application.
    expect(lines(cut)).toEqual(['HY-02 Nothing reaches 3 of 9 parts.']);
  });

  test('lines that nobody takes', () => {
    const one = withConfig(pair, 'haproxy', { servers: [(part('haproxy').config['servers'] as unknown[])[0]] });
    expect(lines(one)).toEqual(['HY-02 Nothing goes over 1 of 12 lines.']);
    const second = withLink(pair, { ...link('users-haproxy'), id: 'users-nginx2', to: 'nginx2' });
    expect(lines(second)).toEqual(['HY-02 Nothing goes over 1 of 13 lines.']);
    const walled = editHosts(secured, (host) => (host.id === 'server1' ? { ...host, firewall: { rules: [] } } : host));
    expect(lines(walled)[0]).toMatch(/^HY-02 Nothing goes over [23] of \d+ lines\.$/);
  });

  test('not keepalived, which no request reaches', () => {
    expect(lines(scaledUpDesign('classroom'))).toEqual([]);
  });
});

describe('HY-03', () => {
  test('a database that calls a web server, and one that is asked for pages', () => {
    const calls = withLink(pair, { ...link('app1-mysql1'), id: 'odd', from: 'mysql1', to: 'nginx2', port: 80 });
    expect(lines(calls)).toEqual(['HY-03 Nobody speaks so at an end of 1 of 13 lines.']);
    const asked = editLinks(pair, (one) => (one.id === 'app1-mysql1' ? { ...one, protocol: 'http' } : one));
    expect(lines(asked)).toEqual(['HY-03 Nobody speaks so at an end of 1 of 12 lines.']);
  });

  test('a balancer before nothing', () => {
    const none = withoutLinks(withConfig(pair, 'haproxy', { servers: [] }), 'haproxy-nginx1', 'haproxy-nginx2');
    expect(lines(none)[1]).toBe('HY-03 No server behind 1 of 1 balancer.');
  });

  test('two parts on one port of one server', () => {
    const both = editLinks(pair, (one) => (one.id === 'nginx1-app1' ? { ...one, port: 80 } : one));
    expect(lines(both)).toEqual(['HY-03 One port wanted twice by 2 of 9 parts.']);
    const shell = editLinks(pair, (one) => (one.id === 'nginx1-app1' ? { ...one, port: 22 } : one));
    expect(lines(shell)).toEqual(['HY-03 One port wanted twice by 1 of 9 parts.']);
  });
});
