// HAProxy's counters, one row per server and one for the backend, under the names of its stats CSV.

export const COUNTERS = [
  'stot', // attempts at a server; requests of the backend
  'lbtot', // picks by the algorithm
  'smax', // most requests at a time
  'qmax', // most requests queued at a time
  'econ', // requests given up for want of a connection
  'eresp', // connections that gave no answer
  'wretr', // retries at the same server
  'wredis', // retries that went to another one
  'cli_abrt', // users who left
  'srv_abrt', // connections that a server broke
  'chkfail', // failed checks while UP
  'chkdown', // times that it went DOWN
  'hanafail', // times that errors of requests had a consequence
  'hrsp_1xx',
  'hrsp_2xx',
  'hrsp_3xx',
  'hrsp_4xx',
  'hrsp_5xx',
  'hrsp_other',
] as const;
type CounterName = (typeof COUNTERS)[number];

const indexOf = (name: CounterName): number => COUNTERS.indexOf(name);
export const Counter = {
  Stot: indexOf('stot'),
  Lbtot: indexOf('lbtot'),
  Smax: indexOf('smax'),
  Qmax: indexOf('qmax'),
  Econ: indexOf('econ'),
  Eresp: indexOf('eresp'),
  Wretr: indexOf('wretr'),
  Wredis: indexOf('wredis'),
  CliAbrt: indexOf('cli_abrt'),
  SrvAbrt: indexOf('srv_abrt'),
  ChkFail: indexOf('chkfail'),
  ChkDown: indexOf('chkdown'),
  HanaFail: indexOf('hanafail'),
} as const;
const FIRST_STATUS = indexOf('hrsp_1xx');
const OTHER_STATUS = indexOf('hrsp_other');

/** Numbers of a row. */
const ROW = COUNTERS.length;

/** Rows for every server, and one for the backend behind them. */
export const emptyCounters = (servers: number): Int32Array => new Int32Array((servers + 1) * ROW);

export function count(counters: Int32Array, row: number, counter: number): void {
  const at = row * ROW + counter;
  counters[at] = (counters[at] as number) + 1;
}

export function countMost(counters: Int32Array, row: number, counter: number, value: number): void {
  const at = row * ROW + counter;
  if (value > (counters[at] as number)) counters[at] = value;
}

export function countStatus(counters: Int32Array, row: number, status: number): void {
  const hundreds = (status / 100) | 0;
  count(counters, row, hundreds >= 1 && hundreds <= 5 ? FIRST_STATUS + hundreds - 1 : OTHER_STATUS);
}

/** A row by name. */
export const countersOf = (counters: Int32Array, row: number): Readonly<Record<CounterName, number>> =>
  Object.fromEntries(COUNTERS.map((name, index) => [name, counters[row * ROW + index] ?? 0])) as Readonly<
    Record<CounterName, number>
  >;
