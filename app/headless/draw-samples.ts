// Sample moments of the built-in designs for looking at the drawing without a run. The figures are invented, which is why
// nothing but draw.ts may use them.
import type { Design } from '../design/design.ts';
import type { BeadKind } from '../drawing/bead.ts';
import type { Reading, RowReading } from '../drawing/figure.ts';
import type { Readings } from '../drawing/figures.ts';
import { UNMEASURED } from '../drawing/part.ts';
import {
  type BeadState,
  type HostState,
  type PinState,
  type SceneState,
  stateAtRest,
  type TagState,
} from '../drawing/scene-state.ts';
import type { SheetInput } from '../exchange/sheet.ts';

export interface Sample {
  readonly design: Design;
  readonly readings: Readings;
  readonly state: SceneState;
}

const up = (some: Partial<Reading>): Reading => ({ ...UNMEASURED, ...some });
const DEAD: Reading = { ...UNMEASURED, state: 'down', downWord: 'no answer', hostDown: true };
const row = (name: string, word: string, bars: number, some: Partial<RowReading> = {}): RowReading => ({
  name,
  turn: false,
  word,
  bars,
  barsOf: 3,
  tone: 'plain',
  ...some,
});
const beads = (link: string, list: readonly (readonly [BeadKind, number])[], lane: BeadState['lane'] = 'main') =>
  list.map(([kind, at]): BeadState => ({ kind, link, lane, at, back: kind === 'failed' || kind === 'missedCheck' }));

const server = (id: string, p99Ms: number, requestsPerS: number): Readings => ({
  [`nginx${id}`]: up({ requestsPerS, load: 0.12 }),
  [`app${id}`]: up({ p99Ms, load: 0.33, queue: 1 }),
  [`mysql${id}`]: up({ readsPerS: 18, writesPerS: 4, copiedPerS: 4, load: 0.22 }),
});

const DEAD_SERVER_1: Readings = { nginx1: DEAD, app1: DEAD, mysql1: DEAD, files1: DEAD };

const pins = (killed: boolean): readonly PinState[] => [
  { number: 1, severity: 'critical', place: { type: 'host', id: 'lb' }, active: false },
  { number: 2, severity: 'critical', place: { type: 'component', id: 'mysql1' }, active: killed },
  { number: 3, severity: 'critical', place: { type: 'link', id: 'users-haproxy' }, active: false },
  { number: 4, severity: 'high', place: { type: 'missing-firewall' }, active: false },
  { number: 5, severity: 'high', place: { type: 'missing-monitoring' }, active: false },
  { number: 6, severity: 'medium', place: { type: 'check', id: 'haproxy-nginx1' }, active: false },
];

const OFF: TagState = { fault: 'kill', icon: 'power-off', word: 'Powered off' };
const HUNG: TagState = { fault: 'hang', icon: 'hourglass', word: 'Hung' };

const host = (word: string, figures: string, some: Partial<HostState> = {}): HostState => ({
  state: 'up',
  word,
  figures,
  ...some,
});

const DEAD_HOST = host('DEAD for 4.4 s', '', { state: 'down' });

function healthy(design: Design): Sample {
  return {
    design,
    readings: {
      users: up({ requestsPerS: 40, answeredShare: 1, p99Ms: 61 }),
      haproxy: up({
        requestsPerS: 40,
        p99Ms: 61,
        load: 0.16,
        rows: [row('Server 1', 'UP', 3), row('Server 2', 'UP', 3, { turn: true })],
      }),
      ...server('1', 49, 20),
      ...server('2', 48, 20),
    },
    state: {
      ...stateAtRest(design),
      hosts: { server1: host('UP', '20 req/s p99 58 ms'), server2: host('UP', '20 req/s p99 57 ms') },
      links: { 'mysql1-mysql2': { note: 'lag 40 ms', noteTone: 'plain', cutOff: false } },
      pins: pins(false),
      spofs: ['lb'],
      beads: [
        ...beads('users-haproxy', [
          ['read', 0.12],
          ['read', 0.5],
          ['read', 0.93],
        ]),
        ...beads('haproxy-nginx1', [
          ['read', 0.1],
          ['read', 0.36],
          ['write', 0.62],
          ['read', 0.88],
        ]),
        ...beads('haproxy-nginx2', [
          ['read', 0.06],
          ['read', 0.3],
          ['read', 0.56],
          ['read', 0.8],
        ]),
        ...beads('haproxy-nginx1', [['check', 0.55]], 'check'),
        ...beads('haproxy-nginx2', [['check', 0.3]], 'check'),
        ...beads('nginx1-app1', [['read', 0.5]]),
        ...beads('nginx2-app2', [['write', 0.55]]),
        ...beads('app1-mysql1', [['read', 0.55]]),
        ...beads('app2-mysql2', [['read', 0.6]]),
        ...beads('app2-mysql1', [
          ['write', 0.36],
          ['write', 0.72],
        ]),
        ...beads('mysql1-mysql2', [
          ['copy', 0.32],
          ['copy', 0.72],
        ]),
      ],
    },
  };
}

