// Settings of the database (MariaDB, or MySQL): its role, how long queries take, and replication under the program's own names
// in camel case with their unit (`rpl_semi_sync_master_timeout` is rplSemiSyncMasterTimeoutMs). What is left out has
// MariaDB 10.11's default, but for masterConnectRetryS.
import * as v from 'valibot';
import { DISTRIBUTIONS } from '../../simulation/distribution.ts';

const ms = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));
const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const WAIT_POINTS = ['AFTER_COMMIT', 'AFTER_SYNC'] as const;

/** A monitor beside a replica that promotes it when the primary does not answer; names as in MaxScale's MariaDB monitor. */
const monitorSchema = v.object({
  monitorIntervalMs: ms(10, 600_000),
  /** Failures in a row. */
  failcount: whole(1, 100),
  /** Limit of one probe: to connect and to be answered. */
  backendConnectTimeoutMs: ms(1, 600_000),
  /**
   * Before it promotes, the old primary's host is powered off by its own power board, which takes so long (Pacemaker's fencing
   * resources, `stonith-enabled`). Without it nobody stops the old primary.
   */
  stonithMs: v.exactOptional(v.nullable(ms(0, 600_000))),
});

export const databaseSchema = v.object({
  /** What it starts as: a replica is `read_only` and follows the database that is linked to it. */
  role: v.picklist(['primary', 'replica']),
  readMs: ms(0, 600_000),
  /** Until a write is in the binlog, on disk. */
  writeMs: ms(0, 600_000),
  /** From there until the engine has committed it and the client is answered. Without it no time. */
  commitMs: v.exactOptional(ms(0, 600_000)),
  /** Replica: time to apply one copied write, one after another. */
  applyMs: ms(0, 600_000),
  distribution: v.picklist(DISTRIBUTIONS),
  /** Coefficient of variation of the laws that have a choice; without it each has its usual one (distribution.ts). */
  variation: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(20))),
  /** Queries in progress at once; more are refused (error 1040, `max_connections`). */
  connections: whole(1, 100_000),
  /** Queries that are worked on at once; the others wait in line (`innodb_thread_concurrency`). Without it all are. */
  threads: v.exactOptional(whole(1, 1_000)),
  /** Replica: copied writes that are applied at once, in any order (parallel replication, a domain each). Without it 1. */
  applyThreads: v.exactOptional(whole(1, 10_000)),

  /** Replica: `MASTER_DELAY`, 0. */
  masterDelayS: v.exactOptional(whole(0, 86_400)),
  /** Silence after which the receiver gives its connection up: 60. */
  slaveNetTimeoutS: v.exactOptional(whole(1, 31_536_000)),
  /** Wait before the receiver connects again: 1 here, as in the recordings (the program's own default is 60). */
  masterConnectRetryS: v.exactOptional(whole(1, 86_400)),

  /** Semi-synchronous replication, set at the primary and at its replicas: off. */
  rplSemiSyncMasterEnabled: v.exactOptional(v.boolean()),
  /** Wait for an acknowledgement, after which it falls back: 10,000. */
  rplSemiSyncMasterTimeoutMs: v.exactOptional(ms(1, 4_294_967)),
  rplSemiSyncMasterWaitPoint: v.exactOptional(v.picklist(WAIT_POINTS)),
  /** Whether it waits for the whole timeout with no replica connected: on. */
  rplSemiSyncMasterWaitNoSlave: v.exactOptional(v.boolean()),
  /** `SLAVE`: a restart cuts off what no replica has acknowledged and no client was told. Without it `MASTER`. */
  initRplRole: v.exactOptional(v.picklist(['MASTER', 'SLAVE'])),

  /** 1: each commit is on disk. 0: once a second. 2: a dead process loses nothing, a dead host up to a second. */
  innodbFlushLogAtTrxCommit: v.exactOptional(v.picklist([0, 1, 2])),
  /** 1: the binlog is on disk at each commit. 0: whenever the system gets to it. */
  syncBinlog: v.exactOptional(v.picklist([0, 1])),

  /** Replica: promotes itself. Without it, or with null, nobody does but a person. */
  monitor: v.exactOptional(v.nullable(monitorSchema)),

  // What the checker asks about protection. The run is the same with and without; left out is not stated.
  /** Somebody is harmed when strangers read the data. */
  sensitive: v.exactOptional(v.boolean()),
  /** `innodb_encrypt_tables`, or a disk that is encrypted as a whole. */
  innodbEncryptTables: v.exactOptional(v.boolean()),
  /** `local_infile`: LOAD DATA LOCAL reads files of the client. */
  localInfile: v.exactOptional(v.boolean()),
  /** What the account of the application may do: everything on the server, or what the application needs. */
  appGrants: v.exactOptional(v.picklist(['all', 'needed'])),
  /** `user`: it runs as root, or as a user of its own. */
  user: v.exactOptional(v.picklist(['root', 'own'])),
  /** Where the newest backup lies. */
  backup: v.exactOptional(v.picklist(['none', 'same-server', 'elsewhere'])),
  /** Replica: somebody has promoted it by the written steps, and knows how long that takes. */
  promotionRehearsed: v.exactOptional(v.boolean()),
  /** Replica: `super_read_only`, which refuses the writes of administrators as well. */
  superReadOnly: v.exactOptional(v.boolean()),
});

export type DatabaseConfig = v.InferOutput<typeof databaseSchema>;

export const SLAVE_NET_TIMEOUT_S = 60;
export const MASTER_CONNECT_RETRY_S = 1;
export const SEMI_SYNC_TIMEOUT_MS = 10_000;
