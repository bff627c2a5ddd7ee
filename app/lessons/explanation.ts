// The five points that the page explains, each with a script that shows it on the running diagram. No result stands here:
// placeholders are filled from the run (telling.ts).
import type { Lesson, LessonAct, LessonNote, LessonStep } from './lesson.ts';

interface Details {
  readonly waitFor?: LessonStep['waitFor'];
  readonly do?: LessonAct;
  readonly emphasise?: readonly string[];
  readonly notes?: readonly LessonNote[];
}

const step = (afterMs: number, say: string, details: Details = {}): LessonStep => ({
  afterMs,
  say,
  waitFor: details.waitFor ?? null,
  do: details.do ?? null,
  emphasise: details.emphasise ?? [],
  notes: details.notes ?? [],
});
const note = (element: string, text: string): LessonNote => ({ element, text });

const TO_SERVERS = ['haproxy-nginx1', 'haproxy-nginx2'];
const WRITES = ['app1-mysql1', 'app2-mysql1'];
const READS = ['app1-mysql1', 'app2-mysql2'];
const COPIES = ['mysql1-mysql2'];

const ADDITIONAL_SERVERS: readonly LessonStep[] = [
  step(
    0,
    'Both servers hold the same site: of the last {picked} requests Server 1 got {first} and Server 2 got {second}.',
    {
      emphasise: TO_SERVERS,
      notes: [note('server1', 'the whole site'), note('server2', 'the whole site again')],
    },
  ),
  step(4_000, 'Server 2 is dead now. Server 1 goes on.', {
    do: { type: 'kill', target: 'server2' },
    emphasise: TO_SERVERS,
    notes: [note('server2', 'no power')],
  }),
  step(0, 'HAProxy noticed after {detect}: all requests now go to Server 1.', {
    waitFor: 'marked-down',
    emphasise: ['haproxy-nginx1'],
  }),
  step(5_000, 'Of the requests since the kill {answered} of {all} were answered; {lost} died with Server 2.', {
    emphasise: ['haproxy-nginx1'],
  }),
];

const ONE_SERVER: readonly LessonStep[] = [
  step(0, 'One server does everything: it answered {answered} of the last {all} requests.', {
    emphasise: ['users-nginx'],
    notes: [note('server', 'the whole site, once')],
  }),
  step(4_000, 'nginx is dead now, and there is no second one to take over.', {
    do: { type: 'kill', target: 'nginx' },
    emphasise: ['users-nginx'],
  }),
  step(6_000, 'Of the requests since the kill {answered} of {all} were answered.', { emphasise: ['users-nginx'] }),
];

const ROUND_ROBIN: readonly LessonStep[] = [
  step(0, 'Every request comes to HAProxy first.', {
    emphasise: ['users-haproxy'],
    notes: [note('haproxy', 'whose turn?')],
  }),
  step(4_000, 'It passes them on in turn: {turns}.', {
    emphasise: TO_SERVERS,
    notes: [note('server1', 'got {first} of {picked}'), note('server2', 'got {second} of {picked}')],
  }),
  step(6_000, 'In the last 10 s Server 1 got {first} and Server 2 got {second} of {picked} requests.', {
    emphasise: TO_SERVERS,
  }),
];

const ACTIVE_PASSIVE: readonly LessonStep[] = [
  step(0, 'Server 2 is a backup now: it stands by, and Server 1 works alone.', {
    do: { type: 'mode', mode: 'active-passive' },
    emphasise: TO_SERVERS,
    notes: [note('server1', 'active'), note('server2', 'passive')],
  }),
  step(
    8_000,
    'Since the switch Server 1 got {first} of {picked} requests: with one active server there are no turns to take.',
    {
      emphasise: ['haproxy-nginx1'],
    },
  ),
  step(4_000, 'Server 1 is dead. The standby waits until HAProxy marks it DOWN.', {
    do: { type: 'kill', target: 'server1' },
    emphasise: TO_SERVERS,
  }),
  step(0, 'Server 1 was marked DOWN after {detect}. Server 2 takes over.', {
    waitFor: 'marked-down',
    emphasise: ['haproxy-nginx2'],
  }),
  step(
    8_000,
    'Server 2 answers, but since the kill {writesAnswered} of {writes} writes were saved: the primary died too.',
    {
      emphasise: ['haproxy-nginx2', 'app2-mysql1'],
    },
  ),
  step(4_000, 'Server 1 has power again. HAProxy waits for good checks.', {
    do: { type: 'repair', target: 'server1' },
    emphasise: TO_SERVERS,
  }),
  step(0, 'Server 1 is UP and takes the requests back. Server 2 stands by again.', {
    waitFor: 'marked-up',
    emphasise: TO_SERVERS,
  }),
  step(5_000, 'Active-active again: both servers work, and there are turns to take.', {
    do: { type: 'mode', mode: 'active-active' },
    emphasise: TO_SERVERS,
  }),
];

