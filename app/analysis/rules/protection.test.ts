// Rules about what the parts state of their protection: a design that has the weakness, one that has not, and one that leaves it
// open, which is said and never taken for safe.
import { describe, expect, test } from 'vitest';
import { KIND_RULES } from '../../catalogue/findings.ts';
import { behaviours } from '../../catalogue/kinds.ts';
import { knowledge } from '../../catalogue/knowledge.ts';
import type { Certificate, Design } from '../../design/design.ts';
import { editHosts, editLinks, withConfigs } from '../../design/edit.ts';
import { distributedDesign } from '../../designs/distributed.ts';
import { scaledUpDesign } from '../../designs/scaled-up.ts';
import { securedDesign } from '../../designs/secured.ts';
import { simpleDesign } from '../../designs/simple.ts';
import type { Finding, FindingRule } from '../finding.ts';
import { measureWith } from '../measure.ts';
import { clientAddressRule } from './client-address.ts';
import { floodRule } from './flood.ts';
import { hardeningRule } from './hardening.ts';
import { httpsRule } from './https.ts';
import { plaintextRule } from './plaintext.ts';

const distributed = distributedDesign('classroom');
const secured = securedDesign('classroom');
const RULES: readonly FindingRule[] = [
  ...[httpsRule, clientAddressRule, floodRule, hardeningRule, plaintextRule],
  ...KIND_RULES,
];
const answers = (design: Design) =>
  RULES.flatMap((rule) => rule(design, knowledge)).filter((one) =>
    ('finding' in one ? one.finding : one).rule.startsWith('SE-'),
  );
const evidenceOf = (design: Design, rule: string) =>
  answers(design).flatMap((one) => ('finding' in one && one.finding.rule === rule ? [one.finding.evidence] : []));
const openIn = (design: Design, rule: string) =>
  answers(design).flatMap((one) => ('unknown' in one && one.rule === rule ? [one.sentence] : []));

type Settings = Readonly<Record<string, unknown>>;
const stating = (design: Design, kind: string, settings: Settings) =>
  withConfigs(design, (part) => (part.kind === kind ? settings : null));
const balancer = (settings: Settings, design = secured) => stating(design, 'load-balancer', settings);
const webServer = (settings: Settings, design = secured) => stating(design, 'web-server', settings);
const database = (settings: Settings) => stating(distributed, 'database', settings);
const certified = (change: Partial<Certificate>): Design => ({
  ...secured,
  certificates: secured.certificates.map((certificate) => ({ ...certificate, ...change })),
});
const withoutWalls = editHosts(secured, (host) => ({ ...host, firewall: null }));

describe.each<[string, Design, string]>([
  [
    'SE-04',
    balancer({ port80: 'content' }, withoutWalls),
    'Port 80 answers with pages in plain text at 1 of 1 end of HTTPS.',
  ],
  ['SE-05', balancer({ hstsMaxAgeS: 0 }), 'Browsers remember to come by HTTPS for 0 of 182 days.'],
  ['SE-05', balancer({ hstsMaxAgeS: 2_592_000 }), 'Browsers remember to come by HTTPS for 30 of 182 days.'],
  ['SE-07', balancer({ sslMinVer: 'TLSv1.1' }), 'TLSv1.1 is taken at 1 of 1 end of HTTPS.'],
  ['SE-07', certified({ selfSigned: true }), 'The certificate is self-signed at 1 of 1 end of HTTPS.'],
  [
    'SE-13',
    balancer({ stats: { port: 8404, auth: false } }),
    'No password is asked for the statistics of 1 of 1 load balancer.',
  ],
  [
    'SE-13',
    balancer({ stats: { port: 8404, auth: true }, statsSocket: 'tcp' }, distributed),
    'A stranger reached the statistics of 1 of 1 load balancer; orders are taken on a TCP port at 1 of 1 load balancer.',
  ],
  ['SE-14', distributed, 'Plain text on 3 of 3 lines between a database and another server.'],
  [
    'SE-15',
    database({ sensitive: true, innodbEncryptTables: false }),
    'Sensitive data lies unencrypted in 2 of 2 databases.',
  ],
  ['SE-17', webServer({ setRealIpFrom: 'anyone' }), 'Any client may name its address at 2 of 2 servers.'],
  ['SE-17', webServer({ setRealIpFrom: 'nobody' }), 'The balancer is taken for the client at 2 of 2 servers.'],
  ['SE-17', balancer({ forwardfor: false }), 'No address is passed on by 1 of 1 balancer.'],
  [
    'SE-18',
    webServer({ serverTokens: true, user: 'root' }),
    'Rights of root: 2 of 7 programs; version shown: 2 of 2 web servers.',
  ],
])('%s', (rule, design, evidence) => {
  test(evidence, () => {
    expect(evidenceOf(design, rule)).toEqual([evidence]);
  });
});

