// A server's health check, as the analysis asks for its times.
import type { CheckTimes } from '../../analysis/expectation.ts';
import type { LoadBalancerConfig, ServerConfig } from './config.ts';

/** Without `timeout check`, `timeout connect` bounds the connection and `inter` the whole check: as HAProxy. None without a check. */
export function checkTimes(
  { link, check }: ServerConfig,
  { timeoutCheckMs, timeoutConnectMs }: LoadBalancerConfig,
): readonly CheckTimes[] {
  if (check === null) return [];
  const { interMs, fastinterMs, fall } = check;
  return [{ link, interMs, fastinterMs, fall, timeoutMs: timeoutCheckMs ?? Math.min(timeoutConnectMs, interMs) }];
}
