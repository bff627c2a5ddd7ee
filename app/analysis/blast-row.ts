// A row of the blast radius: what a lasting fault did in a fresh run, beside what the drawing alone says of it. Both are shown;
// they must agree.
import type { Design } from '../design/design.ts';
import type { Reach } from '../design/graph.ts';
import { measureFault } from './blast-radius.ts';
import { type CheckTimes, type Expectation, expectationOf } from './expectation.ts';
import type { FaultMeasure, LastingFault } from './fault-measure.ts';
import type { Knowledge, Measure } from './finding.ts';

export interface BlastRow {
  readonly measure: FaultMeasure;
  /** Null for what the drawing says nothing of. */
  readonly foretold: Expectation | null;
}

/** What a row needs from above. */
export interface BlastTools {
  readonly measure: Measure;
  readonly knowledge: Knowledge;
  checkTimesOf(design: Design): readonly CheckTimes[];
}

/** Same design, seed and fault, same row. */
export function blastRow(design: Design, fault: LastingFault, tools: BlastTools): BlastRow {
  const { measure, knowledge } = tools;
  return {
    measure: measureFault(design, fault, knowledge, measure),
    foretold: foretoldOf(design, fault, tools),
  };
}

function foretoldOf(design: Design, { type, target }: LastingFault, tools: BlastTools): Expectation | null {
  if (type === 'cut') return null;
  const isHost = design.hosts.some(({ id }) => id === target);
  const how = type === 'hang' || isHost ? 'silent' : 'dead';
  return expectationOf(design, { target, how }, tools.knowledge, tools.checkTimesOf(design));
}

export type Wish = 'reads' | 'writes';

/** Whether what is served once things have settled is what was foretold; null where there is nothing to hold against it. */
export function isAsForetold({ measure, foretold }: BlastRow, wish: Wish): boolean | null {
  const { settled } = measure;
  const [answered, all] =
    wish === 'reads' ? [settled.readsAnswered, settled.reads] : [settled.writesAnswered, settled.writes];
  if (foretold === null || all === 0) return null;
  const shown: Reach = answered === 0 ? 'none' : answered === all ? 'all' : 'some';
  return shown === foretold[wish];
}
