// The issues of the built-in designs and of variants without them.
import { describe, expect, test } from 'vitest';
import { KIND_RULES } from '../catalogue/findings.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import type { Component, Design, Host, Link } from '../design/design.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { simpleDesign } from '../designs/simple.ts';
import { analyse, analysisSteps } from './analyse.ts';
import { killable } from './blast-radius.ts';
import { measureWith } from './measure.ts';
import { RULE_BOOK } from './rule-book.ts';

const COLLECTOR = { intervalMs: 10_000, logs: true, position: { x: 0, y: 0 } };

const tools = { measure: measureWith(behaviours, 7), knowledge, kindRules: KIND_RULES };
const simple = simpleDesign('classroom');
const distributed = distributedDesign('classroom');

const issues = (design: Design) => analyse(design, tools).findings;
const rules = (design: Design) => issues(design).map((finding) => finding.rule);
/** One line an issue; counts become `#`, since they are the run's and not the rule's. */
const lines = (design: Design) =>
  issues(design).map(({ severity, title, evidence }) => {
    const masked = evidence?.replace(/\b(\d{2,}) of \1\b/g, 'all of #').replace(/\b(?!3306|22|80)\d{2,}\b/g, '#');
    return `${severity}: ${title}. ${masked}`;
  });

const withHosts = (design: Design, change: Partial<Host>): Design => ({
  ...design,
  hosts: design.hosts.map((host) => ({ ...host, ...change })),
});
const withLink = (design: Design, id: string, change: Partial<Link>): Design => ({
  ...design,
  links: design.links.map((link) => (link.id === id ? { ...link, ...change } : link)),
});
const withConfig = (design: Design, kind: string, change: (config: Component['config']) => object): Design => ({
  ...design,
  components: design.components.map((component) =>
    component.kind === kind
      ? { ...component, config: { ...component.config, ...change(component.config) } }
      : component,
  ),
});
type Servers = { servers: readonly { name: string; link: string; backup: boolean; check: unknown }[] };
const withServers = (design: Design, change: (server: Servers['servers'][number]) => object): Design =>
  withConfig(design, 'load-balancer', (config) => ({
    servers: (config as unknown as Servers).servers.map((server) => ({ ...server, ...change(server) })),
  }));
const activePassive = withConfig(
  withServers(distributed, (server) => ({ backup: server.name === 'Server 2' })),
  'app-server',
  () => ({ readsFrom: 'both' }),
);

