// Every recording of the real keepalived in this folder, replayed; then proof that the comparison looks at the contents and
// nothing else: other names, other parameters with expectations from the closed forms, and recordings that were tampered with.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from './row.ts';
import { verifyVrrp } from './verify-vrrp.ts';
import { readVrrpRecording, type VrrpRecording } from './vrrp-recording.ts';

const FOLDER = join(import.meta.dirname, 'vrrp');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
type Json = Record<string, unknown>;
const load = (name: string): Json => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Json;

function read(input: unknown): VrrpRecording {
  const recording = readVrrpRecording(input);
  if (!recording.ok) throw new Error(recording.problems[0]?.reason);
  return recording.value;
}

const verify = (input: unknown): readonly Row[] => verifyVrrp(read(input));
const failures = (rows: readonly Row[]) => rows.filter((row) => row.verdict === 'FAIL');
const withAction = (action: string): Json => {
  const name = FILES.find((file) => load(file)['action'] === action);
  if (name === undefined) throw new Error(`no recording of ${action}`);
  return load(name);
};

test('there are recordings of 14 actions, with more than 500 expectations', () => {
  expect(new Set(FILES.map((name) => load(name)['action'])).size).toBeGreaterThanOrEqual(14);
  expect(FILES.flatMap((name) => load(name)['expect']).length).toBeGreaterThanOrEqual(533);
});

describe('the simulation does what keepalived did', () => {
  test.each(FILES)('%s', (name) => {
    const rows = verify(load(name));
    expect(rows.length).toBeGreaterThan(0);
    expect(failures(rows)).toEqual([]);
  });
});

test('at most 3 in 100 expectations are left undecided', () => {
  const rows = FILES.flatMap((name) => verify(load(name)));
  expect(rows.filter((row) => row.verdict !== 'pass').length).toBeLessThanOrEqual(0.03 * rows.length);
});

test('a renamed recording has the same verdicts', () => {
  const before = withAction('sigterm');
  const after = { ...before, id: 'nobody', title: 'strangers' };
  expect(verify(after)).toEqual(verify(before));
});

/** Expectations of a host crash by the formulas of the RFCs, worked out here apart from the simulation. */
function crashForms(version: 2 | 3, advert: number, high: number, low: number) {
  const skewMs = (priority: number) => ((256 - priority) / 256) * (version === 2 ? 1000 : advert * 1000);
  const downMs = (priority: number) => 3000 * advert + skewMs(priority);
  const lateMs = 25;
  const of = (what: string, rest: Json) => ({ phase: 'fault', what, ...rest });
  return [
    of('lb2VipAddSinceLastAdvertFromlb1Ms', { min: downMs(low), max: downMs(low) + lateMs }),
    of('lb2VipAddMs', { min: downMs(low) - 1000 * advert, max: downMs(low) + lateMs }),
    of('lb2States', { equals: [['MASTER', low]] }),
    of('lb1Prio0AdvertMs', { absent: true }),
    { phase: 'repair', what: 'lb1VipAddMs', min: downMs(high), max: downMs(high) + 100 },
    { phase: 'end', what: 'vipHolders', equals: ['lb1'] },
  ];
}

test('a crash with other priorities, intervals and versions keeps the closed forms', () => {
  const crash = withAction('crash');
  const settings = fc.record({
    version: fc.constantFrom<2 | 3>(2, 3),
    tenths: fc.integer({ min: 2, max: 30 }),
    low: fc.integer({ min: 1, max: 253 }),
    above: fc.integer({ min: 1, max: 100 }),
    crashMs: fc.integer({ min: 0, max: 999 }),
  });
  fc.assert(
    fc.property(settings, ({ version, tenths, low, above, crashMs }) => {
      const advert = version === 2 ? Math.ceil(tenths / 10) : tenths / 10;
      const high = Math.min(254, low + above);
      const repairMs = advert * 4000 + 1500 + crashMs;
      const node = (priority: number) => ({ priority, state: 'BACKUP', extra: [] });
      const rows = verify({
        ...crash,
        params: { version, advert, lb1: node(high), lb2: node(low) },
        repetitions: [
          {
            phases: [
              ['fault', 0],
              ['repair', repairMs],
            ],
            endMs: repairMs + advert * 4000 + 2000,
          },
        ],
        expect: crashForms(version, advert, high, low),
      });
      expect(rows.filter((row) => row.verdict !== 'pass')).toEqual([]);
    }),
    { numRuns: 25, seed: 5 },
  );
});

test('three lost advertisements fail over, two do not, whatever the interval', () => {
  const lost = withAction('drop-3');
  for (const advert of [1, 2, 4]) {
    for (const [action, states] of [
      ['drop-2', []],
      [
        'drop-3',
        [
          ['MASTER', 90],
          ['BACKUP', 90],
        ],
      ],
    ] as const) {
      const rows = verify({
        ...lost,
        action,
        params: { version: 2, advert, lb1: { priority: 140, extra: [] }, lb2: { priority: 90, extra: [] } },
        repetitions: [{ phases: [['drop', 0]], endMs: advert * 6000 }],
        expect: [{ phase: 'all', what: 'lb2States', equals: states }],
      });
      expect(failures(rows)).toEqual([]);
    }
  }
});

describe('a recording that was tampered with fails', () => {
  const tampered = (change: (one: Json) => Json) => {
    const recording = withAction('crash');
    return failures(verify({ ...recording, expect: (recording['expect'] as Json[]).map(change) })).length;
  };

  test('other times', () => {
    expect(
      tampered((one) => (typeof one['min'] === 'number' ? { ...one, min: one['min'] + 2_000 } : one)),
    ).toBeGreaterThan(3);
  });

  test('another holder', () => {
    expect(
      tampered((one) => (one['what'] === 'vipHolders' ? { ...one, equals: ['lb1', 'lb2'] } : one)),
    ).toBeGreaterThan(1);
  });

  test('another action', () => {
    expect(failures(verify({ ...withAction('crash'), action: 'kill9' })).length).toBeGreaterThan(2);
  });

  test('an action that nobody knows is said to be not modelled', () => {
    expect(verify({ ...withAction('crash'), action: 'flood' })[0]?.reason).toContain('"flood"');
  });
});
