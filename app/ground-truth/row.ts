// A row of the comparison of a recording with the simulation: what must hold, what was recorded, what was simulated, the verdict.

export interface Row {
  readonly what: string;
  readonly recorded: string;
  readonly simulated: string;
  readonly verdict: 'pass' | 'FAIL' | 'not modelled yet';
  /** Why it fails or is not modelled; empty when it passes. */
  readonly reason: string;
}

/** A row that passes when there is no reason against it. */
export const row = (what: string, recorded: string, simulated: string, reason: string | null): Row => ({
  what,
  recorded,
  simulated,
  verdict: reason === null ? 'pass' : 'FAIL',
  reason: reason ?? '',
});

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
export const signed = (ms: number): string => `${ms < 0 ? '' : '+'}${ms.toFixed(1)}`;
