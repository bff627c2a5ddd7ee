// Everything that can travel on a link. A message belongs to a call: one connection that a caller opens to a callee, on
// which one question goes out and at most one answer comes back. Codes are small integers, because they live in columns.

/** What a message says. The first group goes from caller to callee, the second comes back. */
export const Message = {
  HttpRequest: 1,
  /** A health check that asks for a page. */
  HealthCheck: 2,
  /** A health check that only opens the connection; the host's kernel answers it, the program sees nothing. */
  TcpCheck: 3,
  Query: 4,
  /** One way: a committed write on its way to a replica. */
  BinlogEvent: 5,
  /** To the callee: the caller gave up and closed the connection. */
  Closed: 6,
  /** One way, and without TCP: VRRP's word that its sender holds the address, with a priority. Lost is lost. */
  Advertisement: 9,

  /** The answer: `HttpResponse`, `QueryResult` or the result of a check, with its status in the call. */
  Answer: 16,
  /** Nothing listens: the callee's host refused the connection. */
  Refused: 17,
  /** The callee died with the connection open. */
  Reset: 18,
} as const;
export type MessageCode = (typeof Message)[keyof typeof Message];

/** Which page a health check asks for, in `calls.data`: one that the first server answers by itself, or one that needs all. */
export const CheckPage = { Health: 0, Ready: 1 } as const;

/** What a call is for, as the picture draws it. */
export const Purpose = { Read: 0, Write: 1, Static: 2, Check: 3, Copy: 4, Dns: 5, Flood: 6, Advert: 7 } as const;
export type PurposeCode = (typeof Purpose)[keyof typeof Purpose];

/** Why a request did not get its page. Order is part of the trace format: add at the end. */
export const REASONS = [
  'none',
  'connection-refused', // every attempt was refused (HAProxy SC)
  'connect-timeout', // every attempt timed out (HAProxy sC)
  'no-server', // no usable server in the backend (HAProxy SC, no server)
  'queue-timeout', // still queued after timeout queue (HAProxy sQ)
  'server-timeout', // no answer within timeout server (HAProxy sH)
  'server-closed', // the server died while it worked on the request (HAProxy SH)
  'app-refused', // nginx 502: the application server refused the connection
  'app-closed', // nginx 502: the application server died while it worked
  'app-timeout', // nginx 504: the application server did not answer in time
  'database-refused', // 500: the database refused the connection
  'database-closed', // 500: the database died during the query
  'database-timeout', // 500: the database did not answer in time
  'read-only', // 500: a write reached a read-only replica (error 1290)
  'site-refused', // users: the site's address refused the connection
  'site-closed', // users: the connection broke without an answer
  'client-timeout', // users: gave up waiting
  'status', // a server answered with an error status of its own
  'overloaded', // a server's backlog was full
  'database-unreachable', // 500: no connection to the database in time; nothing was asked
] as const;
export type Reason = (typeof REASONS)[number];

/** The column value of a reason. */
export const reasonCode = (reason: Reason): number => REASONS.indexOf(reason);
