// Health checks as HAProxy counts and times them: the health of a server is a number from 0 to rise + fall - 1, UP from
// `rise` on. Any pass while UP forgets the failures, any failure while DOWN forgets the passes.
import type { CheckConfig } from './config.ts';

/** The two counts of a `check`, all that the health counter needs. */
export type Counts = Pick<CheckConfig, 'rise' | 'fall'>;

/** A server without checks is taken for UP; an operator's `health down` is then all that can change it. */
export const UNCHECKED: Counts = { rise: 1, fall: 1 };

/** Below this, an interval does not spread the first checks of other servers (`SRV_CHK_INTER_THRES`). */
const SPREAD_LEAST_MS = 1000;

export const bestHealth = ({ rise, fall }: Counts): number => rise + fall - 1;
export const isHealthy = (health: number, { rise }: Counts): boolean => health >= rise;

/** Health after a passed check: one more; on reaching `rise` at once the best. */
export const afterPass = (health: number, counts: Counts): number =>
  health + 1 >= counts.rise ? bestHealth(counts) : health + 1;

/** Health after a failed check: one less; on falling below `rise` at once 0. */
export const afterFailure = (health: number, counts: Counts): number => (health - 1 < counts.rise ? 0 : health - 1);

/** From the end of a check to the start of the next, by the health that it left. */
export function pauseMs(health: number, check: CheckConfig): number {
  if (health === bestHealth(check)) return check.interMs;
  if (health === 0) return check.downinterMs ?? check.interMs;
  return check.fastinterMs ?? check.interMs;
}

/**
 * When each server's first check comes, from the start of the process; null where there is no check. Server k of n
 * checked ones (backups too) waits I * k / n, which spreads the checks over an interval I.
 */
export function firstCheckDelaysMs(checks: readonly (CheckConfig | null)[]): readonly (number | null)[] {
  const own = (check: CheckConfig) => check.fastinterMs ?? check.interMs; // a fresh server is not at its best health
  const checked = checks.filter((check) => check !== null);
  const long = checked.map(own).filter((interMs) => interMs >= SPREAD_LEAST_MS);
  const shared = long.length === 0 ? 0 : Math.min(...long);
  let k = 0;
  return checks.map((check) => (check === null ? null : (Math.max(shared, own(check)) * k++) / checked.length));
}

/** How long a check may take: to connect, and in all. */
export interface CheckLimits {
  readonly connectMs: number;
  readonly answerMs: number;
}

/**
 * Without `timeout check` the interval limits all of it. With it: the connection is limited by `timeout connect`, and an
 * answer that does not come was recorded to end the check between `timeout check` and the interval; the upper end, which
 * an idle proxy shows, is modelled (recordings check-http-hang-timeout-check, classic-hang, classic-host-off).
 */
export function checkLimits(check: CheckConfig, timeoutConnectMs: number, timeoutCheckMs: number | null): CheckLimits {
  if (timeoutCheckMs === null) return { connectMs: check.interMs, answerMs: check.interMs };
  const connectMs = Math.min(check.interMs, timeoutConnectMs);
  return { connectMs, answerMs: Math.max(timeoutCheckMs, connectMs) };
}
