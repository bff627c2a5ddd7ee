// Random runs with faults: a sample of the search for faults in ourselves, and the same digests in Node and in Chromium.
import { type ExploredDigest, exploredRun } from './explored-runs.ts';
import { inChromium } from './in-chromium.ts';
import type { Measure } from './measure.ts';
import { Progress } from './progress.ts';

const RUNS = 200;

/** Runs from a number on, by the name of their figure. */
export const exploredFrom =
  (first: number, name: string): Measure =>
  async () => {
    const indices = Array.from({ length: RUNS }, (_, index) => first + index);
    const progress = new Progress('random runs in Node', RUNS, 'runs');
    const inNode = indices.map((index) => {
      progress.at(index - first);
      return exploredRun(index);
    });
    const script = new URL('./page/explored-worker.ts', import.meta.url);
    const elsewhere = await inChromium<ExploredDigest>(script, indices);
    const right = inNode.filter(({ wrong }) => wrong === null).length;
    const same = inNode.filter(({ digest }, index) => digest === elsewhere[first + index]?.digest).length;
    const all = (name: string, value: number) => {
      return {
        name,
        value,
        unit: `of ${RUNS} runs`,
        bar: `all ${RUNS}`,
        verdict: value === RUNS ? 'pass' : 'fail',
      } as const;
    };
    return [
      all(`${name}: every checker, every replay`, right),
      all('  same digest in Node and in Chromium', same),
      all('  different digests', new Set(inNode.map(({ digest }) => digest)).size),
    ];
  };

export const exploredRuns = exploredFrom(0, 'random runs with faults');
