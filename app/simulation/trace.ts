// The trace: what the picture is made of. Columns of hops, changes, calls and requests, cut into chunks of one simulated
// second. A chunk carries the value of every field at its start, so that any instant is one chunk and a short walk.
import type { Micros } from '../foundation/micros.ts';
import { SECOND } from '../foundation/micros.ts';

/** Length of a chunk. Chunk k holds what was recorded in [k, k + 1) seconds. */
export const CHUNK_US: Micros = SECOND;

/**
 * Elements of the trace, one index space: users, dns, then hosts, components and links in document order; where the design
 * has monitoring, monitoring itself and one line of reports for each host.
 */
export const USERS_ELEMENT = 0;
export const DNS_ELEMENT = 1;

/** Fields per element. */
export const FIELDS = 13;

/** Fields that the engine keeps for hosts and components. */
export const Field = {
  /** Alive code below. */
  Alive: 0,
  /** Busy workers (or requests in progress where there are no workers). */
  Busy: 1,
  /** Waiting for a worker. */
  Queue: 2,
  /** Of all workers. */
  Capacity: 3,
  /** Load balancer: element index of the link whose server is next, or -1. Database: version of the data. */
  Turn: 4,
  Version: 4,
  /** Load balancer: requests in its queue. Database: queries that wait for a thread. */
  Extra: 5,
  /** When `Alive` last changed, whole milliseconds. */
  SinceMs: 6,
  /** While it is stopped: connections that its kernel has accepted for it. */
  Backlog: 7,
  /** Database: last position of its log; what it is and does (DatabaseSign); rows that the log of record has not. */
  LogEnd: 12,
  Signs: 10,
  Divergent: 11,
  /** 1: the process is stopped. */
  Hung: 8,
  /** Hundredths of the normal time that work takes, 0 when it takes its normal time. Hosts too. */
  SlowPercent: 9,
  /** Links, beside what a balancer believes: 1 while nothing gets through, and while it loses or delays. */
  Cut: 8,
  Degraded: 9,
  /** Users: requests a second of the flood. */
  FloodRps: 8,
  /** Users, where the address moves: element of the host that their neighbour table names, and of the one that answers; or 0. */
  Neighbour: 4,
  AnswersFor: 5,
  /** Hosts: 1 while the address that moves is on its interface, and how many gratuitous ARPs it has sent. */
  HoldsAddress: 10,
  Announced: 11,
  /** Hosts: 1 while its cable is pulled. */
  CablePulled: 7,
  /** Users: writes that ended, by what became of them (writes.ts). */
  WritesSaved: 1,
  WritesRefused: 2,
  WritesAmbiguous: 3,
  WritesLost: 7,
  WritesFailedYetStored: 9,
} as const;

/** Bits of `Field.Signs` of a database. */
export const DatabaseSign = {
  /** Takes writes of anybody. */
  Writable: 1,
  /** Has a replication channel: it follows another one. */
  Follows: 2,
  /** The receiver is connected; the applier runs. */
  Receives: 4,
  Applies: 8,
  /** Semi-synchronous replication is set, and is on now (else it has fallen back). */
  SemiSet: 16,
  SemiOn: 32,
  /** A promotion is under way. */
  Promoting: 64,
  /** The log of record is its own. */
  OfRecord: 128,
  /** From this bit on: the number of the error that stopped its replication, 0 for none. */
  Error: 256,
} as const;

/** Values of `Field.Alive`. */
export const Alive = { Up: 0, ProcessDead: 1, PoweredOff: 2 } as const;

/** Fields of a link from a load balancer to a server: what the balancer believes. */
export const Belief = {
  /** HAProxy's health counter, 0 .. rise + fall - 1; UP when >= rise. */
  Health: 0,
  /** Belief state below. */
  State: 1,
  Rise: 2,
  Fall: 3,
  /** 1 when the server line says `backup`. */
  Backup: 4,
  Weight: 5,
  /** When `State` last changed, whole milliseconds. */
  SinceMs: 6,
  /** Connections to the server now. */
  Sessions: 7,
  /** Requests in the server's own queue. */
  Queue: 10,
} as const;

/** Fields of monitoring: how many hosts report, how many alerts fire, the first one's place in the list from 1, whether
 * somebody knows, and since when (whole milliseconds). Of a line of reports: whether its host is silent. */
export const Told = { Reporting: 0, Firing: 1, Rule: 2, Somebody: 3, SinceMs: 6, Silent: 0 } as const;

