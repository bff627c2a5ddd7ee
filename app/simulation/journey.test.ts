// One request on its way through the three-server site, hop by hop, in the classroom timings: users, HAProxy, nginx, app
// server, MySQL, and back. Service times are fixed at their means here, so that the table can be checked with pencil and paper.
import { expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import type { Arrival, Design } from '../design/design.ts';
import { elementsOf } from '../design/elements.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { SECOND, toMs } from '../foundation/micros.ts';
import { startSimulation } from './simulation.ts';
import { HopSign, purposeOf, signOf, type TraceChunk } from './trace.ts';
import { TraceRecorder } from './trace-recorder.ts';

const SIGNS = ['asks', 'answers', 'fails', 'is lost'];
const PURPOSES = ['read', 'write', 'static', 'check', 'copy', 'dns'];

/** What travels for these requests (and the copies of their writes), as lines of a table; health checks left out. */
function journeyOf(list: readonly Arrival[]): string[] {
  const design = withFixedTimes(distributedDesign('classroom'), list);
  const recorder = new TraceRecorder();
  const simulation = startSimulation({ design, seed: 1, commands: [] }, behaviours, recorder);
  simulation.advance(20 * SECOND);
  return tableOf(recorder.cut(simulation.world), design);
}

function withFixedTimes(design: Design, list: readonly Arrival[]): Design {
  return {
    ...design,
    traffic: { ...design.traffic, arrivals: { type: 'list', list, closedLoop: false } },
    components: design.components.map((part) =>
      'distribution' in part.config ? { ...part, config: { ...part.config, distribution: 'fixed' } } : part,
    ),
  };
}

function tableOf({ hops }: TraceChunk, design: Design): string[] {
  const { ids } = elementsOf(design);
  const rows = Array.from(hops.departUs, (departUs, row) => {
    const what = hops.what[row] as number;
    const id = ids[hops.link[row] as number] as string;
    const [from, to] = id === 'dns' ? ['users', 'dns'] : id.split('-');
    const isBack = signOf(what) !== HopSign.Ask;
    const purpose = PURPOSES[purposeOf(what)];
    const way = isBack ? `${to} -> ${from}` : `${from} -> ${to}`;
    const departs = `${toMs(departUs)}`.padStart(5);
    const arrives = `${toMs(hops.arriveUs[row] as number)}`.padEnd(5);
    return { departUs, purpose, line: `${departs} .. ${arrives} ${way.padEnd(18)} ${purpose} ${SIGNS[signOf(what)]}` };
  });
  return rows
    .filter(({ purpose }) => purpose !== 'check')
    .sort((a, b) => a.departUs - b.departUs)
    .map(({ line }) => line);
}

function printed(title: string, lines: readonly string[]): readonly string[] {
  process.stdout.write(`\n${title}\n${lines.join('\n')}\n`);
  return lines;
}

test('the first read goes to Server 1 and back in 1395 ms', () => {
  const journey = printed('A read that came at 0 ms', journeyOf([{ atMs: 0, kind: 'read' }]));
  expect(journey).toEqual([
    '    0 .. 120   users -> dns       dns asks',
    '  120 .. 240   dns -> users       dns answers',
    '  240 .. 420   users -> haproxy   read asks',
    '  420 .. 540   haproxy -> nginx1  read asks',
    '  545 .. 605   nginx1 -> app1     read asks', // nginx: 5 ms
    '  855 .. 915   app1 -> mysql1     read asks', // app server: 250 ms
    '  975 .. 1035  mysql1 -> app1     read answers', // MySQL: 60 ms
    ' 1035 .. 1095  app1 -> nginx1     read answers',
    ' 1095 .. 1215  nginx1 -> haproxy  read answers',
    ' 1215 .. 1395  haproxy -> users   read answers',
  ]);
});

test('a write that Server 2 gets crosses to the primary on Server 1, and a copy of it to the replica', () => {
  const journey = journeyOf([
    { atMs: 0, kind: 'static' },
    { atMs: 10_000, kind: 'write' },
  ]).filter((line) => !line.includes('static'));
  expect(printed('A write that came at 10000 ms', journey.slice(2))).toEqual([
    '10000 .. 10120 users -> dns       dns asks', // another user, who has no address yet
    '10120 .. 10240 dns -> users       dns answers',
    '10240 .. 10420 users -> haproxy   write asks',
    '10420 .. 10540 haproxy -> nginx2  write asks',
    '10545 .. 10605 nginx2 -> app2     write asks',
    '10855 .. 10945 app2 -> mysql1     write asks',
    '11065 .. 11245 mysql1 -> mysql2   copy asks', // before the client is told: nobody waits for the replica
    '11065 .. 11155 mysql1 -> app2     write answers',
    '11155 .. 11215 app2 -> nginx2     write answers',
    '11215 .. 11335 nginx2 -> haproxy  write answers',
    '11335 .. 11515 haproxy -> users   write answers',
  ]);
});

test('nginx answers a static file itself: nothing goes to the app server', () => {
  const journey = printed('A static file that was asked for at 0 ms', journeyOf([{ atMs: 0, kind: 'static' }]));
  expect(journey.slice(2)).toEqual([
    '  240 .. 420   users -> haproxy   static asks',
    '  420 .. 540   haproxy -> nginx1  static asks',
    '  560 .. 680   nginx1 -> haproxy  static answers', // 20 ms
    '  680 .. 860   haproxy -> users   static answers',
  ]);
});
