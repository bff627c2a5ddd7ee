// Design 5 is design 4 with every fix: the same hosts and parts, and nothing that an analysis would call more than low.
import { describe, expect, test } from 'vitest';
import { analyse } from '../analysis/analyse.ts';
import { measureWith } from '../analysis/measure.ts';
import { KIND_RULES } from '../catalogue/findings.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { kindSchemas } from '../catalogue/schemas.ts';
import { isLetThrough } from '../design/firewall.ts';
import { parseDesign } from '../design/parse.ts';
import { hardenedDesign } from './hardened.ts';
import { scaledUpDesign } from './scaled-up.ts';

describe.each(['classroom', 'realistic'] as const)('%s', (timings) => {
  const design = hardenedDesign(timings);
  const before = scaledUpDesign(timings);

  test('is a valid document, and its walls let every line in', () => {
    expect(parseDesign(JSON.parse(JSON.stringify(design)), kindSchemas)).toMatchObject({ ok: true });
    expect(design.links.filter((link) => !isLetThrough(design, link))).toEqual([]);
  });

  test('is built of what design 4 is built of', () => {
    expect(design.hosts.map(({ id }) => id)).toEqual(before.hosts.map(({ id }) => id));
    expect(design.components.map(({ id, kind }) => [id, kind])).toEqual(
      before.components.map(({ id, kind }) => [id, kind]),
    );
  });

  test('shows nothing above low, leaves nothing open, and every death was tried', () => {
    const { findings, kills, unknowns } = analyse(design, {
      measure: measureWith(behaviours, 4),
      knowledge,
      kindRules: KIND_RULES,
    });
    expect(kills.length).toBeGreaterThan(design.hosts.length);
    expect(unknowns).toEqual([]);
    expect(findings.filter(({ severity }) => severity !== 'low')).toEqual([]);
  });
});
