// What a rule answers when the drawing alone decides: a finding whose evidence is there at once.
import type { Finding, Suspicion } from './finding.ts';

type Drawn = Omit<Finding, 'rule' | 'comesTrueWith' | 'evidence' | 'onlyAlone'> & { readonly evidence: string };

/** The rule is the first half of the id. Nothing has to die for it to come true. */
export function drawn(given: Drawn): Suspicion {
  const finding: Finding = { ...given, rule: ruleOf(given.id), comesTrueWith: [] };
  return { finding, prove: () => finding };
}

export const ruleOf = (id: string): string => id.slice(0, id.indexOf('@'));
