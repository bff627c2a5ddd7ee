// Primary and replica on the real engine, between an application that passes requests on in turn: what is seen when, what
// is refused, and that a replica which was away has everything again, in order.
import { expect, test } from 'vitest';
import { Message, Purpose } from '../../simulation/message.ts';
import { Field, HopSign } from '../../simulation/trace.ts';
import { play, type TinyWorld, turns } from '../tiny-world.ts';
import { databaseBehaviour } from './behaviour.ts';

const MYSQL = {
  readMs: 10,
  writeMs: 20,
  applyMs: 30,
  distribution: 'fixed',
  connections: 100,
  slaveNetTimeoutS: 1,
};
const write = (...ms: readonly number[]) => ms.map((atMs) => ({ atMs, kind: 'write' as const }));
const read = (...ms: readonly number[]) => ms.map((atMs) => ({ atMs, kind: 'read' as const }));

/** Requests go straight to one of the databases, `target`. */
const world = (target: string, more: Partial<TinyWorld> = {}) =>
  play({
    parts: {
      'c/app: app-server': {},
      'a/primary: database': { ...MYSQL, role: 'primary' },
      'b/replica: database': { ...MYSQL, role: 'replica' },
    },
    links: { 'users-app': 10, [`app-${target}`]: 1, 'primary-replica': 5 },
    arrivals: write(100),
    behaviours: { 'app-server': turns(Message.Query), database: databaseBehaviour },
    untilS: 8,
    ...more,
  });

const versions = (played: ReturnType<typeof play>, database: string) => played.changes(database, Field.Version);

test('a write is committed after its time and visible at the replica one way and one application later', () => {
  const played = world('primary');
  expect(versions(played, 'primary')).toEqual([[131, 1]]);
  expect(versions(played, 'replica')).toEqual([[131 + 5 + 30, 1]]);
  expect(played.ends[0]).toMatchObject({ status: 0, reason: 'none', endMs: 142 });
  expect(played.openCalls).toBe(1);
});

test('the replica applies one after another', () => {
  const played = world('primary', { arrivals: write(100, 101, 102) });
  expect(versions(played, 'replica')).toEqual([
    [166, 1],
    [196, 2],
    [226, 3],
  ]);
  expect(played.changes('replica', Field.Queue)).toEqual([
    [136, 1],
    [137, 2],
    [138, 3],
    [166, 2],
    [196, 1],
    [226, 0],
  ]);
});

test('a replica refuses a write as read-only', () => {
  expect(world('replica').ends[0]).toMatchObject({ status: 1290, reason: 'read-only', cause: 'replica' });
});

test('more queries than connections are refused', () => {
  const parts = { 'c/app: app-server': {}, 'a/primary: database': { ...MYSQL, role: 'primary', connections: 1 } };
  const played = world('primary', { parts, links: { 'users-app': 10, 'app-primary': 1 }, arrivals: read(100, 101) });
  expect(played.ends.map((end) => [end.request, end.status, end.reason])).toEqual([
    [2, 1040, 'database-refused'],
    [1, 0, 'none'],
  ]);
});

test('a read at the replica is stale until the copy is applied', () => {
  const links = { 'users-app': 10, 'app-primary': 1, 'app-replica': 1, 'primary-replica': 5 };
  const arrivals = [...write(100), ...read(115), ...write(150), ...read(160), ...write(300), ...read(390)];
  const played = world('primary', { links, arrivals });
  const reads = played.ends.filter((end) => end.request % 2 === 0).map((end) => end.staleBy);
  // At 126 the first write is not committed yet, at 171 not the second one, and at 401 the third is copied.
  expect(reads).toEqual([0, 0, 0]);
  const late = world('primary', { links, arrivals: [...write(100), ...read(125), ...write(200), ...read(230)] });
  expect(late.ends.filter((end) => end.request % 2 === 0).map((end) => end.staleBy)).toEqual([1, 1]);
});

test('a replica that died catches up from where it stood, in order', () => {
  const commands = [
    { atUs: 250_000, type: 'kill', target: 'replica' },
    { atUs: 2_100_000, type: 'repair', target: 'replica' },
  ] as const;
  const played = world('primary', { arrivals: write(100, 300, 400, 500), commands });
  const seen = versions(played, 'replica').map(([, version]) => version);
  expect(seen).toEqual([1, 2, 3, 4]);
  const [firstMs] = versions(played, 'replica')[1] ?? [0];
  expect(firstMs).toBeGreaterThan(2_100);
  expect(firstMs).toBeLessThan(2_100 + 1_000 + 50);
});

