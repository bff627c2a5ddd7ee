// For each rule about security, monitoring and the drawing itself a design that has the weakness, one that has not, and where the
// rule needs to be told something, one that does not say it. Made of the built-in designs by a setting or two.
import { ANYONE, type Design, type FirewallRule, type Monitoring, WATCHES, type Watch } from '../design/design.ts';
import { editHosts, editLinks, type Settings, withConfigs, withoutLinks } from '../design/edit.ts';
import { distributedDesign } from './distributed.ts';
import { securedDesign } from './secured.ts';
import type { WeakDesign } from './weak-availability.ts';

const pair = distributedDesign('classroom');
const secured = securedDesign('classroom');

/** Settings of every component of a kind. */
const stating = (design: Design, kind: string, settings: Settings): Design =>
  withConfigs(design, (part) => (part.kind === kind ? settings : null));
const balancer = (settings: Settings, design = secured): Design => stating(design, 'load-balancer', settings);
const web = (settings: Settings): Design => stating(secured, 'web-server', settings);
const database = (settings: Settings): Design => stating(secured, 'database', settings);

/** Design 3 with one more door. */
const letting = (id: string, door: FirewallRule): Design =>
  editHosts(secured, (host) =>
    host.id === id ? { ...host, firewall: { rules: [...(host.firewall?.rules ?? []), door] } } : host,
  );
const open80 = letting('lb', { from: ANYONE, port: 80 });

const watched = (change: Partial<Monitoring> = {}, design = secured): Design => ({
  ...design,
  monitoring: { ...(secured.monitoring as Monitoring), watches: WATCHES, ...change },
});
const unwatched = (...gone: readonly Watch[]): Design =>
  watched({ watches: WATCHES.filter((watch) => !gone.includes(watch)) });

const GOOD_HABITS = {
  'load-balancer': { user: 'own' },
  'web-server': { user: 'own', serverTokens: false, defaultSite: false },
  'app-server': { user: 'own', secrets: 'store' },
  database: { user: 'own', localInfile: false, appGrants: 'needed' },
} as const;
const hardenedParts = withConfigs(secured, ({ kind }) => GOOD_HABITS[kind as keyof typeof GOOD_HABITS] ?? null);
const sayingClients = (settings: Settings): Design => balancer({ forwardfor: true }, web(settings));

export const WEAK_PROTECTION: readonly WeakDesign[] = [
  { rule: 'SE-01', has: pair, hasNot: secured },
  { rule: 'SE-02', has: pair, hasNot: secured },
  { rule: 'SE-03', has: pair, hasNot: secured },
  {
    rule: 'SE-04',
    has: balancer({ port80: 'content' }, open80),
    hasNot: balancer({ port80: 'redirect' }, open80),
    lacks: open80,
  },
  { rule: 'SE-05', has: balancer({ hstsMaxAgeS: 0 }), hasNot: balancer({ hstsMaxAgeS: 31_536_000 }), lacks: secured },
  { rule: 'SE-06', has: secured, hasNot: editLinks(secured, (link) => ({ ...link, encrypted: true })) },
  {
    rule: 'SE-07',
    has: balancer({ sslMinVer: 'TLSv1.0' }),
    hasNot: balancer({ sslMinVer: 'TLSv1.2' }),
    lacks: secured,
  },
  { rule: 'SE-08', has: letting('server1', { from: ANYONE, port: 3306 }), hasNot: secured },
  { rule: 'SE-09', has: letting('server1', { from: 'lb', port: 3306 }), hasNot: secured },
  { rule: 'SE-10', has: secured, hasNot: editHosts(secured, (host) => ({ ...host, segment: host.id })) },
  { rule: 'SE-11', has: letting('server2', { from: ANYONE, port: 80 }), hasNot: secured },
  { rule: 'SE-12', has: letting('lb', { from: ANYONE, port: 22 }), hasNot: secured },
  {
    rule: 'SE-13',
    has: balancer({ stats: { port: 8404, auth: false }, statsSocket: 'tcp' }),
    hasNot: balancer({ stats: { port: 8404, auth: true }, statsSocket: 'unix' }),
    lacks: secured,
  },
  { rule: 'SE-14', has: pair, hasNot: editLinks(pair, (link) => ({ ...link, encrypted: true })) },
  {
    rule: 'SE-15',
    has: database({ sensitive: true, innodbEncryptTables: false }),
    hasNot: database({ sensitive: true, innodbEncryptTables: true }),
    lacks: secured,
  },
  {
    rule: 'SE-16',
    has: balancer({ httpReqRate: 0, waf: false }),
    hasNot: balancer({ httpReqRate: 200, waf: false }),
    lacks: secured,
  },
  {
    rule: 'SE-17',
    has: sayingClients({ setRealIpFrom: 'anyone' }),
    hasNot: sayingClients({ setRealIpFrom: 'balancer' }),
    lacks: balancer({ forwardfor: true }),
  },
  {
    rule: 'SE-18',
    has: stating(hardenedParts, 'web-server', { user: 'root' }),
    hasNot: hardenedParts,
    lacks: stating(hardenedParts, 'web-server', { user: undefined }),
  },
  { rule: 'MO-01', has: pair, hasNot: secured },
  { rule: 'MO-02', has: pair, hasNot: secured },
  { rule: 'MO-03', has: watched({ hostId: 'server1' }), hasNot: watched() },
  { rule: 'MO-04', has: watched({ onCall: null }), hasNot: watched() },
  { rule: 'MO-05', has: unwatched('latency'), hasNot: watched() },
  { rule: 'MO-06', has: unwatched('queue'), hasNot: watched() },
  { rule: 'MO-07', has: unwatched('public-url'), hasNot: watched() },
  {
    rule: 'MO-08',
    has: balancer({ httplog: false }, watched()),
    hasNot: balancer({ httplog: true }, watched()),
    lacks: watched(),
  },
  { rule: 'HY-01', has: { ...secured, certificates: [] }, hasNot: secured },
  { rule: 'HY-02', has: withoutLinks(pair, 'app1-files1'), hasNot: pair },
  {
    rule: 'HY-03',
    has: editLinks(pair, (link) => (link.id === 'nginx1-app1' ? { ...link, port: 80 } : link)),
    hasNot: pair,
  },
];
