// Everything that is said of a site's availability: played over years, beside the closed form and beside the same site without
// monitoring; and what each failure costs, and when somebody knows of it.
import type { Design } from '../../design/design.ts';
import type { Wish } from '../denied.ts';
import type { CheckTimes } from '../detection.ts';
import type { Knowledge } from '../finding.ts';
import { askedFor } from '../ways.ts';
import { availabilityOf, type Estimate } from './ledger.ts';
import { type LongRun, longRun } from './long-run.ts';
import { type Operating, operatingOf } from './operations.ts';
import { type ByClass, CLASSES, type Outage, type RequestClass } from './outage.ts';
import { type Known, knownAfter, siteOf } from './site.ts';
import { MONTH_H } from './system.ts';
import { firstTelling, type Telling, tellings } from './telling.ts';
import { playYears, type Years } from './years.ts';

export const YEARS = 1_000;

export interface ClassAvailability {
  readonly name: RequestClass;
  readonly played: Estimate;
  /** Null where there is none: too many sets of parts are likely. */
  readonly closedForm: LongRun | null;
  /** The same years without monitoring; null where there is none anyway. */
  readonly unwatched: Estimate | null;
}

/** How long somebody is in the dark, and how long it lasts in all, on average. Minutes from the failure. */
export interface Course {
  readonly known: Known;
  readonly atItMin: number;
  readonly endsMin: number;
  /** By what it ends: the replica is promoted before the repair is done, or never. */
  readonly end: 'promoted' | 'repaired';
}

export interface FailureCost {
  readonly outage: Outage;
  /** By class: minutes a month, what it is to blame for together with others included. */
  readonly lostMinAMonth: ByClass;
  /** Failures a year. */
  readonly failuresAYear: number;
  readonly watched: Course;
  readonly unwatched: Course;
  /** When a rule tells somebody, by settings alone; null where none sees it by itself. */
  readonly telling: Telling | null;
}

export interface AvailabilityReport {
  readonly years: number;
  readonly seed: number;
  readonly failures: number;
  /** Those that a user's complaint made known. */
  readonly complaints: number;
  /** Sets of parts that were down together. */
  readonly states: number;
  readonly isWatched: boolean;
  /** Those that are asked for. */
  readonly classes: readonly ClassAvailability[];
  /** Dearest first: the lost minutes of all classes together. */
  readonly costs: readonly FailureCost[];
}

export interface ReportTools {
  readonly knowledge: Knowledge;
  checkTimesOf(design: Design): readonly CheckTimes[];
}

const WISH_OF: Readonly<Record<RequestClass, Wish>> = { reads: 'read', writes: 'write' };

/** `outages`: measured of every failure of this design, in the order of `failures`. Same input, same figures. */
export function availabilityReport(
  design: Design,
  outages: readonly Outage[],
  { knowledge, checkTimesOf }: ReportTools,
  seed: number,
  wanted = YEARS,
): AvailabilityReport {
  const isWatched = design.monitoring !== null;
  const site = siteOf(design, outages, knowledge);
  const played = playYears(site.system, wanted, seed);
  const { years } = played;
  const unwatched = isWatched ? playYears(siteOf(design, outages, knowledge, false).system, years, seed) : null;
  const closed = longRun(site);
  const asked = askedFor(design);
  const of = (one: Years, at: number): Estimate => availabilityOf(one.classes[at] as Years['classes'][number]);
  const operating = operatingOf(design);
  const checks = checkTimesOf(design);
  const costs = outages.map((outage, index): FailureCost => {
    const part = site.system.parts[index] as (typeof site.system.parts)[number];
    const lost = (at: number) => ((played.classes[at]?.byPartH[index] ?? 0) / years / 12) * 60;
    const repairMin = part.meanRepairH * 60;
    const isPromoted = site.system.service([index]).promoted !== null;
    const course = (isSeen: boolean) => courseOf(outage, operating, isSeen, repairMin, isPromoted);
    return {
      outage,
      lostMinAMonth: [lost(0), lost(1)],
      failuresAYear: part.meanUpH === null ? 0 : (12 * MONTH_H) / part.meanUpH,
      watched: course(isWatched),
      unwatched: course(false),
      telling: firstTelling(tellings({ design, knowledge, checks }, outage.fault)),
    };
  });
  const sum = ({ lostMinAMonth: [reads, writes] }: FailureCost) => reads + writes;
  return {
    ...{ years, seed, isWatched },
    ...{ failures: played.failures, complaints: played.complaints, states: played.states },
    classes: CLASSES.flatMap((name, at): ClassAvailability[] =>
      asked.includes(WISH_OF[name])
        ? [
            {
              name,
              played: of(played, at),
              closedForm: closed?.[at] ?? null,
              unwatched: unwatched === null ? null : of(unwatched, at),
            },
          ]
        : [],
    ),
    costs: costs
      .map((cost, index) => ({ cost, index }))
      .sort((a, b) => sum(b.cost) - sum(a.cost) || a.index - b.index)
      .map(({ cost }) => cost),
  };
}

/** The mean of the first of two exponential times, where a promotion and the repair go on together. */
const meanOfFirst = (oneMin: number, otherMin: number): number =>
  oneMin + otherMin === 0 ? 0 : (oneMin * otherMin) / (oneMin + otherMin);

function courseOf(
  outage: Outage,
  operating: Operating,
  isWatched: boolean,
  repairMin: number,
  isPromoted: boolean,
): Course {
  const known = knownAfter(outage, operating, isWatched);
  const atItMin = known.afterMin + operating.reactMin;
  const { promoteMin, promotionSuccess, recoverMin } = operating;
  if (!isPromoted) return { known, atItMin, endsMin: atItMin + repairMin, end: 'repaired' };
  const restMin = (1 - promotionSuccess) * (repairMin + promoteMin === 0 ? 0 : repairMin / (repairMin + promoteMin));
  const tookMin = meanOfFirst(promoteMin, repairMin) + restMin * meanOfFirst(recoverMin, repairMin);
  return { known, atItMin, endsMin: atItMin + tookMin, end: promoteMin < repairMin ? 'promoted' : 'repaired' };
}