test.each([0, 1])('a replica whose host lost power catches up as well, %i write later', (later) => {
  const commands = [
    { atUs: 250_000, type: 'kill', target: 'b' },
    { atUs: 3_100_000, type: 'repair', target: 'b' },
  ] as const;
  const arrivals = write(100, 300, 400, ...(later ? [5_000] : []));
  const played = world('primary', { arrivals, commands });
  expect(versions(played, 'replica').map(([, version]) => version)).toEqual([1, 2, 3, ...(later ? [4] : [])]);
  expect(versions(played, 'replica')[1]?.[0]).toBeLessThan(3_100 + 1_100);
});

test('a replica that lost power while nothing was written connects again with the next write', () => {
  const commands = [
    { atUs: 250_000, type: 'kill', target: 'b' },
    { atUs: 1_000_000, type: 'repair', target: 'b' },
  ] as const;
  const played = world('primary', { arrivals: write(100, 2_000, 2_500), commands });
  expect(versions(played, 'replica').map(([, version]) => version)).toEqual([1, 2, 3]);
});

test.each(['primary', 'a'])(
  'a primary that was away (%s) keeps what it acknowledged and ships what is missing',
  (target) => {
    const commands = [
      { atUs: 132_000, type: 'kill', target },
      { atUs: 1_000_000, type: 'repair', target },
    ] as const;
    const played = world('primary', { arrivals: write(100, 118, 2_000), commands });
    expect(versions(played, 'primary').map(([, version]) => version)).toEqual([1, 2]);
    expect(versions(played, 'replica').map(([, version]) => version)).toEqual([1, 2]);
  },
);

test('a replica asks a dead primary for a connection once a second', () => {
  const commands = [{ atUs: 0, type: 'kill', target: 'primary' }] as const;
  const hops = world('primary', { arrivals: [], commands }).hops('primary-replica');
  // Drawn from the replica to the primary, against the line.
  const asks = hops.filter(([, , purpose, sign]) => purpose === Purpose.Check && sign === HopSign.Good);
  expect(asks.map(([departMs]) => departMs)).toEqual([1_010, 2_020, 3_030, 4_040, 5_050, 6_060, 7_070]);
});

test('replicas of a replica follow it', () => {
  const parts = {
    'c/app: app-server': {},
    'a/primary: database': { ...MYSQL, role: 'primary' },
    'b/replica: database': { ...MYSQL, role: 'replica' },
    'd/second: database': { ...MYSQL, role: 'replica' },
  };
  const links = { 'users-app': 10, 'app-primary': 1, 'primary-replica': 5, 'replica-second': 5 };
  expect(versions(world('primary', { parts, links }), 'second')).toEqual([[201, 1]]);
});

test('with a limit of threads the queries wait in line, and none is refused', () => {
  const asked = { ...MYSQL, role: 'primary', threads: 1 };
  const parts = { 'c/app: app-server': {}, 'a/primary: database': asked };
  const played = world('primary', {
    parts,
    links: { 'users-app': 10, 'app-primary': 1 },
    arrivals: read(100, 100, 100),
  });
  expect(played.ends.map((end) => end.endMs)).toEqual([132, 142, 152]);
  expect(played.changes('primary', Field.Extra)).toEqual([
    [111, 1],
    [111, 2],
    [121, 1],
    [131, 0],
  ]);
});

test('several threads apply several copied writes at once', () => {
  const parts = {
    'c/app: app-server': {},
    'a/primary: database': { ...MYSQL, role: 'primary' },
    'b/replica: database': { ...MYSQL, role: 'replica', applyThreads: 2 },
  };
  const played = world('primary', { parts, arrivals: write(100, 101, 102) });
  expect(versions(played, 'replica')).toEqual([
    [166, 1],
    [167, 2],
    [196, 3],
  ]);
});

test.each([
  ['that the engine is committing', { commitMs: 500 }, 1531],
  [
    'that waits for its acknowledgement',
    { rplSemiSyncMasterEnabled: true, rplSemiSyncMasterWaitPoint: 'AFTER_SYNC' },
    1200,
  ],
] as const)(
  'a write %s is cut off when the data are replaced by a copy, and never seen there by itself',
  (_, more, endsMs) => {
    const played = world('primary', {
      parts: {
        'c/app: app-server': {},
        'a/primary: database': { ...MYSQL, ...more, role: 'primary' },
        'b/replica: database': { ...MYSQL, role: 'replica' },
      },
      arrivals: write(1000),
      links: { 'users-app': 10, 'app-primary': 1, 'primary-replica': 400 },
      commands: [{ atUs: 1_200_000, type: 'admin', target: 'primary', words: ['clone', 'replica'] }],
    });
    expect(played.ends[0]).toMatchObject({ status: 1053, reason: 'database-closed', endMs: endsMs + 1 + 10 });
    // It had gone out at 1031: the other has it, and this one gets it from there as a copy.
    expect(versions(played, 'replica')).toEqual([[1031 + 400 + 30, 1]]);
    expect(versions(played, 'primary')).toEqual([[1200 + 400 + 400 + 30, 1]]);
  },
);
