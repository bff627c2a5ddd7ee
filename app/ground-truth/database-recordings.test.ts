// Every recording of the real MariaDB, replayed; then proof that the comparison looks at the contents and nothing else: other
// names, other parameters than were recorded, and recordings that were tampered with.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type DatabaseRecording, readDatabaseRecording } from './database-recording.ts';
import { verifyDatabase } from './verify-database.ts';

const FOLDER = join(import.meta.dirname, 'database');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
type Json = Record<string, unknown>;
const load = (name: string): Json => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Json;

function read(input: unknown): DatabaseRecording {
  const recording = readDatabaseRecording(input);
  if (!recording.ok) throw new Error(recording.problems[0]?.reason);
  return recording.value;
}

const failures = (input: unknown): string[] =>
  verifyDatabase(read(input)).flatMap((row) => (row.verdict === 'pass' ? [] : [`${row.what}: ${row.reason}`]));

test('there are 57 recordings with 488 expectations', () => {
  expect(FILES.length).toBeGreaterThanOrEqual(57);
  expect(FILES.flatMap((name) => read(load(name)).expect).length).toBeGreaterThanOrEqual(488);
});

describe('the simulation does what MariaDB did', () => {
  test.each(FILES)('%s', (name) => {
    expect(read(load(name)).expect.length).toBeGreaterThan(0);
    expect(failures(load(name))).toEqual([]);
  });
});

test('a renamed recording has the same verdicts', () => {
  for (const name of ['crash-async', 'split-brain-currentpos', 'hang-primary-3s', 'client-error-codes']) {
    expect(failures({ ...load(`${name}.json`), id: 'nobody', title: '' })).toEqual([]);
  }
});

/** The recording with other parameters, and what they must lead to by the formulas that its entries name. */
const redrawn = (name: string, params: Json, entries: readonly Json[]): Json => {
  const file = load(name);
  return { ...file, params: { ...(file['params'] as Json), ...params }, expect: entries };
};

describe('parameters that were not recorded lead to what the formulas say', () => {
  test.each([200, 350, 800])('a receiver stopped for %i ms loses rate times window', (ms) => {
    const lost = (240 * ms) / 1_000;
    const entry = { what: 'lostAtReplicaPerRep', stat: 'median', min: lost - 6, max: lost + 6 };
    expect(failures(redrawn('crash-async-ioStopped500ms.json', { conditionMsBeforeKill: ms }, [entry]))).toEqual([]);
  });

  test.each([5, 35, 60])('semi-synchronous at %i ms one way costs the round trip', (ms) => {
    const entry = { what: 'medianExtraMs', min: 2 * ms + 0.5, max: 2 * ms + 5 };
    expect(failures(redrawn('semi-latency-oneway5ms.json', { relayOneWayMs: ms }, [entry]))).toEqual([]);
  });

  test.each([700, 3_000])('a timeout of %i ms blocks each writer once, for that long', (ms) => {
    const entries = [
      { what: 'blockedWritesPerRep[]', equals: 3 },
      { what: 'blockedWriteLatencyMs.median', min: ms - 40, max: ms + 40 },
    ];
    expect(failures(redrawn('semi-fallback-kill-timeout2000.json', { timeoutMs: ms }, entries))).toEqual([]);
  });

  test.each([
    [200, 2],
    [1_000, 4],
  ])('a monitor with %i ms and %i failures', (intervalMs, count) => {
    const entries = ['min', 'max'].map((end) => ({
      what: `detectMs.${end}`,
      min: (count - 1) * intervalMs,
      max: count * intervalMs + 25,
    }));
    const params = { intervalMs, probeTimeoutMs: 100, failures: count };
    expect(failures(redrawn('auto-failover-kill-i500-t500-f3.json', params, entries))).toEqual([]);
  });

  test.each([1, 4])('a tail of %i and 2 split writes each', (tail) => {
    const entries = [
      { what: 'divergence[]', equals: divergence(tail + 2, 5) },
      { what: 'rejoin[].lastIoErrno', equals: 1236 },
    ];
    const params = { unreplicatedTail: tail, splitBrainWrites: 2 };
    expect(failures(redrawn('split-brain-currentpos.json', params, entries))).toEqual([]);
  });

  test('a delay of 3 s', () => {
    const entries = ['min', 'max'].map((end) => ({ what: `lagMs.${end}`, min: 2_000, max: 4_000 }));
    expect(failures(redrawn('lag-rate20-masterdelay1.json', { masterDelayS: 3 }, entries))).toEqual([]);
  });
});

const divergence = (old: number, fresh: number) => {
  const same = Math.min(old, fresh);
  return { sameIdDifferentRow: same, onlyOld: old - same, onlyNew: fresh - same };
};

describe('a recording that was tampered with fails', () => {
  test.each([
    ['crash-async-ioStopped500ms.json', { conditionMsBeforeKill: 100 }],
    ['crash-semisync-after-sync-linkFrozen500ms.json', { semiSync: null }],
    ['crash-semisync-after-commit-linkFrozen500ms.json', { semiSync: { wait_point: 'AFTER_SYNC', timeout: 100 } }],
    ['semi-fallback-sigstop-after-commit.json', { waitPoint: 'AFTER_SYNC' }],
    ['semi-fallback-kill-nowait-noslave.json', { waitNoSlave: 1 }],
    ['promote-lost-tail-slavepos.json', { rejoinUsing: 'current_pos' }],
    ['promote-clean-currentpos.json', { unreplicatedTail: 1 }],
    ['lag-rate20-masterdelay2.json', { masterDelayS: 0 }],
    ['sbm-blackhole-nettimeout4.json', { slaveNetTimeoutS: 60 }],
    ['hang-primary-3s.json', { clientReadTimeoutS: 2 }],
    ['read-only-errors.json', { readOnly: false }],
  ])('%s with %j', (name, params) => {
    const file = load(name);
    expect(failures({ ...file, params: { ...(file['params'] as Json), ...params } })).not.toEqual([]);
  });

  test('no recording at all', () => {
    expect(readDatabaseRecording({ schema: 'other' }).ok).toBe(false);
    expect(readDatabaseRecording({ schema: 'db-trace/1', id: 'x' }).ok).toBe(false);
    expect(readDatabaseRecording(null).ok).toBe(false);
  });
});
