// The application server beside scripted databases: workers, the queue, where reads and writes go, and whom it blames.
import { expect, test } from 'vitest';
import { Purpose } from '../../simulation/message.ts';
import { Field, HopSign } from '../../simulation/trace.ts';
import { play, scripted, type TinyWorld } from '../tiny-world.ts';
import { appServerBehaviour, BACKLOG } from './behaviour.ts';

const APP = {
  workers: 2,
  serviceMs: 40,
  distribution: 'fixed',
  readsFrom: 'local',
  connectTimeoutMs: 1_000,
  readTimeoutMs: 2_000,
  skipMs: 10_000,
};
const at = (...ms: readonly number[]) => ms.map((atMs) => ({ atMs, kind: 'read' as const }));

const world = (database: unknown, config: object = {}, more: Partial<TinyWorld> = {}) =>
  play({
    parts: {
      'a/app: app-server': { ...APP, ...config },
      'a/replica: database': { role: 'replica' },
      'b/primary: database': { role: 'primary' },
    },
    links: { 'users-app': 10, 'app-replica': 1, 'app-primary': 1 },
    arrivals: at(100),
    behaviours: { 'app-server': appServerBehaviour, database },
    untilS: 8,
    ...more,
  });

const asks = (played: ReturnType<typeof play>, link: string) =>
  played.hops(link).filter(([, , , sign]) => sign !== HopSign.Good && sign !== HopSign.Bad).length;

test('a request is served, asks the database and is answered 200', () => {
  const { ends, openCalls } = world(scripted(5, 0));
  expect(ends[0]).toMatchObject({ status: 200, endMs: 110 + 40 + 1 + 5 + 1 + 10 });
  expect(openCalls).toBe(0);
});

test('work that the request itself asks for takes the place of a drawn service time', () => {
  const { ends } = world(scripted(5, 0), {}, { arrivals: [{ atMs: 100, kind: 'read', serviceMs: 7 }] });
  expect(ends[0]?.endMs).toBe(134);
});

test('workers are held while the database works; the others wait in line', () => {
  const played = world(scripted(5, 0), {}, { arrivals: at(100, 101, 102, 103) });
  expect(played.ends.map((end) => [end.request, end.endMs])).toEqual([
    [1, 167],
    [2, 168],
    [3, 214],
    [4, 215],
  ]);
  expect(played.changes('app', Field.Busy)).toEqual([
    [110, 1],
    [111, 2],
    [204, 1],
    [205, 0],
  ]);
  expect(played.changes('app', Field.Queue)).toEqual([
    [112, 1],
    [113, 2],
    [157, 1],
    [158, 0],
  ]);
});

test('a full backlog is a 503', () => {
  const arrivals = at(...Array.from({ length: BACKLOG + 3 }, () => 100));
  const { ends } = world(scripted(5, 0), {}, { arrivals, untilS: 1 });
  expect(ends[0]).toMatchObject({ request: BACKLOG + 3, status: 503, reason: 'overloaded', cause: 'app' });
});

test.each([
  ['local', 'read', 'app-replica'],
  ['primary', 'read', 'app-primary'],
  ['replica', 'read', 'app-replica'],
  ['local', 'write', 'app-primary'],
  ['replica', 'write', 'app-primary'],
] as const)('with readsFrom %s a %s goes along %s', (readsFrom, kind, link) => {
  const played = world(scripted(5, 0), { readsFrom }, { arrivals: [{ atMs: 100, kind }] });
  expect(played.hops(link).length).toBe(2);
  expect(played.hops(link)[0]?.[2]).toBe(kind === 'read' ? Purpose.Read : Purpose.Write);
});

test('without a database of its own host, local means the primary', () => {
  const parts = { 'a/app: app-server': APP, 'b/primary: database': { role: 'primary' } };
  const played = world(scripted(5, 0), {}, { parts, links: { 'users-app': 10, 'app-primary': 1 } });
  expect(played.ends[0]?.status).toBe(200);
});

test('both databases take turns', () => {
  const played = world(scripted(5, 0), { readsFrom: 'both' }, { arrivals: at(100, 200, 300, 400) });
  expect([asks(played, 'app-replica'), asks(played, 'app-primary')]).toEqual([2, 2]);
});

test('with both, a refused read asks the other one, and the dead one is left out', () => {
  const commands = [{ atUs: 0, type: 'kill', target: 'replica' }] as const;
  const played = world(scripted(5, 0), { readsFrom: 'both' }, { arrivals: at(100, 200, 300, 400), commands });
  expect(played.ends.map((end) => end.status)).toEqual([200, 200, 200, 200]);
  expect([asks(played, 'app-replica'), asks(played, 'app-primary')]).toEqual([1, 4]);
});

