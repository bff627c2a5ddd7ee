// Changes of settings that name only what changes.
import { expect, test } from 'vitest';
import { mergePatch, patchedPaths } from './merge-patch.ts';

const config = {
  retries: 3,
  servers: [
    { weight: 1, backup: false, check: { fall: 3, rise: 2 } },
    { weight: 1, backup: false, check: null },
  ],
};

test('a nested setting changes alone', () => {
  expect(mergePatch(config, { servers: { 0: { check: { fall: 5 } } } })).toEqual({
    retries: 3,
    servers: [{ weight: 1, backup: false, check: { fall: 5, rise: 2 } }, config.servers[1]],
  });
  expect(config.servers[0]?.check?.fall).toBe(3);
});

test('two changes of different settings do not undo each other, in either order', () => {
  const [mode, weight] = [{ servers: { 1: { backup: true } } }, { servers: { 1: { weight: 5 } } }];
  expect(mergePatch(mergePatch(config, mode), weight)).toEqual(mergePatch(mergePatch(config, weight), mode));
});

test('a list replaces a list, null is a value, and a position that is not there changes nothing', () => {
  expect(mergePatch(config, { servers: [] })).toEqual({ retries: 3, servers: [] });
  expect(mergePatch(config, { servers: { 0: { check: null } } }).servers[0]?.check).toBeNull();
  expect(mergePatch(config, { servers: { 7: { weight: 2 } } })).toEqual(config);
});

test('a setting without a value is no setting', () => {
  const patched = mergePatch({ servers: [{ weight: 1, cookie: 's1' }] }, { servers: { 0: { cookie: undefined } } });
  expect(Object.keys(patched.servers[0] ?? {})).toEqual(['weight']);
});

test('words of the language are settings like others', () => {
  const patch = JSON.parse('{"__proto__": {"polluted": true}}');
  expect(mergePatch({}, patch)).not.toHaveProperty('polluted');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('a patch names the settings that it changes', () => {
  expect(patchedPaths({ retries: 2, servers: { 0: { check: { fall: 5 } }, 1: { weight: 2 } } })).toEqual([
    'retries',
    'servers.0.check.fall',
    'servers.1.weight',
  ]);
});
