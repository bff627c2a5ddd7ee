// Prints a load balancer's statistics as HAProxy 2.6 does (`show stat`): a CSV with its columns in its order, a line for the
// frontend, each server and the backend. What is not simulated is left empty or 0, as it is there for what is not used.
import type { LoadBalancerState } from '../catalogue/load-balancer/backend.ts';
import type { LoadBalancerConfig } from '../catalogue/load-balancer/config.ts';
import { type Cells, statisticsOf } from '../catalogue/load-balancer/statistics.ts';
import type { Micros } from '../foundation/micros.ts';
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
  const { config, trace } = balancer;
  const { frontend, servers, backend } = statisticsOf(balancer);
  const { backend: pxname } = names;
  return [
    header,
    line({ pxname: names.frontend, svname: 'FRONTEND', ...frontend }),
    ...config.servers.map((server, index) => {
      const times = averages(trace, (element) => names.server(element) === server.name);
      return line({ pxname, svname: server.name.replace(/\s+/g, '_'), ...servers[index], ...times });
    }),
    line({ pxname, svname: 'BACKEND', ...backend, ...averages(trace, () => true) }),
  ];
}

const line = (cells: Cells): string => `${COLUMNS.map((column) => cells[column] ?? '').join(',')},`;

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
