// Settings of the database (MySQL): its role, how long queries take, and how a replica applies what it receives.
import * as v from 'valibot';
import { DISTRIBUTIONS } from '../../simulation/distribution.ts';

const ms = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));

export const databaseSchema = v.object({
  role: v.picklist(['primary', 'replica']),
  readMs: ms(0, 600_000),
  writeMs: ms(0, 600_000),
  /** Replica: time to apply one copied write, one after another. */
  applyMs: ms(0, 600_000),
  distribution: v.picklist(DISTRIBUTIONS),
  /** Coefficient of variation of the laws that have a choice; without it each has its usual one (distribution.ts). */
  variation: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(20))),
  /** Queries in progress at once; more are refused (error 1040). */
  connections: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
  /** Queries that are worked on at once; the others wait in line (`innodb_thread_concurrency`). Without it all are. */
  threads: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000))),
  /** Replica: copied writes that are applied at once, in any order (`slave_parallel_threads`, a domain each). Without it 1. */
  applyThreads: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
});

export type DatabaseConfig = v.InferOutput<typeof databaseSchema>;
