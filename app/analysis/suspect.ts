// How a rule puts what it suspects, and what it cannot decide: each says only what is its own.
import type { Component, Design } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import { ruleOf } from './drawn.ts';
import type { Evidence, Finding, Knowledge, Suspicion, Unknown } from './finding.ts';
import { partWords } from './reading.ts';

/** A finding without its evidence. Its rule is the first half of its id. */
interface Weakness extends Omit<Finding, 'rule' | 'evidence' | 'comesTrueWith'> {
  readonly comesTrueWith?: readonly string[];
}

/** The sentence that a run gave, or what else of the finding the run changes; null when it does not show it. */
type Proof = string | Partial<Finding> | null;

/** A weakness that the drawing shows. */
export function suspect(weakness: Weakness, proof: (evidence: Evidence) => Proof): Suspicion {
  const finding: Finding = { comesTrueWith: [], ...weakness, rule: ruleOf(weakness.id), evidence: null };
  return {
    finding,
    prove: (evidence) => {
      const shown = proof(evidence);
      return shown === null ? null : { ...finding, ...(typeof shown === 'string' ? { evidence: shown } : shown) };
    },
  };
}

/** A weakness that only a run can show: it is no issue before. */
export const suspectUnseen = (weakness: Weakness, proof: (evidence: Evidence) => Proof): Suspicion => ({
  ...suspect(weakness, proof),
  byRunOnly: true,
});

/** What nobody but the design as a whole can say. */
export const designUnsaid = (rule: string, what: string): readonly Unknown[] => [
  { unknown: `${rule}@design`, rule, sentence: `The design does not say ${what}.` },
];

/** Where a finding sits that is about these components. */
export const atParts = (parts: readonly Component[], design: Design): Pick<Finding, 'places' | 'where'> => ({
  places: parts.map(({ id }) => ({ type: 'component', id })),
  where: [...new Set(parts.map((part) => hostName(part, design)))].join(', '),
});

/** Whether it is stated how many requests come: not by a list of them, and not by none. */
export const hasRate = ({ traffic: { arrivals, rateRps } }: Design): boolean => arrivals.type !== 'list' && rateRps > 0;

/** What rules about load need to be told. */
export const LOAD = 'how many requests a second come';

/** `MySQL on Server 2`, `the app server on Server 1`. */
export const partOnHost = (part: Component, design: Design, knowledge: Knowledge): string =>
  `${partWords(part, knowledge)} on ${hostName(part, design)}`;

export const hostName = ({ hostId }: Component, design: Design): string =>
  wiringOf(design).host(hostId)?.name ?? hostId;
