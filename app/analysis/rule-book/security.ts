// Texts of the rules SE: what strangers reach and read.
import type { RuleText } from './rule-text.ts';

export const SECURITY_TEXTS: Readonly<Record<string, RuleText>> = {};
