// The contract of a finding: a weakness of a design with its rule, severity, place, measured evidence and fix. The interface
// says "issue". Findings come from rules over the design and from headless runs of the same engine, never from a list.
import type { Design } from '../design/design.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Where a finding sits on the diagram. A missing thing sits where it should stand. */
export type FindingPlace =
  | { readonly type: 'host'; readonly id: string }
  | { readonly type: 'component'; readonly id: string }
  | { readonly type: 'link'; readonly id: string }
  | { readonly type: 'missing-firewall' }
  | { readonly type: 'missing-monitoring' };

export interface Finding {
  /** Stable: `rule@element`. */
  readonly id: string;
  /** Id in rules.md's numbering: `AV-01`. */
  readonly rule: string;
  readonly severity: Severity;
  /** A few words: `One load balancer, nothing behind it`. */
  readonly title: string;
  readonly places: readonly FindingPlace[];
  /** In words for tables: `Load balancer`, `All 3 hosts`. */
  readonly where: string;
  /** One measured sentence, with its numbers: `Killed it: 0 of 412 requests answered.` Null while it is measured. */
  readonly evidence: string | null;
  /** What would fix it, a few words: `Second load balancer, shared IP`. */
  readonly fix: string;
  /** Element whose failure makes it come true (a host or component), or null. */
  readonly comesTrueWith: string | null;
}

/** What one headless run with one element killed showed. */
export interface KillMeasure {
  readonly target: string;
  readonly requests: number;
  readonly answered: number;
  readonly writes: number;
  readonly writesAnswered: number;
  /** From the kill until the balancer marked the server DOWN; null where nobody notices. */
  readonly detectUs: number | null;
}

/** Runs a design without the page. Handed in, because the analysis must not know the catalogue. */
export type MeasureKill = (design: Design, target: string) => KillMeasure;
