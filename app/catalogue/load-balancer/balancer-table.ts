// The statistics of every balancer of a running world, ready to be shown: rows in HAProxy's order, cells by its columns.
import type { World } from '../../simulation/world.ts';
import type { LoadBalancerState } from './backend.ts';
import type { LoadBalancerConfig } from './config.ts';
import { type Cells, statisticsOf } from './statistics.ts';

export interface BalancerTable {
  readonly component: string;
  /** False: nobody is there to answer, and there are no rows. */
  readonly alive: boolean;
  readonly balance: string;
  /** Frontend, servers, backend; `link` of a server's row is the link on which it is reached. */
  readonly rows: readonly { readonly name: string; readonly link: string | null; readonly cells: Cells }[];
}

export function balancerTables(world: World): readonly BalancerTable[] {
  return world.plan.components.flatMap(({ id, kind }, index): BalancerTable[] => {
    if (kind !== 'load-balancer') return [];
    const config = world.configs[index] as unknown as LoadBalancerConfig;
    const state = world.states[index] as LoadBalancerState | null;
    const { balance } = config;
    if (!world.isRunning(index) || state === null) return [{ component: id, alive: false, balance, rows: [] }];
    const { frontend, servers, backend } = statisticsOf({ config, state, nowUs: world.nowUs });
    const rows = [
      { name: 'Frontend', link: null, cells: frontend },
      ...config.servers.map(({ name, link }, at) => ({ name, link, cells: servers[at] as Cells })),
      { name: 'Backend', link: null, cells: backend },
    ];
    return [{ component: id, alive: true, balance, rows }];
  });
}
