// What the one sentence is made from.
import type { Design } from '../design/design.ts';
import type { Reading } from '../drawing/figure.ts';
import type { Micros } from '../foundation/micros.ts';
import type { Reason } from '../simulation/message.ts';
import type { Outcomes } from '../timeline/trace-window.ts';
import type { ServerBelief } from './beliefs.ts';
import type { SharedAddress } from './shared-address.ts';
import type { Truth } from './truth.ts';

/** The queue in front of a host's app server. */
export interface Queue {
  readonly hostId: string;
  readonly length: number;
  /** How long the host takes to answer, as its heading says, or null. */
  readonly p99Ms: number | null;
}

/** How the requests of the last seconds fared. */
export interface Load {
  readonly answered: number;
  readonly failed: number;
  readonly waiting: number;
  /** Requests wait, and for a while none has ended. */
  readonly silent: boolean;
  /** Why most of those that failed did, and the host to blame. */
  readonly reason: Reason;
  readonly blamed: string;
  readonly queues: readonly Queue[];
}

/** What the databases say of themselves, and what is true of the writes. Hosts by id. */
export interface DataFacts {
  /** Where writes are taken now. */
  readonly writable: readonly string[];
  readonly running: number;
  readonly promoting: string | null;
  /** Without power, whoever switched it off. */
  readonly powerless: readonly string[];
  /** A replica of the document that is primary now, since when, and where the primary of the document is. */
  readonly promoted: { readonly hostId: string; readonly sinceUs: Micros; readonly before: string } | null;
  /** Rows that the log of record has not. */
  readonly onlyThere: number;
  /** Writes that were confirmed and are not in the log of record. */
  readonly lost: number;
  readonly fellBack: boolean;
  readonly stopped: { readonly hostId: string; readonly error: number } | null;
}

export interface Facts {
  readonly nowUs: Micros;
  readonly design: Design;
  readonly truth: Truth;
  readonly servers: readonly ServerBelief[];
  /** Writes that the replica has not got, 0 without a replica. */
  readonly behind: number;
  /** When the mode was last switched, or null. */
  readonly switchedUs: Micros | null;
  readonly load: Load;
  /** Where the address moves between balancers; null elsewhere. */
  readonly shared: SharedAddress | null;
  /** What is true of the databases; null without one. */
  readonly data: DataFacts | null;
  /** What the figures show, by element. */
  readonly readings: Readonly<Record<string, Reading>>;
  /** How the users' requests ended of late, those of a flood apart. */
  readonly outcomes: Outcomes;
}
