import { describe, expect, it } from 'vitest';
import { distributedDesign } from '../designs/distributed.ts';
import { scaledUpDesign } from '../designs/scaled-up.ts';
import type { PartState, Reading, Shape } from '../drawing/figure.ts';
import { usersConfig } from '../drawing/figures.ts';
import { UNMEASURED } from '../drawing/part.ts';
import { roleWidth } from '../drawing/text-width.ts';
import { drawKind, takeLateFigures } from './figures.ts';
import { LATE_FIGURES } from './late-figures.ts';

takeLateFigures(LATE_FIGURES);

const DESIGN = distributedDesign('classroom');
const SCALED_UP = scaledUpDesign('classroom');
const CONFIGS: readonly (readonly [string, unknown])[] = [
  ['users', usersConfig(DESIGN)],
  ['dns', DESIGN.dns],
  ...DESIGN.components.map((part) => [part.kind, part.config] as const),
  ...SCALED_UP.components.filter(({ kind }) => kind === 'virtual-ip').map((part) => [part.kind, part.config] as const),
];
const STATES: readonly PartState[] = ['up', 'slow', 'checking', 'standby', 'hung', 'down', 'draining', 'maintenance'];
const texts = (shapes: readonly Shape[]): readonly string[] =>
  shapes.flatMap((shape) => (shape.type === 'text' ? [shape.text] : shape.type === 'group' ? texts(shape.shapes) : []));
const measured: Reading = {
  ...UNMEASURED,
  requestsPerS: 20,
  readsPerS: 18,
  writesPerS: 4,
  copiedPerS: 4,
  p99Ms: 49,
  load: 0.33,
  queue: 1,
};
const words = (kind: string, reading: Reading) => {
  const config = CONFIGS.find(([name]) => name === kind)?.[1];
  return texts(drawKind(kind, config, reading).shapes);
};

describe.each(CONFIGS)('the figure of %s', (kind, config) => {
  it('says what it shows', () => {
    expect(drawKind(kind, config, measured).textAlternative.length).toBeGreaterThan(3);
  });

  it('has anchors on or near its outline, one on every side that a wire may take', () => {
    const { anchors, size } = drawKind(kind, config, measured);
    expect(Object.keys(anchors)).toEqual(expect.arrayContaining(['in', 'top', 'bottom']));
    for (const { x, y } of Object.values(anchors)) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(size.width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(size.height);
    }
  });
});

describe('a part', () => {
  it.each(STATES)('says that it is %s with a mark and a word, not by colour alone', (state) => {
    const shown = words('app-server', { ...measured, state, downWord: 'no answer' });
    const expected = { up: 'p99 49 ms', down: 'no answer' }[state as string] ?? state;
    expect(shown.join(' ').toLowerCase()).toContain(expected);
  });

  it('loses its figures when it is down', () => {
    expect(words('database', { ...measured, state: 'down', hostDown: true })).toEqual([
      'MySQL',
      'primary',
      'no answer',
    ]);
  });

  it('reads aloud as look.md says', () => {
    const app = drawKind('app-server', DESIGN.components.find(({ kind }) => kind === 'app-server')?.config, measured);
    expect(app.textAlternative).toBe('app server, up, p99 49 ms, load 33 percent, queue 1');
  });

  it('shows a queue longer than its slots as a number', () => {
    expect(words('web-server', { ...measured, queue: 14 })).toContain('14');
    expect(words('web-server', { ...measured, queue: 2 })).not.toContain('2');
  });
});

describe('the database', () => {
  it('is called by its role, unless it stands alone', () => {
    expect(words('database', measured)).toEqual(['MySQL', 'primary', '18 reads/s', '4 writes/s']);
    expect(words('database', { ...measured, standsAlone: true })).not.toContain('primary');
  });

  it('shows a value on a plate, and says when it is out of date', () => {
    const plate = { text: 'stock 5', stale: true };
    expect(words('database', { ...measured, plate })).toContain('stock 5');
    const config = DESIGN.components.find(({ id }) => id === 'mysql2')?.config;
    expect(drawKind('database', config, { ...measured, plate }).textAlternative).toContain('stock 5, out of date');
  });
});

