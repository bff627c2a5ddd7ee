import { describe, expect, it } from 'vitest';
import { drawKind } from '../catalogue/figures.ts';
import { BARE_HOST } from '../design/bare.ts';
import { atDetail, detailLevel } from './detail.ts';
import type { Shape } from './figure.ts';
import { UNMEASURED } from './part.ts';
import { hostShapes } from './scene-hosts.ts';

const READING = { ...UNMEASURED, readsPerS: 18, writesPerS: 4, queue: 2, load: 0.4 };
const words = (shapes: readonly Shape[]) => shapes.flatMap((shape) => (shape.type === 'text' ? [shape.text] : []));

describe('detail', () => {
  const { shapes } = drawKind('database', { role: 'primary' }, READING);

  it('goes in the order queue and load, second figure, first figure, part words', () => {
    expect(words(atDetail(shapes, 0))).toEqual(['MySQL', 'primary', '18 reads/s', '4 writes/s']);
    expect(atDetail(shapes, 1).length).toBeLessThan(shapes.length);
    expect(words(atDetail(shapes, 1))).toEqual(['MySQL', 'primary', '18 reads/s', '4 writes/s']);
    expect(words(atDetail(shapes, 2))).toEqual(['MySQL', 'primary', '18 reads/s']);
    expect(words(atDetail(shapes, 3))).toEqual(['MySQL', 'primary']);
    expect(words(atDetail(shapes, 4))).toEqual([]);
  });

  it('leaves a host its name and its mark at every zoom', () => {
    const host = {
      id: 'server1',
      name: 'Server 1',
      position: { x: 0, y: 0 },
      size: { width: 300, height: 120 },
      heading: 'top',
      address: '203.0.113.1',
      ...BARE_HOST,
    } as const;
    const drawn = atDetail(hostShapes(host, { state: 'up', word: 'UP', figures: '20 req/s' }, false), 4);
    expect(words(drawn)).toEqual(['Server 1']);
    expect(drawn.some((shape) => shape.type === 'group')).toBe(true);
  });

  it('is whole at the size in which the page shows the built-in designs, and least in an overview', () => {
    expect(detailLevel(1)).toBe(0);
    expect(detailLevel(0.6)).toBe(0);
    expect(detailLevel(0.5)).toBe(1);
    expect(detailLevel(0.2)).toBe(4);
  });
});
