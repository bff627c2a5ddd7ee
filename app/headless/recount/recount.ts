// Takes the sentence of an issue at its word: plays the runs that it cites, counts again by other code than the rule's, and holds
// every number of the sentence against that. Nothing in a sentence may be a number that no recount knows.
import type { Finding } from '../../analysis/finding.ts';
import type { Design } from '../../design/design.ts';
import type { Micros } from '../../foundation/micros.ts';
import type { Expected, Recount } from './expected.ts';
import { type PlayedRun, play } from './played.ts';
import { REQUEST_RECOUNTS } from './requests.ts';
import { STATE_RECOUNTS } from './states.ts';

const RECOUNTS: Readonly<Record<string, Recount>> = { ...REQUEST_RECOUNTS, ...STATE_RECOUNTS };

export const isRecounted = (rule: string): boolean => rule in RECOUNTS;

/** Numbers of a sentence with their units, and where they stand; those in names and addresses are none. */
export function numbersIn(sentence: string, design: Design): readonly { readonly text: string; readonly at: number }[] {
  const names = [...design.hosts, ...design.components].flatMap(({ name }) => [name, name.toLowerCase()]);
  const zones = design.hosts.flatMap(({ zone }) => (zone === undefined ? [] : [`zone ${zone}`]));
  const servers = design.components.flatMap(({ config }) =>
    ((config['servers'] ?? []) as readonly { readonly name: string }[]).map(({ name }) => name),
  );
  const words = [...names, ...zones, ...servers, design.dns.address].toSorted((a, b) => b.length - a.length);
  const bare = words.reduce((rest, word) => rest.replaceAll(word, '*'.repeat(word.length)), sentence);
  return [...bare.matchAll(/\d+(?:\.\d+)?(?: (?:ms|s)\b)?/g)].map(({ 0: text, index }) => ({ text, at: index }));
}

/** What is wrong with the sentence of a finding that a run has proven: nothing, or a sentence for each thing. */
export function recount(finding: Finding, design: Design, sentence = finding.evidence ?? ''): readonly string[] {
  const { id, rule, cites = [] } = finding;
  const counting = RECOUNTS[rule];
  if (counting === undefined) return [`${id}: nobody counts again what ${rule} says.`];
  if (cites.length === 0) return [`${id} cites no run.`];
  const said = numbersIn(sentence, design).map(({ text }) => text);
  const expected = counting(finding, design, playedOnce(cites, design));
  const isSaid = (one: string, at: number) => {
    const other = expected[at];
    return typeof other === 'object' ? isBetween(one, other) : one === other;
  };
  return said.length === expected.length && said.every(isSaid)
    ? []
    : [`${id} says ${said.join(', ')}, and counted are ${expected.map(inWords).join(', ')}: "${sentence}"`];
}

const inWords = (one: Expected): string =>
  typeof one === 'string' ? one : `${(one.leastUs / 1e6).toFixed(1)} to ${(one.mostUs / 1e6).toFixed(1)} s`;

/** Rounded to a tenth of a second, as it is said. */
function isBetween(said: string, { leastUs, mostUs }: { readonly leastUs: Micros; readonly mostUs: Micros }): boolean {
  const saidUs = said.endsWith(' s') ? Number.parseFloat(said) * 1e6 : Number.parseFloat(said) * 1e3;
  return saidUs >= leastUs - 50_000 && saidUs <= mostUs + 50_000;
}

/** A finding is counted again for each of its sentences that a test makes up: its runs are played once. */
const kept = new WeakMap<object, readonly PlayedRun[]>();
function playedOnce(cites: NonNullable<Finding['cites']>, design: Design): readonly PlayedRun[] {
  const known = kept.get(cites);
  if (known !== undefined) return known;
  const runs = cites.map((cited) => play(cited, design));
  kept.set(cites, runs);
  return runs;
}
