// What a database answers to a statement that it does not carry out: a rule for every kind of statement, account and session.
// Recorded at MariaDB 10.11; MySQL exempts SUPER where MariaDB does not.

/** Writes at a database that is read_only, and in a transaction that was started READ ONLY. */
export const ERROR_READ_ONLY = 1290;
const ERROR_READ_ONLY_TRANSACTION = 1792;

export type Statement =
  /** SELECT without a lock, BEGIN, ROLLBACK, and a COMMIT with nothing to write. */
  | 'read'
  /** INSERT, UPDATE, DELETE, DDL and SELECT ... FOR UPDATE, whether a row matches or not. */
  | 'write'
  /** A temporary table, and writes to one. */
  | 'temporary';

export interface Session {
  /** READ ONLY ADMIN: the one privilege that is exempt. */
  readonly isExempt: boolean;
  /** Inside `START TRANSACTION READ ONLY`. */
  readonly isReadOnlyTransaction: boolean;
}

/** An application's account, and one with READ ONLY ADMIN; and what a call's `callerB` says of the latter. */
export const SESSION: Session = { isExempt: false, isReadOnlyTransaction: false };
export const EXEMPT_SESSION: Session = { isExempt: true, isReadOnlyTransaction: false };
export const EXEMPT = 1;

/** The error's number, or null when the statement is carried out. */
export function refusalOf(statement: Statement, session: Session, readOnly: boolean): number | null {
  if (statement !== 'write') return null;
  if (readOnly && !session.isExempt) return ERROR_READ_ONLY;
  return session.isReadOnlyTransaction ? ERROR_READ_ONLY_TRANSACTION : null;
}