test('with both, a database without power costs one connect timeout in each skip time', () => {
  const commands = [{ atUs: 0, type: 'kill', target: 'b' }] as const;
  const arrivals = at(100, 200, 300, 4_000, 7_000);
  const played = world(scripted(5, 0), { readsFrom: 'both', skipMs: 3_000 }, { arrivals, commands, untilS: 10 });
  expect(played.ends.every((end) => end.status === 200)).toBe(true);
  expect(played.ends.filter((end) => end.endMs - end.startMs > 1_000).map((end) => end.request)).toEqual([2, 5]);
});

test('with both and nothing left to ask, the read fails', () => {
  const commands = [
    { atUs: 0, type: 'kill', target: 'primary' },
    { atUs: 0, type: 'kill', target: 'replica' },
  ] as const;
  const { ends } = world(scripted(5, 0), { readsFrom: 'both' }, { commands });
  expect(ends[0]).toMatchObject({ status: 500, reason: 'database-refused', cause: 'primary' });
});

const DEAD_REPLICA = [{ atUs: 0, type: 'kill', target: 'replica' }] as const;

test('a failure of the database is a 500 that names it', () => {
  const one = (database: unknown, more: Partial<TinyWorld> = {}) => world(database, {}, more).ends[0];
  expect(one(scripted(5, 0), { commands: DEAD_REPLICA })).toMatchObject({
    status: 500,
    reason: 'database-refused',
    cause: 'replica',
  });
  expect(one(scripted(5, 1290, 'read-only'))).toMatchObject({ status: 500, reason: 'read-only', cause: 'replica' });
  const killed = [{ atUs: 153_000, type: 'kill', target: 'replica' }] as const;
  expect(one(scripted(5, 0), { commands: killed })).toMatchObject({
    reason: 'database-closed',
    cause: 'replica',
    endMs: 164,
  });
  const silent = one(scripted(-1));
  expect(silent).toMatchObject({ status: 500, reason: 'database-timeout', cause: 'replica', endMs: 151 + 2_000 + 10 });
  const arrivals = [{ atMs: 100, kind: 'write' as const }];
  const off = one(scripted(5, 0), { arrivals, commands: [{ atUs: 0, type: 'kill', target: 'b' }] });
  expect(off).toMatchObject({ reason: 'database-unreachable', cause: 'primary', endMs: 150 + 1_000 + 10 });
});

test('a user who gives up does not free the worker', () => {
  const played = world(scripted(5, 0), { serviceMs: 1_000 }, { clientTimeoutMs: 200 });
  expect(played.ends[0]).toMatchObject({ reason: 'client-timeout' });
  expect(played.changes('app', Field.Busy)).toEqual([
    [110, 1],
    [1_117, 0],
  ]);
  expect(played.openCalls).toBe(0);
});

test('more workers by a reload take up what waits', () => {
  const commands = [{ atUs: 120_000, type: 'reconfigure', target: 'app', patch: { workers: 3 } }] as const;
  const { ends } = world(scripted(5, 0), {}, { arrivals: at(100, 101, 102), commands });
  expect(ends.map((end) => end.endMs)).toEqual([167, 168, 177]);
});

test('a backlog of its own is as long as it says', () => {
  const { ends } = world(scripted(5, 0), { backlog: 1 }, { arrivals: at(100, 101, 102, 103) });
  expect(ends.map((end) => [end.request, end.status])).toEqual([
    [4, 503],
    [1, 200],
    [2, 200],
    [3, 200],
  ]);
});

test('a worker that is not held during the query takes the next request', () => {
  const played = world(scripted(50, 0), { workers: 1, holdsWorker: false }, { arrivals: at(100, 100) });
  expect(played.ends.map((end) => end.endMs)).toEqual([110 + 40 + 52 + 10, 110 + 80 + 52 + 10]);
  expect(played.changes('app', Field.Busy).at(-1)).toEqual([190, 0]);
});

test('who has left is passed over, where that is set', () => {
  const arrivals = at(100, 101, 102);
  const settings = { workers: 1, serviceMs: 300 };
  const more = { arrivals, clientTimeoutMs: 150 };
  const keeps = world(scripted(5, 0), settings, more);
  expect(keeps.changes('app', Field.Busy).at(-1)).toEqual([110 + 3 * 307, 0]);
  const drops = world(scripted(5, 0), { ...settings, dropsLeft: true }, more);
  expect(drops.changes('app', Field.Busy).at(-1)).toEqual([110 + 307, 0]);
  expect(drops.changes('app', Field.Queue)).toEqual([
    [111, 1],
    [112, 2],
    [261, 1],
    [262, 0],
  ]);
  expect(drops.openCalls).toBe(0);
});

test('a share of the reads goes to the replica', () => {
  const arrivals = at(...Array.from({ length: 400 }, (_, n) => 100 + n));
  const played = world(scripted(5, 0), { readsFrom: 'both', replicaShare: 0.8, workers: 100 }, { arrivals });
  expect(Math.abs(asks(played, 'app-replica') - 320)).toBeLessThan(3 * 8);
  expect(asks(played, 'app-replica') + asks(played, 'app-primary')).toBe(400);
});
