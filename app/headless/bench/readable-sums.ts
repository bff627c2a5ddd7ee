// Whether what charts, cards and tables add up is what the simulation counted: every second of a hundred random runs.
import { behaviours } from '../../catalogue/kinds.ts';
import { elementsOf } from '../../design/elements.ts';
import { SECOND } from '../../foundation/micros.ts';
import { summariserOf } from '../../timeline/summarise.ts';
import { Timeline } from '../../timeline/timeline.ts';
import { TraceWindow } from '../../timeline/trace-window.ts';
import { type Measure, none, stated } from './measure.ts';
import { RUN_SECONDS, RUNS, randomRun } from './random-runs.ts';

export const sums: Measure = async () => {
  let [wrong, requests] = [0, 0];
  for (let index = 0; index < RUNS; index++) {
    const run = randomRun(index);
    const timeline = new Timeline(run, behaviours, structuredClone);
    const window = new TraceWindow(elementsOf(run.design));
    const summariser = summariserOf(run.design);
    for (let second = 0; second < RUN_SECONDS; second++) {
      const chunk = timeline.chunk(second);
      window.receive(chunk);
      window.learn([summariser.summarise(chunk, window.second(second - 1) ?? null)]);
    }
    const { totals } = timeline.world;
    const shown = window.outcomes(0, RUN_SECONDS * SECOND);
    const same =
      shown.answered === totals.answered &&
      shown.retried === totals.retried &&
      shown.failed === totals.failed &&
      shown.total === totals.started &&
      shown.flood.ended === totals.floodEnded;
    if (!same) wrong++;
    requests += totals.started;
  }
  return [
    none(`sums of outcomes that differ from the counters, ${RUNS} random runs`, wrong, 'runs'),
    stated('  requests in these runs', requests, 'requests'),
  ];
};
