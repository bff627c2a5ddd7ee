// A design as a system of parts: the closed form against every set of parts of small sites, and against the years; a shared host as
// common cause; people who are told, complain, promote.
import { describe, expect, test } from 'vitest';
import { checkTimesOf } from '../../catalogue/check-times.ts';
import { behaviours } from '../../catalogue/kinds.ts';
import { knowledge } from '../../catalogue/knowledge.ts';
import { BALANCES } from '../../catalogue/load-balancer/config.ts';
import type { Design, Operations } from '../../design/design.ts';
import { BUILT_IN_IDS, type BuiltInId, builtInDesign } from '../../designs/built-in.ts';
import { randomSite } from '../../designs/random-site.ts';
import { Dice } from '../../foundation/dice.ts';
import type { LastingFault } from '../fault-measure.ts';
import { measureWith } from '../measure.ts';
import { Ways } from '../ways.ts';
import { availabilityFrom, inParallel, inSeries } from './chains.ts';
import { denialOf } from './exact.ts';
import { availabilityOf } from './ledger.ts';
import { longRun } from './long-run.ts';
import { measureOutage, type Outage } from './outage.ts';
import { availabilityReport } from './report.ts';
import { failures, siteOf } from './site.ts';
import { playYears } from './years.ts';

const measure = measureWith(behaviours, 4);
const outagesOf = (design: Design): readonly Outage[] =>
  failures(design, knowledge).map((fault) => measureOutage(design, fault, knowledge, measure));

const known = new Map<BuiltInId, readonly Outage[]>();
const built = (id: BuiltInId, operations?: Operations) => {
  const design = builtInDesign(id, 'classroom');
  const outages = known.get(id) ?? outagesOf(design);
  known.set(id, outages);
  return { design: operations === undefined ? design : { ...design, operations }, outages };
};

describe('how often no way is left', () => {
  test('of small sites drawn by dice: what the sum over every set of parts says', () => {
    let compared = 0;
    for (let index = 0; compared < 12; index++) {
      const design = randomSite(new Dice(index, 'random-site'), { balances: BALANCES });
      const faults = failures(design, knowledge);
      if (faults.length > 15) continue;
      const dice = new Dice(index, 'down-shares');
      const downShare = faults.map(() => dice.spread(0.001, 0.3));
      const ways = new Ways(design, knowledge);
      for (const wish of ['read', 'write'] as const) {
        const { least, most } = denialOf({ ways, wish, faults, downShare });
        const sum = everySet(faults, downShare, (lost) => (ways.way(wish, lost) === null ? 1 : 0));
        expect([index, wish, sum >= least - 1e-9 && sum <= most + 1e-9]).toEqual([index, wish, true]);
        expect(most - least).toBeLessThanOrEqual(0.002 * least + 1e-9);
        compared++;
      }
    }
  });
});

/** Over all 2^n sets: its chance times its value. */
function everySet(
  faults: readonly LastingFault[],
  downShare: readonly number[],
  value: (lost: readonly LastingFault[]) => number,
): number {
  const from = (index: number, chance: number, lost: readonly LastingFault[]): number => {
    const fault = faults[index];
    if (fault === undefined) return chance * value(lost);
    const share = downShare[index] as number;
    return from(index + 1, chance * (1 - share), lost) + from(index + 1, chance * share, [...lost, fault]);
  };
  return from(0, 1, []);
}

describe('the years and the closed form', () => {
  test.each(BUILT_IN_IDS)('design %s: within three standard errors, with monitoring and without', (id) => {
    const { design, outages } = built(id);
    for (const isWatched of new Set([design.monitoring !== null, false])) {
      const site = siteOf(design, outages, knowledge, isWatched);
      const closed = longRun(site);
      const { classes } = playYears(site.system, 1_000, 11);
      expect(closed).toHaveLength(classes.length);
      classes.map(availabilityOf).forEach(({ mean, error }, at) => {
        const { availability = 0, error: left = 1 } = closed?.[at] ?? {};
        expect([id, isWatched, at, Math.abs(mean - availability) < 3 * error + left]).toEqual([
          id,
          isWatched,
          at,
          true,
        ]);
        expect(error).toBeLessThan(0.06 * (1 - mean));
      });
    }
  });

  test('rarer failures are fewer, and parts that never fail cost nothing', () => {
    const never = ['host', 'link', 'load-balancer', 'web-server', 'app-server', 'database', 'virtual-ip'].map(
      (what) => ({
        ...{ what, mtbfH: null, repairMin: 60 },
      }),
    );
    const { design, outages } = built('distributed', { failures: never });
    const { system } = siteOf(design, outages, knowledge);
    expect(playYears(system, 100, 3).failures).toBe(0);
    expect(longRun(siteOf(design, outages, knowledge))?.map(({ availability }) => availability)).toEqual([1, 1]);
  });
});

