// keepalived in design 4: what users notice of a failover, what a split costs when it heals, and that the checker of the address's
// holder sees a keepalived that does not do its duty.
import { describe, expect, test } from 'vitest';
import type { Design } from '../../design/design.ts';
import { elementsOf } from '../../design/elements.ts';
import { scaledUpDesign } from '../../designs/scaled-up.ts';
import { SECOND, toMs } from '../../foundation/micros.ts';
import type { Behaviour } from '../../simulation/behaviour.ts';
import { checkChunks } from '../../simulation/checkers/checker.ts';
import { checkersFor } from '../../simulation/checkers/watch.ts';
import type { Command } from '../../simulation/command.ts';
import { REASONS } from '../../simulation/message.ts';
import { startSimulation } from '../../simulation/simulation.ts';
import { Field, type TraceChunk } from '../../simulation/trace.ts';
import { TraceRecorder } from '../../simulation/trace-recorder.ts';
import { behaviours } from '../kinds.ts';
import { Timer } from './timer-codes.ts';

const DESIGN = scaledUpDesign('realistic');
const at = <T extends object>(seconds: number, command: T) =>
  ({ atUs: seconds * SECOND, ...command }) as unknown as Command;

function run(commands: readonly Command[], options: { seed?: number; all?: typeof behaviours; design?: Design } = {}) {
  const { seed = 3, all = behaviours, design = DESIGN } = options;
  const recorder = new TraceRecorder();
  const simulation = startSimulation({ design, seed, commands }, all, recorder);
  const chunks: TraceChunk[] = [];
  for (let second = 1; second <= 60; second++) {
    simulation.advance(second * SECOND);
    chunks.push(recorder.cut(simulation.world));
    recorder.begin(simulation.world);
  }
  const { ids } = elementsOf(design);
  const ends = chunks.flatMap(({ ends }) =>
    Array.from(ends.endUs, (endUs, row) => ({
      startMs: toMs(ends.startUs[row] as number),
      latencyMs: toMs(endUs - (ends.startUs[row] as number)),
      reason: REASONS[ends.reason[row] as number],
    })),
  );
  const answers = chunks.flatMap(({ changes }) =>
    Array.from(changes.atUs, (atUs, row) => ({ atMs: toMs(atUs), row, changes })).flatMap(({ atMs, row }) =>
      changes.element[row] === 0 && changes.field[row] === Field.AnswersFor
        ? [{ atMs, host: changes.value[row] === 0 ? null : ids[changes.value[row] as number] }]
        : [],
    ),
  );
  return { ends, answers, wrong: checkChunks(checkersFor(design, commands), chunks), world: simulation.world };
}

describe('a balancer without power', () => {
  const { ends, answers, wrong } = run([at(20, { type: 'kill', target: 'balancer1' })]);

  test('leaves the address unanswered for the down timer less the age of its last advertisement', () => {
    expect(answers.map(({ host }) => host)).toEqual([null, 'balancer2']);
    const gapMs = (answers[1]?.atMs ?? 0) - (answers[0]?.atMs ?? 0);
    expect(gapMs).toBeGreaterThan(2_600);
    expect(gapMs).toBeLessThan(3_640);
  });

  test('costs new connections the wait for TCP: they come through with its next try, none is refused', () => {
    const [from = 0, until = 0] = answers.map(({ atMs }) => atMs);
    const caught = ends.filter(({ startMs }) => startMs > from && startMs < until);
    expect(caught.length).toBeGreaterThan(80);
    expect(new Set(caught.map(({ reason }) => reason))).toEqual(new Set(['none']));
    // Tries after 1, 3 and 7 s: who came in the first 0.6 s waits for the third.
    for (const { startMs, latencyMs } of caught) expect(startMs + latencyMs).toBeGreaterThan(until);
  });

  test('breaks no law', () => expect(wrong).toEqual([]));
});