describe('the built-in designs', () => {
  test('one server', () => {
    expect(lines(simple)).toEqual([
      'critical: One server, nothing beside it. Killed it: 0 of # requests answered.',
      'critical: Anyone can read the traffic. Tapped the line: all of # requests were readable.',
      'high: Cannot grow past one server. At # requests a second the queue never empties.',
      'high: No firewall in front of any host. A stranger reached 2 ports of 1 server; the site needs 1 of them.',
      'high: Nobody is watching. Server was dead for #.0 s; no one was told.',
      'medium: A deploy stops the site. Restarted nginx: it was away for 3.0 s, and # requests failed.',
      'high: Strangers reach the remote administration. Port 22 answered a stranger on 1 of 1 server.',
      'high: What is measured has nowhere to go. Collectors on 0 of 1 server, and no place that keeps what they say.',
    ]);
  });

  test('two servers behind a balancer', () => {
    expect(lines(distributed)).toEqual([
      'critical: One load balancer, nothing behind it. Killed it: 0 of # requests answered.',
      'critical: Only Server 1 can save data. Killed it: 0 of # writes saved.',
      'critical: Anyone can read the traffic. Tapped the line: all of # requests were readable.',
      'critical: Strangers reach the database. Port 3306 answered a stranger on 2 of 2 servers.',
      'high: No firewall in front of any host. A stranger reached 8 ports of 3 servers; the site needs 1 of them.',
      'high: Every neighbour gets into 3 of 3 servers. A stranger inside Load balancer reached 6 ports of 2 servers; the site needs 2 of them.',
      'high: Nobody is watching. Server 1 was dead for #.0 s; no one was told.',
      'medium: Health checks ask nginx, not MySQL. Stopped the replica: Server 2 stayed UP and failed all of # reads.',
      'high: Strangers come past HAProxy. Port 80 answered a stranger on 2 of 2 servers.',
      'high: Strangers reach the remote administration. Port 22 answered a stranger on 3 of 3 servers.',
      'high: Server 1 carries the application and the only writer. Killed it: 0 of # writes saved, and 1 of 2 application servers gone.',
      'high: What is measured has nowhere to go. Collectors on 0 of 3 servers, and no place that keeps what they say.',
      'medium: Data crosses the network in plain text. Plain text on 3 of 3 lines between a database and another server.',
      'medium: Users and data share one network. Load balancer shares its network with the data of 2 of 2 servers.',
      'medium: An overload is passed on whole. At # requests a second up to # waited for the app server on Server 1, and 0 in HAProxy.',
      'medium: HAProxy gives up before nginx. Hung the app server on Server 1: # of # requests given up after 5.0 s, nginx waits for #.0 s.',
      'low: A server comes back to its whole load. Back UP, Server 1 got 9 of # requests in its first 5.0 s.',
    ]);
  });

  test('at a real site, one server has room for the load that its workers carry', () => {
    const evidence = issues(simpleDesign('realistic')).find((finding) => finding.rule === 'AV-05')?.evidence;
    const rateRps = Number(/At (\d+) requests/.exec(evidence ?? '')?.[1]);
    // 20 workers, 40 ms each and 2.3 ms for the database and the way there: 473 a second.
    expect(rateRps).toBeGreaterThan(0.89 * 473);
    expect(rateRps).toBeLessThan(1.1 * 473);
  });

  test('active-passive: one server works, so its app server stands alone too', () => {
    expect(lines(activePassive)).toEqual([
      'critical: One load balancer, nothing behind it. Killed it: 0 of # requests answered.',
      'critical: Only Server 1 can save data. Killed it: 0 of # writes saved.',
      'critical: Nothing steps in for the app server of Server 1. Killed it: 0 of # requests answered.',
      'critical: Anyone can read the traffic. Tapped the line: all of # requests were readable.',
      'critical: Strangers reach the database. Port 3306 answered a stranger on 2 of 2 servers.',
      'high: No firewall in front of any host. A stranger reached 8 ports of 3 servers; the site needs 1 of them.',
      'high: Every neighbour gets into 3 of 3 servers. A stranger inside Load balancer reached 6 ports of 2 servers; the site needs 2 of them.',
      'high: Nobody is watching. Server 1 was dead for #.0 s; no one was told.',
      'medium: Health checks ask nginx, not the app server. Stopped the app server: Server 1 stayed UP and failed all of # requests.',
      'high: Strangers come past HAProxy. Port 80 answered a stranger on 2 of 2 servers.',
      'high: Strangers reach the remote administration. Port 22 answered a stranger on 3 of 3 servers.',
      'high: What is measured has nowhere to go. Collectors on 0 of 3 servers, and no place that keeps what they say.',
      'medium: Data crosses the network in plain text. Plain text on 3 of 3 lines between a database and another server.',
      'medium: Users and data share one network. Load balancer shares its network with the data of 2 of 2 servers.',
      'medium: An overload is passed on whole. At # requests a second up to # waited for the app server on Server 1, and 0 in HAProxy.',
      'medium: HAProxy gives up before nginx. Hung the app server on Server 1: all of # requests given up after 5.0 s, nginx waits for #.0 s.',
    ]);
  });
});

