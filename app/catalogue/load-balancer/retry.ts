// What HAProxy does when a connection to a server fails: which retry is balanced anew (`option redispatch`), and how long
// it waits before. As 2.6.12 behaves, which differs from the manual: see the recordings of the families retry and backup.
import type { LoadBalancerConfig } from './config.ts';

/** The pause before a new attempt at the same server; `timeout connect` when that is shorter. */
const TURN_AROUND_MS = 1000;

/**
 * Does retry number `retry` (from 1) leave its server? Yes, with the option on, when the server is DOWN by now (or warms up),
 * when another active server is usable and nothing binds the request to its own (a cookie, a hash), or when the option's
 * interval says so.
 */
export function isRedispatched(
  config: Pick<LoadBalancerConfig, 'retries' | 'redispatch'>,
  retry: number,
  isDown: boolean,
  isBound: boolean,
  usableActive: number,
): boolean {
  const interval = config.redispatch;
  if (interval === null) return false;
  if (isDown || (usableActive > 1 && !isBound)) return true;
  if (interval > 0) return retry % interval === 0;
  const divisor = config.retries + 1 + interval;
  return interval < 0 && divisor >= 1 && retry % divisor === 0;
}

/** Before the next attempt after a refusal: nothing when it goes to another of several active servers. A timeout has waited enough. */
export function waitMs(
  timeoutConnectMs: number,
  wasTimeout: boolean,
  redispatched: boolean,
  usableActive: number,
): number {
  if (wasTimeout || (redispatched && usableActive > 1)) return 0;
  return Math.min(TURN_AROUND_MS, timeoutConnectMs);
}
