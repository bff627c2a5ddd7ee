// The availability of a site in the long run, without playing a single year: the closed form beside the years. Parts are independent,
// so the chance of every set of parts that denies something is a product (exact.ts). How long such a set lasts depends on when
// somebody comes to know: frequency and duration, R. Billinton, R. Allan, Reliability Evaluation of Engineering Systems
// (2nd ed. 1992), ch. 10 and 11. What takes over, and what is promoted, adds a term for each failure: failures an hour times
// what is lost, or won, at each. Two such terms at once are left out: they come as often as two failures within minutes.
import { exp } from '../../foundation/exact-math.ts';
import type { Wish } from '../denied.ts';
import type { LastingFault } from '../fault-measure.ts';
import type { Ways } from '../ways.ts';
import { type Denial, denialOf } from './exact.ts';
import type { Site } from './site.ts';
import { StateMemory } from './states.ts';
import type { Part, Service } from './system.ts';

/** Of a class: what is served in the long run, 0..1. */
export interface LongRun {
  readonly availability: number;
  /** What is left out of the sum at most, on either side. */
  readonly error: number;
}

/** Beyond this share of what is lost, the sum says too little: there is no closed form to show. */
const MOST_LEFT_OUT = 0.05;
const WISHES: readonly Wish[] = ['read', 'write'];

/** With more, every two of them would take longer than anybody waits. */
const MOST_PARTS = 150;

/** Reads and writes; null where too many sets of parts are likely. */
export function longRun(site: Site): readonly LongRun[] | null {
  if (site.outages.length > MOST_PARTS) return null;
  const law = new SiteLaw(site);
  const found = WISHES.map((wish, at) => law.classLongRun(wish, at));
  return found.some(({ availability, error }) => error > MOST_LEFT_OUT * (1 - availability)) ? null : found;
}

/** A part as it is in the long run. */
export interface PartLaw {
  /** Down and nobody knows: mean, and at most. */
  readonly unknownH: number;
  readonly knownAfterH: number;
  readonly repairH: number;
  readonly downH: number;
  readonly downShare: number;
  readonly failuresPerH: number;
}

class SiteLaw {
  private readonly site: Site;
  private readonly parts: readonly Part[];
  private readonly faults: readonly LastingFault[];
  private readonly alone: readonly Service[];
  private readonly laws: readonly PartLaw[];
  private readonly lasting = new Map<string, number>();
  private readonly complainH: number;
  private readonly reactH: number;

  constructor(site: Site) {
    const { parts, people } = site.system;
    this.site = site;
    this.parts = parts;
    this.faults = site.outages.map(({ fault }) => fault);
    this.complainH = people.complainAfterH ?? Number.POSITIVE_INFINITY;
    this.reactH = people.reactH;
    this.alone = parts.map((_, index) => site.system.service([index]));
    const first = parts.map((part, index) => this.lawOf(part, this.ownUnknownH(index)));
    this.laws = parts.map((part, index) => this.lawOf(part, this.unknownH(index, first)));
  }

  classLongRun(wish: Wish, at: number): LongRun {
    const { ways, promotedWays } = this.site;
    const denied = this.denial(ways, wish, { weigh: (down) => this.weight(wish, down) });
    let lost = denied.least;
    let left = denied.most - denied.least;
    const add = (denial: Denial, weight: number) => {
      lost += weight * (1 - denial.least);
      left += Math.abs(weight) * (denial.most - denial.least);
    };
    // What is served in part: the worst such part that is down decides.
    const partial = this.partial(wish, at);
    partial.forEach((index, place) => {
      const { downShare } = this.laws[index] as PartLaw;
      const better = partial.slice(0, place).reduce((all, other) => all * (1 - this.share(other)), 1);
      const served = (this.alone[index] as Service).served[at] as number;
      const known = { down: [index], up: partial.slice(0, place) };
      add(this.denial(ways, wish, known), (1 - served) * downShare * better);
    });
    this.parts.forEach(({ lostH }, index) => {
      const { failuresPerH } = this.laws[index] as PartLaw;
      const { served, promoted } = this.alone[index] as Service;
      const lostAtH = (lostH[at] ?? 0) * (served[at] as number);
      if (lostAtH > 0) add(this.denial(ways, wish, { down: [index] }), failuresPerH * lostAtH);
      const replica = this.site.outages[index]?.promoted?.replica;
      if (promoted === null || replica === undefined) return;
      const wonH = failuresPerH * this.promotedH(this.laws[index] as PartLaw);
      if ((served[at] as number) > 0) add(this.denial(ways, wish, { down: [index] }), wonH * (served[at] as number));
      add(this.denial(promotedWays(replica), wish, { down: [index] }), -wonH * (promoted[at] as number));
    });
    return { availability: 1 - lost - left / 2, error: left / 2 };
  }

