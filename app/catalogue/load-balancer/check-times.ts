// A server's health check, as the analysis asks for its times.
import type { CheckTimes } from '../../analysis/detection.ts';
import { connectTimeoutMs, type LoadBalancerConfig, type ServerConfig } from './config.ts';
import { checkLimits } from './health-check.ts';

/** None without a check. */
export function checkTimes({ link, check }: ServerConfig, config: LoadBalancerConfig): readonly CheckTimes[] {
  if (check === null) return [];
  const { type: asks, uri, interMs, fastinterMs, fall, rise } = check;
  const { connectMs, answerMs } = checkLimits(check, connectTimeoutMs(config), config.timeoutCheckMs);
  const page = asks === 'http' && uri === '/ready' ? 'application' : 'own';
  return [{ link, asks, page, interMs, fastinterMs, fall, rise, connectMs, answerMs }];
}