describe('what an issue comes true with', () => {
  const elementsOf = (design: Design, rule: string) =>
    issues(design).find((finding) => finding.rule === rule)?.comesTrueWith;

  test('a host, and each of its parts whose death alone denies the same', () => {
    expect(elementsOf(distributed, 'AV-01')).toEqual(['lb', 'haproxy']);
    expect(elementsOf(simple, 'AV-01')).toEqual(['server', 'nginx', 'app', 'mysql']);
    expect(elementsOf(distributed, 'AV-02')).toEqual(['mysql1']);
  });

  test('a deploy is no death', () => {
    expect(elementsOf(simple, 'AV-16')).toEqual([]);
  });
});

describe('a design without a weakness does not show it', () => {
  test.each<[string, Design, string]>([
    ['an encrypted line', withLink(distributed, 'users-haproxy', { encrypted: true }), 'SE-03'],
    ['firewalls', withHosts(distributed, { firewall: { rules: [{ from: 'anyone', port: 80 }] } }), 'SE-01'],
    ['watched hosts', withHosts(distributed, { collector: COLLECTOR }), 'MO-01'],
    ['nobody who writes', { ...distributed, traffic: { ...distributed.traffic, writeShare: 0 } }, 'AV-02'],
  ])('%s', (_name, design, rule) => {
    expect(rules(design)).not.toContain(rule);
  });

  test('one host without a firewall, one that nobody watches', () => {
    const [first, ...rest] = withHosts(distributed, { firewall: { rules: [] }, collector: COLLECTOR }).hosts;
    const bare = rest.map((host) => (host.id === 'server2' ? { ...host, firewall: null, collector: null } : host));
    const found = issues({ ...distributed, hosts: [first as Host, ...bare] });
    expect(found.find((one) => one.rule === 'SE-02')).toMatchObject({
      title: 'Every neighbour gets into 1 of 3 servers',
      where: 'Server 2',
    });
    expect(found.find((one) => one.rule === 'MO-01')).toMatchObject({
      title: 'Nobody watches 1 of 3 hosts',
      where: 'Server 2',
    });
  });

  test('behind an encrypted line, plain text inside is what remains', () => {
    expect(lines(withLink(distributed, 'users-haproxy', { encrypted: true }))).toContain(
      'medium: Plain text behind the point where TLS ends. Tapped 2 lines: all of # requests were readable inside.',
    );
  });

  test('a second load balancer alone does not help: the users know one address', () => {
    const host: Host = { ...(distributed.hosts[0] as Host), id: 'lb2', name: 'Balancer 2' };
    const balancer = distributed.components[0] as Component;
    const servers = (balancer.config as unknown as Servers).servers;
    const second: Component = {
      ...balancer,
      id: 'haproxy2',
      hostId: 'lb2',
      config: { ...balancer.config, servers: servers.map((server) => ({ ...server, link: `${server.link}-2` })) },
    };
    const links = distributed.links
      .filter((link) => link.from === 'haproxy')
      .map((link) => ({ ...link, id: `${link.id}-2`, from: 'haproxy2' }));
    const entry = { ...(distributed.links[0] as Link), id: 'users-haproxy2', to: 'haproxy2' };
    const twins: Design = {
      ...distributed,
      hosts: [...distributed.hosts, host],
      components: [...distributed.components, second],
      links: [...distributed.links, ...links, entry],
    };
    expect(issues(twins).find((one) => one.rule === 'AV-06')).toMatchObject({
      title: 'No other load balancer can take over',
      where: 'Load balancer',
    });
    expect(rules(twins)).not.toContain('AV-01');
  });
});

test('all is there at once, what the drawing decides with its evidence, and the same design gives the same issues', () => {
  const first = analysisSteps(distributed, tools).next().value;
  expect(first.done).toBe(0);
  expect(first.findings.length).toBeGreaterThan(5);
  // What only a run can show is not there yet.
  expect(first.of).toBeGreaterThan(killable(distributed, knowledge).length + first.findings.length);
  for (const { rule, evidence } of first.findings) {
    expect([rule, evidence !== null]).toEqual([rule, RULE_BOOK[rule]?.proof === 'drawing']);
  }
  expect(issues(distributed)).toEqual(issues(distributed));
});
