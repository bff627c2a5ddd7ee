// Experiments: what was measured is what the simulation counted, and the verdict holds it against the drawing.
import { describe, expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { BALANCES } from '../catalogue/load-balancer/config.ts';
import type { Design } from '../design/design.ts';
import { elementsOf } from '../design/elements.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { randomRun } from '../designs/random-run.ts';
import { SECOND } from '../foundation/micros.ts';
import { type Command, inOrder } from '../simulation/command.ts';
import { Purpose } from '../simulation/message.ts';
import type { TraceChunk } from '../simulation/trace.ts';
import { summariserOf } from '../timeline/summarise.ts';
import { Timeline } from '../timeline/timeline.ts';
import { TraceWindow } from '../timeline/trace-window.ts';
import { type Experiment, experimentsOf } from './experiment.ts';

function lived(design: Design, seed: number, commands: readonly Command[], seconds: number) {
  const timeline = new Timeline({ design, seed, commands }, behaviours, structuredClone);
  const window = new TraceWindow(elementsOf(design));
  const summariser = summariserOf(design);
  const chunks = Array.from({ length: seconds }, (_, second) => {
    const chunk = timeline.chunk(second);
    window.learn([summariser.summarise(chunk, window.second(second - 1) ?? null)]);
    window.receive(chunk);
    return chunk;
  });
  return { window, chunks };
}

const rowOf = (experiment: Experiment | undefined, name: string) => experiment?.rows.find((row) => row.name === name);

describe('Server 1 is switched off in the classroom', () => {
  const design = distributedDesign('classroom');
  const commands: Command[] = [{ atUs: 20 * SECOND, type: 'kill', target: 'server1' }];
  const { window } = lived(design, 4, commands, 70);
  const at = (seconds: number) =>
    experimentsOf({ base: design, commands, findings: [], window, nowUs: seconds * SECOND - 1 });

  test('before it there is no experiment', () => expect(at(20)).toEqual([]));

  test('until it has settled there is no verdict, then it is as expected', () => {
    expect(at(30)[0]?.verdict?.title).toBe('Not settled yet');
    expect(at(70)[0]?.verdict?.title).toBe('As expected: no writes');
  });

  test('expected and measured stand side by side', () => {
    const [experiment] = at(70);
    expect(experiment?.title).toBe('Power off, Server 1, at 00:20.0');
    expect(rowOf(experiment, 'Reads served')).toMatchObject({ expected: 'all' });
    expect(rowOf(experiment, 'Writes served')).toMatchObject({ expected: 'none' });
    expect(rowOf(experiment, 'Time to detect')?.expected).toBe('4.9 to 7.2 s');
    const detected = Number.parseFloat(rowOf(experiment, 'Time to detect')?.measured ?? '');
    expect(detected).toBeGreaterThanOrEqual(4.9);
    expect(detected).toBeLessThanOrEqual(7.2);
    expect(rowOf(experiment, 'Time to recover, writes')).toMatchObject({
      expected: 'not by itself',
      measured: 'not yet',
    });
  });

  test('confirmed writes that a promotion lost are counted', () => {
    const lossy: Command[] = [
      { atUs: 10 * SECOND, type: 'cut', target: 'mysql1-mysql2' },
      ...commands,
      { atUs: 40 * SECOND, type: 'admin', target: 'mysql2', words: ['promote'] },
    ];
    const run = lived(design, 4, lossy, 70);
    const killed = experimentsOf({
      base: design,
      commands: lossy,
      findings: [],
      window: run.window,
      nowUs: 70 * SECOND - 1,
    }).find(({ title }) => title.startsWith('Power off'));
    expect(rowOf(at(70)[0], 'Confirmed writes lost')?.measured).toBe('0');
    expect(Number(rowOf(killed, 'Confirmed writes lost')?.measured)).toBeGreaterThan(2);
  });

  test('after the repair it has ended, and its counts stay', () => {
    const repaired: Command[] = [...commands, { atUs: 50 * SECOND, type: 'repair', target: 'server1' }];
    const run = lived(design, 4, repaired, 70);
    const then = (seconds: number) =>
      experimentsOf({
        base: design,
        commands: repaired,
        findings: [],
        window: run.window,
        nowUs: seconds * SECOND - 1,
      })[0];
    expect(then(69)?.state).toBe('ended at 00:50.0');
    expect(then(69)?.counts).toEqual(then(60)?.counts);
  });
});

describe('over random runs the counts of every experiment are those of the simulation', () => {
  test.each(Array.from({ length: 30 }, (_, index) => index))('run %i', (index) => {
    const run = randomRun(index, 14, { balances: BALANCES });
    const commands = inOrder(run.commands);
    const { window, chunks } = lived(run.design, run.seed, commands, 16);
    const nowUs = 15.5 * SECOND;
    for (const { command, counts, state } of experimentsOf({
      base: run.design,
      commands,
      findings: [],
      window,
      nowUs,
    })) {
      if (state !== 'still on') continue;
      expect({ command, counts }).toMatchObject({ command, counts: counted(chunks, command.atUs, nowUs) });
      expect(counts.answered + counts.retried + counts.failed + counts.waiting).toBe(counts.total);
    }
  });
});

/** From the raw rows: what ended after `fromUs`, and what was open at `toUs`. */
function counted(chunks: readonly TraceChunk[], fromUs: number, toUs: number) {
  const count = { answered: 0, retried: 0, failed: 0, waiting: 0 };
  for (const { starts, ends } of chunks) {
    starts.atUs.forEach((us, row) => {
      if (us <= toUs && starts.purpose[row] !== Purpose.Flood) count.waiting++;
    });
    ends.endUs.forEach((us, row) => {
      if (us > toUs || ends.purpose[row] === Purpose.Flood) return;
      count.waiting--;
      if (us <= fromUs) return;
      const outcome = (['answered', 'retried', 'failed'] as const)[ends.outcome[row] as number] ?? 'failed';
      count[outcome]++;
    });
  }
  return count;
}
