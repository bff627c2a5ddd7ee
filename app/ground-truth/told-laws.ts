// When monitoring tells somebody, of failures at random moments: the engine's own monitoring against the closed form of its settings.

import { firstTelling, type Telling, tellings } from '../analysis/availability/telling.ts';
import { cuttable, killable } from '../analysis/blast-radius.ts';
import type { LastingFault } from '../analysis/fault-measure.ts';
import { detection as readDetection } from '../analysis/fault-reading.ts';
import { measureWith } from '../analysis/measure.ts';
import { checkTimesOf } from '../catalogue/check-times.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import type { AlertRule, Design } from '../design/design.ts';
import { Dice } from '../foundation/dice.ts';
import { SECOND } from '../foundation/micros.ts';

/** One failure: when somebody was told, and what the settings say of it. */
export interface ToldFault {
  readonly fault: LastingFault;
  readonly atUs: number;
  readonly toldUs: number | null;
  readonly telling: Telling;
}

/** The site works undisturbed first: every host has reported. */
const CALM_S = 30;
const MARGIN_US = 3 * SECOND;

/** Failures drawn by dice of those that a rule of the design sees by itself, each in a run of its own in which nobody asks for a page. */
export function* toldFaults(
  design: Design,
  alerts: readonly AlertRule[],
  many: number,
  seed: number,
): Generator<ToldFault> {
  if (design.monitoring === null) throw new Error(`${design.id} has no monitoring.`);
  const quiet: Design = {
    ...design,
    traffic: { ...design.traffic, rateRps: 0 },
    monitoring: { ...design.monitoring, alerts },
  };
  const watched = { design: quiet, knowledge, checks: checkTimesOf(quiet) };
  const seen = everyFailure(quiet).flatMap((fault) => {
    const telling = firstTelling(tellings(watched, fault));
    return telling === null ? [] : [{ fault, telling }];
  });
  if (seen.length === 0) throw new Error('No rule sees any failure.');
  const dice = new Dice(seed, 'told-faults');
  for (let count = 0; count < many; count++) {
    const { fault, telling } = dice.one(seen);
    const atUs = Math.round((CALM_S + 60 * dice.share()) * SECOND);
    const measure = measureWith(behaviours, dice.seed());
    const run = measure(quiet, [{ atUs, ...fault }], atUs + telling.mostUs + MARGIN_US);
    const { toldUs } = readDetection(run, knowledge, atUs, run.untilUs);
    yield { fault, atUs, toldUs, telling };
  }
}

function everyFailure(design: Design): readonly LastingFault[] {
  const targets = killable(design, knowledge);
  return [
    ...targets.map((target): LastingFault => ({ type: 'kill', target })),
    ...targets.map((target): LastingFault => ({ type: 'hang', target })),
    ...cuttable(design).map((target): LastingFault => ({ type: 'cut', target })),
  ];
}

/** Those told sooner or later than the settings allow, a line each. */
export const outside = (faults: readonly ToldFault[]): readonly string[] =>
  faults.flatMap(({ fault, atUs, toldUs, telling: { leastUs, mostUs, rule } }) => {
    const isWithin = toldUs !== null && toldUs >= leastUs && toldUs <= mostUs;
    const said = toldUs === null ? 'nobody was told' : `told after ${toldUs / SECOND} s`;
    return isWithin
      ? []
      : [
          `${fault.type} ${fault.target} at ${atUs / SECOND} s: ${said}, ${rule} says ${leastUs / SECOND} to ${mostUs / SECOND} s`,
        ];
  });

/** Mean of what was told less the mean that the settings say, where they say one, with its standard error, in seconds. */
export function meanDifference(faults: readonly ToldFault[]): {
  readonly count: number;
  readonly meanS: number;
  readonly errorS: number;
} {
  const differences = faults.flatMap(({ toldUs, telling }) =>
    toldUs === null || telling.meanUs === null ? [] : [(toldUs - telling.meanUs) / SECOND],
  );
  const meanS = differences.reduce((sum, one) => sum + one, 0) / differences.length;
  const squares = differences.reduce((sum, one) => sum + (one - meanS) ** 2, 0);
  return {
    count: differences.length,
    meanS,
    errorS: Math.sqrt(squares / (differences.length - 1) / differences.length),
  };
}
