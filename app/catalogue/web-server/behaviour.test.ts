// nginx beside a scripted application server: what it answers, when, and whom it blames.
import { expect, test } from 'vitest';
import { Field } from '../../simulation/trace.ts';
import { play, scripted, type TinyWorld } from '../tiny-world.ts';
import { webServerBehaviour } from './behaviour.ts';

const NGINX = {
  workerConnections: 512,
  parseMs: 5,
  staticMs: 20,
  proxyConnectTimeoutMs: 3_000,
  proxyReadTimeoutMs: 2_000,
};

const world = (appServer: unknown, more: Partial<TinyWorld> = {}) =>
  play({
    parts: { 'a/nginx: web-server': NGINX, 'b/app: app-server': {} },
    links: { 'users-nginx': 10, 'nginx-app': 1 },
    arrivals: [{ atMs: 100, kind: 'read' }],
    behaviours: { 'web-server': webServerBehaviour, 'app-server': appServer },
    untilS: 8,
    ...more,
  });

test('a request is parsed, passed on and its answer passed back', () => {
  const { ends, openCalls } = world(scripted(50));
  expect(ends).toMatchObject([
    { request: 1, startMs: 100, endMs: 177, status: 200, reason: 'none', cause: null, staleBy: 0 },
  ]);
  expect(openCalls).toBe(0);
});

test('a static file needs no application server', () => {
  const commands = [{ atUs: 0, type: 'kill', target: 'app' }] as const;
  const { ends } = world(scripted(50), { arrivals: [{ atMs: 100, kind: 'static' }], commands });
  expect(ends[0]).toMatchObject({ status: 200, endMs: 140 });
});

test('an error of the application passes through with its reason and cause', () => {
  const { ends } = world(scripted(50, 500, 'database-refused'));
  expect(ends[0]).toMatchObject({ status: 500, reason: 'database-refused', cause: 'app' });
});

test('a dead application server is a 502 at once, blamed on it', () => {
  const { ends } = world(scripted(50), { commands: [{ atUs: 0, type: 'kill', target: 'app' }] });
  expect(ends[0]).toMatchObject({ status: 502, reason: 'app-refused', cause: 'app', endMs: 127 });
});

test('an application server that dies at work is a 502 at that moment', () => {
  const { ends } = world(scripted(50), { commands: [{ atUs: 140_000, type: 'kill', target: 'app' }] });
  expect(ends[0]).toMatchObject({ status: 502, reason: 'app-closed', cause: 'app', endMs: 151 });
});

test('a host without power is a 504 after the connect timeout', () => {
  const { ends } = world(scripted(50), { commands: [{ atUs: 0, type: 'kill', target: 'b' }] });
  expect(ends[0]).toMatchObject({ status: 504, reason: 'app-timeout', cause: 'app', endMs: 115 + 3_000 + 10 });
});

test('an application server that never answers is a 504 after the read timeout, counted from the connection', () => {
  const { ends, openCalls } = world(scripted(-1));
  expect(ends[0]).toMatchObject({ status: 504, reason: 'app-timeout', endMs: 116 + 2_000 + 10 });
  expect(openCalls).toBe(0);
});

test('a user who gives up ends the upstream connection too', () => {
  const { ends, changes, openCalls } = world(scripted(-1), { clientTimeoutMs: 500 });
  expect(ends[0]).toMatchObject({ reason: 'client-timeout', endMs: 600 });
  expect(changes('nginx', Field.Busy)).toEqual([
    [110, 1],
    [115, 2],
    [610, 0],
  ]);
  expect(openCalls).toBe(0);
});

test('a request takes two connections; without a free one it is a 500', () => {
  const { ends } = world(scripted(50), {
    parts: { 'a/nginx: web-server': { ...NGINX, workerConnections: 3 }, 'b/app: app-server': {} },
    arrivals: [
      { atMs: 100, kind: 'read' },
      { atMs: 101, kind: 'read' },
      { atMs: 200, kind: 'read' },
    ],
  });
  expect(ends.map((end) => [end.request, end.status, end.reason, end.cause])).toEqual([
    [2, 500, 'overloaded', 'nginx'],
    [1, 200, 'none', null],
    [3, 200, 'none', null],
  ]);
});
