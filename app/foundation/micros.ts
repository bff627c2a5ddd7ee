// Simulated time: integer microseconds since the start of the run. Integers make sums exact, so the same run has the
// same events on every machine.

/** An instant or a duration in whole microseconds. */
export type Micros = number;

export const MS: Micros = 1_000;
export const SECOND: Micros = 1_000_000;

/** Milliseconds (any number) to whole microseconds, rounded half up. */
export const fromMs = (ms: number): Micros => Math.round(ms * MS);

/** Seconds (any number) to whole microseconds, rounded half up. */
export const fromSeconds = (seconds: number): Micros => Math.round(seconds * SECOND);

/** Whole microseconds to milliseconds, with fractions. */
export const toMs = (us: Micros): number => us / MS;

/** Whole microseconds to seconds, with fractions. */
export const toSeconds = (us: Micros): number => us / SECOND;

/** The clock of the screen: `00:31.4`, tenths cut, not rounded, so that the clock never shows a moment that has not come. */
export function formatClock(us: Micros): string {
  const tenths = Math.floor(Math.max(0, us) / 100_000);
  const minutes = Math.floor(tenths / 600);
  const seconds = Math.floor(tenths / 10) % 60;
  return `${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')}.${tenths % 10}`;
}

/** A duration for people: `40 ms`, `1.2 s`, `12 s`. */
export function formatDuration(us: Micros): string {
  if (us < 10 * MS) return `${(us / MS).toFixed(us % MS === 0 ? 0 : 1)} ms`;
  if (us < SECOND) return `${Math.round(us / MS)} ms`;
  return us < 100 * SECOND ? `${(us / SECOND).toFixed(1)} s` : `${Math.round(us / SECOND)} s`;
}