describe('a shared host is a common cause', () => {
  /** Only machines fail, and only the databases' count: everything else never does. */
  const OPERATIONS: Operations = {
    failures: [
      { what: 'host', mtbfH: 500, repairMin: 600 },
      ...['link', 'load-balancer', 'web-server', 'app-server', 'database', 'virtual-ip'].map((what) => ({
        ...{ what, mtbfH: null, repairMin: 0 },
      })),
    ],
    ...{ reactMin: 0, complainMin: 0, unseenH: 0, promoteMin: 0 },
  };
  // Every application asks both databases, so that each of them is enough for a read.
  const apart: Design = { ...builtInDesign('hardened', 'classroom'), operations: OPERATIONS };
  const primary = apart.components.find((one) => knowledge.dataRole(one) === 'primary');
  const replica = apart.components.find((one) => knowledge.dataRole(one) === 'replica');
  const together: Design = {
    ...apart,
    components: apart.components.map((one) => (one === replica ? { ...one, hostId: primary?.hostId ?? '' } : one)),
  };
  /** What the drawing says alone: everybody takes over at once. */
  const atOnce = (design: Design): readonly Outage[] =>
    failures(design, knowledge).map((fault) => ({
      ...{ fault, served: [1, 1], lostS: [0, 0], detectUs: null, detectedBy: null, toldUs: null, promoted: null },
    }));
  const availability = availabilityFrom(500, 10);
  const both = inParallel([availability, availability]);

  test('reads of design 5: two databases in parallel; on one host, that host in series', () => {
    const balancers = both;
    const tiers = [
      balancers,
      inParallel([inSeries([availability, availability]), inSeries([availability, availability])]),
    ];
    const [apartReads] = longRun(siteOf(apart, atOnce(apart), knowledge)) ?? [];
    const [togetherReads] = longRun(siteOf(together, atOnce(together), knowledge)) ?? [];
    for (const [found, expected] of [
      [apartReads, inSeries([...tiers, both])],
      [togetherReads, inSeries([...tiers, availability])],
    ] as const) {
      expect(Math.abs((found?.availability ?? 0) - expected)).toBeLessThanOrEqual((found?.error ?? 0) + 1e-9);
      expect(found?.error).toBeLessThan(0.002 * (1 - expected));
    }
    const lost = (one: number | undefined) => 1 - (one ?? 0);
    expect(lost(togetherReads?.availability)).toBeGreaterThan(5 * lost(apartReads?.availability));
  });

  test('the years say the same', () => {
    const reads = (design: Design) =>
      availabilityOf(playYears(siteOf(design, atOnce(design), knowledge).system, 1_000, 5).classes[0] as never);
    const tiers = [both, inParallel([inSeries([availability, availability]), inSeries([availability, availability])])];
    for (const [design, data] of [
      [apart, both],
      [together, availability],
    ] as const) {
      const { mean, error } = reads(design);
      expect(Math.abs(mean - inSeries([...tiers, data]))).toBeLessThan(3 * error);
    }
  });

  test('measured and with the usual times as well: the replica on the primary host is visibly worse', () => {
    const { operations: _, ...usual } = together;
    const lost = (design: Design, outages: readonly Outage[]) =>
      (longRun(siteOf(design, outages, knowledge)) ?? []).map(({ availability: served }) => 1 - served);
    const { design, outages } = built('hardened');
    const [before, after] = [lost(design, outages), lost(usual, outagesOf(usual))];
    expect(after[0]).toBeGreaterThan(2 * (before[0] ?? 1));
    expect(after[1]).toBeGreaterThan(1.5 * (before[1] ?? 1));
  });
});

