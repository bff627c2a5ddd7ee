// Texts of the rules DB: what is lost or read wrong.
import type { RuleText } from './rule-text.ts';

export const DATA_TEXTS: Readonly<Record<string, RuleText>> = {
  'DB-01': {
    detects: 'A replica that administrators can write to',
    severity: 'high',
    why: 'A row written at a replica is in no other database. Replication stops at the first change that collides with it, and a promotion makes it the truth.',
    fix: 'Set `super_read_only` at each replica, so that accounts with SUPER are refused as well.',
    falsePositive: 'MariaDB 10.11 and newer, where `read_only` holds for SUPER too, and nobody has READ ONLY ADMIN.',
    source: { title: 'MySQL WorkLog 6799', section: 'Super-read-only that also blocks SUPER users' },
    proof: 'drawing',
  },
  'DB-02': {
    detects: 'Asynchronous replication where no confirmed write may be lost',
    severity: 'high',
    why: 'The primary tells the user that a write is saved before any replica has it. When it dies with the write on its way and a replica is promoted, the write is gone and the user was told otherwise.',
    fix: 'Set semi-synchronous replication at the primary and at its replicas. It falls back to asynchronous when no replica answers within its timeout, 10 s by default, so watch its state.',
    falsePositive: 'The primary is never replaced: its disk survives, and the site waits until it is back.',
    source: { title: 'MySQL 9.5 Reference Manual', section: '19.4.10.2 Configuring Semisynchronous Replication' },
    proof: 'drawing and run',
  },
  'DB-03': {
    detects: 'Writes that go to a replica',
    severity: 'critical',
    why: 'A replica refuses writes, so these users can save nothing. A replica that is not read-only would take them, and its data would differ for good.',
    fix: 'Send writes to the primary and only reads to replicas, on lines of their own.',
    falsePositive: 'An application that never writes on this way, although its traffic is drawn with writes.',
    source: { title: 'MySQL Router 9.0', section: 'Read/Write Splitting, statements' },
    proof: 'drawing and run',
  },
  'DB-04': {
    detects: 'Automatic promotion that cannot stop the old primary',
    severity: 'critical',
    why: 'Whoever promotes sees only that there is no answer. When the line is cut or the primary hangs, it lives, and two databases take writes that can never be put together again.',
    fix: 'Make sure that the old primary is off before the replica takes writes: a power board that is asked first, or a majority that it is no part of.',
    falsePositive: 'Something outside the drawing takes the old primary off the network in the same moment.',
    source: {
      title: 'Red Hat Enterprise Linux 9, Configuring and managing high availability clusters',
      section: 'Chapter 10, Configuring fencing in a Red Hat High Availability cluster',
    },
    proof: 'drawing and run',
  },
  'DB-05': {
    detects: 'A replica and no practised way to promote it',
    severity: 'medium',
    why: 'A replica is a copy. It becomes a failover only by steps that somebody has to know, in the right order, in the night in which they are needed.',
    fix: 'Write the steps down, carry them out once a quarter, and note how long they take; or let a monitor do it.',
    falsePositive: 'The replica is there for reads or backups alone, and the site waits for the primary.',
    source: { title: 'MariaDB Documentation', section: "Using Automatic Failover with MaxScale's MariaDB Monitor" },
    proof: 'drawing and run',
  },
  'DB-06': {
    detects: 'No backup, or one beside the data',
    severity: 'high',
    why: 'A replica repeats every mistake within a moment. Only a copy of an earlier time brings back what was deleted or spoilt, and only one elsewhere survives the server.',
    fix: 'Back up to another server or site, automatically, and restore the backup regularly to see that it can be read.',
    falsePositive: 'The data can be made again from another source in time.',
    source: {
      title: 'AWS Well-Architected Framework, Reliability Pillar',
      section:
        'REL09-BP01 Identify and back up all data that needs to be backed up; REL09-BP04 Perform periodic recovery of the data',
    },
    proof: 'drawing and run',
  },
  'DB-07': {
    detects: "Reads of one's own writes from a replica that lags",
    severity: 'medium',
    why: 'A user who saves something and looks at it again is served by a replica that has not applied it yet. To the user it is lost, and is often sent a second time.',
    fix: 'Read from the primary for a while after a write, or wait until the replica has applied it, or keep the lag below the time that a page takes.',
    falsePositive: 'What is read back at once never matters, such as a count of visits.',
    source: {
      title: 'MariaDB Documentation',
      section: "Ensuring Causal Consistency with MaxScale's Read/Write Split Router",
    },
    proof: 'run',
  },
};
