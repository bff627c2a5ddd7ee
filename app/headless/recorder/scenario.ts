// What the real HAProxy is to be put through: its settings, the requests, and what is done to servers and balancer meanwhile.
import type { RecordedModel, RecordedServer } from '../../ground-truth/recording.ts';

export interface Planned {
  /** When it is sent; null: when the one before has ended. */
  readonly atMs: number | null;
  readonly serviceMs: number;
  /** The client's address, and its number where clients keep cookies. */
  readonly src?: string;
  readonly client?: number;
}

/** An act, in the words of the recordings' schedule. */
export interface Step {
  readonly atMs?: number;
  /** Before the request with this index, counted from 0. */
  readonly beforeRequest?: number;
  readonly action: string;
  readonly target: string;
}

export interface Scenario {
  readonly family: string;
  readonly what: string;
  readonly model: RecordedModel;
  readonly requests: readonly Planned[];
  readonly steps: readonly Step[];
  /** How long the last act is waited for beyond the requests. */
  readonly untilMs: number;
  /** Requests one at a time without faults: their order of servers is exact. */
  readonly ordered: boolean;
}

export interface Ports {
  readonly front: number;
  readonly admin: number;
  readonly log: number;
  /** By the server's name. */
  readonly servers: ReadonlyMap<string, number>;
}

/** The exact text that HAProxy reads. */
export function configText({ model }: Scenario, ports: Ports): string {
  const { balance, retries, redispatch, timeouts, servers, backendLines = [] } = model;
  const isHttpChecked = servers.some(({ check }) => check?.type === 'http');
  const lines = [
    'global',
    '    nbthread 1',
    '    maxconn 2000',
    `    log 127.0.0.1:${ports.log} len 4096 local0 debug`,
    `    stats socket ipv4@127.0.0.1:${ports.admin} level admin`,
    'defaults',
    '    mode http',
    '    log global',
    '    http-reuse never',
    ...Object.entries(timeouts).map(([name, ms]) => `    timeout ${name} ${ms}ms`),
    `    retries ${retries}`,
    ...(redispatch === null ? [] : [`    option redispatch${redispatch === -1 ? '' : ` ${redispatch}`}`]),
    'frontend fe',
    `    bind 127.0.0.1:${ports.front}`,
    '    http-request capture req.hdr(X-Req-Id) len 24',
    `    log-format "${LOG_FORMAT}"`,
    '    default_backend be',
    'backend be',
    `    balance ${balance}`,
    ...(isHttpChecked ? ['    option httpchk GET /health'] : []),
    ...backendLines.map((line) => `    ${line}`),
    ...servers.map((server) => `    ${serverLine(server, ports.servers.get(server.name) ?? 0)}`),
  ];
  return `${lines.join('\n')}\n`;
}

const LOG_FORMAT = 'R id=%[capture.req.hdr(0)] srv=%s st=%ST ts=%tsc Tw=%Tw Tc=%Tc Tr=%Tr Ta=%Ta rc=%rc sq=%sq bq=%bq';

function serverLine({ name, weight, backup, check, maxconn, maxqueue, cookie }: RecordedServer, port: number): string {
  const words = [`server ${name} 127.0.0.1:${port} weight ${weight}`];
  if (backup) words.push('backup');
  if (maxconn) words.push(`maxconn ${maxconn}`);
  if (maxqueue) words.push(`maxqueue ${maxqueue}`);
  if (cookie) words.push(`cookie ${cookie}`);
  if (check) {
    words.push(`check inter ${check.inter}ms fall ${check.fall} rise ${check.rise}`);
    if (check.fastinter !== undefined) words.push(`fastinter ${check.fastinter}ms`);
    if (check.downinter !== undefined) words.push(`downinter ${check.downinter}ms`);
  }
  return words.join(' ');
}
