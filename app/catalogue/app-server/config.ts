// Settings of the application server: a limited number of workers, each with one request at a time, and where reads go.
import * as v from 'valibot';
import { DISTRIBUTIONS } from '../../simulation/distribution.ts';

const ms = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));

export const appServerSchema = v.object({
  workers: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)),
  /** Mean of its own work per request, without the database. */
  serviceMs: ms(0, 600_000),
  distribution: v.picklist(DISTRIBUTIONS),
  /** Coefficient of variation of the laws that have a choice; without it each has its usual one (distribution.ts). */
  variation: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(20))),
  /** Connections that wait for a worker at most; more are answered 503. Without it 2048, as usual. */
  backlog: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535))),
  /** Whether a request keeps its worker while the database works on it (threads do, an event loop does not). Else true. */
  holdsWorker: v.exactOptional(v.boolean()),
  /** Whether a request is passed over when its turn comes and its user has left meanwhile. Else it is worked on all the same. */
  dropsLeft: v.exactOptional(v.boolean()),
  /** With `both`: the share of reads that goes to a replica, drawn for each read. Without it the databases take turns. */
  replicaShare: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  readsFrom: v.picklist(['local', 'primary', 'replica', 'both']),
  /** To open a connection to a database. */
  connectTimeoutMs: ms(1, 600_000),
  /** To wait for the answer to a query. */
  readTimeoutMs: ms(1, 600_000),
  /** With `both`: how long a database that did not answer is left out. */
  skipMs: ms(0, 3_600_000),
  /** Connections that its pool to each database may hold. No run depends on it. */
  poolSize: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000))),
  /** Where it keeps what it knows of a user between two requests; `none`: each request says it all. No run depends on it. */
  sessions: v.exactOptional(v.picklist(['memory', 'shared', 'none'])),

  // What the checker asks about protection. The run is the same with and without; left out is not stated.
  /** Whom it believes when X-Forwarded-For says who the client is. */
  trustProxy: v.exactOptional(v.picklist(['nobody', 'balancer', 'anyone'])),
  /** Where its passwords lie: in the configuration beside the code, or in a store that hands them out. */
  secrets: v.exactOptional(v.picklist(['config', 'store'])),
  /** It runs as root, or as a user of its own. */
  user: v.exactOptional(v.picklist(['root', 'own'])),
});

export type AppServerConfig = v.InferOutput<typeof appServerSchema>;
