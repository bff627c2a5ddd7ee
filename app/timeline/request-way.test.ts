// The way of one request: its stages follow each other without a gap, add up to its duration, and leave no hop out.
import { describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { BALANCES } from '../catalogue/load-balancer/config.ts';
import type { Arrival, Design } from '../design/design.ts';
import { elementsOf } from '../design/elements.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { randomRun } from '../designs/random-run.ts';
import { Dice } from '../foundation/dice.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import type { Run } from '../simulation/run.ts';
import { startSimulation } from '../simulation/simulation.ts';
import { CHUNK_US, HopSign, signOf, type TraceChunk } from '../simulation/trace.ts';
import { TraceRecorder } from '../simulation/trace-recorder.ts';
import { type Way, wayOf } from './request-way.ts';

const choices = { balances: BALANCES };

function chunksOf(run: Run, seconds: number): TraceChunk[] {
  const recorder = new TraceRecorder();
  const simulation = startSimulation(run, behaviours, recorder);
  return Array.from({ length: seconds }, (_, second) => {
    simulation.advance((second + 1) * CHUNK_US);
    const chunk = recorder.cut(simulation.world);
    recorder.begin(simulation.world);
    return chunk;
  });
}

const requestsIn = (chunks: readonly TraceChunk[]): number[] => chunks.flatMap(({ starts }) => [...starts.request]);

function withFixedTimes(list: readonly Arrival[]): Design {
  const design = distributedDesign('classroom');
  return {
    ...design,
    traffic: { ...design.traffic, arrivals: { type: 'list', list, closedLoop: false } },
    components: design.components.map((part) =>
      'distribution' in part.config ? { ...part, config: { ...part.config, distribution: 'fixed' } } : part,
    ),
  };
}

function printed(design: Design, way: Way): string[] {
  const { ids } = elementsOf(design);
  return way.stages.map(({ sort, part, fromUs, toUs, bad, attempt }) =>
    [
      sort,
      ids[part],
      (toUs - fromUs) / 1_000,
      ...(bad ? ['bad'] : []),
      ...(attempt > 0 ? [`try ${attempt}`] : []),
    ].join(' '),
  );
}

const wayIn = (design: Design, commands: readonly Command[], request: number): Way => {
  const way = wayOf(design, chunksOf({ design, seed: 1, commands }, 40), request);
  if (way === null) throw new Error('it did not start');
  return way;
};

describe('one request of the classroom', () => {
  test('a read goes to Server 1 and back, stage by stage', () => {
    const design = withFixedTimes([{ atMs: 0, kind: 'read' }]);
    const way = wayIn(design, [], 1);
    expect(way.untilUs - way.startUs).toBe(1_395_000);
    expect(printed(design, way)).toMatchInlineSnapshot(`
      [
        "wire dns 120",
        "wire dns 120",
        "wire haproxy 180",
        "pick haproxy 0",
        "wire nginx1 120",
        "work nginx1 5",
        "wire app1 60",
        "work app1 250",
        "wire mysql1 60",
        "work mysql1 60",
        "wire mysql1 60",
        "wire app1 60",
        "wire nginx1 120",
        "wire haproxy 180",
      ]
    `);
  });

  const twoWrites = withFixedTimes([
    { atMs: 4_000, kind: 'write' },
    { atMs: 4_100, kind: 'write' },
  ]);

  test('a write whose server is off is tried again elsewhere, and fails because the primary cannot be reached', () => {
    const way = wayIn(twoWrites, [{ atUs: 3 * SECOND, type: 'kill', target: 'server1' }], 1);
    expect(way.end).toMatchObject({ status: 500, retries: 1 });
    expect(printed(twoWrites, way)).toMatchInlineSnapshot(`
      [
        "wire dns 120",
        "wire dns 120",
        "wire haproxy 180",
        "pick haproxy 0",
        "connect nginx1 1000",
        "giveUp haproxy 0 bad",
        "pick haproxy 0 try 1",
        "wire nginx2 120 try 1",
        "work nginx2 5",
        "wire app2 60",
        "work app2 250",
        "connect mysql1 1000",
        "giveUp app2 0 bad",
        "wire app2 60 bad",
        "wire nginx2 120 bad try 1",
        "wire haproxy 180 bad",
      ]
    `);
  });

  test('HAProxy gives up on a write behind a stopped primary, and the app server goes on waiting', () => {
    const way = wayIn(twoWrites, [{ atUs: 3 * SECOND, type: 'hang', target: 'mysql1' }], 1);
    expect(way.end).toMatchObject({ status: 504 });
    expect(printed(twoWrites, way)).toMatchInlineSnapshot(`
      [
        "wire dns 120",
        "wire dns 120",
        "wire haproxy 180",
        "pick haproxy 0",
        "wire nginx1 120",
        "work nginx1 5",
        "wire app1 60",
        "work app1 250",
        "wire mysql1 60",
        "silence mysql1 4745 bad",
        "giveUp haproxy 0 bad",
        "wire haproxy 180 bad",
      ]
    `);
    const silence = way.stages.find((stage) => stage.sort === 'silence');
    expect(elementsOf(twoWrites).ids[silence?.goesOn?.part ?? -1]).toBe('app1');
    expect(silence?.goesOn?.untilUs).toBeGreaterThan(way.untilUs);
  });
});

describe('over random runs', () => {
  const runs = Array.from({ length: 60 }, (_, index) => randomRun(index, 20, choices));
  test.each(runs.map((run, index) => [index, run] as const))('run %i', (_index, run) => {
    const chunks = chunksOf(run, 24);
    const dice = new Dice(run.seed, 'ways');
    const all = requestsIn(chunks);
    const some = all.length <= 80 ? all : Array.from({ length: 80 }, () => dice.one(all));
    for (const request of some) expectWhole(run.design, chunks, request);
  });
});

function expectWhole(design: Design, chunks: readonly TraceChunk[], request: number): void {
  const way = wayOf(design, chunks, request);
  if (way === null) throw new Error(`request ${request} has no way`);
  let atUs = way.startUs;
  for (const { fromUs, toUs } of way.stages) {
    expect({ request, fromUs }).toEqual({ request, fromUs: atUs });
    expect(toUs).toBeGreaterThanOrEqual(fromUs);
    atUs = toUs;
  }
  expect({ request, atUs }).toEqual({ request, atUs: way.untilUs });
  const durationUs = way.stages.reduce((sum, { fromUs, toUs }) => sum + toUs - fromUs, 0);
  expect(durationUs).toBe(way.untilUs - way.startUs);
  if (way.end === null || way.end.outcome === 2) return;
  // What was answered leaves no hop out: each is a stage that begins when it departs.
  for (const { hops } of chunks) {
    hops.request.forEach((one, row) => {
      const [departUs, arriveUs] = [hops.departUs[row] as number, hops.arriveUs[row] as number];
      const sign = signOf(hops.what[row] as number);
      if (one !== request || arriveUs === departUs || departUs >= way.untilUs || sign === HopSign.Lost) return;
      const link = hops.link[row];
      const listed = way.stages.some(({ link: on, fromUs, toUs }, index) => {
        const isWhole = toUs >= Math.min(arriveUs, way.untilUs) || way.stages[index + 1]?.sort === 'giveUp';
        return on === link && fromUs <= departUs && toUs > fromUs && isWhole;
      });
      expect({ request, departUs, link, sign, listed }).toEqual({ request, departUs, link, sign, listed: true });
    });
  }
}
