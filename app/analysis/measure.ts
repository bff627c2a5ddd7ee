// A headless run of the engine, traced, for the rules to read: the same run that the page would show, at full speed.
import type { Design } from '../design/design.ts';
import type { Micros } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { startSimulation } from '../simulation/simulation.ts';
import { CHUNK_US, type TraceChunk } from '../simulation/trace.ts';
import { TraceRecorder } from '../simulation/trace-recorder.ts';
import type { Behaviours } from '../simulation/world.ts';
import type { Measure, RunMeasure } from './finding.ts';

/** `untilUs` is rounded up to whole seconds. Same seed, same run. */
export const measureWith =
  (behaviours: Behaviours, seed: number): Measure =>
  (design: Design, commands: readonly Command[], untilUs: Micros): RunMeasure => {
    const recorder = new TraceRecorder();
    const simulation = startSimulation({ design, seed, commands }, behaviours, recorder);
    const chunks: TraceChunk[] = [];
    while (simulation.world.nowUs < untilUs) {
      simulation.advance(simulation.world.nowUs + CHUNK_US);
      chunks.push(recorder.cut(simulation.world));
      recorder.begin(simulation.world);
    }
    return { design, seed, chunks, untilUs: simulation.world.nowUs };
  };
