// Texts of the rules HY: a drawing that does not hold together.
import type { RuleText } from './rule-text.ts';

export const HYGIENE_TEXTS: Readonly<Record<string, RuleText>> = {};
