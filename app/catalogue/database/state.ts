// The state of a database as plain data: what it shows, its log's part on disk, and the two ends of replication.
import type { CallId } from '../../simulation/behaviour.ts';
import type { QueueRing } from '../../simulation/queue-ring.ts';

/** Timers of a database. */
export const Timer = {
  /** The query of the call is done. */
  QueryDone: 1,
  /** The replica has applied its next copied write. */
  Applied: 2,
  /** The engine has committed the write of the call. */
  Committed: 3,
  /** The write of the call has waited long enough for an acknowledgement. */
  SemiTimeout: 4,
  /** The applier has slept its whole seconds (`MASTER_DELAY`). */
  DelayOver: 5,
  /** The steps of a promotion are done. */
  Promoted: 6,
  /** The receiver connects (again). */
  Connect: 10,
  /** The receiver has been silent long enough, if it still is. */
  Silence: 11,
  /** A link that was cut may carry again. */
  Resume: 12,
  /** The primary says that it is there, if it has said nothing for a while. */
  Heartbeat: 13,
  /** The monitor looks at the primary; a probe has taken too long. */
  Probe: 20,
  ProbeLimit: 21,
  /** The old primary's host has no power any more. */
  Fenced: 22,
} as const;

/** What the receiver does. */
export const Receiver = { Stopped: 0, Connecting: 1, Connected: 2 } as const;

/** At a primary: one entry a database linked to it, whichever way the link leads. */
export interface Shipping {
  links: Int32Array;
  /** The other database of each link. */
  peers: Int32Array;
  /** The call by which a receiver is connected, or -1. */
  connection: Int32Array;
  /** Last position sent there, and last one acknowledged from there. */
  sent: Int32Array;
  acked: Int32Array;
  /** 1 while nothing is sent because the link carries nothing. */
  stalled: Uint8Array;
  /** When something was sent there last. */
  sentUs: Float64Array;
}

/** At a replica: where its writes come from. */
export interface Channel {
  /** Entry of `Shipping` that it follows, or -1 for none. */
  source: number;
  receiver: number;
  connection: CallId;
  /** Counts the channels of a running server: what an earlier one was applying is void. */
  series: number;
  /** Counts connections: a timer of an earlier one is void. */
  turn: number;
  heardUs: number;
  /** Last_IO_Errno and Last_SQL_Errno. */
  ioError: number;
  sqlError: number;
  /** Asks from the start of the primary's log instead of from its own position (empty `gtid_slave_pos`). */
  fromStart: boolean;
  applies: boolean;
  /** Copied writes that are being applied now. */
  applying: number;
  /** The applier sleeps because of `MASTER_DELAY`. */
  sleeping: boolean;
}

/** Semi-synchronous replication at a primary. */
export interface SemiSync {
  on: boolean;
  /** Writes that wait for an acknowledgement, in the order of their positions. */
  waiting: QueueRing;
  /** AFTER_SYNC: writes that wait before the binlog, and the last positions of the one or two groups in it. */
  entering: QueueRing;
  groups: number[];
  /** Commits without an acknowledgement (Rpl_semi_sync_master_no_tx). */
  unacknowledged: number;
}

export interface Watching {
  failures: number;
  /** The probe in progress, or -1. */
  probe: CallId;
  probedUs: number;
  /** It has decided: nothing more is probed. */
  decided: boolean;
  /** Its next look at the primary is armed or under way. */
  armed: boolean;
}

export interface DatabaseState {
  /** Positions of its log that a read sees. */
  version: number;
  readOnly: boolean;
  /** Its setting when it last started or was told otherwise. */
  role: string;
  promoting: boolean;
  /** Queries in progress, those that wait for a thread included. */
  busy: number;
  /** With a limit of threads: who works, and who waits. */
  working: number;
  queue: QueueRing;
  /** How often its data have been replaced by a copy of another's: what began before that is not in them. */
  copies: number;
  /** Engine commits end in the order of the log: the end of the last one. */
  committedUs: number;
  /** Length of the log that is surely on disk when it is written once a second, and that second. */
  flushedLength: number;
  flushedSecond: number;
  shipping: Shipping;
  channel: Channel;
  semi: SemiSync;
  watching: Watching;
  queryStream: number;
  applyStream: number;
  commitStream: number;
}
