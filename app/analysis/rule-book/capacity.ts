// Texts of the rules CA: load, limits and timeouts.
import type { RuleText } from './rule-text.ts';

export const CAPACITY_TEXTS: Readonly<Record<string, RuleText>> = {};
