// The weaknesses that only a load balancer has, in the order of their numbers.
import type { FindingRule } from '../../analysis/finding.ts';
import { adminInterfaceRule } from './admin-findings.ts';
import { flappingRule, slowDetectionRule, uncheckedRule } from './check-findings.ts';
import { algorithmRule, coldStartRule, timeoutRule, unlimitedRule } from './limit-findings.ts';
import { multipliedRule, stickyRule } from './retry-findings.ts';

export const LOAD_BALANCER_RULES: readonly FindingRule[] = [
  uncheckedRule,
  slowDetectionRule,
  flappingRule,
  stickyRule,
  adminInterfaceRule,
  timeoutRule,
  unlimitedRule,
  multipliedRule,
  algorithmRule,
  coldStartRule,
];
