// When somebody is told: the engine's own monitoring says it within the closed form of intervals and rules, at random moments, and on
// average what its mean says. A thousand failures are the bench's (secured); here a sample.
import { describe, expect, test } from 'vitest';
import { firstTelling, tellings } from '../analysis/availability/telling.ts';
import { checkTimesOf } from '../catalogue/check-times.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import type { AlertRule, Design } from '../design/design.ts';
import { builtInDesign } from '../designs/built-in.ts';
import { SECOND } from '../foundation/micros.ts';
import { meanDifference, outside, toldFaults } from './told-laws.ts';

const RULES: readonly (readonly AlertRule[])[] = [
  [{ type: 'silent-host', forMs: 30_000 }],
  [{ type: 'program-down', checks: 3 }],
  [{ type: 'server-down', forMs: 10_000 }],
  [
    { type: 'silent-host', forMs: 45_500 },
    { type: 'program-down', checks: 2 },
    { type: 'server-down', forMs: 0 },
  ],
];
const FAULTS = 60;

describe.each(['secured', 'scaled-up'] as const)('design %s', (id) => {
  test.each(RULES.map((rules) => [rules.map(({ type }) => type).join(', '), rules] as const))('%s', (_, rules) => {
    const faults = [...toldFaults(builtInDesign(id, 'classroom'), rules, FAULTS, 7)];
    expect(faults).toHaveLength(FAULTS);
    expect(new Set(faults.map(({ fault }) => `${fault.type} ${fault.target}`)).size).toBeGreaterThan(4);
    expect(outside(faults)).toEqual([]);
  });

  test('on average what the mean says, where a single rule sees it', () => {
    for (const rules of RULES.slice(0, 2)) {
      const { count, meanS, errorS } = meanDifference([...toldFaults(builtInDesign(id, 'classroom'), rules, 150, 7)]);
      expect(count).toBe(150);
      expect(Math.abs(meanS)).toBeLessThan(3 * errorS);
      expect(errorS).toBeLessThan(0.3);
    }
  });
});

describe('by settings alone', () => {
  const secured = builtInDesign('secured', 'classroom');
  const tellingOf = (design: Design, target: string, type: 'kill' | 'hang' = 'kill') =>
    firstTelling(tellings({ design, knowledge, checks: checkTimesOf(design) }, { type, target }));

  test('a host without power: 3 missed reports, a look, and 5 s for the message', () => {
    const telling = tellingOf({ ...secured, monitoring: only({ type: 'silent-host', forMs: 30_000 }) }, 'server1');
    const latencyUs = 1_000 * (secured.monitoring?.latencyMs ?? 0);
    expect(telling).toEqual({
      rule: 'silent-host',
      leastUs: 25 * SECOND + latencyUs,
      meanUs: 30.5 * SECOND + latencyUs,
      mostUs: 36 * SECOND + latencyUs,
    });
  });

  test('a dead HAProxy: none of the rules of design 3 sees it, one that checks programs does', () => {
    expect(tellingOf(secured, 'haproxy')).toBe(null);
    const checked = { ...secured, monitoring: only({ type: 'program-down', checks: 3 }) };
    expect(tellingOf(checked, 'haproxy')).toMatchObject({ leastUs: 25 * SECOND, meanUs: 30.5 * SECOND });
    // It is the only program of its host: stopped, it takes the collector along.
    expect(tellingOf(checked, 'haproxy', 'hang')).toBe(null);
  });

  test('nobody is told without monitoring, without anybody on call, or by what died with the host', () => {
    const { monitoring } = secured;
    if (monitoring === null) throw new Error('Design 3 has monitoring.');
    expect(tellingOf({ ...secured, monitoring: null }, 'server1')).toBe(null);
    expect(tellingOf({ ...secured, monitoring: { ...monitoring, onCall: null } }, 'server1')).toBe(null);
    expect(tellingOf({ ...secured, monitoring: { ...monitoring, hostId: 'server1' } }, 'server1')).toBe(null);
  });

  function only(rule: AlertRule): Design['monitoring'] {
    return secured.monitoring === null ? null : { ...secured.monitoring, alerts: [rule] };
  }
});
