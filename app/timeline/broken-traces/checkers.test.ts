// Each checker finds nothing in a run of the engine, and finds each sort of damage that is done to its trace.
import { describe, expect, test } from 'vitest';
import { checkChunks } from '../../simulation/checkers/checker.ts';
import { checkersFor } from '../../simulation/checkers/watch.ts';
import type { TraceChunk } from '../../simulation/trace.ts';
import type { Played } from './broken-trace.ts';
import { OF_THE_ADDRESS } from './damage-address.ts';
import { OF_DATA } from './damage-data.ts';
import { OF_REQUESTS } from './damage-requests.ts';
import { plain, risen, shared } from './damage-runs.ts';

const found = (run: Played, chunks: readonly TraceChunk[]): string[] =>
  checkChunks(checkersFor(run.design, run.commands), chunks);

describe.each([...OF_REQUESTS, ...OF_DATA, ...OF_THE_ADDRESS])('$checker', ({ checker, what, run, says, damage }) => {
  test(`finds that ${what}`, () => {
    const chunks = structuredClone(run.chunks);
    damage(chunks, run);
    expect(
      found(run, chunks)
        .filter((text) => text.startsWith(`${checker}: `))
        .join('\n'),
    ).toMatch(says);
  });
});

test.each([
  ['a server dies', plain],
  ['a replica is promoted', risen],
  ['a balancer dies', shared],
] as const)('nothing is found in the run in which %s', (_, run) => {
  expect(found(run, run.chunks)).toEqual([]);
  expect(run.chunks.reduce((sum, chunk) => sum + chunk.ends.request.length, 0)).toBeGreaterThan(100);
});

test('every checker is shown damage', () => {
  const shown = new Set([...OF_REQUESTS, ...OF_DATA, ...OF_THE_ADDRESS].map(({ checker }) => checker));
  const kept = 'kept writes'; // kept-writes.test.ts
  expect(
    checkersFor(plain.design)
      .map(({ name }) => name)
      .filter((name) => !shown.has(name)),
  ).toEqual([kept]);
});
