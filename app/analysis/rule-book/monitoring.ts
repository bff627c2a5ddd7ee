// Texts of the rules MO: who knows, and when.
import type { RuleText } from './rule-text.ts';

export const MONITORING_TEXTS: Readonly<Record<string, RuleText>> = {};
