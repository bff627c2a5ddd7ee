// A row of the blast radius: what a lasting fault did in a fresh run, beside what the drawing alone says of it. Both are shown;
// they must agree. A worker measures; the page foretells.
import type { Design } from '../design/design.ts';
import { entries, fallsWith } from '../design/graph.ts';
import { deniedUnder } from './denials.ts';
import type { CheckTimes } from './detection.ts';
import { type Expectation, expectationOf, type Foretold, nothingSaid, type Served } from './expectation.ts';
import { type FaultMeasure, faultsIn, type LastingFault } from './fault-measure.ts';
import type { Knowledge } from './finding.ts';
import type { Workings } from './site-load.ts';

export interface BlastRow {
  readonly measure: FaultMeasure;
  /** Null for what the drawing says nothing of. */
  readonly foretold: Expectation | null;
}

/** What a row needs from above. */
export interface BlastTools {
  readonly knowledge: Knowledge;
  readonly workings: Workings;
  checkTimesOf(design: Design): readonly CheckTimes[];
}

export const blastRow = (design: Design, measure: FaultMeasure, tools: BlastTools): BlastRow => ({
  measure,
  foretold: foretoldOf(design, measure.fault, tools),
});

function foretoldOf(design: Design, fault: LastingFault, tools: BlastTools): Expectation | null {
  const [entrance] = entries(design);
  if (entrance === undefined) return null;
  if (fault.beside !== undefined) return jointly(design, fault, tools);
  const { knowledge, workings } = tools;
  const site = { design, entrance, knowledge, workings, checks: tools.checkTimesOf(design) };
  return expectationOf(site, asForetold(design, fault));
}

/** Of a pair only what it denies: the drawing says that exactly. */
function jointly(design: Design, fault: LastingFault, { knowledge }: BlastTools): Expectation {
  const denied = deniedUnder(design, faultsIn(fault), knowledge);
  const isNone = (wish: Wish) => denied === 'requests' || denied === wish;
  return { ...nothingSaid, reads: isNone('reads') ? 'none' : null, writes: isNone('writes') ? 'none' : null };
}

function asForetold(design: Design, { type, target }: LastingFault): Foretold {
  if (type === 'cut') return { type: 'gone', elements: new Set([target]), how: 'unreachable', forUs: null };
  const isHost = design.hosts.some(({ id }) => id === target);
  const how = type === 'hang' ? 'hangs' : isHost ? 'unreachable' : 'refuses';
  return { type: 'gone', elements: fallsWith(design, target), how, forUs: null };
}

export type Wish = 'reads' | 'writes';

/** Whether what is served once things have settled is what was foretold; null where there is nothing to hold against it. */
export function isAsForetold({ measure, foretold }: BlastRow, wish: Wish): boolean | null {
  const { settled } = measure;
  const [answered, all] =
    wish === 'reads' ? [settled.readsAnswered, settled.reads] : [settled.writesAnswered, settled.writes];
  const expected = foretold === null ? null : foretold[wish];
  if (expected === null || all === 0) return null;
  return agrees(expected, answered, all);
}

/** At least 98 of 100 are nearly all; where a part has more to do than it can, some may be none. */
function agrees(expected: Served, answered: number, all: number): boolean {
  switch (expected) {
    case 'all':
      return answered === all;
    case 'nearly all':
      return answered >= 0.98 * all;
    case 'some':
      return answered < all;
    case 'none':
      return answered === 0;
  }
}
