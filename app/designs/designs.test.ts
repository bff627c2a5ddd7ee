import { describe, expect, it } from 'vitest';
import { kindSchemas } from '../catalogue/schemas.ts';
import { isLetThrough } from '../design/firewall.ts';
import { parseDesign } from '../design/parse.ts';
import { BUILT_IN_IDS, builtInDesign } from './built-in.ts';
import { distributedDesign } from './distributed.ts';
import { securedDesign } from './secured.ts';

const ALL = BUILT_IN_IDS.flatMap((id) => [builtInDesign(id, 'classroom'), builtInDesign(id, 'realistic')]);

describe.each(ALL)('built-in design $id, $timings', (design) => {
  it('is a valid document', () => {
    const parsed = parseDesign(JSON.parse(JSON.stringify(design)), kindSchemas);
    expect(parsed.ok ? [] : parsed.problems).toEqual([]);
  });

  it('has no wall in the way of its own lines', () => {
    expect(design.links.filter((link) => !isLetThrough(design, link))).toEqual([]);
  });

  it('has every part that the textbook names', () => {
    const kinds = design.components.map((part) => part.kind);
    expect(kinds).toEqual(expect.arrayContaining(['web-server', 'app-server', 'files', 'database']));
    expect(design.dns).toMatchObject({ name: 'www.foobar.com', type: 'A' });
  });
});

describe('classroom timings', () => {
  const design = distributedDesign('classroom');
  const latency = (id: string): number => design.links.find((link) => link.id === id)?.latencyMs ?? 0;
  const config = (id: string, name: string): number =>
    Number(design.components.find((part) => part.id === id)?.config[name] ?? 0);

  it('make a read take about 1.2 s', () => {
    const way = latency('users-haproxy') + latency('haproxy-nginx1') + latency('nginx1-app1') + latency('app1-mysql1');
    const work = config('nginx1', 'parseMs') + config('app1', 'serviceMs') + config('mysql1', 'readMs');
    expect(2 * way + work).toBeGreaterThan(1100);
    expect(2 * way + work).toBeLessThan(1300);
  });

  it('make a copied write take 400 ms in all', () => {
    expect(latency('mysql1-mysql2') + config('mysql2', 'applyMs')).toBe(400);
  });
});

describe('design 3', () => {
  const before = distributedDesign('classroom');
  const design = securedDesign('classroom');

  it('is design 2 with three firewalls, one certificate and three collectors', () => {
    expect(design.hosts.filter((host) => host.firewall !== null)).toHaveLength(3);
    expect(design.certificates).toHaveLength(1);
    expect(design.hosts.filter((host) => host.collector !== null)).toHaveLength(3);
    expect(design.components.map(({ id, config }) => [id, config])).toEqual(
      before.components.map(({ id, config }) => [id, config]),
    );
    expect(design.links.map(({ id, latencyMs }) => [id, latencyMs])).toEqual(
      before.links.map(({ id, latencyMs }) => [id, latencyMs]),
    );
  });
});
