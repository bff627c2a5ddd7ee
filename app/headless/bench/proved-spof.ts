// The static single points of failure, held against brute force and against the simulation: every element alone, and pairs.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Comparison } from '../../ground-truth/spof-laws.ts';
import { type Measure, none, stated } from './measure.ts';
import { Progress } from './progress.ts';

const SHARE = fileURLToPath(new URL('./spof-share.ts', import.meta.url));

const against =
  (law: 'ways' | 'runs' | 'hangs', name: string, sites: number): Measure =>
  async () => {
    const progress = new Progress(`sites, single points of failure against ${name}`, sites, 'sites');
    let [done, compared, wrong] = [0, 0, 0];
    const take = (comparison: Comparison): void => {
      progress.at(++done);
      compared += comparison.compared;
      wrong += comparison.wrong.length;
      if (law !== 'hangs') for (const line of comparison.wrong) console.error(line);
    };
    const shares = availableParallelism();
    await Promise.all(
      Array.from({ length: shares }, (_, share) => playShare([law, share, shares, sites].map(String), take)),
    );
    if (done !== sites) throw new Error(`${done} of ${sites} sites were compared.`);
    return [
      // The drawing knows ways, not patience: who waits for a stopped database keeps others waiting. The page shows both, side by side.
      law === 'hangs'
        ? stated('hung in place of killed: foretold otherwise than run', wrong, 'losses')
        : none(`static SPOF that differs from ${name}`, wrong, 'losses'),
      stated('  compared', compared, 'losses'),
      stated('  sites', done, 'sites'),
    ];
  };

function playShare(words: readonly string[], take: (comparison: Comparison) => void): Promise<void> {
  return new Promise((done, failed) => {
    const child = fork(SHARE, words);
    child.on('message', (comparison) => take(comparison as Comparison));
    child.on('error', failed);
    child.on('exit', (code) =>
      code === 0 ? done() : failed(new Error(`A share of the sites ended with code ${code}.`)),
    );
  });
}

export const spof: readonly Measure[] = [
  against('ways', 'brute force', 5_000),
  against('runs', 'the simulation', 500),
  against('hangs', 'the simulation', 500),
];
