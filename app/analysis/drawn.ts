// What a rule answers when the drawing alone decides: a finding whose evidence is there at once, or what is not stated.
import type { Component, Design, Host, Link } from '../design/design.ts';
import type { Finding, FindingPlace, Suspicion, Unknown } from './finding.ts';
import { counted, hostsInWords, listed, partsInWords, sentence } from './in-words.ts';

type Drawn = Omit<Finding, 'rule' | 'comesTrueWith' | 'evidence' | 'onlyAlone'> & { readonly evidence: string };

/** The rule is the first half of the id. Nothing has to die for it to come true. */
export function drawn(given: Drawn): Suspicion {
  const finding: Finding = { ...given, rule: ruleOf(given.id), comesTrueWith: [] };
  return { finding, prove: () => finding };
}

type Element = Host | Component | Link;

/** Statements of the evidence that hold, each beginning in small letters; one sentence is made of them. */
type Weak = Pick<Finding, 'id' | 'severity' | 'title' | 'fix'> & { readonly evidence: readonly (string | false)[] };

/** A finding at these elements, shown at each of them and called by their names; none where there are none. */
export function drawnAt(design: Design, elements: readonly Element[], weak: Weak): readonly Suspicion[] {
  const places = elements.map((element): FindingPlace => ({ type: typeOf(element), id: element.id }));
  if (places.length === 0) return [];
  return [drawn({ ...weak, places, where: whereOf(design, elements), evidence: sentence(weak.evidence) })];
}

const typeOf = (element: Element) => ('hostId' in element ? 'component' : 'protocol' in element ? 'link' : 'host');

function whereOf(design: Design, elements: readonly Element[]): string {
  const lines = elements.filter((element) => typeOf(element) === 'link').length;
  return listed(
    [
      hostsInWords(
        design,
        elements.filter((element): element is Host => typeOf(element) === 'host'),
      ),
      partsInWords(
        design,
        elements.filter((element): element is Component => typeOf(element) === 'component'),
      ),
      lines > 0 ? counted(lines, 'line') : '',
    ].filter((words) => words !== ''),
  );
}

/** A question in small letters (`whether it shows its version`), and what a part answers; undefined: it does not say. */
export type Question = readonly [question: string, answerOf: (part: Component) => unknown];

/** What components leave open: one sentence for all of one name that leave the same open. */
export function unsaid(
  design: Design,
  rule: string,
  parts: readonly Component[],
  questions: readonly Question[],
): readonly Unknown[] {
  const groups = new Map<string, Component[]>();
  for (const part of parts) {
    const open = listed(questions.flatMap(([question, answerOf]) => (answerOf(part) === undefined ? [question] : [])));
    const key = `${part.name}: ${open}`;
    if (open !== '') groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups].map(([key, group]) => ({
    unknown: `${rule}@${group[0]?.id}`,
    rule,
    sentence: `${subject(partsInWords(design, group))} does not say ${key.slice((group[0]?.name.length ?? 0) + 2)}.`,
  }));
}

/** A program is called by its name, however it is spelled; what is no name gets an article. */
const subject = (words: string): string => (/^[a-z]+ (?!on )/.test(words) ? `The ${words}` : words);

export const ruleOf = (id: string): string => id.slice(0, id.indexOf('@'));
