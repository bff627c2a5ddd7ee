// Headless runs that several rules read: the site as it is, and the same run once for all who ask for it.
import type { Design } from '../design/design.ts';
import type { Micros } from '../foundation/micros.ts';
import { FAULT_US, faultRun } from './blast-radius.ts';
import type { Evidence, Measure, RunMeasure } from './finding.ts';

/** So many runs are kept: a large design's are large. */
const MOST_KEPT = 4;

/** The same run for the same question, as long as it is one of the last few that were asked for. */
export function remembering(measure: Measure): Measure {
  const kept: { readonly design: Design; readonly key: string; readonly run: RunMeasure }[] = [];
  return (design, commands, untilUs) => {
    const key = JSON.stringify([commands, untilUs]);
    const known = kept.findIndex((one) => one.design === design && one.key === key);
    const [entry] = known < 0 ? [{ design, key, run: measure(design, commands, untilUs) }] : kept.splice(known, 1);
    if (entry === undefined) return measure(design, commands, untilUs);
    kept.push(entry);
    if (kept.length > MOST_KEPT) kept.shift();
    return entry.run;
  };
}

/** A run, and the span of it that counts: from where others have their fault to where the last request starts. */
export interface WatchedRun {
  readonly run: RunMeasure;
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

/** The site at its own load, with nothing wrong. */
export function calmRun({ design, measure, knowledge }: Evidence): WatchedRun {
  const { commands, lastUs, endUs } = faultRun(design, [], knowledge);
  return { run: measure(design, commands, endUs), fromUs: FAULT_US, toUs: lastUs };
}

/** The same with a host or component dead, or a link cut, from `fromUs` on. */
export function faultyRun(
  { design, measure, knowledge }: Evidence,
  type: 'kill' | 'hang' | 'cut',
  target: string,
): WatchedRun {
  const { commands, lastUs, endUs } = faultRun(design, [{ type, target }], knowledge);
  return { run: measure(design, commands, endUs), fromUs: FAULT_US, toUs: lastUs };
}
