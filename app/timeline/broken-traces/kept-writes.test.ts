// What each configuration promises of confirmed writes, in worlds that keep the promise and in worlds that say they do and do not.
import { describe, expect, test } from 'vitest';
import type { Component, Design } from '../../design/design.ts';
import { distributedDesign } from '../../designs/distributed.ts';
import { SECOND } from '../../foundation/micros.ts';
import { checkChunks } from '../../simulation/checkers/checker.ts';
import { KeptWrites } from '../../simulation/checkers/kept-writes.ts';
import type { Command } from '../../simulation/command.ts';
import { DatabaseSign, FIELDS, Field, type TraceChunk, USERS_ELEMENT } from '../../simulation/trace.ts';
import { type Played, play, rewriteField, withSettings } from './broken-trace.ts';

const realistic = distributedDesign('realistic');
const busy = { ...realistic, traffic: { ...realistic.traffic, rateRps: 60, writeShare: 0.6 } };
const both = (config: Component['config']): Design => withSettings(busy, { mysql1: config, mysql2: config });
const AFTER_SYNC = { rplSemiSyncMasterEnabled: true, rplSemiSyncMasterWaitPoint: 'AFTER_SYNC' };
const AFTER_COMMIT = { rplSemiSyncMasterEnabled: true, rplSemiSyncMasterWaitPoint: 'AFTER_COMMIT' };

const at = (seconds: number) => Math.round(seconds * SECOND);
const kill = (target: string, seconds: number): Command => ({ type: 'kill', atUs: at(seconds), target });
const cut = (seconds: number): Command => ({ type: 'cut', atUs: at(seconds), target: 'mysql1-mysql2' });
const repair = (target: string, seconds: number): Command => ({ type: 'repair', atUs: at(seconds), target });
const promote = (seconds: number, ...how: string[]): Command => ({
  type: 'admin',
  atUs: at(seconds),
  target: 'mysql2',
  words: ['promote', ...how],
});

/** What the checker says of a run, told another design than the one that ran. */
const found = ({ chunks, commands }: Played, told: Design): string[] =>
  checkChunks([new KeptWrites(told, commands)], chunks);
const usersField = ({ chunks }: Played, field: number): number =>
  chunks.at(-1)?.base[USERS_ELEMENT * FIELDS + field] ?? 0;
const lostIn = (played: Played): number => usersField(played, Field.WritesLost);
const confirmedIn = (played: Played): number => usersField(played, Field.WritesSaved);

/** The trace says that semi-synchronous replication is on at the primary, from the start to this second. */
function sayOn(played: Played, untilS: number): Played {
  const chunks: TraceChunk[] = structuredClone(played.chunks);
  rewriteField(chunks, played.element('mysql1'), Field.Signs, (signs, atUs) =>
    atUs < at(untilS) ? signs | DatabaseSign.SemiSet | DatabaseSign.SemiOn : signs,
  );
  return { ...played, chunks };
}

describe('a durable log', () => {
  const crash = [kill('server1', 6.43), repair('server1', 9)];

  test('keeps every confirmed write over a power cut', () => {
    const kept = play(both({ innodbFlushLogAtTrxCommit: 1, syncBinlog: 1 }), crash, 12);
    expect(found(kept, kept.design)).toEqual([]);
    expect(confirmedIn(kept)).toBeGreaterThan(60);
  });

  test('that is promised and not kept is found', () => {
    const lossy = play(both({ innodbFlushLogAtTrxCommit: 1, syncBinlog: 0 }), crash, 12);
    expect(found(lossy, lossy.design)).toEqual([]);
    expect(found(lossy, both({ syncBinlog: 1 })).join('\n')).toMatch(/confirmed, and mysql1 has it no longer at/);
  });

  test('a dead process takes the last second only with flush 0', () => {
    const commands = [kill('mysql1', 6.43), repair('mysql1', 9)];
    const careless = play(both({ innodbFlushLogAtTrxCommit: 0 }), commands, 12);
    expect(found(careless, careless.design)).toEqual([]);
    expect(found(careless, both({ innodbFlushLogAtTrxCommit: 2 })).join('\n')).toMatch(/has it no longer/);
  });
});

describe.each([
  ['AFTER_SYNC', AFTER_SYNC],
  ['AFTER_COMMIT', AFTER_COMMIT],
])('semi-synchronous replication, %s', (_, config) => {
  test('loses no confirmed write when the primary dies and its drained replica is promoted', () => {
    for (const seed of [1, 2, 3]) {
      const run = play(both(config), [cut(5.9), kill('server1', 6.43), promote(8)], 12, seed);
      expect(found(run, run.design)).toEqual([]);
      expect(lostIn(run)).toBe(0);
      expect(confirmedIn(run)).toBeGreaterThan(60);
    }
  });

  test('that has fallen back promises nothing, and loses', () => {
    const timeout = { ...config, rplSemiSyncMasterTimeoutMs: 300 };
    const run = play(both(timeout), [cut(5), kill('server1', 7), promote(8)], 12);
    expect(found(run, run.design)).toEqual([]);
    expect(lostIn(run)).toBeGreaterThan(3);
  });
});

describe('what is said to be semi-synchronous and is not', () => {
  const asynchronous = play(busy, [cut(4), kill('mysql1', 6.2), promote(8)], 12);

  test('confirms what no replica has', () => {
    const says = found(sayOn(asynchronous, 6), both(AFTER_COMMIT)).join('\n');
    expect(says).toMatch(
      /confirmed at \d+ us by mysql1 with semi-synchronous replication on, and no replica has had it/,
    );
  });

  test('shows too early what no replica has', () => {
    const says = found(sayOn(asynchronous, 6), both(AFTER_SYNC)).join('\n');
    expect(says).toMatch(/mysql1 shows request \d+ at \d+ us with AFTER_SYNC, and no replica has had it/);
  });

  test('leaves a new primary without it', () => {
    const says = found(sayOn(asynchronous, 7), both(AFTER_COMMIT)).join('\n');
    expect(says).toMatch(/the new primary mysql2 does not have it at/);
  });
});

describe('a promotion', () => {
  const delayed = (how: readonly string[]) =>
    play(both({ ...AFTER_COMMIT, masterDelayS: 2 }), [kill('server1', 6.43), promote(7, ...how)], 12);

  test('that drains the relay log loses nothing, one that does not loses the delay', () => {
    const [drained, immediate] = [delayed([]), delayed(['immediate'])];
    expect(found(drained, drained.design)).toEqual([]);
    expect(found(immediate, immediate.design)).toEqual([]);
    expect(lostIn(drained)).toBe(0);
    expect(lostIn(immediate)).toBeGreaterThan(10);
  });

  test('that is said to drain and does not is found', () => {
    const immediate = delayed(['immediate']);
    const told = { ...immediate, commands: [kill('server1', 6.43), promote(7)] };
    expect(found(told, told.design).join('\n')).toMatch(/mysql2 has it no longer at 7000000 us for no reason/);
  });
});
