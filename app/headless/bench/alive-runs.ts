// The same run everywhere: a hundred random runs in Node and in Chromium, after seeks, and with commands inserted late.
import { inChromium } from './in-chromium.ts';
import { type Figure, type Measure, stated } from './measure.ts';
import { digestsOf, RUN_SECONDS, RUNS, type RunDigests } from './random-runs.ts';

export const sameRuns: Measure = async () => {
  const indices = Array.from({ length: RUNS }, (_, index) => index);
  const inNode = indices.map(digestsOf);
  const inBrowser = await inChromium<RunDigests>(new URL('./page/digest-worker.ts', import.meta.url), indices);
  const count = (isSame: (index: number) => boolean): number => indices.filter(isSame).length;
  const events = inNode.reduce((sum, run) => sum + run.events, 0);
  return [
    ofAll(
      'same digest in Node and in Chromium',
      count((at) => inNode[at]?.forward === inBrowser[at]?.forward),
    ),
    ofAll(
      'same digest after seek back and forward, Node',
      count((at) => inNode[at]?.forward === inNode[at]?.afterSeeks),
    ),
    ofAll(
      'same digest after seek back and forward, Chromium',
      count((at) => inBrowser[at]?.forward === inBrowser[at]?.afterSeeks),
    ),
    ofAll(
      'same digest with commands inserted late, Chromium',
      count((at) => inBrowser[at]?.forward === inBrowser[at]?.commandsLate),
    ),
    ofAll('different digests', new Set(inNode.map((run) => run.forward)).size),
    stated(`events in these runs of ${RUN_SECONDS} s`, events, 'events'),
  ];
};

const ofAll = (name: string, value: number): Figure => ({
  name,
  value,
  unit: `of ${RUNS} runs`,
  bar: `all ${RUNS}`,
  verdict: value === RUNS ? 'pass' : 'fail',
});
