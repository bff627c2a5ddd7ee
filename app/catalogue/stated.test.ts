// What a part only states for the checker changes no run: neither from the start nor as a change while it runs.
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { withConfigs } from '../design/edit.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { startSimulation } from '../simulation/simulation.ts';
import { behaviours } from './kinds.ts';
import { kindSchemas } from './schemas.ts';

const STATED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'load-balancer': {
    ...{ sslMinVer: 'TLSv1.0', port80: 'content', hstsMaxAgeS: 0, stats: { port: 8404, auth: false } },
    ...{ statsSocket: 'tcp', httpReqRate: 50, waf: true, forwardfor: true, httplog: true, user: 'root' },
  },
  'web-server': {
    ...{ sslProtocols: 'TLSv1', port80: 'content', hstsMaxAgeS: 0, limitReqRps: 5, waf: true },
    ...{ setRealIpFrom: 'anyone', serverTokens: true, defaultSite: true, user: 'root' },
  },
  'app-server': { trustProxy: 'anyone', secrets: 'config', user: 'root', sessions: 'memory', poolSize: 7 },
  database: {
    ...{ sensitive: true, innodbEncryptTables: false, localInfile: true, appGrants: 'all', user: 'root' },
    ...{ backup: 'same-server', promotionRehearsed: false, superReadOnly: true },
  },
};
const design = distributedDesign('classroom');
const KILL: Command = { atUs: 12 * SECOND, type: 'kill', target: 'server1' };

/** Requests by how they ended, and every field of every element. */
function outcome(commands: readonly Command[], drawn = design): string {
  const simulation = startSimulation({ design: drawn, seed: 3, commands: [...commands, KILL] }, behaviours, null);
  simulation.advance(40 * SECOND);
  const { totals, fields } = simulation.world;
  return JSON.stringify([totals, [...fields]]);
}

test('a setting of the run does change it, and the comparison sees that', () => {
  const slower: Command = { atUs: 7.3 * SECOND, type: 'reconfigure', target: 'app1', patch: { serviceMs: 260 } };
  expect(outcome([slower])).not.toBe(outcome([]));
});

describe.each(Object.entries(STATED))('%s', (kind, settings) => {
  const plain = outcome([]);

  test('has every setting of this list, all of them optional', () => {
    for (const component of design.components.filter((one) => one.kind === kind)) {
      const schema = kindSchemas[kind]?.schema as v.GenericSchema;
      expect(v.parse(schema, { ...component.config, ...settings })).toMatchObject(settings);
      expect(Object.keys(component.config).filter((key) => key in settings)).toEqual([]);
    }
  });

  test('stated from the start, they change nothing', () => {
    expect(
      outcome(
        [],
        withConfigs(design, (component) => (component.kind === kind ? settings : null)),
      ),
    ).toBe(plain);
  });

  test.each(Object.keys(settings))('%s, stated while it runs, changes nothing', (key) => {
    const targets = design.components.filter((component) => component.kind === kind);
    const patches = targets.map(
      ({ id }): Command => ({ atUs: 7.3 * SECOND, type: 'reconfigure', target: id, patch: { [key]: settings[key] } }),
    );
    expect(outcome(patches)).toBe(plain);
  });
});