  private share(index: number): number {
    return (this.laws[index] as PartLaw).downShare;
  }

  private denial(
    ways: Ways,
    wish: Wish,
    more: { down?: readonly number[]; up?: readonly number[]; weigh?: (down: readonly number[]) => number },
  ): Denial {
    return denialOf({ ways, wish, faults: this.faults, downShare: this.laws.map((law) => law.downShare), ...more });
  }

  /** Parts that alone leave a way, and yet not all is served, worst first. */
  private partial(wish: Wish, at: number): readonly number[] {
    const served = (index: number) => (this.alone[index] as Service).served[at] as number;
    const hasWay = (index: number) => this.site.ways.way(wish, [this.faults[index] as LastingFault]) !== null;
    const some = this.parts.flatMap((_, index) => (served(index) < 1 && hasWay(index) ? [index] : []));
    return some.sort((one, other) => served(one) - served(other) || one - other);
  }

  // ---- how long a part is down -------------------------------------------------------------------------------------------------

  private lawOf({ meanUpH, knownAfterH, meanRepairH }: Part, unknownH: number): PartLaw {
    const downH = unknownH + this.reactH + meanRepairH;
    const cycleH = meanUpH === null ? Number.POSITIVE_INFINITY : meanUpH + downH;
    return { unknownH, knownAfterH, repairH: meanRepairH, downH, downShare: downH / cycleH, failuresPerH: 1 / cycleH };
  }

  /** Of a part whose failure is felt alone, a user may complain first. */
  private ownUnknownH(index: number): number {
    const { knownAfterH } = this.parts[index] as Part;
    const isFelt = (this.alone[index] as Service).served.some((share) => share < 1);
    return isFelt ? Math.min(knownAfterH, this.complainH) : knownAfterH;
  }

  /**
   * What nobody feels is found out sooner where another failure makes it felt, and lasts until a user complains: E min(K, X + c)
   * for the first such failure after an exponential time X.
   */
  private unknownH(index: number, first: readonly PartLaw[]): number {
    const ownH = this.ownUnknownH(index);
    const waitH = ownH - this.complainH;
    if (!(waitH > 0)) return ownH;
    const states = new StateMemory(this.site.system);
    const mine = states.with(states.start, index);
    let ratePerH = 0;
    first.forEach((law, other) => {
      if (other === index || law.failuresPerH === 0) return;
      if (!states.with(mine, other).felt.includes(index)) return;
      const untilFoundH = Math.max(0, this.complainH - law.unknownH - this.reactH);
      ratePerH += law.failuresPerH * (law.repairH > 0 ? exp(-untilFoundH / law.repairH) : untilFoundH > 0 ? 0 : 1);
    });
    if (ratePerH * waitH < 1e-9) return ownH;
    return this.complainH + (1 - exp(-ratePerH * waitH)) / ratePerH;
  }

  /** For how long of each outage a promotion holds: the repair takes longer than it. Both are exponential, and begin together. */
  private promotedH({ repairH }: PartLaw): number {
    const { promotion } = this.site.system.people;
    if (promotion === null || repairH === 0) return 0;
    const { meanH, success, meanRecoveryH } = promotion;
    const longer = repairH / (repairH + meanH);
    return repairH * longer * (success + (1 - success) * (repairH / (repairH + meanRecoveryH)));
  }