function killed(design: Design): Sample {
  const before = healthy(design);
  return {
    design,
    readings: {
      ...before.readings,
      ...DEAD_SERVER_1,
      users: up({ requestsPerS: 40, answeredShare: 0.91, p99Ms: 2100 }),
      haproxy: up({
        requestsPerS: 40,
        p99Ms: 2100,
        load: 0.2,
        queue: 3,
        rows: [row('Server 1', 'UP 1/3', 1, { turn: true, tone: 'doubt' }), row('Server 2', 'UP', 3)],
      }),
      nginx2: up({ requestsPerS: 40, load: 0.24, queue: 1 }),
      app2: up({ p99Ms: 1100, load: 0.71, queue: 4 }),
      mysql2: up({ readsPerS: 36, copiedPerS: 0, load: 0.36 }),
    },
    state: {
      ...before.state,
      yields: true,
      pins: pins(true),
      tags: { server1: [OFF] },
      hosts: { server1: DEAD_HOST, server2: host('UP', '40 req/s p99 1.1 s') },
      links: { 'mysql1-mysql2': { note: '3 behind', noteTone: 'fail', cutOff: true } },
      beads: [
        ...beads('users-haproxy', [
          ['read', 0.1],
          ['write', 0.46],
          ['read', 0.93],
        ]),
        ...beads('haproxy-nginx1', [
          ['read', 0.14],
          ['read', 0.38],
          ['failed', 0.66],
          ['failed', 0.76],
          ['failed', 0.87],
        ]),
        ...beads(
          'haproxy-nginx1',
          [
            ['missedCheck', 0.86],
            ['check', 0.22],
          ],
          'check',
        ),
        ...beads('haproxy-nginx2', [
          ['read', 0.08],
          ['readRetried', 0.26],
          ['read', 0.46],
          ['writeRetried', 0.88],
        ]),
        ...beads('haproxy-nginx2', [['check', 0.72]], 'check'),
        ...beads('nginx2-app2', [['read', 0.5]]),
        ...beads('app2-mysql2', [
          ['read', 0.3],
          ['read', 0.8],
        ]),
        ...beads('app2-mysql1', [
          ['write', 0.3],
          ['failed', 0.72],
          ['failed', 0.9],
        ]),
      ],
    },
  };
}

/** Server 2 made a backup, and reads from both databases. */
function activePassive(design: Design): Design {
  return {
    ...design,
    components: design.components.map((component) => {
      if (component.kind === 'app-server') return { ...component, config: { ...component.config, readsFrom: 'both' } };
      if (component.kind !== 'load-balancer') return component;
      const servers = component.config['servers'] as readonly Readonly<Record<string, unknown>>[];
      return {
        ...component,
        config: { ...component.config, servers: servers.map((each, index) => ({ ...each, backup: index === 1 })) },
      };
    }),
  };
}

function tookOver(plain: Design): Sample {
  const design = activePassive(plain);
  const before = killed(design);
  return {
    design,
    readings: {
      ...before.readings,
      users: up({ answeredShare: 0.7, failingWord: 'writes fail', answeringWord: 'reads answered' }),
      haproxy: up({
        requestsPerS: 4,
        p99Ms: 4400,
        load: 0.1,
        rows: [row('Server 1', 'DOWN', 0, { tone: 'fail' }), row('Server 2', 'UP backup', 3, { turn: true })],
      }),
      ...server('2', 1400, 4),
    },
    state: {
      ...before.state,
      subtitle: ['1 active, 1 standby:', 'round robin has nothing to rotate over'],
      tags: { server1: [OFF] },
      hosts: {
        server1: host('DEAD for 14.0 s', '', { state: 'down' }),
        server2: host('UP backup', 'took over 7.9 s ago 4 req/s p99 1.4 s'),
      },
    },
  };
}

