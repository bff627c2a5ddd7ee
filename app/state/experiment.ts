// The experiment of a fault: what the drawing foretold, what the run measured since, and whether the one is the other. All
// counts are those of the requests that were open when it began, or came until it ended. Rows and verdict stand in files beside.
import type { Design } from '../design/design.ts';
import { formatClock, type Micros, SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import type { Outcomes } from '../timeline/trace-window.ts';
import type { ActiveFault } from './app.ts';
import { balancerOf } from './beliefs.ts';
import { modeOf } from './design-at.ts';
import type { ExperimentInput, Measured } from './experiment-measured.ts';
import { type ExperimentRow, rowsOf } from './experiment-rows.ts';
import { type Verdict, verdictOf } from './experiment-verdict.ts';
import { doneTo, isReturnOfRestart, said } from './fault-words.ts';
import { type Prediction, predictionFor } from './foretold.ts';
import { type Truth, truthAt } from './truth.ts';

export interface Experiment {
  readonly number: number;
  readonly command: Command;
  /** `Power off Server 1 at 00:20.0, active-active`. */
  readonly title: string;
  /** `ended at 00:50.0`, or `still on`. */
  readonly state: string;
  readonly rows: readonly ExperimentRow[];
  readonly verdict: Verdict;
  /** Answered at once, on another try, failed, still waiting: they add up to all. */
  readonly counts: Pick<Outcomes, 'answered' | 'retried' | 'failed' | 'waiting' | 'total'>;
  /** The counts are those of this time. */
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

/** A restart is watched for so long after the site should have got over it. */
const WATCHED_US = 10 * SECOND;

/** One a fault, in the order in which they were done. */
export function experimentsOf(input: ExperimentInput): readonly Experiment[] {
  const { base, commands, nowUs } = input;
  const faults = commands.flatMap((command): ActiveFault[] => {
    if (command.atUs > nowUs) return [];
    const before = truthAt(base, commands, command.atUs - 1).faults;
    // A stronger one of the same sort is an experiment of its own, from when it was done.
    return truthAt(base, commands, command.atUs)
      .faults.filter((fault) => fault.command === command && !before.some((one) => one.command === command))
      .map((fault) => ({ ...fault, sinceUs: command.atUs }));
  });
  return faults.map((fault, index) => experimentOf(input, fault, index + 1));
}

function experimentOf(input: ExperimentInput, fault: ActiveFault, number: number): Experiment {
  const { base, commands, window, nowUs } = input;
  const { command, sinceUs } = fault;
  const truth = truthAt(base, commands, sinceUs);
  const endUs = endOf(input, fault);
  const isRestart = fault.backUs !== undefined;
  const alone = isAlone(input, fault, truth, isRestart ? nowUs : (endUs ?? nowUs));
  const prediction = predictionFor(input, fault, alone);
  const toUs = isRestart ? watchedUntil(input, fault, prediction) : (endUs ?? nowUs);
  const outcomes = window.outcomes(sinceUs, toUs);
  const measured: Measured = { ...input, ...prediction, fault, isRestart, endUs, toUs, outcomes, truth };
  return {
    number,
    command,
    title: titleOf(prediction.design, fault, isRestart),
    state: stateWord(isRestart, endUs),
    rows: rowsOf(measured),
    verdict: verdictOf(measured),
    counts: outcomes,
    fromUs: sinceUs,
    toUs,
  };
}

/** `Power off Server 1 at 00:20.0, active-active`. */
function titleOf(design: Design, { command, kind, sinceUs }: ActiveFault, isRestart: boolean): string {
  const name = isRestart ? 'Restart' : (said(design, command)?.name ?? 'Fault');
  const what = kind === 'flood' ? name : `${name}${kind === 'degrade' ? ',' : ''} ${doneTo(design, command)}`;
  const servers = (balancerOf(design)?.config['servers'] as readonly unknown[] | undefined)?.length ?? 0;
  return `${what} at ${formatClock(sinceUs)}${servers > 1 ? `, ${modeOf(design)}` : ''}`;
}

function stateWord(isRestart: boolean, endUs: Micros | null): string {
  if (endUs === null) return isRestart ? 'restarting' : 'still on';
  return `${isRestart ? 'back' : 'ended'} at ${formatClock(endUs)}`;
}

/** The act after which the fault is no longer on, or null. */
function endOf({ base, commands, nowUs }: ExperimentInput, fault: ActiveFault): Micros | null {
  for (const { atUs } of commands) {
    if (atUs <= fault.sinceUs || atUs > nowUs) continue;
    if (!truthAt(base, commands, atUs).faults.some((one) => one.command === fault.command)) return atUs;
  }
  return null;
}

/** The end of a whole second, or the next act: from then on it is no longer the restart that is seen. */
function watchedUntil({ commands, nowUs }: ExperimentInput, fault: ActiveFault, { expected }: Prediction): Micros {
  const settledUs = fault.sinceUs + (expected?.settleUs ?? 0) + WATCHED_US;
  const next = commands.find(({ atUs }) => atUs > (fault.backUs ?? fault.sinceUs));
  return Math.min(nowUs, Math.ceil(settledUs / SECOND) * SECOND, next?.atUs ?? Number.POSITIVE_INFINITY);
}

function isAlone({ base, commands }: ExperimentInput, fault: ActiveFault, truth: Truth, toUs: Micros): boolean {
  if (truth.faults.length > 1) return false;
  const later = commands.filter(({ atUs }) => atUs > fault.sinceUs && atUs < toUs);
  return later.every((command) => {
    if (isReturnOfRestart(commands, command)) return true;
    return truthAt(base, commands, command.atUs).faults.every((one) => one.command === fault.command);
  });
}
