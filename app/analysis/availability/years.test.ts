// The years themselves: the same seed, the same years; parts that do not know each other; every lost hour has its part to blame.
// That they say what theory says is held by ground-truth/theory-availability.test.ts.
import { describe, expect, test } from 'vitest';
import { availabilityOf } from './ledger.ts';
import { AT_ONCE, type Part, type System, YEAR_H } from './system.ts';
import { playYears } from './years.ts';

const part = (id: string, more: Partial<Part> = {}): Part => ({
  id,
  meanUpH: 200,
  knownAfterH: 0.5,
  meanRepairH: 4,
  lostH: [],
  ...more,
});

const cycleH = ({ meanUpH, knownAfterH, meanRepairH }: Part): number => (meanUpH ?? 0) + knownAfterH + meanRepairH;

/** Every part is needed. */
const series = (parts: readonly Part[], more: Partial<System> = {}): System => ({
  parts,
  classes: 1,
  people: AT_ONCE,
  service: (down) => ({ served: [down.length === 0 ? 1 : 0], promoted: null }),
  ...more,
});

const availability = (system: System, years = 400, seed = 7) =>
  playYears(system, years, seed).classes.map(availabilityOf);

describe('the same years', () => {
  const system = series([part('a'), part('b'), part('c', { meanUpH: 900 })]);

  test('for the same seed, to the last bit, and others for another', () => {
    expect(playYears(system, 30, 7)).toEqual(playYears(system, 30, 7));
    expect(playYears(system, 30, 8).failures).not.toBe(playYears(system, 30, 7).failures);
  });

  test('a part more or less changes nothing for the others', () => {
    const lost = (ids: readonly string[]) => {
      const alone = ids.map((id) => part(id));
      // Only b is needed: what it costs is its own.
      const years = playYears(
        series(alone, {
          service: (down) => ({ served: [down.some((at) => alone[at]?.id === 'b') ? 0 : 1], promoted: null }),
        }),
        50,
        7,
      );
      return [...(years.classes[0]?.byYearH ?? [])].map((hours) => hours.toFixed(6));
    };
    expect(lost(['a', 'b', 'c'])).toEqual(lost(['b']));
    expect(lost(['b']).some((hours) => Number(hours) > 0)).toBe(true);
  });
});

test('with too many sets of parts down together the years are fewer, and say so', () => {
  const many = Array.from({ length: 40 }, (_, index) => part(`part ${index}`, { meanUpH: 20 }));
  const years = playYears(series(many), 100, 7, 500);
  expect(years.years).toBeLessThan(100);
  expect(years.years).toBeGreaterThan(0);
  expect(years.classes[0]?.byYearH).toHaveLength(years.years);
  expect(availabilityOf(years.classes[0] as never).mean).toBeCloseTo((20 / 24.5) ** 40, 2);
});

describe('what is lost', () => {
  test('is what the means say, waits until somebody comes included', () => {
    const parts = [part('a'), part('b', { meanUpH: 50, knownAfterH: 2, meanRepairH: 0.5 })];
    const expected = parts.reduce((all, one) => all * ((one.meanUpH ?? 0) / cycleH(one)), 1);
    const [found] = availability(series(parts));
    expect(Math.abs((found?.mean ?? 0) - expected)).toBeLessThan(3 * (found?.error ?? 0));
    expect(found?.error).toBeLessThan(0.02 * (1 - expected));
  });

  test('every lost hour is of a year and of a part, and of no part that costs nothing', () => {
    const parts = [part('needed'), part('idle'), part('half')];
    const system = series(parts, {
      service: (down) => ({ served: [down.includes(0) ? 0 : down.includes(2) ? 0.5 : 1], promoted: null }),
    });
    const [ledger] = playYears(system, 200, 7).classes;
    const sum = (hours: ArrayLike<number>) => Array.from(hours).reduce((all, one) => all + one, 0);
    expect(sum(ledger?.byPartH ?? [])).toBeCloseTo(sum(ledger?.byYearH ?? []), 0);
    expect(ledger?.byPartH[1]).toBe(0);
    expect((ledger?.byPartH[0] ?? 0) / (ledger?.byPartH[2] ?? 1)).toBeGreaterThan(1.7);
    expect((ledger?.byPartH[0] ?? 0) / (ledger?.byPartH[2] ?? 1)).toBeLessThan(2.3);
  });

  test('a failure that others take over for costs what it cost until then', () => {
    const one = part('a', { lostH: [0.01] });
    const system = series([one], { service: () => ({ served: [1], promoted: null }) });
    const years = playYears(system, 300, 7);
    const [ledger] = years.classes;
    const lostH = Array.from(ledger?.byYearH ?? []).reduce((all, hours) => all + hours, 0);
    expect(lostH / years.failures).toBeCloseTo(0.01, 6);
    expect(years.failures / 300 / (YEAR_H / cycleH(one))).toBeCloseTo(1, 1);
    expect(ledger?.outages).toBe(0);
  });

  test('a part that never fails is never down; without a crew to spare it takes longer', () => {
    expect(availability(series([part('a', { meanUpH: null })]))).toEqual([{ mean: 1, error: 0 }]);
    const both = { service: (down: readonly number[]) => ({ served: [down.length < 2 ? 1 : 0], promoted: null }) };
    const busy = [part('a', { meanUpH: 10 }), part('b', { meanUpH: 10 })];
    const [alone] = availability(series(busy, { ...both, people: { ...AT_ONCE, crews: 1 } }));
    const [together] = availability(series(busy, both));
    expect(alone?.mean).toBeLessThan((together?.mean ?? 0) - 0.05);
  });
});