function standby(plain: Design): Sample {
  const design = activePassive(plain);
  const before = healthy(design);
  return {
    design,
    readings: {
      ...before.readings,
      haproxy: up({
        requestsPerS: 4,
        p99Ms: 1400,
        rows: [row('Server 1', 'UP', 3, { turn: true }), row('Server 2', 'UP backup', 3)],
      }),
      nginx2: up({ state: 'standby' }),
      app2: up({ state: 'standby' }),
      app1: { ...UNMEASURED, state: 'slow', p99Ms: 290, load: 0.88, queue: 14 },
    },
    state: {
      ...before.state,
      beads: [],
      links: { 'haproxy-nginx2': { note: '', noteTone: 'plain', cutOff: false, ready: true } },
      hosts: { server2: host('UP backup', 'takes no requests', { state: 'standby' }) },
    },
  };
}

function dead(design: Design): Sample {
  const before = healthy(design);
  return {
    design,
    readings: {
      ...before.readings,
      haproxy: DEAD,
      users: up({ answeredShare: 0 }),
      mysql1: up({ state: 'down', downWord: 'Killed' }),
      nginx2: up({ state: 'hung', queue: 3, load: 1 }),
      app2: up({ state: 'checking' }),
    },
    state: {
      ...before.state,
      yields: true,
      beads: [],
      tags: { mysql1: [{ ...OFF, word: 'Killed' }], lb: [OFF], nginx2: [HUNG] },
      hosts: { lb: host('DEAD for 4.4 s', '', { state: 'down' }), server1: host('UP', '20 req/s') },
      pins: pins(false).map((pin) => ({ ...pin, active: pin.number === 1 })),
    },
  };
}

function simple(design: Design): Sample {
  return {
    design,
    readings: {
      users: up({ answeredShare: 1, p99Ms: 1300 }),
      nginx: up({ requestsPerS: 4, load: 0.14 }),
      app: up({ p99Ms: 1100, load: 0.5, queue: 2 }),
      mysql: up({ readsPerS: 3, writesPerS: 1, load: 0.34 }),
    },
    state: {
      ...stateAtRest(design),
      spofs: ['server'],
      hosts: { server: host('', '4 req/s p99 1.3 s') },
      pins: [
        { number: 1, severity: 'critical', place: { type: 'host', id: 'server' }, active: false },
        { number: 2, severity: 'critical', place: { type: 'link', id: 'users-nginx' }, active: false },
        { number: 3, severity: 'high', place: { type: 'missing-firewall' }, active: false },
        { number: 4, severity: 'high', place: { type: 'missing-monitoring' }, active: false },
      ],
      beads: [
        ...beads('users-nginx', [
          ['read', 0.4],
          ['write', 0.8],
        ]),
        ...beads('app-mysql', [['read', 0.5]]),
      ],
    },
  };
}

export function sampleOf(design: Design, moment: string): Sample {
  if (design.id === 'simple') return simple(design);
  if (moment === 'killed') return killed(design);
  if (moment === 'took-over') return tookOver(design);
  if (moment === 'standby') return standby(design);
  return moment === 'dead' ? dead(design) : healthy(design);
}

export function sampleSheet(sample: Sample): SheetInput {
  const words: readonly (readonly [string, string, string, string])[] = [
    [
      'One load balancer, nothing behind it',
      'Load balancer',
      'Killed it: 0 of 412 requests answered.',
      'Second load balancer, shared IP',
    ],
    [
      'Only Server 1 can save data',
      'MySQL primary',
      'Killed it: 0 of 120 writes saved.',
      'Promote the replica by itself',
    ],
    [
      'Anyone can read the traffic',
      'Users to load balancer',
      'Tapped it: 412 of 412 requests readable.',
      'End HTTPS at HAProxy',
    ],
    [
      'No firewall in front of any host',
      'All 3 hosts',
      'Port 3306 answered a stranger on 2 of 2 servers.',
      'One firewall per host',
    ],
    ['Nobody is watching', 'All 3 hosts', 'Server 1 dead for 6.0 s, no one told.', 'A collector on each host'],
    [
      'Health checks ask nginx, not MySQL',
      'HAProxy to servers',
      'Replica stopped: 540 of 540 of its reads failed.',
      'Check a page that needs MySQL',
    ],
  ];
  return {
    title: sample.design.title,
    fault: sample.state.yields ? 'with Server 1 killed' : '',
    subtitle:
      'Three hosts share the work of one site. Every issue below was measured by breaking this design in simulation.',
    issues: sample.state.pins.map((pin, index) => {
      const [title = '', where = '', evidence = '', fix = ''] = words[index] ?? [];
      return { number: pin.number, severity: pin.severity, active: pin.active, title, where, evidence, fix };
    }),
    drawnBy: 'Your name',
    date: '22 Nov 2026',
    load: '40 req/s, 10% writes',
    mode: 'active-active, roundrobin',
    folded: 0,
    seed: '7',
  };
}
