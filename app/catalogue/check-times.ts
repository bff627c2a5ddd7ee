// The health checks of every balancer of a design, as the analysis asks for them.
import type { CheckTimes } from '../analysis/expectation.ts';
import type { Design } from '../design/design.ts';
import type { LoadBalancerConfig } from './load-balancer/config.ts';

/** Without `timeout check`, `timeout connect` bounds the connection and `inter` the whole check: as HAProxy. */
export const checkTimesOf = (design: Design): readonly CheckTimes[] =>
  design.components
    .filter(({ kind }) => kind === 'load-balancer')
    .flatMap(({ config }) => {
      const { servers, timeoutCheckMs, timeoutConnectMs } = config as unknown as LoadBalancerConfig;
      return servers.flatMap(({ link, check }): CheckTimes[] => {
        if (check === null) return [];
        const { interMs, fastinterMs, fall } = check;
        return [{ link, interMs, fastinterMs, fall, timeoutMs: timeoutCheckMs ?? Math.min(timeoutConnectMs, interMs) }];
      });
    });
