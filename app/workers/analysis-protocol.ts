// The typed messages between the page and the analysis worker. Data only.
import type { Progress } from '../analysis/analyse.ts';
import type { FaultMeasure, LastingFault } from '../analysis/fault-measure.ts';
import type { Design } from '../design/design.ts';

/** Page to worker. A worker of the page's own looks for issues; those of the blast radius measure one fault at a time. */
export type AnalysisRequest =
  /** Look for the issues of this design. It replaces whatever the worker is looking at. */
  | {
      readonly type: 'look';
      /** Comes back with every answer, so that late answers about an older design can be told. */
      readonly revision: number;
      readonly design: Design;
      readonly seed: number;
    }
  /** The faults that come after this are measured on this design. */
  | { readonly type: 'subject'; readonly design: Design; readonly seed: number }
  /** One headless run. */
  | { readonly type: 'measure'; readonly revision: number; readonly fault: LastingFault };

/** Worker to page. */
export type AnalysisReply =
  /**
   * After headless runs; `done === of` is the last. Of a large design the kills are many: each message has those that the ones
   * before it had not, `killsBefore` of them.
   */
  | {
      readonly type: 'progress';
      readonly revision: number;
      readonly progress: Progress;
      readonly killsBefore: number;
    }
  /** A broken invariant: the issues found so far stay, no more will come for this design. */
  | { readonly type: 'stopped'; readonly revision: number; readonly message: string }
  | { readonly type: 'row'; readonly revision: number; readonly measure: FaultMeasure }
  /** A broken invariant in the run of this fault; others can be measured all the same. */
  | {
      readonly type: 'unmeasured';
      readonly revision: number;
      readonly fault: LastingFault;
      readonly message: string;
    };
