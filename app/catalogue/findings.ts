// The list of weaknesses that only one kind of component has (pure half): a line per kind that knows some. Apart from kinds.ts,
// so that a run does not carry them.
import type { FindingRule } from '../analysis/finding.ts';

export const KIND_RULES: readonly FindingRule[] = [];
