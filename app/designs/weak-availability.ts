// For each rule about availability a design that has the weakness, one that has not, and where the rule needs to be told something,
// one that does not say it. Made of the built-in designs by a setting or two.
import type { Component, Design, Link } from '../design/design.ts';
import { editHosts, withConfig, withConfigs, withLink, withoutLinks } from '../design/edit.ts';
import { distributedDesign } from './distributed.ts';
import { scaledUpDesign } from './scaled-up.ts';
import { simpleDesign } from './simple.ts';

/** `lacks`: the design does not say what the rule needs. */
export interface WeakDesign {
  readonly rule: string;
  readonly has: Design;
  readonly hasNot: Design;
  readonly lacks?: Design;
}

const simple = simpleDesign('classroom');
const pair = distributedDesign('classroom');
const cluster = scaledUpDesign('classroom');

/** A patch for both server lines of the pair. */
const lines = (patch: object): Design => withConfig(pair, 'haproxy', { servers: { 0: patch, 1: patch } });

const zoned = (zoneOf: (index: number) => string): Design =>
  editHosts(pair, (host) => ({ ...host, zone: zoneOf(pair.hosts.indexOf(host)) }));

const sessions = (kind: 'memory' | 'shared'): Design =>
  withConfigs(pair, (part) => (part.kind === 'app-server' ? { sessions: kind } : null));

const sticky = (design: Design): Design =>
  withConfig(design, 'haproxy', { cookie: 'SRV', servers: { 0: { cookie: 's1' }, 1: { cookie: 's2' } } });

const busy = (rateRps: number): Design => ({ ...pair, traffic: { ...pair.traffic, rateRps } });

const listed = (design: Design): Design => ({
  ...design,
  traffic: { ...design.traffic, arrivals: { type: 'list', list: [{ atMs: 0, kind: 'read' }], closedLoop: false } },
});

const promised = (detectMs: number): Design => ({ ...pair, objectives: { detectMs } });

const secondHeartbeat = (): Design => {
  const line = cluster.links.find(({ protocol }) => protocol === 'vrrp') as Link;
  return withLink(cluster, { ...line, id: `${line.id}-2` });
};

const alone = (): Design => ({
  ...cluster,
  components: cluster.components.filter((part: Component) => part.id !== 'keepalived2'),
  links: cluster.links.filter(({ protocol }) => protocol !== 'vrrp'),
});

/** keepalived on a host where nothing answers the users. */
const aimless = (): Design => ({
  ...cluster,
  components: cluster.components.map((part) =>
    part.id === 'keepalived2'
      ? { ...part, hostId: 'data2', config: { ...part.config, priority: 102, track: null } }
      : part,
  ),
});

export const WEAK_AVAILABILITY: readonly WeakDesign[] = [
  {
    rule: 'AV-04',
    has: { ...pair, components: pair.components.map((part) => ({ ...part, hostId: 'server1' })) },
    hasNot: zoned((index) => `zone ${index}`),
    lacks: pair,
  },
  { rule: 'AV-04', has: zoned(() => 'a'), hasNot: zoned((index) => `${index}`) },
  { rule: 'AV-05', has: simple, hasNot: pair, lacks: listed(simple) },
  {
    rule: 'AV-06',
    has: withConfigs(cluster, (part) => (part.kind === 'virtual-ip' ? { virtualIpaddress: '203.0.113.99' } : null)),
    hasNot: cluster,
  },
  {
    rule: 'AV-07',
    has: withConfigs(cluster, (part) => (part.kind === 'virtual-ip' ? { track: null } : null)),
    hasNot: cluster,
    lacks: aimless(),
  },
  { rule: 'AV-07', has: withConfig(cluster, 'keepalived1', { priority: 150 }), hasNot: cluster },
  { rule: 'AV-08', has: cluster, hasNot: secondHeartbeat(), lacks: alone() },
  {
    rule: 'AV-08',
    has: withoutLinks(cluster, 'keepalived1-keepalived2'),
    hasNot: secondHeartbeat(),
  },
  { rule: 'AV-09', has: lines({ check: null }), hasNot: pair },
  { rule: 'AV-10', has: lines({ check: { type: 'tcp' } }), hasNot: lines({ check: { uri: '/ready' } }) },
  { rule: 'AV-11', has: promised(5_000), hasNot: promised(10_000), lacks: pair },
  { rule: 'AV-12', has: lines({ check: { fall: 1 } }), hasNot: pair },
  {
    rule: 'AV-13',
    has: withConfig(sticky(pair), 'haproxy', { redispatch: null }),
    hasNot: sticky(pair),
  },
  { rule: 'AV-14', has: sessions('memory'), hasNot: sessions('shared'), lacks: pair },
  { rule: 'AV-14', has: sticky(sessions('memory')), hasNot: sticky(sessions('shared')) },
  { rule: 'AV-15', has: busy(18), hasNot: busy(4), lacks: busy(0) },
  { rule: 'AV-16', has: simple, hasNot: pair },
];
