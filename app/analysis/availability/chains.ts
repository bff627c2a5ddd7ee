// Closed forms of availability: what the years are held against. Each formula with its source.

/** Mean up time over mean up and down time: A = MTBF_up / (MTBF_up + MTTR). It depends on the means alone, not on the laws. */
export const availabilityFrom = (meanUpH: number, meanDownH: number): number => meanUpH / (meanUpH + meanDownH);

/** All are needed. Barlow and Proschan, Mathematical Theory of Reliability (1965), ch. 2. */
export const inSeries = (availabilities: readonly number[]): number =>
  availabilities.reduce((all, one) => all * one, 1);

/** One of them is enough. */
export const inParallel = (availabilities: readonly number[]): number =>
  1 - availabilities.reduce((none, one) => none * (1 - one), 1);

/** At least so many of these must be up: the law of the number that is up, one after the other. Trivedi (2002), ch. 3. */
export function atLeastOf(needed: number, availabilities: readonly number[]): number {
  let chances = [1];
  for (const availability of availabilities) {
    chances = Array.from(
      { length: chances.length + 1 },
      (_, up) => (chances[up] ?? 0) * (1 - availability) + (chances[up - 1] ?? 0) * availability,
    );
  }
  return chances.slice(needed).reduce((sum, one) => sum + one, 0);
}

/** Equal parts that so few crews repair; exponential laws, hours. */
export interface Repaired {
  readonly units: number;
  readonly needed: number;
  readonly crews: number;
  readonly mtbfH: number;
  readonly mttrH: number;
}

/** What a chain of states says in the long run. */
export interface RepairedLongRun {
  readonly availability: number;
  /** From all up to the first outage. */
  readonly meanTimeToFirstOutageH: number;
  readonly outagesPerH: number;
  readonly meanOutageH: number;
}

/**
 * Birth and death on the number of parts that are down: j to j + 1 at (n - j) / MTBF, j to j - 1 at min(j, r) / MTTR.
 * Trivedi, Probability and Statistics with Reliability, Queuing, and CS Applications (2002), ch. 8.
 */
export function repairChain({ units, needed, crews, mtbfH, mttrH }: Repaired): RepairedLongRun {
  const failing = (down: number) => (units - down) / mtbfH;
  const repairing = (down: number) => Math.min(down, crews) / mttrH;
  const weights = [1];
  for (let down = 1; down <= units; down++) {
    weights.push(((weights[down - 1] as number) * failing(down - 1)) / repairing(down));
  }
  const all = weights.reduce((sum, one) => sum + one, 0);
  const share = (down: number) => (weights[down] as number) / all;
  const most = units - needed;
  let availability = 0;
  for (let down = 0; down <= most; down++) availability += share(down);
  const outagesPerH = share(most) * failing(most);
  // First passage: the mean time from j down to j + 1 down, T_j = (1 + repair_j T_(j-1)) / fail_j.
  let [stepH, firstH] = [0, 0];
  for (let down = 0; down <= most; down++) {
    stepH = (1 + (down === 0 ? 0 : repairing(down) * stepH)) / failing(down);
    firstH += stepH;
  }
  const meanOutageH = (1 - availability) / outagesPerH;
  return { availability, meanTimeToFirstOutageH: firstH, outagesPerH, meanOutageH };
}

/** Two nodes, one of which serves; exponential laws, hours. */
export interface Failover {
  readonly mtbfH: number;
  readonly mttrH: number;
  readonly promotionMeanH: number;
  /** 0..1. */
  readonly promotionSuccess: number;
  readonly manualRecoveryMeanH: number;
}

export interface FailoverLongRun {
  readonly writeAvailability: number;
  /** The other node answers reads while the promotion is under way. */
  readonly readAvailability: number;
  readonly failoversPerH: number;
}

/**
 * Five states: A both up, F the active one is down and promotion under way, S a single node serves, X both down, H the promotion
 * failed and somebody is at it. Trivedi (2002), sec. 8.4 (coverage, imperfect switching); the balance equations are solved.
 */
export function failoverChain(given: Failover): FailoverLongRun {
  const { mtbfH, mttrH, promotionMeanH, promotionSuccess, manualRecoveryMeanH } = given;
  const [fail, repair, promote] = [1 / mtbfH, 1 / mttrH, 1 / promotionMeanH];
  const [A, F, S, X, H] = [0, 1, 2, 3, 4];
  const moves: readonly (readonly [from: number, to: number, rate: number])[] = [
    [A, F, fail],
    [A, S, fail],
    [F, S, promotionSuccess * promote],
    [F, H, (1 - promotionSuccess) * promote],
    [F, A, repair],
    [F, X, fail],
    [H, S, 1 / manualRecoveryMeanH],
    [H, A, repair],
    [H, X, fail],
    [S, A, repair],
    [S, X, fail],
    [X, S, 2 * repair],
  ];
  const share = stationary(5, moves);
  const at = (...states: readonly number[]) => states.reduce((sum, state) => sum + (share[state] as number), 0);
  return { writeAvailability: at(A, S), readAvailability: at(A, S, F, H), failoversPerH: at(A) * fail };
}

/** Share of the time in each state of a chain: pi Q = 0 with the sum 1, by Gauss with the largest pivot. */
function stationary(
  states: number,
  moves: readonly (readonly [from: number, to: number, rate: number])[],
): readonly number[] {
  const rows = Array.from({ length: states }, () => new Float64Array(states + 1));
  const add = (row: number, column: number, rate: number) => {
    const values = rows[row] as Float64Array;
    values[column] = (values[column] as number) + rate;
  };
  for (const [from, to, rate] of moves) {
    add(to, from, rate);
    add(from, from, -rate);
  }
  // The equations are one too many: the last one gives way to the sum.
  (rows[states - 1] as Float64Array).fill(1);
  solve(rows);
  return rows.map((row) => row[states] as number);
}

/** In place: the last column becomes the solution. */
function solve(rows: Float64Array[]): void {
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]?.[column] as number) > Math.abs(rows[pivot]?.[column] as number)) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot] as Float64Array, rows[column] as Float64Array];
    const top = rows[column] as Float64Array;
    for (const row of rows) {
      if (row === top) continue;
      const factor = (row[column] as number) / (top[column] as number);
      for (let at = column; at <= size; at++) row[at] = (row[at] as number) - factor * (top[at] as number);
    }
  }
  rows.forEach((row, index) => {
    row[size] = (row[size] as number) / (row[index] as number);
  });
}
