// MO-01 to MO-08: who knows of what, and when. Design 3 is watched; the variants leave something out.
import { describe, expect, test } from 'vitest';
import { KIND_RULES } from '../../catalogue/findings.ts';
import { behaviours } from '../../catalogue/kinds.ts';
import { knowledge } from '../../catalogue/knowledge.ts';
import { type Design, type Monitoring, WATCHES, type Watch } from '../../design/design.ts';
import { editHosts, withConfigs } from '../../design/edit.ts';
import { distributedDesign } from '../../designs/distributed.ts';
import { securedDesign } from '../../designs/secured.ts';
import { simpleDesign } from '../../designs/simple.ts';
import { measureWith } from '../measure.ts';
import { tryRule } from '../rule-trial.ts';
import { watchingRule } from './watching.ts';

const distributed = distributedDesign('classroom');
const secured = securedDesign('classroom');
const watching = secured.monitoring as Monitoring;
const monitored = (change: Partial<Monitoring>, design = secured): Design => ({
  ...design,
  monitoring: { ...watching, watches: WATCHES, ...change },
});
const logging = withConfigs(monitored({}), ({ kind }) => (kind === 'load-balancer' ? { httplog: true } : null));
const answers = (design: Design) => watchingRule(design, knowledge);
const lines = (design: Design) =>
  answers(design).map((one) =>
    'finding' in one ? `${one.finding.rule} ${one.finding.evidence}` : `${one.rule}? ${one.sentence}`,
  );
const without = (...gone: readonly Watch[]) =>
  lines(monitored({ watches: WATCHES.filter((watch) => !gone.includes(watch)) }, logging));

test('everything is watched and said', () => {
  expect(lines(logging)).toEqual([]);
});

test('MO-02: the classic design has no place for what is measured, and nothing else is said of monitoring', () => {
  expect(lines(distributed)).toEqual(['MO-02 Collectors on 0 of 3 servers, and no place that keeps what they say.']);
  expect(lines({ ...secured, monitoring: null })).toEqual([
    'MO-02 Collectors on 3 of 3 servers, and no place that keeps what they say.',
  ]);
});

describe('MO-03', () => {
  test('on a server of the site', () => {
    expect(lines({ ...logging, monitoring: { ...watching, watches: WATCHES, hostId: 'server1' } })).toEqual([
      'MO-03 3 of 3 servers report to Server 1, which serves the site itself.',
    ]);
  });

  test('not on a host of its own', () => {
    const [host] = secured.hosts;
    const own = { ...logging, hosts: [...logging.hosts, { ...(host as Design['hosts'][number]), id: 'watcher' }] };
    const apart = { ...own, monitoring: { ...watching, watches: WATCHES, hostId: 'watcher' } };
    expect(lines(apart).filter((line) => line.startsWith('MO-03'))).toEqual([]);
  });
});

test.each<[Partial<Monitoring>, string]>([
  [{ alerts: [] }, 'MO-04 0 alert rules, and who is on call never hears.'],
  [{ onCall: null }, 'MO-04 4 alert rules, and nobody is on call.'],
  [{ alerts: [], onCall: null }, 'MO-04 0 alert rules, and nobody is on call.'],
])('MO-04 %#', (change, line) => {
  expect(lines(monitored(change, logging))[0]).toBe(line);
});

describe('signals that nobody watches', () => {
  test.each<[readonly Watch[], readonly string[]]>([
    [['errors', 'latency'], ['MO-05 Watched: 1 of 3 signals; not seen: errors and latency.']],
    [['queue'], ['MO-06 Watched: 2 of 3 signals; not seen: queue.']],
    [
      ['server-states', 'replication-lag'],
      ['MO-06 Watched: 1 of 3 signals; not seen: server states and replication lag.'],
    ],
    [['public-url'], ['MO-07 Watched: 2 of 3 signals; not seen: public url.']],
    [['certificate'], ['MO-07 Watched: 2 of 3 signals; not seen: certificate.']],
  ])('%j', (gone, expected) => {
    expect(without(...gone)).toEqual(expected);
  });

  test('a certificate whose end nobody is warned of', () => {
    expect(lines(monitored({ alerts: [{ type: 'silent-host', forMs: 1_000 }] }, logging))).toEqual([
      'MO-07 Watched: 2 of 3 signals; not seen: a warning before the certificate expires.',
    ]);
  });

  test('only what the design has is asked for', () => {
    expect(lines(monitored({ watches: ['qps', 'errors', 'latency', 'logs'] }, simpleDesign('classroom')))).toEqual([
      'MO-07 Watched: 0 of 1 signal; not seen: public url.',
      'MO-08 Logs stay on 1 of 1 server.',
    ]);
  });
});

describe('MO-08', () => {
  test('collectors that take no logs, or a place that keeps none', () => {
    const one = editHosts(logging, (host) =>
      host.id === 'lb' && host.collector !== null ? { ...host, collector: { ...host.collector, logs: false } } : host,
    );
    expect(lines(one)).toEqual(['MO-08 Logs stay on 1 of 3 servers.']);
    expect(without('logs')).toEqual(['MO-08 Logs stay on 3 of 3 servers.']);
  });

  test('a balancer that writes nothing down, or does not say', () => {
    const mute = withConfigs(logging, ({ kind }) => (kind === 'load-balancer' ? { httplog: false } : null));
    expect(lines(mute)).toEqual(['MO-08 No request is written down at 1 of 1 balancer.']);
    expect(lines(monitored({}))).toEqual(['MO-08? HAProxy does not say whether it writes requests down.']);
  });
});

describe('MO-01, measured', () => {
  const tools = { measure: measureWith(behaviours, 7), knowledge, kindRules: KIND_RULES };
  const evidence = (design: Design) => tryRule('MO-01', design, tools).findings.map((finding) => finding.evidence);

  test('nobody is told of a server that nobody watches', () => {
    expect(evidence(distributed)).toEqual(['Server 1 was dead for 60.0 s; no one was told.']);
    expect(evidence(secured)).toEqual([]);
  });

  test('where others report its death, that is said', () => {
    const half = editHosts(secured, (host) => (host.id === 'server2' ? { ...host, collector: null } : host));
    expect(evidence(half)[0]).toMatch(
      /^Server 2 was dead for 60\.0 s; somebody was told after \d+\.\d s, by others\.$/,
    );
  });
});
