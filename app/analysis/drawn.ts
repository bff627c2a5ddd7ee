// What a rule answers when the drawing alone decides: a finding whose evidence is there at once, or what is not stated.
import type { Component, Design } from '../design/design.ts';
import type { Finding, Suspicion, Unknown } from './finding.ts';
import { listed, partsInWords } from './in-words.ts';

type Drawn = Omit<Finding, 'rule' | 'comesTrueWith' | 'evidence' | 'onlyAlone'> & { readonly evidence: string };

/** The rule is the first half of the id. Nothing has to die for it to come true. */
export function drawn(given: Drawn): Suspicion {
  const finding: Finding = { ...given, rule: ruleOf(given.id), comesTrueWith: [] };
  return { finding, prove: () => finding };
}

/**
 * What components leave open, one sentence for all of one name that leave the same open. `questions` of a component begin in small
 * letters (`whether it shows its version`); none is none.
 */
export function unsaid(
  design: Design,
  rule: string,
  parts: readonly Component[],
  questions: (part: Component) => readonly string[],
): readonly Unknown[] {
  const groups = new Map<string, { readonly question: string; readonly parts: Component[] }>();
  for (const part of parts) {
    const question = listed(questions(part));
    if (question === '') continue;
    const key = `${part.name}: ${question}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { question, parts: [part] });
    else group.parts.push(part);
  }
  return [...groups.values()].map(({ question, parts: group }) => ({
    unknown: `${rule}@${group[0]?.id}`,
    rule,
    sentence: `${subject(partsInWords(design, group))} does not say ${question}.`,
  }));
}

/** A program is called by its name, however it is spelled; what is no name gets an article. */
const subject = (words: string): string => (/^[a-z]+ (?!on )/.test(words) ? `The ${words}` : words);

export const ruleOf = (id: string): string => id.slice(0, id.indexOf('@'));
