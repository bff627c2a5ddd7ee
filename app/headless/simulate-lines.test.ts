// A run as HAProxy's log and statistics: the columns are HAProxy's, and its own `halog` counts what the simulation counted.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromSeconds } from '../foundation/micros.ts';
import { readRunFile } from './run-file.ts';
import { linesOf } from './simulate-lines.ts';
import { simulate } from './simulate-run.ts';

const RECORDINGS = join(import.meta.dirname, '../ground-truth/haproxy');

function runnable(name: string) {
  const read = readRunFile(JSON.parse(readFileSync(join(RECORDINGS, `${name}.json`), 'utf8')));
  if (!read.ok) throw new Error(read.problems[0]?.reason);
  return read.value;
}
const lines = (name: string, format: string) => linesOf(runnable(name), fromSeconds(60), format) ?? [];

const LOG_LINE =
  /^\w{3} [ \d]\d \d\d:\d\d:\d\d localhost haproxy\[1\]: [\d.]+:\d+ \[\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d\.\d{3}\] \S+ \S+\/\S+ 0(\/-?\d+){4} \d{3} 0 - - \S{4} \d+\/\d+\/\d+\/\d+\/\+?\d+ \d+\/\d+ "\w+ \S+ HTTP\/1\.1"$/;

test('every line of the log has the form of httplog, and there is one for every request', () => {
  for (const name of ['sticky-kill', 'queue-timeout-1x1', 'classic-process-killed', 'hang-l4-check', 'all-down']) {
    const log = lines(name, 'httplog');
    expect(log.length).toBe(simulate(runnable(name), fromSeconds(60)).requests.length);
    for (const line of log) expect(line).toMatch(LOG_LINE);
  }
});

test('timers, flags, retries and queue places stand where HAProxy puts them', () => {
  expect(lines('retry-default', 'httplog')[0]).toContain('/a 0/0/-1/-1/3001 503 0 - - SC-- 1/1/1/1/3 0/0 ');
  expect(lines('retry-3-redispatch', 'httplog')[0]).toContain(' ---- 1/1/1/1/+1 0/0 ');
  expect(lines('queue-timeout-1x1', 'httplog').join('\n')).toContain('/<NOSRV> 0/330/-1/-1/330 503 0 - - sQ-- ');
  expect(lines('sticky-basic', 'httplog')[0]).toContain(' --NI ');
});

test('statistics have a line for the frontend, each server and the backend, with as many cells as columns', () => {
  const [header = '', ...rows] = lines('sticky-kill', 'stats');
  const columns = header.slice(2).split(',');
  expect(columns.slice(0, 8)).toEqual(['pxname', 'svname', 'qcur', 'qmax', 'scur', 'smax', 'slim', 'stot']);
  expect(rows.map((row) => row.split(',')[1])).toEqual(['FRONTEND', 'a', 'b', 'BACKEND']);
  for (const row of rows) expect(row.split(',')).toHaveLength(columns.length);
  const cell = (row: number, name: string) => rows[row]?.split(',')[columns.indexOf(name)];
  expect([cell(1, 'chkdown'), cell(1, 'status'), cell(3, 'algo')]).toEqual(['1', 'UP', 'roundrobin']);
});

const halog = (log: readonly string[], ...options: string[]) =>
  spawnSync('halog', options, { input: `${log.join('\n')}\n`, encoding: 'utf8' });
const isInstalled = spawnSync('halog', ['-h']).error === undefined;
if (!isInstalled) console.log('halog is not installed (Debian package haproxy): its tests are skipped.');

describe.skipIf(!isInstalled)("HAProxy's halog reads the log", () => {
  const counts = (name: string, ...options: string[]) =>
    Object.fromEntries(
      halog(lines(name, 'httplog'), '-q', ...options)
        .stdout.trim()
        .split('\n')
        .map((line) => line.split(' '))
        .map(([key, count]) => [key, Number(count)]),
    );

  test.each(['sticky-kill', 'queue-timeout-1x1', 'hang-l4-check', 'inflight-kill'])('%s', (name) => {
    const { requests } = simulate(runnable(name), fromSeconds(60));
    const tally = (of: (request: (typeof requests)[number]) => string) => {
      const counted: Record<string, number> = {};
      for (const request of requests) counted[of(request)] = (counted[of(request)] ?? 0) + 1;
      return counted;
    };
    expect(halog(lines(name, 'httplog'), '-tc').stderr).toContain(', 0 parsing errors');
    expect(counts(name, '-tc')).toEqual(tally((request) => request.termination));
    expect(counts(name, '-cc')).toEqual(tally((request) => request.cookieState));
    expect(counts(name, '-st')).toEqual(tally((request) => String(request.status)));
  });

  test('queued requests are told from the others', () => {
    const log = lines('queue-timeout-1x1', 'httplog');
    const queued = simulate(runnable('queue-timeout-1x1'), fromSeconds(60)).requests.filter(
      (one) => one.backendQueueAhead > 0,
    );
    expect(Number(halog(log, '-q', '-Q', '-c').stdout)).toBe(queued.length);
  });
});