describe('people', () => {
  test('an alert tells in seconds, a user in half an hour, and what nobody feels is seen once a day', () => {
    const { design, outages } = built('secured');
    const { costs } = availabilityReport(design, outages, { knowledge, checkTimesOf }, 4, 50);
    const course = (type: LastingFault['type'], target: string) =>
      costs.find(({ outage: { fault } }) => fault.type === type && fault.target === target);
    expect(course('kill', 'lb')?.watched.known).toMatchObject({ by: 'alert' });
    expect(course('kill', 'lb')?.watched.known.afterMin).toBeLessThan(1);
    // Its collector reports on, and no rule of the design asks whether a program is there.
    expect(course('kill', 'haproxy')).toMatchObject({
      watched: { known: { by: 'user', afterMin: 30 } },
      telling: null,
    });
    expect(course('kill', 'server2')?.unwatched.known).toEqual({ by: 'chance', afterMin: 24 * 60 });
    expect(course('kill', 'server1')?.watched.end).toBe('promoted');
  });

  test('with monitoring more is served than without, and a promotion that fails costs', () => {
    const { design, outages } = built('secured');
    const lost = (more: Operations, isWatched = true) =>
      (longRun(siteOf({ ...design, operations: more }, outages, knowledge, isWatched)) ?? []).map(
        ({ availability }) => 1 - availability,
      );
    const [reads = 0, writes = 0] = lost({});
    const [, unwatched = 0] = lost({}, false);
    const [, failed = 0] = lost({ promotionSuccess: 0, recoverMin: 10_000 });
    const [quick = 0] = lost({ complainMin: 5 });
    expect(unwatched).toBeGreaterThan(1.1 * writes);
    expect(failed).toBeGreaterThan(1.1 * writes);
    expect(quick).toBeLessThan(0.95 * reads);
  });

  test('a rule that checks programs is worth what it saves: nobody waits for a user any more', () => {
    const { design } = built('secured');
    if (design.monitoring === null) throw new Error('Design 3 has monitoring.');
    const alerts = [...design.monitoring.alerts, { type: 'program-down', checks: 2 } as const];
    const checked: Design = { ...design, monitoring: { ...design.monitoring, alerts } };
    const tools = { knowledge, checkTimesOf };
    const before = availabilityReport(design, built('secured').outages, tools, 4, 200);
    const after = availabilityReport(checked, outagesOf(checked), tools, 4, 200);
    const by = (report: typeof before, who: string) =>
      report.costs.filter(({ outage, watched }) => outage.fault.type !== 'cut' && watched.known.by === who).length;
    expect(by(before, 'user')).toBeGreaterThan(0);
    expect(by(after, 'user')).toBe(0);
    expect(after.classes[0]?.closedForm?.availability).toBeGreaterThan(
      before.classes[0]?.closedForm?.availability ?? 1,
    );
  });
});

describe('the report', () => {
  test('is the same again, ranks by cost, and its rows add up to what is lost', () => {
    const { design, outages } = built('distributed');
    const report = () => availabilityReport(design, outages, { knowledge, checkTimesOf }, 4, 300);
    const one = report();
    expect(report()).toEqual(one);
    expect(one.classes.map(({ name }) => name)).toEqual(['reads', 'writes']);
    expect(one.classes.every(({ unwatched }) => unwatched === null)).toBe(true);
    const sums = one.costs.map(({ lostMinAMonth: [reads, writes] }) => reads + writes);
    expect(sums).toEqual([...sums].sort((a, b) => b - a));
    one.classes.forEach(({ played }, at) => {
      const lostMin = one.costs.reduce((sum, cost) => sum + (cost.lostMinAMonth[at] ?? 0), 0);
      expect(lostMin / ((1 - played.mean) * 43_800)).toBeCloseTo(1, 1);
    });
  });

  test('says nothing of a class that nobody asks for', () => {
    const { design, outages } = built('distributed');
    const silent: Design = { ...design, traffic: { ...design.traffic, writeShare: 0 } };
    const { classes } = availabilityReport(silent, outages, { knowledge, checkTimesOf }, 4, 20);
    expect(classes.map(({ name }) => name)).toEqual(['reads']);
  });
});
