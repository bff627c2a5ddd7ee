// What the years of failures and repairs are played on: parts that fail and are repaired each on its own, people who come to know of
// it, and what is served of each class of requests with some of the parts down. Knows no design: a table of theory is such a
// system as well.

/** A year and a month of the figures, in hours: 365 days, and a twelfth of them. */
export const YEAR_H = 8_760;
export const MONTH_H = YEAR_H / 12;

export interface Part {
  /** Names its random streams: what one part draws does not depend on the others. */
  readonly id: string;
  /** Mean time from the end of a repair to the next failure, exponential, hours; null: it never fails. */
  readonly meanUpH: number | null;
  /** From the failure until somebody knows of it by himself, or is told by an alert: always the same, hours. */
  readonly knownAfterH: number;
  /** Mean of the repair itself, exponential, hours. */
  readonly meanRepairH: number;
  /**
   * By class: requests that a failure costs beside what `served` says, as the hours in which so many are asked for. What fails
   * until others have noticed and taken over.
   */
  readonly lostH: readonly number[];
}

export interface Service {
  /** By class: the share that is served, 0..1. */
  readonly served: readonly number[];
  /** The same once somebody has promoted what stands by; null where there is nothing to promote, or nothing won by it. */
  readonly promoted: readonly number[] | null;
}

/** What a person does so that `Service.promoted` holds: exponential times, hours. */
export interface Promotion {
  readonly meanH: number;
  /** 0..1 of the promotions that succeed. After the others it takes a recovery by hand. */
  readonly success: number;
  readonly meanRecoveryH: number;
}

/** How people come to it. */
export interface People {
  /**
   * Where somebody is not served, a user complains after so long, hours, and it is found which parts that is due to; null: they
   * never do.
   */
  readonly complainAfterH: number | null;
  /** From knowing of a failure until somebody is at it, always the same, hours. */
  readonly reactH: number;
  /** Repairs that can go on at once; null: as many as are needed. Who waits is served in the order of coming. */
  readonly crews: number | null;
  readonly promotion: Promotion | null;
}

/** At once, as many as are needed, and nobody complains: as the tables of theory have it. */
export const AT_ONCE: People = { complainAfterH: null, reactH: 0, crews: null, promotion: null };

export interface System {
  readonly parts: readonly Part[];
  /** How many classes of requests there are. */
  readonly classes: number;
  readonly people: People;
  /** With exactly these parts down, by index, ascending. */
  service(down: readonly number[]): Service;
}
