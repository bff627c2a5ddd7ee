// What the rule book says of one rule.
import type { Severity } from '../finding.ts';

export interface RuleText {
  /** What it detects, in a few words: `One component on every way to the application`. */
  readonly detects: string;
  /** Its usual level; a finding of it may be lower where the design softens it. */
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
  /** When it is no weakness all the same. */
  readonly falsePositive: string;
  /** Read for this rule: a program's own manual, a standard, a well-architected guide. */
  readonly source: { readonly title: string; readonly section: string };
  /** Decided on the drawing alone, by a run, or on the drawing and confirmed by a run. */
  readonly proof: 'drawing' | 'run' | 'drawing and run';
}
