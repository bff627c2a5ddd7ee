// What `npm run simulate` prints, line by line, in the format that was asked for.
import type { LoadBalancerState } from '../catalogue/load-balancer/backend.ts';
import type { LoadBalancerConfig } from '../catalogue/load-balancer/config.ts';
import { loadBalancer } from '../catalogue/load-balancer/kind.ts';
import { elementsOf } from '../design/elements.ts';
import type { Micros } from '../foundation/micros.ts';
import { httplog } from './haproxy-log.ts';
import { statsCsv } from './haproxy-stats.ts';
import type { Runnable } from './run-file.ts';
import { playRun, simulate } from './simulate-run.ts';

/** Null: the design has no load balancer whose log or statistics could be printed. The first one of several is. */
export function linesOf(runnable: Runnable, durationUs: Micros, format: string): readonly string[] | null {
  if (format === 'json') return [JSON.stringify(simulate(runnable, durationUs), null, 1)];
  const { design, world, trace, name } = playRun(runnable, durationUs);
  const index = design.components.findIndex((component) => component.kind === loadBalancer.id);
  const component = design.components[index];
  if (component === undefined) return null;
  const { ids } = elementsOf(design);
  const names = {
    frontend: component.id,
    backend: 'servers',
    server: (element: number) => (ids[element] === undefined ? null : name(element)),
  };
  if (format === 'httplog') return httplog(trace, names);
  const config = world.configs[index] as unknown as LoadBalancerConfig;
  const state = world.states[index] as LoadBalancerState;
  return statsCsv({ config, state, trace, nowUs: world.nowUs, alive: world.isRunning(index) }, names);
}
