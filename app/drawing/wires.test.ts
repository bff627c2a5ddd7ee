import { describe, expect, it } from 'vitest';
import { drawKind } from '../catalogue/figures.ts';
import type { Design } from '../design/design.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { simpleDesign } from '../designs/simple.ts';
import { figuresOf } from './figures.ts';
import { wiresOf } from './wires.ts';

const DISTRIBUTED = distributedDesign('classroom');
const of = (design: Design) => wiresOf(design, figuresOf(design, {}, drawKind));
const withReads = (readsFrom: string): Design => ({
  ...DISTRIBUTED,
  components: DISTRIBUTED.components.map((part) =>
    part.kind === 'app-server' ? { ...part, config: { ...part.config, readsFrom } } : part,
  ),
});
const link = (design: Design, id: string) => of(design).links.get(id);

describe('the wires of a design', () => {
  it('run level or upright, never at a slant', () => {
    for (const design of [DISTRIBUTED, simpleDesign('realistic'), withReads('both')]) {
      const { links, dns } = of(design);
      const wires = [
        dns,
        ...[...links.values()].flatMap(({ main, check }) => (check === null ? [main] : [main, check])),
      ];
      for (const { points } of wires) {
        points.slice(1).forEach((point, index) => {
          const before = points[index];
          expect(Math.min(Math.abs(point.x - (before?.x ?? 0)), Math.abs(point.y - (before?.y ?? 0)))).toBeLessThan(
            0.01,
          );
        });
      }
    }
  });

  it('start at the row of their server and end in the notch of nginx', () => {
    expect(link(DISTRIBUTED, 'haproxy-nginx1')?.main.points).toEqual([
      { x: 440, y: 303 },
      { x: 506, y: 303 },
      { x: 506, y: 144 },
      { x: 581, y: 144 },
    ]);
  });

  it('have health checks on a line of their own, 22 px beside, and only where there is a check', () => {
    expect(link(DISTRIBUTED, 'haproxy-nginx2')?.check?.points.map(({ x }) => x)).toEqual([440, 484, 484, 577]);
    const unchecked = {
      ...DISTRIBUTED,
      components: DISTRIBUTED.components.map((part) => {
        if (part.kind !== 'load-balancer') return part;
        const servers = part.config['servers'] as readonly object[];
        return { ...part, config: { ...part.config, servers: servers.map((server) => ({ ...server, check: null })) } };
      }),
    };
    expect(link(unchecked, 'haproxy-nginx2')?.check).toBeNull();
    expect(link(DISTRIBUTED, 'nginx1-app1')?.check).toBeNull();
  });

  it('follow where reads go', () => {
    expect(link(withReads('local'), 'app1-mysql2')).toBeUndefined();
    expect(link(withReads('both'), 'app1-mysql2')?.main.style).toBe('request');
    expect(link(withReads('primary'), 'app2-mysql2')?.main.style).toBe('ready');
    expect(link(withReads('replica'), 'app2-mysql1')?.main.style).toBe('request');
  });

  it('have one open padlock, on the line that everyone can tap', () => {
    const locks = [...of(DISTRIBUTED).links.values()].filter(({ padlock }) => padlock !== null);
    expect(locks.map(({ linkId }) => linkId)).toEqual(['users-haproxy']);
    expect(locks[0]?.padlock).toEqual({ at: { x: 186, y: 294 }, open: true });
    expect(locks[0]?.port?.lines).toEqual(['HTTP :80']);
  });

  it('show where encryption ends: padlocks behind it, none within a host', () => {
    const secured = {
      ...DISTRIBUTED,
      links: DISTRIBUTED.links.map((each) => ({ ...each, encrypted: each.from === 'users' })),
    };
    const locks = [...of(secured).links.values()].flatMap((each) => (each.padlock === null ? [] : [each]));
    expect(locks.map((each) => [each.linkId, each.padlock?.open])).toEqual([
      ['users-haproxy', false],
      ['haproxy-nginx1', true],
      ['haproxy-nginx2', true],
    ]);
    expect(locks[0]?.port?.lines).toEqual(['HTTPS :80']);
  });

  it('find a way of their own when a part is moved and no corners are given', () => {
    const moved = {
      ...DISTRIBUTED,
      links: DISTRIBUTED.links.map(({ route: _, ...each }) => each),
      components: DISTRIBUTED.components.map((part) =>
        part.id === 'mysql1' ? { ...part, position: { x: 700, y: 200 } } : part,
      ),
    };
    for (const { main } of of(moved).links.values()) expect(main.path.length).toBeGreaterThan(0);
  });
});
