import { describe, expect, it } from 'vitest';
import { drawKind } from '../catalogue/figures.ts';
import type { Design } from '../design/design.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { securedDesign } from '../designs/secured.ts';
import { simpleDesign } from '../designs/simple.ts';
import type { Shape } from './figure.ts';
import { figuresOf } from './figures.ts';
import { faultTag } from './marks.ts';
import { UNMEASURED } from './part.ts';
import { scene } from './scene.ts';
import { wallShapes } from './scene-guards.ts';
import { pinPlaces } from './scene-issues.ts';
import { annotationShapes } from './scene-layers.ts';
import { sheetLayer } from './scene-sheet.ts';
import { missingIn, type PinState, type SceneState, stateAtRest } from './scene-state.ts';
import { tagPlaces } from './scene-tags.ts';
import { wiresOf } from './wires.ts';

const COLLECTOR = { intervalMs: 10_000, logs: true, position: { x: 0, y: 0 } };

const figures = (design: Design) => figuresOf(design, {}, drawKind);
const drawn = (design: Design, some: Partial<SceneState> = {}) =>
  scene(design, figures(design), { ...stateAtRest(design), ...some });
const texts = (shapes: readonly Shape[]): readonly string[] =>
  shapes.flatMap((shape) => (shape.type === 'text' ? [shape.text] : shape.type === 'group' ? texts(shape.shapes) : []));
const flat = (shapes: readonly Shape[]): readonly Shape[] =>
  shapes.flatMap((shape) => (shape.type === 'group' ? [shape, ...flat(shape.shapes)] : [shape]));

const DISTRIBUTED = distributedDesign('classroom');

describe.each([
  simpleDesign('classroom'),
  simpleDesign('realistic'),
  DISTRIBUTED,
  distributedDesign('realistic'),
  securedDesign('classroom'),
])('the picture of design $id, $timings', (design) => {
  it('names every host, the users and DNS, and the address', () => {
    const words = texts(drawn(design).shapes);
    expect(words).toEqual(expect.arrayContaining(['DNS', 'Internet users', `A ${design.dns.address}`]));
    for (const host of design.hosts) expect(words).toContain(host.name);
  });

  it('says in words all that it shows', () => {
    const { textAlternative } = drawn(design);
    expect(textAlternative).toContain(design.title);
    for (const host of design.hosts) expect(textAlternative).toContain(host.name);
    const { firewall, unmonitored } = missingIn(design);
    expect(textAlternative.includes('No firewall in front of any host')).toBe(firewall);
    expect(/No monitoring on \d of \d hosts/.test(textAlternative)).toBe(unmonitored > 0);
  });

  it('is the same each time', () => {
    expect(drawn(design)).toEqual(drawn(design));
  });

  it('keeps every host and part on the sheet', () => {
    const { width, height } = design.layout.size;
    for (const host of design.hosts) {
      expect(host.position.x + host.size.width).toBeLessThanOrEqual(width);
      expect(host.position.y + host.size.height).toBeLessThanOrEqual(height);
      for (const part of design.components.filter(({ hostId }) => hostId === host.id)) {
        const { size } = figures(design).get(part.id) ?? { size: { width: 0, height: 0 } };
        expect(part.position.x).toBeGreaterThanOrEqual(host.position.x);
        expect(part.position.x + size.width).toBeLessThanOrEqual(host.position.x + host.size.width);
        expect(part.position.y).toBeGreaterThanOrEqual(host.position.y);
        expect(part.position.y + size.height).toBeLessThanOrEqual(host.position.y + host.size.height);
      }
    }
  });
});

