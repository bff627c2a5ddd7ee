// Fields of the trace: what an element is at an instant, noted when it changes.
import { fromMs, type Micros } from '../foundation/micros.ts';
import type { Engine } from './engine.ts';
import { FIELDS } from './trace.ts';

/** Sets a field of an element; the trace gets a row when it differs, and then it is true. */
export function recordField(sim: Engine, element: number, field: number, value: number): boolean {
  const world = sim.world;
  const at = element * FIELDS + field;
  if (world.fields[at] === value) return false;
  world.fields[at] = value;
  sim.recorder?.change(world.nowUs, element, field, value);
  return true;
}

/** Whole milliseconds of an instant, for fields. */
export const fieldMs = (us: Micros): number => Math.floor(us / fromMs(1));