  // ---- how long a set lasts ----------------------------------------------------------------------------------------------------

  /**
   * How long it lasts that these deny something, against how long it would if nobody learnt more from their being together: each of
   * those that matter may have been the last to fail.
   */
  private weight(wish: Wish, down: readonly number[]): number {
    const matter = this.mattering(wish, down);
    if (matter.length <= 1) return 1;
    const key = matter.join();
    const known = this.lasting.get(key);
    if (known !== undefined) return known;
    const weight = matter.reduce((sum, last) => {
      const law = this.laws[last] as PartLaw;
      return sum + this.outageH(last, matter) / law.downH;
    }, 0);
    this.lasting.set(key, weight);
    return weight;
  }

  /** Those whose repair alone gives a way back; where none does, those that deny it alone, else all. */
  private mattering(wish: Wish, down: readonly number[]): readonly number[] {
    const { ways } = this.site;
    const isDenied = (parts: readonly number[]) =>
      ways.way(
        wish,
        parts.map((index) => this.faults[index] as LastingFault),
      ) === null;
    const critical = down.filter((part) => !isDenied(down.filter((one) => one !== part)));
    if (critical.length > 0) return critical;
    const alone = down.filter((part) => isDenied([part]));
    return alone.length > 0 ? alone.slice(0, 1) : down;
  }

  /** Mean time from the failure of `last`, the others being down for a while already, until the first of them is repaired. */
  private outageH(last: number, parts: readonly number[]): number {
    const mixtures = parts.map((index) => this.remaining(this.laws[index] as PartLaw, index === last));
    return meanOfFirst(mixtures, 0, []);
  }

  /** How long it takes from now on, as a mixture of a fixed time and an exponential one after it. */
  private remaining({ knownAfterH, unknownH, repairH, downH }: PartLaw, isLast: boolean): readonly Remaining[] {
    const foundH = (leftH: number) => Math.min(leftH, this.complainH) + this.reactH;
    if (isLast) return [{ chance: 1, fixedH: foundH(knownAfterH), repairH }];
    const slices = unknownH > 0 ? SLICES : 0;
    return [
      ...Array.from({ length: slices }, (_, slice) => ({
        chance: unknownH / downH / SLICES,
        fixedH: foundH((knownAfterH * (slice + 0.5)) / SLICES),
        repairH,
      })),
      { chance: this.reactH / downH, fixedH: this.reactH / 2, repairH },
      { chance: repairH / downH, fixedH: 0, repairH },
    ].filter(({ chance }) => chance > 0);
  }
}

interface Remaining {
  readonly chance: number;
  readonly fixedH: number;
  readonly repairH: number;
}

/** What is left of a fixed time is taken at the middles of so many equal slices. */
const SLICES = 6;

/** E of the least of independent times, each a mixture: over every choice of one from each. */
function meanOfFirst(mixtures: readonly (readonly Remaining[])[], at: number, chosen: readonly Remaining[]): number {
  const mixture = mixtures[at];
  if (mixture === undefined) return meanOfLeast(chosen);
  return mixture.reduce((sum, one) => sum + one.chance * meanOfFirst(mixtures, at + 1, [...chosen, one]), 0);
}

/** The least of fixed times with exponential ones after them: the integral of the chance that none is over yet. */
function meanOfLeast(times: readonly Remaining[]): number {
  const inOrder = [...times].sort((one, other) => one.fixedH - other.fixedH);
  let [mean, alive, rate, fromH] = [0, 1, 0, 0];
  for (const { fixedH, repairH } of inOrder) {
    const lengthH = fixedH - fromH;
    const left = exp(-rate * lengthH);
    mean += rate > 0 ? (alive * (1 - left)) / rate : alive * lengthH;
    alive *= left;
    fromH = fixedH;
    if (repairH === 0) return mean;
    rate += 1 / repairH;
  }
  return mean + alive / rate;
}