describe('a moment', () => {
  const dead = { state: 'down', word: 'DEAD for 4.4 s', figures: '' } as const;
  const tags = { server1: [{ fault: 'kill', icon: 'power-off', word: 'Powered off' }] } as const;
  const pin = (place: PinState['place'], number = 1, active = false): PinState => {
    return { number, severity: 'critical', place, active };
  };

  it('shows a dead host with hatch, word and the tag that repairs', () => {
    const shapes = drawn(DISTRIBUTED, { hosts: { server1: dead }, tags }).shapes;
    expect(texts(shapes)).toEqual(expect.arrayContaining(['DEAD for 4.4 s', 'Powered off']));
    expect(flat(shapes).filter((shape) => 'pattern' in shape && shape.pattern === 'failHatch')).toHaveLength(1);
  });

  it('draws what moves on its own wire, and leaves out what has no wire', () => {
    const bead = { kind: 'failed', link: 'haproxy-nginx1', lane: 'main', at: 0.5, back: true } as const;
    const before = flat(drawn(DISTRIBUTED).shapes).length;
    expect(flat(drawn(DISTRIBUTED, { beads: [bead] }).shapes).length).toBe(before + 3);
    expect(flat(drawn(DISTRIBUTED, { beads: [{ ...bead, link: 'gone' }] }).shapes).length).toBe(before);
  });

  it('fades what is only possible while something is happening', () => {
    const pins = [pin({ type: 'host', id: 'lb' }), pin({ type: 'component', id: 'mysql1' }, 2, true)];
    const state = { ...stateAtRest(DISTRIBUTED), pins, spofs: ['lb'], yields: true };
    const wires = wiresOf(DISTRIBUTED, figures(DISTRIBUTED));
    const shapes = annotationShapes(DISTRIBUTED, wires, state);
    const faded = shapes.filter((shape) => shape.type === 'group' && shape.opacity === 0.5);
    expect(faded).toHaveLength(2);
    expect(texts(faded)).toEqual(['1']);
  });

  it('turns the ring into one thick line when it has come true', () => {
    const state = { pins: [pin({ type: 'host', id: 'lb' }, 1, true)], spofs: ['lb'] };
    const widths = flat(drawn(DISTRIBUTED, state).shapes).map((shape) =>
      'strokeWidth' in shape ? shape.strokeWidth : 0,
    );
    expect(widths).toContain(5);
  });

  it('has a place for a pin on anything, and none for what is not there', () => {
    const places: readonly PinState['place'][] = [
      { type: 'host', id: 'server1' },
      { type: 'component', id: 'app2' },
      { type: 'link', id: 'users-haproxy' },
      { type: 'link', id: 'app2-mysql1' },
      { type: 'check', id: 'haproxy-nginx1' },
      { type: 'users' },
      { type: 'missing-firewall' },
      { type: 'missing-monitoring' },
      { type: 'component', id: 'gone' },
    ];
    const state = { ...stateAtRest(DISTRIBUTED), pins: places.map((place, index) => pin(place, index + 1)) };
    const found = pinPlaces(DISTRIBUTED, wiresOf(DISTRIBUTED, figures(DISTRIBUTED)), state);
    expect(found).toHaveLength(places.length - 1);
    expect(new Set(found.map(({ at }) => `${at.x},${at.y}`)).size).toBe(found.length);
  });

  it('draws no ghost of what is there', () => {
    const secured = {
      ...DISTRIBUTED,
      hosts: DISTRIBUTED.hosts.map((host) => ({
        ...host,
        firewall: { rules: [{ from: 'anyone', port: 80 }] },
        collector: COLLECTOR,
      })),
    };
    expect(texts(sheetLayer(secured, stateAtRest(secured)))).not.toContain('no monitoring');
    expect(drawn(secured).textAlternative).not.toContain('No firewall');
  });

  it('shows what is not measured yet as two dashes', () => {
    const words = texts(drawn(DISTRIBUTED).shapes);
    expect(words).toEqual(expect.arrayContaining(['p99 --', '--']));
    expect(UNMEASURED.p99Ms).toBeNull();
  });
});

describe('the tag of a dead part', () => {
  const killed = { fault: 'kill', icon: 'power-off', word: 'Killed' } as const;
  const slow = { fault: 'slow', icon: 'snail', word: 'Slow 5x' } as const;
  const tags = Object.fromEntries(DISTRIBUTED.components.map((part) => [part.id, [killed]]));

  const isWrench = (shape: Shape) => shape.type === 'path' && shape.d.startsWith('M14.7 6.3');

  it('covers no heading of its host', () => {
    const two = Object.fromEntries(DISTRIBUTED.components.map((part) => [part.id, [killed, slow]]));
    const state = { ...stateAtRest(DISTRIBUTED), tags: two };
    const wires = wiresOf(DISTRIBUTED, figures(DISTRIBUTED));
    const places = tagPlaces(DISTRIBUTED, figures(DISTRIBUTED), wires, state);
    expect(places).toHaveLength(2 * DISTRIBUTED.components.length);
    for (const { element, at } of places) {
      const part = DISTRIBUTED.components.find((one) => one.id === element);
      const host = DISTRIBUTED.hosts.find((one) => one.id === part?.hostId);
      if (host?.heading === 'top') expect([element, at.y - 13 >= host.position.y + 32]).toEqual([element, true]);
    }
  });

  it('has a wrench on the page, none in a picture to take away', () => {
    const state = { ...stateAtRest(DISTRIBUTED), tags };
    const wrenches = (shapes: readonly Shape[]) => flat(shapes).filter(isWrench).length;
    const wires = wiresOf(DISTRIBUTED, figures(DISTRIBUTED));
    const places = tagPlaces(DISTRIBUTED, figures(DISTRIBUTED), wires, state);
    const live = places.map(({ at, word, icon }) => faultTag(at.x, at.y, word, icon));
    expect(wrenches(live)).toBe(DISTRIBUTED.components.length);
    expect(wrenches(drawn(DISTRIBUTED, { tags }).shapes)).toBe(0);
  });
});

describe('what guards and watches', () => {
  const secured = securedDesign('classroom');
  const walls = (design: Design) =>
    wallShapes(design, wiresOf(design, figures(design)), []).filter((shape) => shape.type === 'rect');

  it('a wall has a door for each wire that is let in or leaves, and none for one that is not let in', () => {
    const shut = (host: Design['hosts'][number]) => ({ ...host, firewall: { rules: [] } });
    expect(walls({ ...secured, hosts: secured.hosts.map(shut) })).toHaveLength(3);
    // Requests come in at each of three hosts; checks at two more doors.
    expect(walls(secured)).toHaveLength(6);
    expect(walls(DISTRIBUTED)).toEqual([]);
  });

  it('is said in words', () => {
    expect(drawn(secured).textAlternative).toContain('monitoring, -- of 3 report; on call, no alert');
  });
});
