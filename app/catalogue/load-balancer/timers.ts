// The load balancer's timers by number, in one place so that no two of its parts use the same one.

export const Timer = {
  /** A check of server `data` is due. */
  Check: 1,
  /** A check has had its time to connect, or in all. */
  CheckLimit: 2,
  /** An attempt has had its time to connect, or the server its time to answer. */
  Attempt: 3,
  /** A request has waited for its next attempt. */
  Retry: 4,
  /** A request has been in a queue for as long as it may; `data` is its ticket. */
  Queue: 5,
  /** The next step of a slow start. */
  Warm: 6,
} as const;

/** What a timer of a server carries is `stamp * SERVERS + server`; config.ts allows 1000 servers. */
export const SERVERS = 1024;