/** Values of `Belief.State`. `NotChecked` servers are taken for UP for ever; `Drain` takes nothing new but sticky users. */
export const BeliefState = { Up: 0, Down: 1, NotChecked: 2, Drain: 3, Maintenance: 4 } as const;

/** What a hop is, beside its purpose. */
export const HopSign = {
  /** A question on its way to the callee. */
  Ask: 0,
  /** A good answer on its way back. */
  Good: 1,
  /** A failure on its way back: an error answer, a refusal or a reset. */
  Bad: 2,
  /** The message arrived where nobody is: it ends here (depart and arrive are the instant). */
  Lost: 3,
} as const;

/** Columns of one chunk. Every array is cut to its row count; they cross the thread boundary by transfer. */
export interface TraceChunk {
  readonly index: number;
  /** FIELDS values per element at the start of the chunk. */
  readonly base: Int32Array;
  /** In the order of departure. Answers of the DNS stand in the chunk in which it was asked: the last may leave after its end. */
  readonly hops: {
    readonly departUs: Float64Array;
    readonly arriveUs: Float64Array;
    /** Element index of the link (or DNS_ELEMENT for a question to the DNS). */
    readonly link: Int32Array;
    /** The request's number, or 0 for checks and copies. */
    readonly request: Int32Array;
    /** Purpose | sign << 3 | retried << 5. */
    readonly what: Uint8Array;
  };
  readonly changes: {
    readonly atUs: Float64Array;
    readonly element: Int32Array;
    readonly field: Uint8Array;
    readonly value: Int32Array;
  };
  /** One row per call that ended at its callee: how long the callee took. */
  readonly spans: {
    readonly endUs: Float64Array;
    readonly arrivedUs: Float64Array;
    readonly link: Int32Array;
    readonly request: Int32Array;
    readonly purpose: Uint8Array;
    /** 1 when the answer was good. */
    readonly good: Uint8Array;
    /** When the callee began to work on it, where it keeps a line (first come, first served); -1 elsewhere. */
    readonly beganUs: Float64Array;
  };
  /** One row per position that a database wrote, or that a replica received into its relay log. */
  readonly logs: {
    readonly atUs: Float64Array;
    readonly element: Int32Array;
    readonly position: Int32Array;
    readonly epoch: Int32Array;
    /** The request that wrote it, 0 where it was received (or written for nobody). */
    readonly request: Int32Array;
  };
  /** One row per request that a user started. */
  readonly starts: { readonly atUs: Float64Array; readonly request: Int32Array; readonly purpose: Uint8Array };
  /** One row per request that ended, with its one outcome. */
  readonly ends: {
    readonly endUs: Float64Array;
    readonly startUs: Float64Array;
    readonly request: Int32Array;
    readonly purpose: Uint8Array;
    /** Index into OUTCOMES. */
    readonly outcome: Uint8Array;
    /** HTTP status that the user saw, 0 without an answer. */
    readonly status: Int32Array;
    /** Index into REASONS. */
    readonly reason: Uint8Array;
    /** Element to blame, or -1. */
    readonly cause: Int32Array;
    /** Index into TERMINATIONS. */
    readonly termination: Uint8Array;
    readonly retries: Uint8Array;
    readonly redispatched: Uint8Array;
    /** Element index of the link to the server that got it last, or -1. */
    readonly server: Int32Array;
    readonly staleBy: Int32Array;
    readonly listIndex: Int32Array;
    /** The user's IPv4 address as a 32-bit number. */
    readonly address: Int32Array;
    /** Index into COOKIE_STATES. */
    readonly cookieState: Uint8Array;
    /** HAProxy's timers Tw, Tc, Tr and Ta, -1 for what was never reached. */
    readonly queueUs: Float64Array;
    readonly connectUs: Float64Array;
    readonly responseUs: Float64Array;
    readonly activeUs: Float64Array;
    /** Requests ahead in the queues of the server and of the backend, itself included. */
    readonly serverQueue: Int32Array;
    readonly backendQueue: Int32Array;
  };
  /** Digest of the run at the end of the chunk. */
  readonly digest: string;
  /** Events handled since the start of the run, at the end of the chunk. */
  readonly events: number;
}

export const hopWhat = (purpose: number, sign: number, retried: number): number =>
  purpose | (sign << 3) | (retried << 5);
export const purposeOf = (what: number): number => what & 7;
export const signOf = (what: number): number => (what >> 3) & 3;
export const retriedOf = (what: number): number => (what >> 5) & 1;