describe('the load balancer', () => {
  const row = { name: 'Server 1', turn: true, word: 'UP backup', bars: 3, barsOf: 3, tone: 'plain' } as const;

  it("shows HAProxy's own words, and whose turn is next", () => {
    const config = DESIGN.components.find(({ kind }) => kind === 'load-balancer')?.config;
    const figure = drawKind('load-balancer', config, {
      ...measured,
      rows: [row, { ...row, name: 'Server 2', turn: false }],
    });
    expect(texts(figure.shapes)).toEqual(expect.arrayContaining(['HAProxy', 'roundrobin', 'Server 1', 'UP backup']));
    expect(figure.textAlternative).toContain('Server 1 UP backup, its turn is next');
  });

  it('keeps name, bars and word apart in every row', () => {
    for (const word of ['UP', 'UP 1/3', 'DOWN', 'DOWN 1/2', 'UP backup', 'no check']) {
      const config = DESIGN.components.find(({ kind }) => kind === 'load-balancer')?.config;
      const { shapes } = drawKind('load-balancer', config, { ...measured, rows: [{ ...row, word }] });
      const bars = shapes.flatMap((shape) =>
        shape.type === 'rect' && shape.height === 9 && shape.width === 4.5 ? [shape] : [],
      );
      const name = shapes.find((shape) => shape.type === 'text' && shape.text.startsWith('Serv'));
      const nameEnd = name?.type === 'text' ? name.x + roleWidth(name.text, 'figure') : 999;
      expect(nameEnd).toBeLessThanOrEqual(Math.min(...bars.map(({ x }) => x)));
      expect(Math.max(...bars.map(({ x }) => x + 4.5))).toBeLessThanOrEqual(158 - roleWidth(word, 'state'));
    }
  });

  it('says how many work and how many wait when there is a backup', () => {
    const plain = DESIGN.components.find(({ kind }) => kind === 'load-balancer')?.config ?? {};
    const servers = (plain['servers'] as readonly object[]).map((server, index) => ({
      ...server,
      backup: index === 1,
    }));
    expect(texts(drawKind('load-balancer', { ...plain, servers }, measured).shapes)).toContain('1 active, 1 backup');
  });
});

describe('the users', () => {
  it.each([
    [{ answeredShare: 1 }, '100% answered'],
    [{ answeredShare: 0.91 }, '9% failing'],
    [{ answeredShare: 0.7, failingWord: 'writes fail', answeringWord: 'reads answered' }, 'reads answered'],
    [{ answeredShare: null }, '-- answered'],
  ])('notice %o', (some, expected) => {
    expect(words('users', { ...measured, ...some })).toContain(expected);
  });
});

describe('keepalived', () => {
  const config = SCALED_UP.components.find(({ id }) => id === 'keepalived1')?.config;
  const drawn = (vrrp: Reading['vrrp']) =>
    drawKind('virtual-ip', config, { ...measured, ...(vrrp === undefined ? {} : { vrrp }) });
  const plate = { x: -20, y: -140, holds: true, isDisputed: false, note: ['virtual IP, held here'] };

  it("shows VRRP's own state and the priority that it advertises", () => {
    const figure = drawn({ state: 'MASTER', priority: 103, plate: null });
    expect(texts(figure.shapes)).toEqual(expect.arrayContaining(['keepalived', 'MASTER', '103']));
    expect(figure.textAlternative).toContain('MASTER, priority 103');
  });

  it('wears the plate of the address, and says in words where it is held and where it would be', () => {
    expect(texts(drawn({ state: 'MASTER', priority: 103, plate }).shapes)).toContain('virtual IP, held here');
    const dock = { ...plate, holds: false, note: ['takes it 3.6 s after', 'the last word'] };
    expect(texts(drawn({ state: 'BACKUP', priority: 102, plate: dock }).shapes)).toContain('takes it 3.6 s after');
  });
});

describe('a balancer beside keepalived', () => {
  const config = SCALED_UP.components.find(({ id }) => id === 'haproxy1')?.config;
  const row = { name: 'Web 1', turn: true, word: 'UP', bars: 3, barsOf: 3, tone: 'plain' } as const;
  const line = (rows: Reading['rows']) =>
    texts(drawKind('load-balancer', config, { ...measured, isCompact: true, rows }).shapes).at(-1);

  it('says in one line what it believes of its servers', () => {
    expect(line([row, { ...row, name: 'Web 2' }])).toBe('20 req/s, both UP');
    expect(line([row, { ...row, name: 'Web 2', word: 'DOWN', tone: 'fail' }])).toBe('20 req/s, Web 2 DOWN');
  });
});
