// Texts of the rules DB: what is lost or read wrong.
import type { RuleText } from './rule-text.ts';

export const DATA_TEXTS: Readonly<Record<string, RuleText>> = {};
