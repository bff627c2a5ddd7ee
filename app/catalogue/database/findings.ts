// The weaknesses that only a database has, in the order of their numbers.
import type { FindingRule } from '../../analysis/finding.ts';
import { DATA_RULES } from './data-findings.ts';
import { dataAtRestRule } from './disk-findings.ts';

export const DATABASE_RULES: readonly FindingRule[] = [...DATA_RULES, dataAtRestRule];