describe('a split that heals', () => {
  const split = (seed: number, design?: Design) =>
    run(
      [
        at(20, { type: 'cut', target: 'balancer1', other: 'balancer2' }),
        at(30.1, { type: 'repair', target: 'balancer1', fault: 'cut' }),
      ],
      { seed, ...(design === undefined ? {} : { design }) },
    );
  const runs = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((seed) => split(seed));
  const holeOf = ({ answers }: ReturnType<typeof split>): number => {
    const gone = answers.find(({ host }) => host === null)?.atMs;
    const back = answers.find(({ atMs, host }) => gone !== undefined && atMs > gone && host === 'balancer1')?.atMs;
    return gone === undefined ? 0 : (back ?? 60_000) - gone;
  };

  test('gives the address to the second one meanwhile, and back afterwards', () => {
    for (const { answers, wrong } of runs) {
      expect(answers[0]?.host).toBe('balancer2');
      expect(answers.at(-1)?.host).not.toBe('balancer2');
      expect(wrong).toEqual([]);
    }
  });

  test('leaves a black hole only where the first one never heard of the second, for as long as an ARP entry is trusted', () => {
    const holes = runs.map(holeOf);
    expect(holes.some((ms) => ms < 100)).toBe(true);
    expect(holes.some((ms) => ms > 5_000)).toBe(true);
    for (const ms of holes) expect(ms).toBeLessThan(45_000);
  });

  test('is over after the next refresh where keepalived repeats its gratuitous ARP', () => {
    const refreshing: Design = {
      ...DESIGN,
      components: DESIGN.components.map((one) =>
        one.kind === 'virtual-ip' ? { ...one, config: { ...one.config, garpMasterRefreshMs: 5_000 } } : one,
      ),
    };
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) expect(holeOf(split(seed, refreshing))).toBeLessThan(6_100);
  });
});

describe('with the address on both hosts, the users stay with the one that their table names', () => {
  const shortLived: Design = { ...DESIGN, traffic: { ...DESIGN.traffic, baseReachableMs: 1_000 } };
  const split = at(10, { type: 'cut', target: 'keepalived1-keepalived2' });
  const answering = (...commands: readonly Command[]) =>
    run([split, ...commands], { design: shortLived }).answers.map(({ host }) => host);

  test('while its kernel answers for the address, though HAProxy gives no answer any more', () => {
    expect(answering(at(25, { type: 'hang', target: 'haproxy2' }))).toEqual(['balancer2']);
  });

  test('until it has no power: then they ask everybody', () => {
    expect(answering(at(25, { type: 'kill', target: 'balancer2' }))).toEqual(['balancer2', null, 'balancer1']);
  });
});

describe('the checker sees a keepalived', () => {
  const own = behaviours['virtual-ip'] as Behaviour;
  const found = (other: Partial<Behaviour>, commands: readonly Command[]) =>
    run(commands, { all: { ...behaviours, 'virtual-ip': { ...own, ...other } } }).wrong.join('\n');
  const off = at(20, { type: 'kill', target: 'balancer1' });
  const without = (code: number): Partial<Behaviour> => ({
    onTimer: (state, config, timer, call, data, context) => {
      if (timer !== code) own.onTimer(state, config, timer, call, data, context);
    },
  });

  test('that never takes the address', () => {
    expect(found(without(Timer.Down), [off])).toContain('has been BACKUP for');
  });

  test('that is deaf, and takes it beside another', () => {
    const deaf: Partial<Behaviour> = {
      onMessage: (_state, _config, _code, call, context) => context.drop(call),
    };
    expect(found(deaf, [])).toContain('takes the address');
  });

  test('that takes it too early', () => {
    const hasty: Partial<Behaviour> = {
      onMessage: (state, config, code, call, context) => {
        own.onMessage(state, { ...config, downTimerAdverts: 1 }, code, call, context);
      },
    };
    expect(found(hasty, [off])).toContain('after an advertisement that it accepted');
  });

  test('that keeps the address when it steps down', () => {
    const greedy: Partial<Behaviour> = {
      onMessage: (state, config, code, call, context) => {
        own.onMessage(state, config, code, call, context);
        context.holdAddress(true);
      },
    };
    expect(found(greedy, [])).toContain('has the address without being MASTER');
  });

  test('that does its duty as faultless', () => {
    expect(found({}, [off, at(40, { type: 'repair', target: 'balancer1' })])).toBe('');
  });
});
