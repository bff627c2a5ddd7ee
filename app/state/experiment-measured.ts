// What an experiment is made from: a fault, what was foretold of it, and how the requests since then ended. Shared by its rows
// and its verdict.
import type { Served } from '../analysis/expectation.ts';
import type { Finding } from '../analysis/finding.ts';
import type { Design } from '../design/design.ts';
import { type Micros, SECOND } from '../foundation/micros.ts';
import type { Command } from '../simulation/command.ts';
import { Purpose } from '../simulation/message.ts';
import type { Outcomes, TraceWindow } from '../timeline/trace-window.ts';
import type { ActiveFault } from './app.ts';
import { failureLines } from './failures.ts';
import type { Prediction } from './foretold.ts';
import type { Truth } from './truth.ts';

export interface ExperimentInput {
  readonly base: Design;
  readonly commands: readonly Command[];
  readonly findings: readonly Finding[];
  readonly window: TraceWindow;
  readonly nowUs: Micros;
}

/** All that rows and verdict are made from. */
export interface Measured extends ExperimentInput, Prediction {
  readonly fault: ActiveFault;
  /** It comes back by itself: what is looked at is how the site gets over it. */
  readonly isRestart: boolean;
  readonly endUs: Micros | null;
  readonly toUs: Micros;
  readonly outcomes: Outcomes;
  /** When it began. */
  readonly truth: Truth;
}

/** When the restarted part is back and everybody has got over it. */
export const settledUs = ({ fault, expected }: Measured): Micros =>
  Math.ceil((fault.sinceUs + (expected?.settleUs ?? 0)) / SECOND) * SECOND;

/** How a share is called; `some` of what a part with too much to do can serve is not all, and nobody says how many. */
export const SERVED: Readonly<Record<Served, string>> = {
  all: 'all',
  'nearly all': 'nearly all',
  some: 'not all',
  none: 'none',
};

export type Class = 'reads' | 'writes';

export interface ServedCount {
  readonly all: number;
  readonly answered: number;
  /** Why most of those that failed did. */
  readonly cause: string;
}

/** Of those that ended. */
export function classOf(run: Measured, which: Class, of: Outcomes = run.outcomes): ServedCount {
  const { design, window, truth } = run;
  const isMine = (purpose: number) => (purpose === Purpose.Write) === (which === 'writes');
  const failures = of.failures.filter(({ purpose }) => isMine(purpose));
  const lines = failureLines([{ failures, design, truth }], window.elements);
  const most = [...lines].sort((a, b) => b.count - a.count)[0];
  const ended = of.answered + of.retried + of.failed;
  const all = which === 'writes' ? of.writes : ended - of.writes;
  const failed = which === 'writes' ? of.writesFailed : of.failed - of.writesFailed;
  return { all, answered: all - failed, cause: most === undefined ? '' : `${most.count} ${most.text}` };
}
