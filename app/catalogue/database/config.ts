// Settings of the database (MySQL): its role, how long queries take, and how a replica applies what it receives.
import * as v from 'valibot';

const ms = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));

export const databaseSchema = v.object({
  role: v.picklist(['primary', 'replica']),
  readMs: ms(0, 600_000),
  writeMs: ms(0, 600_000),
  /** Replica: time to apply one copied write, one after another. */
  applyMs: ms(0, 600_000),
  distribution: v.picklist(['fixed', 'exponential', 'gamma']),
  /** Queries in progress at once; more are refused (error 1040). */
  connections: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
});

export type DatabaseConfig = v.InferOutput<typeof databaseSchema>;
