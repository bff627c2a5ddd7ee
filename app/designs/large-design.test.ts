import { describe, expect, it } from 'vitest';
import { kindSchemas } from '../catalogue/schemas.ts';
import { parseDesign } from '../design/parse.ts';
import { largeDesign } from './large-design.ts';

describe('a large design', () => {
  it.each([4, 30, 300])('of %i hosts is a valid document', (hosts) => {
    const design = largeDesign(hosts);
    const parsed = parseDesign(JSON.parse(JSON.stringify(design)), kindSchemas);
    expect(parsed.ok ? [] : parsed.problems).toEqual([]);
    expect(design.hosts).toHaveLength(hosts);
  });

  it('of 300 hosts has about a thousand links', () => {
    const { length } = largeDesign(300).links;
    expect(length).toBeGreaterThan(950);
    expect(length).toBeLessThanOrEqual(1_000);
  });
});
