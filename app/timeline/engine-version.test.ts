// The engine is what its reference runs say that it is: the built-in designs for a minute, with a fault of every sort.
import { expect, test } from 'vitest';
import { behaviours } from '../catalogue/kinds.ts';
import { type BuiltInId, builtInDesign } from '../designs/built-in.ts';
import { DIGEST_WORDS, digestText, mixDigest } from '../foundation/digest.ts';
import { SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { ENGINE_VERSION } from '../simulation/engine-version.ts';
import { Timeline } from './timeline.ts';

const SECONDS = 60;

function digestOf(id: BuiltInId, commands: readonly Command[]): string {
  const timeline = new Timeline(
    { design: builtInDesign(id, 'classroom'), seed: 4, commands },
    behaviours,
    structuredClone,
  );
  let digest = '';
  for (let second = 0; second < SECONDS; second++) ({ digest } = timeline.chunk(second));
  return digest;
}

test('the version is the digest of the reference runs: when this fails, write the one that was found into engine-version.ts', () => {
  const second = (at: number) => at * SECOND;
  const runs = [
    digestOf('simple', [
      { atUs: second(10), type: 'slow', target: 'mysql', factor: 5 },
      { atUs: second(25), type: 'kill', target: 'app' },
    ]),
    digestOf('distributed', [
      { atUs: second(5), type: 'kill', target: 'server1' },
      { atUs: second(20), type: 'repair', target: 'server1' },
      { atUs: second(25), type: 'hang', target: 'app2' },
      { atUs: second(30), type: 'flood', target: 'users', rateRps: 40 },
      { atUs: second(35), type: 'degrade', target: 'haproxy-nginx1', lossShare: 0.3, delayMs: 50 },
      { atUs: second(45), type: 'cut', target: 'mysql1-mysql2' },
    ]),
  ];
  const version = new Int32Array(DIGEST_WORDS);
  for (const run of runs)
    mixDigest(version, Number.parseInt(run.slice(0, 12), 16), Number.parseInt(run.slice(12), 16), 0);
  expect(ENGINE_VERSION).toBe(digestText(version));
});
