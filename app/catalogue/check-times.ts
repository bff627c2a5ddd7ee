// The health checks of every balancer of a design, as the analysis asks for them.
import type { CheckTimes } from '../analysis/detection.ts';
import type { Design } from '../design/design.ts';
import { checkTimes } from './load-balancer/check-times.ts';
import type { LoadBalancerConfig } from './load-balancer/config.ts';

export const checkTimesOf = (design: Design): readonly CheckTimes[] =>
  design.components
    .filter(({ kind }) => kind === 'load-balancer')
    .flatMap(({ config }) => {
      const balancer = config as unknown as LoadBalancerConfig;
      return balancer.servers.flatMap((server) => checkTimes(server, balancer));
    });
