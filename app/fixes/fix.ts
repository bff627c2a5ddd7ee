// The contract of a fix: a pure edit of the design that clears one finding. What it costs and what it trades is not said here
// but measured: the analysis of the design after it stands beside that of the design before.
import type { Finding } from '../analysis/finding.ts';
import type { Design } from '../design/design.ts';

export interface FixPlan {
  /** The whole design after it. Elements that stay keep their ids. */
  readonly design: Design;
  /** What it changes in the drawing, each a few words: `adds a host with HAProxy and keepalived`. */
  readonly changes: readonly string[];
}

/** Null where this design cannot be mended by a mere edit: then the finding keeps its words and has no button. */
export type Fix = (design: Design, finding: Finding) => FixPlan | null;
