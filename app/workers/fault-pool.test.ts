// The pool of the blast radius: every fault is measured once, by whoever is free, and what was asked for before is dropped.
import { expect, test } from 'vitest';
import { killable, measureFault } from '../analysis/blast-radius.ts';
import type { FaultMeasure, LastingFault } from '../analysis/fault-measure.ts';
import { measureWith } from '../analysis/measure.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import type { Design } from '../design/design.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { simpleDesign } from '../designs/simple.ts';
import type { AnalysisRequest } from './analysis-protocol.ts';
import { FaultPool, type FaultPort } from './fault-pool.ts';

const design = distributedDesign('classroom');
const faults: readonly LastingFault[] = killable(design, knowledge).map((target) => ({ type: 'kill', target }));

function rowOf(on: Design, seed: number, fault: LastingFault): FaultMeasure {
  return measureFault(on, fault, knowledge, measureWith(behaviours, seed));
}

/** A worker that answers when it is told to. */
class SlowPort implements FaultPort {
  onmessage: FaultPort['onmessage'] = null;
  onerror: FaultPort['onerror'] = null;
  isTerminated = false;
  readonly asked: Extract<AnalysisRequest, { type: 'measure' }>[] = [];
  private subject: { readonly design: Design; readonly seed: number } | null = null;

  postMessage(request: AnalysisRequest): void {
    if (request.type === 'subject') this.subject = structuredClone(request);
    if (request.type === 'measure') this.asked.push(request);
  }

  /** Measures what it was asked for last. */
  answer(): void {
    const request = this.asked.at(-1);
    if (request === undefined || this.subject === null) throw new Error('It was asked for nothing.');
    const measure = structuredClone(rowOf(this.subject.design, this.subject.seed, request.fault));
    this.onmessage?.({ data: { type: 'row', revision: request.revision, measure } });
  }

  fail(message: string): void {
    const request = this.asked.at(-1);
    if (request === undefined) throw new Error('It was asked for nothing.');
    this.onmessage?.({ data: { type: 'unmeasured', revision: request.revision, fault: request.fault, message } });
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

function started(cores: number) {
  const ports: SlowPort[] = [];
  const rows: FaultMeasure[] = [];
  const failed: string[] = [];
  const newPort = () => {
    const port = new SlowPort();
    ports.push(port);
    return port;
  };
  const pool = new FaultPool({
    measured: (row) => rows.push(row),
    failed: ({ target }, message) => failed.push(`${target}: ${message}`),
    cores,
    newPort,
  });
  return { pool, ports, rows, failed };
}

test('rows of four workers that answer in disorder are those of one thread, bit for bit', () => {
  const { pool, ports, rows } = started(4);
  pool.measure(design, 7, faults);
  expect(ports).toHaveLength(4);
  // Now the last, now the first: never the order in which they were asked.
  for (let answered = 0; answered < faults.length; answered++) {
    const busy = ports.filter(({ asked }) => {
      const fault = asked.at(-1)?.fault;
      return fault !== undefined && !rows.some(({ target }) => target === fault.target);
    });
    (answered % 2 === 0 ? busy.at(-1) : busy[0])?.answer();
  }
  expect(ports.flatMap(({ asked }) => asked)).toHaveLength(faults.length);
  const inOrder = faults.map(({ target }) => rows.find((row) => row.target === target));
  expect(rows.map((row) => row.target)).not.toEqual(faults.map(({ target }) => target));
  expect(inOrder).toEqual(faults.map((fault) => rowOf(design, 7, fault)));
});

test('as many workers as cores, at most eight, and no more than there are faults', () => {
  for (const [cores, asked, wanted] of [
    [2, 10, 2],
    [64, 10, 8],
    [8, 3, 3],
    [Number.NaN, 10, 1],
  ] as const) {
    const { pool, ports } = started(cores);
    pool.measure(design, 7, faults.slice(0, asked));
    expect({ cores, workers: ports.length }).toEqual({ cores, workers: wanted });
  }
});

test('another design: the row under way is dropped, no other of the old ones is run', () => {
  const { pool, ports, rows } = started(1);
  const other = simpleDesign('classroom');
  pool.measure(design, 7, faults);
  pool.measure(other, 7, [{ type: 'kill', target: 'server' }]);
  const [port] = ports;
  port?.answer();
  expect(rows).toEqual([]);
  expect(port?.asked.map(({ fault }) => fault.target)).toEqual(['lb', 'server']);
  port?.answer();
  expect(rows).toEqual([rowOf(other, 7, { type: 'kill', target: 'server' })]);
});

test('closed: every worker ends at once and nothing is heard of them', () => {
  const { pool, ports, rows } = started(2);
  pool.measure(design, 7, faults);
  pool.close();
  expect(ports.map(({ isTerminated }) => isTerminated)).toEqual([true, true]);
  for (const port of ports) port.answer();
  expect(rows).toEqual([]);
  expect(ports.map(({ asked }) => asked.length)).toEqual([1, 1]);
});

test('a fault that cannot be measured leaves the others; a worker that falls over leaves its work to the rest', () => {
  const { pool, ports, rows, failed } = started(2);
  pool.measure(design, 7, faults.slice(0, 4));
  const [first, second] = ports;
  first?.fail('Broken invariant');
  expect(failed).toEqual(['lb: Broken invariant']);
  first?.onerror?.({ message: 'out of memory' });
  expect(failed).toEqual(['lb: Broken invariant', 'server2: out of memory']);
  second?.answer();
  second?.answer();
  expect(rows.map((row) => row.target)).toEqual(['server1', 'haproxy']);
});

test('no worker can be started: every row says so', () => {
  const { pool, ports, failed } = started(2);
  pool.measure(design, 7, faults.slice(0, 3));
  for (const port of ports) port.onerror?.({});
  expect(failed).toEqual([
    'lb: the worker could not be started',
    'server1: the worker could not be started',
    'server2: the worker could not be started',
  ]);
});