const goodBalancer = {
  ...{ sslMinVer: 'TLSv1.2', port80: 'redirect', hstsMaxAgeS: 31_536_000, stats: null, statsSocket: 'unix' },
  ...{ httpReqRate: 200, waf: false, forwardfor: true, httplog: true, user: 'own' },
};
const good = withConfigs(
  editLinks(secured, (link) => ({ ...link, encrypted: true })),
  ({ kind }) =>
    ({
      'load-balancer': goodBalancer,
      'web-server': { setRealIpFrom: 'balancer', serverTokens: false, defaultSite: false, user: 'own' },
      'app-server': { secrets: 'store', user: 'own' },
      database: {
        ...{ sensitive: true, innodbEncryptTables: true },
        ...{ localInfile: false, appGrants: 'needed', user: 'own' },
      },
    })[kind] ?? null,
);

test('a design that states everything well has nothing, and leaves nothing open', () => {
  expect(answers(good)).toEqual([]);
});

describe('what is not stated is asked for, in one sentence for all that leave the same open', () => {
  test.each<[string, Design, readonly string[]]>([
    ['SE-04', withoutWalls, ['HAProxy does not say what port 80 answers.']],
    ['SE-04', secured, []],
    ['SE-05', secured, ['HAProxy does not say whether it sends Strict-Transport-Security.']],
    ['SE-05', distributed, []],
    [
      'SE-07',
      { ...secured, certificates: [] },
      ['HAProxy does not say which versions of TLS it takes and which certificate it shows.'],
    ],
    ['SE-13', distributed, ['HAProxy does not say who reads its statistics and who reaches its runtime socket.']],
    ['SE-13', balancer({ stats: null }), ['HAProxy does not say who reaches its runtime socket.']],
    ['SE-15', database({ sensitive: false }), []],
    [
      'SE-15',
      database({ sensitive: true }),
      ['MySQL on Server 1 and Server 2 does not say whether its data is encrypted on disk.'],
    ],
    [
      'SE-16',
      scaledUpDesign('classroom'),
      [
        'HAProxy on Balancer 1 and Balancer 2 does not say whether it limits the requests of one address and whether a web application firewall reads them.',
      ],
    ],
    ['SE-16', balancer({ httpReqRate: 0 }), ['HAProxy does not say whether a web application firewall reads them.']],
    ['SE-16', balancer({ waf: true }), []],
    [
      'SE-17',
      balancer({ forwardfor: true }),
      ['nginx on Server 1 and Server 2 does not say whom it believes about the address of the client.'],
    ],
    ['SE-17', simpleDesign('classroom'), ['nginx does not say whom it believes about the address of the client.']],
    [
      'SE-18',
      stating(stating(good, 'app-server', { secrets: undefined }), 'web-server', { user: undefined }),
      [
        'nginx on Server 1 and Server 2 does not say as which user it runs.',
        'The app server on Server 1 and Server 2 does not say where its passwords lie.',
      ],
    ],
  ])('%s', (rule, design, sentences) => {
    expect(openIn(design, rule)).toEqual(sentences);
    expect(evidenceOf(design, rule)).toEqual([]);
  });
});

describe('SE-17 without a balancer', () => {
  const alone = (setRealIpFrom: string) => webServer({ setRealIpFrom }, simpleDesign('classroom'));

  test('nobody is to be believed', () => {
    expect(evidenceOf(alone('anyone'), 'SE-17')).toEqual(['Any client may name its address at 1 of 1 server.']);
    expect(evidenceOf(alone('nobody'), 'SE-17')).toEqual([]);
  });
});

describe('SE-16, proven by a flood', () => {
  const measure = measureWith(behaviours, 7);
  const bare = balancer({ httpReqRate: 0, waf: false }, distributed);
  const prove = (design: Design): Finding | null => {
    const [suspicion] = floodRule(design, knowledge);
    if (suspicion === undefined || !('finding' in suspicion)) throw new Error('the rule has no suspicion');
    return suspicion.prove({ design, knowledge, measure, kills: new Map() });
  };

  test('counts the users beside the flood', () => {
    const { evidence } = prove(bare) ?? {};
    const [, rateRps, answered, all] =
      /^A flood of (\d+) requests a second: (\d+) of (\d+) requests/.exec(evidence ?? '') ?? [];
    expect(Number(rateRps)).toBe(10 * bare.traffic.rateRps);
    expect(Number(all)).toBeGreaterThan(100);
    expect(Number(answered)).toBeLessThan(0.95 * Number(all));
  });

  test('is nothing where even the larger flood does no harm', () => {
    const large = withConfigs({ ...bare, traffic: { ...bare.traffic, rateRps: 1 } }, ({ kind }) =>
      kind === 'app-server' ? { workers: 1_000 } : kind === 'database' ? { connections: 10_000 } : null,
    );
    expect(prove(large)).toBeNull();
  });
});
