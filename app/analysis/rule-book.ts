// What is to be said of each rule beside what it found: why it matters, what mends it, when it is no weakness all the same, and
// where that is written. The page fetches it with the first look at an issue; the review sheet prints it.
import { AVAILABILITY_TEXTS } from './rule-book/availability.ts';
import { CAPACITY_TEXTS } from './rule-book/capacity.ts';
import { DATA_TEXTS } from './rule-book/data.ts';
import { HYGIENE_TEXTS } from './rule-book/hygiene.ts';
import { MONITORING_TEXTS } from './rule-book/monitoring.ts';
import type { RuleText } from './rule-book/rule-text.ts';
import { SECURITY_TEXTS } from './rule-book/security.ts';

/** By rule id, in the order of the families. */
export const RULE_BOOK: Readonly<Record<string, RuleText>> = {
  ...AVAILABILITY_TEXTS,
  ...DATA_TEXTS,
  ...SECURITY_TEXTS,
  ...MONITORING_TEXTS,
  ...CAPACITY_TEXTS,
  ...HYGIENE_TEXTS,
};
