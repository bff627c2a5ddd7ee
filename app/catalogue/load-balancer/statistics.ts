// A balancer's statistics as HAProxy's stats page names them: cells by column for the frontend, each server and the backend. The
// counters are the simulation's own; what is not simulated has no cell. Averages need the trace and are added where it is.
import { type Micros, SECOND } from '../../foundation/micros.ts';
import { Admin, type LoadBalancerState } from './backend.ts';
import type { LoadBalancerConfig, ServerConfig } from './config.ts';
import { countersOf } from './counters.ts';
import { bestHealth, isHealthy, UNCHECKED } from './health-check.ts';

/** By the name of the column in HAProxy's CSV. */
export type Cells = Readonly<Record<string, string | number>>;

export interface CountedBalancer {
  readonly config: LoadBalancerConfig;
  readonly state: LoadBalancerState;
  readonly nowUs: Micros;
}

const TYPE = { Frontend: 0, Backend: 1, Server: 2 } as const;
const FULL = 16;

/** Servers in the order of the configuration. */
export function statisticsOf(balancer: CountedBalancer): {
  readonly frontend: Cells;
  readonly servers: readonly Cells[];
  readonly backend: Cells;
} {
  return {
    frontend: frontendCells(balancer),
    servers: balancer.config.servers.map((server, index) => serverCells(balancer, server, index)),
    backend: backendCells(balancer),
  };
}

const PROCESS = { pid: 1, mode: 'http' } as const;
const NO_BYTES = { bin: 0, bout: 0 } as const;

function frontendCells({ state, config }: CountedBalancer): Cells {
  const { stot, smax } = countersOf(state.counters, config.servers.length);
  const responses = responsesOf(state, config.servers.length);
  return {
    ...PROCESS,
    ...NO_BYTES,
    ...responses,
    scur: state.inProgress,
    smax,
    stot,
    ereq: 0,
    status: 'OPEN',
    iid: 2,
    sid: 0,
    type: TYPE.Frontend,
    req_tot: stot,
    conn_tot: stot,
  };
}

function responsesOf(state: LoadBalancerState, row: number): Cells {
  const counters = countersOf(state.counters, row);
  return Object.fromEntries(Object.entries(counters).filter(([name]) => name.startsWith('hrsp_')));
}

function serverCells({ state, config, nowUs }: CountedBalancer, server: ServerConfig, index: number): Cells {
  const counters = countersOf(state.counters, index);
  const warmth = state.warmth[index] as number;
  const weight = Math.ceil(((state.weights[index] as number) * warmth) / FULL);
  return {
    ...PROCESS,
    ...NO_BYTES,
    ...counters,
    qcur: state.loads.queued[index] as number,
    scur: state.loads.served[index] as number,
    slim: server.maxconn || '',
    qlimit: server.maxqueue || '',
    status: statusOf(state, config, index),
    weight,
    uweight: state.weights[index] as number,
    act: server.backup ? 0 : 1,
    bck: server.backup ? 1 : 0,
    chkfail: server.check === null ? '' : counters.chkfail,
    chkdown: server.check === null ? '' : counters.chkdown,
    lastchg: Math.floor(nowUs / SECOND),
    iid: 3,
    sid: index + 1,
    throttle: warmth < FULL ? Math.floor((100 * warmth) / FULL) : '',
    type: TYPE.Server,
    check_rise: server.check?.rise ?? '',
    check_fall: server.check?.fall ?? '',
    check_health: server.check === null ? '' : (state.health[index] as number),
    cookie: server.cookie ?? '',
    connect: counters.stot,
    reuse: 0,
  };
}

/** `UP`, `UP 2/3` while failures are counted, `DOWN 1/2` while passes are, `NOLB`, `DRAIN`, `MAINT` or `no check`. */
function statusOf(state: LoadBalancerState, config: LoadBalancerConfig, index: number): string {
  const check = config.servers[index]?.check ?? null;
  const health = state.health[index] as number;
  if (state.admin[index] === Admin.Maintenance) return 'MAINT';
  if (!isHealthy(health, check ?? UNCHECKED))
    return health > 0 && check !== null ? `DOWN ${health}/${check.rise}` : 'DOWN';
  if (state.admin[index] === Admin.Drain) return 'DRAIN';
  if (state.stopping[index] === 1) return 'NOLB';
  if (check === null) return 'no check';
  return health < bestHealth(check) ? `UP ${health - check.rise + 1}/${check.fall}` : 'UP';
}

function backendCells({ state, config }: CountedBalancer): Cells {
  const row = config.servers.length;
  const usable = state.usableActive > 0 ? state.usableActive : state.usableBackups;
  const weights = config.servers.map((server, index) =>
    server.backup === (state.usableActive === 0) &&
    state.admin[index] === Admin.Ready &&
    isHealthy(state.health[index] as number, server.check ?? UNCHECKED)
      ? Math.ceil(((state.weights[index] as number) * (state.warmth[index] as number)) / FULL)
      : 0,
  );
  return {
    ...PROCESS,
    ...NO_BYTES,
    ...countersOf(state.counters, row),
    qcur: state.lines[row]?.length ?? 0,
    scur: state.inProgress,
    status: usable > 0 ? 'UP' : 'DOWN',
    weight: weights.reduce((sum, weight) => sum + weight, 0),
    act: state.usableActive,
    bck: state.usableBackups,
    chkfail: '',
    iid: 3,
    sid: 0,
    type: TYPE.Backend,
    cookie: config.cookie ?? '',
    algo: config.balance,
  };
}
