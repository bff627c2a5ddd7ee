// Availability in the words of who has promised it: nines, time down, and what is left of the time that may be lost in a month.
import { ln } from '../../foundation/exact-math.ts';
import { MONTH_H, YEAR_H } from './system.ts';

const MINUTES = 60;
const LN10 = ln(10);

/** 3 for 99.9 %: minus the decimal logarithm of what is lost; Infinity where nothing is. */
export const ninesOf = (availability: number): number =>
  availability >= 1 ? Number.POSITIVE_INFINITY : -ln(1 - availability) / LN10;

/** Minutes a month, of a twelfth of 365 days: 43.8 at 99.9 %. */
export const downMinAMonth = (availability: number): number => (1 - availability) * MONTH_H * MINUTES;

/** Hours a year of 365 days. */
export const downHAYear = (availability: number): number => (1 - availability) * YEAR_H;

/** What a promise lets be lost, and what of it is. */
export interface ErrorBudget {
  readonly allowedMin: number;
  readonly usedMin: number;
  /** Less than 0: so much too much. */
  readonly leftMin: number;
}

/** Minutes a month. `promised` and `availability`: 0..1. Beyer and others, Site Reliability Engineering (2016), ch. 3. */
export function errorBudget(promised: number, availability: number): ErrorBudget {
  const [allowedMin, usedMin] = [downMinAMonth(promised), downMinAMonth(availability)];
  return { allowedMin, usedMin, leftMin: allowedMin - usedMin };
}