const CLUSTER: readonly LessonStep[] = [
  step(0, 'The primary saved a write at {savedAt}: it has {saved} now.', {
    waitFor: 'write-saved',
    emphasise: WRITES,
    notes: [note('mysql1', 'saved {saved}'), note('mysql2', 'has {copied}')],
  }),
  step(0, 'The replica has its copy {lag} later, and nobody waited for it.', {
    waitFor: 'copy-applied',
    emphasise: COPIES,
    notes: [note('mysql1', 'saved {saved}'), note('mysql2', 'has {copied}')],
  }),
  step(3_000, 'Now all reads go to the primary.', {
    do: { type: 'reads-from', readsFrom: 'primary' },
    emphasise: WRITES,
  }),
  step(10_000, 'Without the replica the primary answered {primaryReads} of {reads} reads.', { emphasise: WRITES }),
  step(4_000, 'Each server reads from its own database again.', {
    do: { type: 'reads-from', readsFrom: 'local' },
    emphasise: READS,
  }),
  step(10_000, 'With it, the primary answered {primaryReads} of {reads} reads; the replica took {replicaReads}.', {
    emphasise: READS,
  }),
];

const AS_THE_APPLICATION_SEES_THEM: readonly LessonStep[] = [
  step(0, 'Writes go to the primary from either server: one was saved at {savedAt}.', {
    waitFor: 'write-saved',
    emphasise: WRITES,
    notes: [note('mysql1', 'saved {saved}')],
  }),
  step(4_000, 'Its copy goes to the replica on a line of its own, and nobody waits for it.', {
    emphasise: COPIES,
    notes: [note('mysql1', 'saved {saved}'), note('mysql2', 'has {copied}')],
  }),
  step(0, 'A read reached the replica before a copy did: its answer was {staleBy} behind.', {
    waitFor: 'stale-read',
    emphasise: ['app2-mysql2'],
    notes: [note('mysql1', 'saved {saved}'), note('mysql2', 'answered an older state')],
  }),
  step(5_000, 'Now both databases are replicas: nobody may write.', {
    do: { type: 'reconfigure', target: 'mysql1', patch: { role: 'replica' } },
    emphasise: WRITES,
  }),
  step(0, 'A replica refuses writes as read-only: {readOnly} of {writes} so far.', {
    waitFor: 'write-refused',
    emphasise: ['app1-mysql1', 'app2-mysql2'],
  }),
];

export const EXPLANATION: readonly Lesson[] = [
  {
    point: 1,
    title: 'Additional servers',
    text: 'A second server holds the same site. When one of the two dies, the other still answers; a single server has nobody to answer for it.',
    scripts: [ADDITIONAL_SERVERS, ONE_SERVER],
  },
  {
    point: 2,
    title: 'Load balancer, round robin',
    text: 'Every request comes to HAProxy, which passes it to the next server in turn: 1, 2, 1, 2. So the work is shared and nobody is overloaded.',
    scripts: [ROUND_ROBIN],
  },
  {
    point: 3,
    title: 'Active-passive and active-active',
    text: 'Active-active: both servers work. Active-passive: one works, the other is a backup and takes no requests until the first is marked DOWN. With one active server, round robin has nothing to rotate over.',
    scripts: [ACTIVE_PASSIVE],
  },
  {
    point: 4,
    title: 'Primary-replica cluster',
    text: 'The primary takes reads and writes. The replica repeats each write a moment later and answers reads, which takes work off the primary. The older name is Master-Slave.',
    scripts: [CLUSTER],
  },
  {
    point: 5,
    title: 'Primary and replica, as the application sees them',
    text: 'Writes go to the primary from either server; a replica refuses them as read-only. Reads may go to the replica, and what they see may be as old as the replication lag.',
    scripts: [AS_THE_APPLICATION_SEES_THEM],
  },
];
