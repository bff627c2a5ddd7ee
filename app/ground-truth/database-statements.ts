// The scenario of `read-only-errors`: statements at a read_only replica, sorted into what matters of them; then, in a running
// simulation, read_only set under an open write, a row written at the replica by an exempt account, and what follows.
import { refusalOf, type Session, type Statement } from '../catalogue/database/read-only.ts';
import { Lab, writers } from './database-lab.ts';
import type { Params, Simulated } from './database-recording.ts';
import type { SessionScript } from './scripted-client.ts';

const SLOW_WRITE_MS = 50;

interface Asked {
  readonly target: string;
  readonly user: string;
  readonly sql: string;
}

const isAsked = (op: unknown): op is Asked => typeof op === 'object' && op !== null && 'sql' in op && 'user' in op;

/** Accounts with READ ONLY ADMIN: one made for it, and root, who has every privilege. SUPER alone is not exempt. */
const EXEMPT_USERS = ['roadmin', 'root'];

function sortOf(sql: string): Statement {
  if (/^(CREATE|DROP) TEMPORARY|INTO tt\b/i.test(sql)) return 'temporary';
  if (/^COMMIT of a write/i.test(sql)) return 'write';
  return /^(INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|REPLACE)\b|FOR UPDATE\b/i.test(sql) ? 'write' : 'read';
}

/** What was asked, in its order, since a transaction that is READ ONLY lasts until it ends. What came of it is not looked at. */
export function statements(params: Params, file: Params): Simulated {
  const sessions = new Map<string, boolean>();
  const codes = new Map<string, number | null>();
  for (const op of askedIn(file)) {
    const account = `${op.target} ${op.user}`;
    const session: Session = {
      isExempt: EXEMPT_USERS.includes(op.user),
      isReadOnlyTransaction: sessions.get(account) === true,
    };
    const readOnly = op.target === 'replica' && params['readOnly'] === true;
    codes.set(`${account} ${op.sql}`, refusalOf(sortOf(op.sql), session, readOnly));
    if (/^START TRANSACTION READ ONLY/i.test(op.sql)) sessions.set(account, true);
    if (/^(COMMIT|ROLLBACK)$/i.test(op.sql)) sessions.set(account, false);
  }
  return {
    summary: { ...underOpenWrite(), ...errantRows() },
    codes: (op) => (isAsked(op) ? codes.get(`${op.target} ${op.user} ${op.sql}`) : undefined),
  };
}

/** The first three columns of the file's table of statements. */
function askedIn(file: Params): Asked[] {
  const [first] = (file['repetitions'] ?? []) as readonly { statements?: { rows?: readonly (readonly string[])[] } }[];
  return (first?.statements?.rows ?? []).map(([target = '', user = '', sql = '']) => ({ target, user, sql }));
}

const once = (more: Partial<SessionScript>): SessionScript => ({
  ...(writers(1, 0)[0] as SessionScript),
  everyMs: 1e6,
  startMs: 1e6,
  count: 1,
  ...more,
});

function underOpenWrite(): Params {
  const lab = new Lab({
    seed: 1,
    oneWayMs: null,
    primary: { writeMs: SLOW_WRITE_MS, distribution: 'fixed' },
    sessions: [once({ startMs: 10 })],
  });
  lab.run(30);
  lab.tell('primary', 'read_only', 'on');
  const isBlocked = !lab.primary.readOnly;
  lab.run(500);
  return {
    setReadOnlyBlockedByOpenWriteTransaction: isBlocked,
    rowOfThatTransactionPresent: lab.primaryLog.length > 0,
  };
}

function errantRows(): Params {
  const lab = new Lab({
    seed: 1,
    oneWayMs: null,
    sessions: [
      once({ startMs: 10, count: 5, everyMs: 5 }),
      once({ startMs: 200, target: 'replica', isExempt: true }),
      once({ startMs: 500 }),
    ],
  });
  const state = () => ({ io: lab.receiverState(), sql: lab.replica.channel.applies ? 'Yes' : 'No' });
  lab.run(400);
  const replicationAfterErrant = state();
  lab.run(600);
  return {
    replicationAfterErrant,
    replicationAfterConflictingPrimaryWrite: {
      ...state(),
      lastSqlErrno: lab.replica.channel.sqlError,
      sbm: lab.sbm(),
    },
  };
}
