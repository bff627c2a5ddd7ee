// What is lost of a class of requests, year by year and part by part, in hours; and what that says of its availability.
import { YEAR_H } from './system.ts';

export class ClassLedger {
  /** Instants at which nothing was served any more, and how long it lasted in all. */
  outages = 0;
  outageH = 0;
  readonly byYearH: Float64Array;
  readonly byPartH: Float64Array;

  constructor(years: number, parts: number) {
    this.byYearH = new Float64Array(years);
    this.byPartH = new Float64Array(parts);
  }

  /** A share of the requests fails from one instant to another; these parts are to blame alike. */
  lose(fromH: number, toH: number, share: number, blame: readonly number[]): void {
    for (let startH = fromH; startH < toH; ) {
      const year = Math.floor(startH / YEAR_H);
      const endH = Math.min(toH, (year + 1) * YEAR_H);
      this.add(year, (endH - startH) * share);
      startH = endH;
    }
    const eachH = ((toH - fromH) * share) / blame.length;
    for (const part of blame) this.byPartH[part] = (this.byPartH[part] as number) + eachH;
  }

  /** So much is lost at once by the failure of a part. */
  loseAt(atH: number, lostH: number, part: number): void {
    this.add(Math.floor(atH / YEAR_H), lostH);
    this.byPartH[part] = (this.byPartH[part] as number) + lostH;
  }

  /** The same of the first years alone. */
  upTo(years: number): ClassLedger {
    const first = new ClassLedger(years, this.byPartH.length);
    first.byYearH.set(this.byYearH.subarray(0, years));
    first.byPartH.set(this.byPartH);
    [first.outages, first.outageH] = [this.outages, this.outageH];
    return first;
  }

  private add(year: number, lostH: number): void {
    if (year < this.byYearH.length) this.byYearH[year] = (this.byYearH[year] as number) + lostH;
  }
}

export const ledgerOf = (years: number, parts: number): ClassLedger => new ClassLedger(years, parts);

/** A mean over years with its standard error. */
export interface Estimate {
  readonly mean: number;
  readonly error: number;
}

/** Availability, 0..1: a year is a batch, and the scatter of the years gives the standard error (theory README, rule 7). */
export function availabilityOf({ byYearH }: ClassLedger): Estimate {
  const years = byYearH.length;
  const meanH = byYearH.reduce((sum, lostH) => sum + lostH, 0) / years;
  const squares = byYearH.reduce((sum, lostH) => sum + (lostH - meanH) ** 2, 0);
  const errorH = years > 1 ? Math.sqrt(squares / (years - 1) / years) : Number.POSITIVE_INFINITY;
  return { mean: 1 - meanH / YEAR_H, error: errorH / YEAR_H };
}
