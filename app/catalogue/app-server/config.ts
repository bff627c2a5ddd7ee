// Settings of the application server: a limited number of workers, each with one request at a time, and where reads go.
import * as v from 'valibot';

const ms = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));

export const appServerSchema = v.object({
  workers: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)),
  /** Mean of its own work per request, without the database. */
  serviceMs: ms(0, 600_000),
  distribution: v.picklist(['fixed', 'exponential', 'gamma']),
  readsFrom: v.picklist(['local', 'primary', 'replica', 'both']),
  /** To open a connection to a database. */
  connectTimeoutMs: ms(1, 600_000),
  /** To wait for the answer to a query. */
  readTimeoutMs: ms(1, 600_000),
  /** With `both`: how long a database that did not answer is left out. */
  skipMs: ms(0, 3_600_000),
});

export type AppServerConfig = v.InferOutput<typeof appServerSchema>;
