// Runs a model of theory on the engine and says how near it comes: batch means with their standard error, and when a quantity
// misses, five fresh seeds pooled (the rule of the tables' README).
import { behaviours } from '../catalogue/kinds.ts';
import { SECOND } from '../foundation/micros.ts';
import { startSimulation } from '../simulation/simulation.ts';
import type { Batch } from './theory-batch.ts';
import { TheoryMeter } from './theory-meter.ts';
import type { Model, Quantity } from './theory-models.ts';

export interface Estimate {
  readonly value: number;
  readonly error: number;
}

const BATCHES = 40;
const SECOND_US = 1e6;
const SLICES = 400;

/** All quantities of one run of `requests` after a warm-up of a tenth of them. */
export function runModel(
  model: Model,
  requests: number,
  seed: number,
  wanted: readonly string[],
): Map<string, Estimate> {
  const simulation = startSimulation({ design: model.design, seed, commands: [] }, behaviours, null);
  const batchSize = Math.ceil(requests / BATCHES);
  const meter = new TheoryMeter(simulation.world, model.stations, Math.ceil(requests / 10), batchSize);
  simulation.recorder = meter;
  const sliceUs = Math.ceil(((requests * 1.1) / model.design.traffic.rateRps / SLICES) * SECOND);
  while (meter.batches.length < BATCHES) simulation.advance(simulation.world.nowUs + sliceUs);
  const batches = meter.batches.slice(0, BATCHES);
  return new Map(
    wanted.map((name) => {
      const quantity = model.quantities[name] as Quantity;
      if (typeof quantity === 'function') return [name, estimate(quantity(meter.all), batches.map(quantity))];
      const at = [0.5, 0.95, 0.99].indexOf(quantity.percentile);
      const perBatch = batches.map((batch: Batch) => (batch.quantilesUs[at] as number) / SECOND_US);
      return [name, estimate(meter.latencies.quantile(quantity.percentile) / SECOND_US, perBatch)];
    }),
  );
}

/** A value with the standard error that its batches show. */
export function estimate(value: number, batches: readonly number[]): Estimate {
  const mean = batches.reduce((sum, one) => sum + one, 0) / batches.length;
  const squares = batches.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return { value, error: Math.sqrt(squares / (batches.length - 1) / batches.length) };
}

/** Estimates of several seeds together. */
export function pooled(estimates: readonly Estimate[]): Estimate {
  const value = estimates.reduce((sum, one) => sum + one.value, 0) / estimates.length;
  const variance = estimates.reduce((sum, one) => sum + one.error ** 2, 0);
  return { value, error: Math.sqrt(variance) / estimates.length };
}

/** What a standard error may be at most for a comparison to say anything, as a share of what is expected. */
export function errorLimit(name: string, expected: number): number {
  if (name === 'T_p99') return 0.02;
  return name.startsWith('p_') && expected < 0.01 ? 0.05 : 0.01;
}
