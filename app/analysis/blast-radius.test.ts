// The blast radius of the built-in designs: what each fault does to reads and writes, who notices, when it is over, what is lost.
import { describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import type { Design } from '../design/design.ts';
import { builtInDesign } from '../designs/built-in.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { SECOND } from '../foundation/micros.ts';
import { OUTCOMES } from '../simulation/requests.ts';
import { startSimulation } from '../simulation/simulation.ts';
import { cuttable, FAULT_US, faultRun, measureFault, measureFaults, watchedUs } from './blast-radius.ts';
import type { LastingFault } from './fault-measure.ts';
import { RECOVERY_ANSWERS } from './fault-reading.ts';
import { measureWith } from './measure.ts';

const SEED = 7;
const MONITOR = { monitorIntervalMs: 1_000, failcount: 2, backendConnectTimeoutMs: 500 };
const measure = measureWith(behaviours, SEED);
const distributed = distributedDesign('classroom');
const scaledUp = builtInDesign('scaled-up', 'classroom');
const measured = (design: Design, fault: LastingFault) => measureFault(design, fault, knowledge, measure);

describe('what a fault means for the users', () => {
  test.each<[string, Design, LastingFault, string, string | null]>([
    ['the one balancer, killed', distributed, { type: 'kill', target: 'haproxy' }, 'no-requests', null],
    ['the users line, cut', distributed, { type: 'cut', target: 'users-haproxy' }, 'no-requests', null],
    ['the primary, killed', distributed, { type: 'kill', target: 'mysql1' }, 'no-writes', null],
    ['an app server that nobody checks, killed', distributed, { type: 'kill', target: 'app1' }, 'some-fail', null],
    ['a server whose requests go on to the next, cut off', distributed, cut('haproxy-nginx1'), 'survives', 'haproxy'],
    ['the same server hung: it takes what it never answers', distributed, hang('nginx1'), 'recovers', 'haproxy'],
    ['the replication, cut', distributed, cut('mysql1-mysql2'), 'survives', null],
    ['a balancer with a second one', scaledUp, { type: 'kill', target: 'haproxy1' }, 'recovers', 'keepalived2'],
    ['the same one hung: keepalived sees its process', scaledUp, hang('haproxy1'), 'no-requests', null],
  ])('%s', (_name, design, fault, verdict, detectedBy) => {
    const outcome = measured(design, fault);
    expect({ verdict: outcome.verdict, detectedBy: outcome.detectedBy }).toEqual({ verdict, detectedBy });
    expect(outcome.detectUs === null).toBe(detectedBy === null);
    expect(outcome.denied).toBe(verdict.startsWith('no-') ? verdict.slice('no-'.length) : null);
  });

  test('without a fault the site is what it is', () => {
    const { verdict, recoverUs, detectUs, requests, answered } = measureFaults(distributed, [], knowledge, measure);
    expect({ verdict, recoverUs, detectUs, failed: requests - answered }).toEqual({
      verdict: 'survives',
      recoverUs: 0,
      detectUs: null,
      failed: 0,
    });
  });
});

describe('time to recover', () => {
  const nginxHung = measured(distributed, hang('nginx1'));
  const { commands, endUs, lastUs } = faultRun(distributed, [hang('nginx1')], knowledge);
  const run = measure(distributed, commands, endUs);
  const ends = run.chunks
    .flatMap((chunk) =>
      Array.from(chunk.ends.startUs, (startUs, row) => ({
        startUs,
        failed: OUTCOMES[chunk.ends.outcome[row] as number] === 'failed',
      })),
    )
    .filter(({ startUs }) => startUs >= FAULT_US && startUs < lastUs)
    .sort((a, b) => a.startUs - b.startUs);

  test('is the first request after which none failed', () => {
    const last = ends.findLastIndex((end) => end.failed);
    expect(last).toBeGreaterThan(0);
    expect(nginxHung.recoverUs).toBe((ends[last + 1]?.startUs ?? 0) - FAULT_US);
    expect(ends.length - last).toBeGreaterThan(RECOVERY_ANSWERS);
  });

  test('is never while every other request fails, and at once when none does', () => {
    const dead = measured(distributed, { type: 'kill', target: 'mysql1' });
    expect(dead).toMatchObject({ recoverUs: null, readsRecoverUs: null, writesRecoverUs: null });
    expect(measured(distributed, cut('mysql1-mysql2'))).toMatchObject({ recoverUs: 0, writesRecoverUs: 0 });
    expect(measured(distributed, cut('app2-mysql1'))).toMatchObject({ readsRecoverUs: 0, writesRecoverUs: null });
  });

  test('the seconds add up to the requests that are counted', () => {
    const after = nginxHung.seconds.slice(FAULT_US / SECOND);
    const failed = after.reduce((sum, second) => sum + second.failed, 0);
    const all = after.reduce((sum, { answered, retried }) => sum + answered + retried, failed);
    expect(nginxHung.seconds.length).toBe(lastUs / SECOND);
    expect({ all, failed }).toEqual({ all: ends.length, failed: ends.filter((end) => end.failed).length });
    expect(all).toBe(nginxHung.requests);
    expect(after.reduce((sum, second) => sum + second.retried, 0)).toBe(nginxHung.retried);
  });
});

test('writes that a promoted replica had not received are lost: as many as the engine itself knows of', () => {
  const promotes = withMonitor(distributed);
  const outcome = measured(promotes, cut('mysql1-mysql2'));
  const { commands, endUs } = faultRun(promotes, [cut('mysql1-mysql2')], knowledge);
  const simulation = startSimulation({ design: promotes, seed: SEED, commands }, behaviours, null);
  simulation.advance(endUs);
  expect(outcome.lostWrites).toBeGreaterThan(0);
  expect(outcome.lostWrites).toBe(simulation.world.writes.lost().length);
  expect(outcome.detectedBy).toBe('mysql2');

  const killed = measured(promotes, { type: 'kill', target: 'mysql1' });
  expect({ denied: killed.denied, lost: killed.lostWrites }).toEqual({ denied: null, lost: 0 });
});

test('links inside a machine, and files, are no wires', () => {
  expect(cuttable(distributed)).toEqual([
    ...['users-haproxy', 'haproxy-nginx1', 'haproxy-nginx2', 'app1-mysql2', 'app2-mysql1', 'mysql1-mysql2'],
  ]);
});

test('the run is watched until there are enough of each class', () => {
  const traffic = { ...distributed.traffic, rateRps: 4, staticShare: 0 };
  const watched = (writeShare: number) => watchedUs({ ...distributed, traffic: { ...traffic, writeShare } }) / SECOND;
  expect(watched(0.25)).toBe(38);
  expect(watched(0.05)).toBe(180);
  expect(watched(0.001)).toBe(600);
});

function hang(target: string): LastingFault {
  return { type: 'hang', target };
}

function cut(target: string): LastingFault {
  return { type: 'cut', target };
}

/** The replica is promoted by a monitor beside it, which a cut line deceives. */
const withMonitor = (design: Design): Design => ({
  ...design,
  components: design.components.map((part) =>
    part.id === 'mysql2' ? { ...part, config: { ...part.config, monitor: MONITOR } } : part,
  ),
});
