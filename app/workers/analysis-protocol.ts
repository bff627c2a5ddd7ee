// The typed messages between the page and the analysis worker. Data only.
import type { Progress } from '../analysis/analyse.ts';
import type { Design } from '../design/design.ts';

/** Page to worker: look at this design. It replaces whatever the worker is looking at. */
export interface AnalysisRequest {
  /** Comes back with every answer, so that late answers about an older design can be told. */
  readonly revision: number;
  readonly design: Design;
  readonly seed: number;
}

/** Worker to page. */
export type AnalysisReply =
  /** After each headless run; `done === of` is the last. */
  | { readonly type: 'progress'; readonly revision: number; readonly progress: Progress }
  /** A broken invariant: the issues found so far stay, no more will come for this design. */
  | { readonly type: 'stopped'; readonly revision: number; readonly message: string };
