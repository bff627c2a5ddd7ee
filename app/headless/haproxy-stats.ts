// Prints a load balancer's statistics as HAProxy 2.6 does (`show stat`): a CSV with its columns in its order, a line for the
// frontend, each server and the backend. What is not simulated is left empty or 0, as it is there for what is not used.
import { Admin, type LoadBalancerState } from '../catalogue/load-balancer/backend.ts';
import type { LoadBalancerConfig, ServerConfig } from '../catalogue/load-balancer/config.ts';
import { countersOf } from '../catalogue/load-balancer/counters.ts';
import { bestHealth, isHealthy, UNCHECKED } from '../catalogue/load-balancer/health-check.ts';
import { type Micros, SECOND } from '../foundation/micros.ts';
import type { TraceChunk } from '../simulation/trace.ts';
import type { LogNames } from './haproxy-log.ts';

/** Columns of HAProxy 2.6; the modules' columns behind `-` are left out. */
export const STATS_COLUMNS =
  'pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,wredis,status,weight,act,bck,' +
  'chkfail,chkdown,lastchg,downtime,qlimit,pid,iid,sid,throttle,lbtot,tracked,type,rate,rate_lim,rate_max,check_status,' +
  'check_code,check_duration,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,hrsp_5xx,hrsp_other,hanafail,req_rate,req_rate_max,' +
  'req_tot,cli_abrt,srv_abrt,comp_in,comp_out,comp_byp,comp_rsp,lastsess,last_chk,last_agt,qtime,ctime,rtime,ttime,' +
  'agent_status,agent_code,agent_duration,check_desc,agent_desc,check_rise,check_fall,check_health,agent_rise,agent_fall,' +
  'agent_health,addr,cookie,mode,algo,conn_rate,conn_rate_max,conn_tot,intercepted,dcon,dses,wrew,connect,reuse,' +
  'cache_lookups,cache_hits,srv_icur,src_ilim,qtime_max,ctime_max,rtime_max,ttime_max,eint,idle_conn_cur,safe_conn_cur,' +
  'used_conn_cur,need_conn_est,uweight,agg_server_status,agg_server_check_status,agg_check_status';
const COLUMNS = STATS_COLUMNS.split(',');

type Cells = Readonly<Record<string, string | number>>;
const TYPE = { Frontend: 0, Backend: 1, Server: 2 } as const;
const FULL = 16;

export interface Balancer {
  readonly config: LoadBalancerConfig;
  readonly state: LoadBalancerState;
  readonly trace: TraceChunk;
  readonly nowUs: Micros;
  readonly alive: boolean;
}

/** Nothing but the header when the balancer is not running: nobody would answer. */
export function statsCsv(balancer: Balancer, names: LogNames): string[] {
  const header = `# ${STATS_COLUMNS},`;
  if (!balancer.alive) return [header];
  const { config } = balancer;
  return [
    header,
    line({ pxname: names.frontend, svname: 'FRONTEND', ...frontendCells(balancer) }),
    ...config.servers.map((server, index) =>
      line({
        pxname: names.backend,
        svname: server.name.replace(/\s+/g, '_'),
        ...serverCells(balancer, server, index, names),
      }),
    ),
    line({ pxname: names.backend, svname: 'BACKEND', ...backendCells(balancer) }),
  ];
}

const line = (cells: Cells): string => `${COLUMNS.map((column) => cells[column] ?? '').join(',')},`;

const PROCESS = { pid: 1, mode: 'http' } as const;
const NO_BYTES = { bin: 0, bout: 0 } as const;

function frontendCells({ state, config }: Balancer): Cells {
  const { stot, smax } = countersOf(state.counters, config.servers.length);
  const responses = responsesOf(state, config.servers.length);
  return {
    ...PROCESS,
    ...NO_BYTES,
    ...responses,
    scur: state.inProgress,
    smax,
    stot,
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

function serverCells(
  { state, config, trace, nowUs }: Balancer,
  server: ServerConfig,
  index: number,
  names: LogNames,
): Cells {
  const counters = countersOf(state.counters, index);
  const warmth = state.warmth[index] as number;
  const weight = Math.ceil(((state.weights[index] as number) * warmth) / FULL);
  return {
    ...PROCESS,
    ...NO_BYTES,
    ...counters,
    ...averages(trace, (element) => names.server(element) === server.name),
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

function backendCells({ state, config, trace }: Balancer): Cells {
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
    ...averages(trace, () => true),
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

/** HAProxy averages over the last 1024 requests. */
const LAST_REQUESTS = 1024;

function averages({ ends }: TraceChunk, isMine: (element: number) => boolean): Cells {
  const rows = Array.from(ends.request, (_, row) => row)
    .filter((row) => ends.termination[row] !== 0 && isMine(ends.server[row] as number))
    .slice(-LAST_REQUESTS);
  const mean = (column: Float64Array) => {
    const sum = rows.reduce((total, row) => total + Math.max(0, column[row] as number), 0);
    return rows.length === 0 ? 0 : Math.round(sum / rows.length / 1000);
  };
  return {
    qtime: mean(ends.queueUs),
    ctime: mean(ends.connectUs),
    rtime: mean(ends.responseUs),
    ttime: mean(ends.activeUs),
  };
}
