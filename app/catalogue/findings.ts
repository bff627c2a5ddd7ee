// The list of weaknesses that only one kind of component has (pure half): a line per kind that knows some. Apart from kinds.ts,
// so that a run does not carry them.
import type { FindingRule } from '../analysis/finding.ts';
import { APP_SERVER_RULES } from './app-server/findings.ts';
import { DATABASE_RULES } from './database/findings.ts';
import { LAYER_RULES } from './layer-findings.ts';
import { LOAD_BALANCER_RULES } from './load-balancer/findings.ts';
import { VIRTUAL_IP_RULES } from './virtual-ip/findings.ts';

export const KIND_RULES: readonly FindingRule[] = [
  ...LOAD_BALANCER_RULES,
  ...VIRTUAL_IP_RULES,
  ...APP_SERVER_RULES,
  ...DATABASE_RULES,
  ...LAYER_RULES,
];
