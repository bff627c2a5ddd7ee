// Prints a run as HAProxy 2.6 writes it with `option httplog` to syslog, a line per request that the balancer ended, in the order
// in which they ended. HAProxy's own `halog` reads it.
import { REASONS } from '../simulation/message.ts';
import { COOKIE_STATES, TERMINATIONS } from '../simulation/requests.ts';
import type { TraceChunk } from '../simulation/trace.ts';

/** A run begins at this instant, as no run has a date. */
const EPOCH_MS = Date.UTC(2026, 0, 1);
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const FIRST_PORT = 10_000;
const PORTS = 50_000;
const PROCESS = 'localhost haproxy[1]:';
/** What is asked for, by purpose: a page, a page that writes, a file, and the flood's page. */
const REQUEST_LINES: Readonly<Record<number, string>> = {
  0: 'GET / HTTP/1.1',
  1: 'POST / HTTP/1.1',
  2: 'GET /style.css HTTP/1.1',
  6: 'GET / HTTP/1.1',
};

export interface LogNames {
  readonly frontend: string;
  readonly backend: string;
  /** Name of the server behind a link's element. */
  server(element: number): string | null;
}

interface Entry {
  readonly row: number;
  readonly acceptedUs: number;
  readonly endedUs: number;
  /** The server's name, or `<NOSRV>`. */
  readonly server: string;
}

export function httplog({ ends }: TraceChunk, names: LogNames): string[] {
  const entries = Array.from(ends.request, (_, row) => row)
    .filter((row) => ends.termination[row] !== 0)
    .map((row) => entryOf(ends, row, names))
    .sort((a, b) => a.endedUs - b.endedUs || a.row - b.row);
  const all = openAt(entries);
  const perServer = new Map(
    [...new Set(entries.map((entry) => entry.server))].map((server) => [
      server,
      openAt(entries.filter((entry) => entry.server === server)),
    ]),
  );
  return entries.map((entry) => {
    const sameServer = entry.server === NO_SERVER ? 0 : (perServer.get(entry.server)?.(entry) ?? 0);
    return lineOf(ends, entry, names, all(entry), sameServer);
  });
}

const NO_SERVER = '<NOSRV>';

/** The answer's way back to the user took as long as the question's way there. */
function entryOf(ends: TraceChunk['ends'], row: number, names: LogNames): Entry {
  const startUs = ends.startUs[row] as number;
  const activeUs = Math.max(0, ends.activeUs[row] as number);
  const wayUs = Math.max(0, Math.round(((ends.endUs[row] as number) - startUs - activeUs) / 2));
  const server = names.server(ends.server[row] as number);
  return {
    row,
    acceptedUs: startUs + wayUs,
    endedUs: startUs + wayUs + activeUs,
    server: server === null ? NO_SERVER : word(server),
  };
}

/** How many of the entries are open when one of them ends, itself included. */
function openAt(entries: readonly Entry[]): (entry: Entry) => number {
  const accepted = entries.map((entry) => entry.acceptedUs).sort((a, b) => a - b);
  const ended = entries.map((entry) => entry.endedUs).sort((a, b) => a - b);
  return (entry) => countUpTo(accepted, entry.endedUs) - countUpTo(ended, entry.endedUs - 1);
}

function countUpTo(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lineOf(ends: TraceChunk['ends'], entry: Entry, names: LogNames, open: number, onServer: number): string {
  const { row } = entry;
  const number = (column: keyof TraceChunk['ends']) => ends[column][row] as number;
  const timer = (column: 'queueUs' | 'connectUs' | 'responseUs' | 'activeUs') =>
    number(column) < 0 ? -1 : Math.round(number(column) / 1000);
  const timers = [0, timer('queueUs'), timer('connectUs'), timer('responseUs'), timer('activeUs')].join('/');
  const flags = `${TERMINATIONS[number('termination')]}${COOKIE_STATES[number('cookieState')]}`;
  const retries = `${number('redispatched') === 1 ? '+' : ''}${number('retries')}`;
  const client = `${dotted(number('address'))}:${FIRST_PORT + (number('request') % PORTS)}`;
  const [day, month, year, time, ms] = dateOf(entry.acceptedUs);
  const [endDay, endMonth, , endTime] = dateOf(entry.endedUs);
  return [
    `${endMonth} ${endDay.replace(/^0/, ' ')} ${endTime} ${PROCESS}`,
    `${client} [${day}/${month}/${year}:${time}.${ms}] ${word(names.frontend)}`,
    `${word(names.backend)}/${entry.server} ${timers} ${number('status') || statusOf(ends, row)} 0 - - ${flags}`,
    `${open}/${open}/${open}/${onServer}/${retries} ${number('serverQueue')}/${number('backendQueue')}`,
    `"${REQUEST_LINES[number('purpose')] ?? '<BADREQ>'}"`,
  ].join(' ');
}

/** A user who gave up saw no status; HAProxy logs its own: 400 to one who left while the server worked, 503 before. */
const statusOf = (ends: TraceChunk['ends'], row: number): number =>
  REASONS[ends.reason[row] as number] === 'client-timeout' ? ((ends.connectUs[row] as number) < 0 ? 503 : 400) : 503;

/** HAProxy's names have no spaces. */
const word = (name: string): string => name.replace(/\s+/g, '_');

const dotted = (address: number): string => [24, 16, 8, 0].map((bits) => (address >>> bits) & 255).join('.');

function dateOf(us: number): readonly [string, string, number, string, string] {
  const date = new Date(EPOCH_MS + Math.floor(us / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  return [
    two(date.getUTCDate()),
    MONTHS[date.getUTCMonth()] ?? '',
    date.getUTCFullYear(),
    `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`,
    String(date.getUTCMilliseconds()).padStart(3, '0'),
  ];
}
