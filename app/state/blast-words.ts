// How the blast radius names what was done to which element, and what the users were denied by it: the verdict of a row. Every
// figure in it is of the row's own run.
import { type FaultMeasure, faultsIn, type LastingFault, type Verdict } from '../analysis/fault-measure.ts';
import type { Finding } from '../analysis/finding.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import type { Component, Design, Link } from '../design/design.ts';
import { componentNamed, hostNamed, listWords, sentenceCase } from './truth.ts';

/** `Server 1`, `MySQL primary`, `nginx, Server 1`; of a line its two ends. */
export function elementName(design: Design, id: string): string {
  const link = design.links.find((one) => one.id === id);
  return sentenceCase(link === undefined ? called(design, id, ', ') : lineWords(design, link));
}

/** How it is called inside a sentence: `nginx on Server 1`, `the line from users to HAProxy`. */
export function elementWords(design: Design, id: string): string {
  const link = design.links.find((one) => one.id === id);
  return link === undefined ? called(design, id, ' on ') : `the line from ${lineWords(design, link)}`;
}

/** By its two ends; where several have the same, by its number among them as well. */
function lineWords(design: Design, { id, from, to }: Link): string {
  const same = design.links.filter((one) => one.from === from && one.to === to);
  const number = same.length > 1 ? `, line ${same.findIndex((one) => one.id === id) + 1}` : '';
  return `${called(design, from, ' on ')} to ${called(design, to, ' on ')}${number}`;
}

/** With the name of its host where its own is not enough. */
function called(design: Design, id: string, on: string): string {
  const component = componentNamed(design, id);
  if (component === undefined) return hostNamed(design, id)?.name ?? id;
  const role = knowledge.dataRole(component);
  const isOnly = (among: readonly Component[]) => among.length === 1;
  const namesakes = design.components.filter(({ name }) => name === component.name);
  if (isOnly(namesakes)) return component.name;
  if (role !== null && isOnly(namesakes.filter((one) => knowledge.dataRole(one) === role))) {
    return `${component.name} ${role}`;
  }
  return `${component.name}${on}${hostNamed(design, component.hostId)?.name ?? component.hostId}`;
}

/** `Server 1`; of a pair `Server 1 and nginx on Server 2`. */
export const faultName = (design: Design, fault: LastingFault): string =>
  fault.beside === undefined
    ? elementName(design, fault.target)
    : sentenceCase(listWords(faultsIn(fault).map(({ target }) => elementWords(design, target))));

/** `powered off`, `killed`, `hung`, `cut`; of a pair what befell each where it differs. */
export const faultWord = (design: Design, fault: LastingFault): string =>
  [...new Set(faultsIn(fault).map((one) => oneFaultWord(design, one)))].join(', ');

function oneFaultWord(design: Design, { type, target }: LastingFault): string {
  if (type === 'cut') return 'cut';
  if (type === 'hang') return 'hung';
  return hostNamed(design, target) === undefined ? 'killed' : 'powered off';
}

/** As bad as a critical issue, as a high one, over by itself, or nothing at all: a shape of its own each. */
export type VerdictShape = 'critical' | 'high' | 'medium' | 'none';

const SHAPES: Readonly<Record<Verdict, VerdictShape>> = {
  'no-requests': 'critical',
  'no-writes': 'critical',
  'no-reads': 'critical',
  'some-fail': 'high',
  recovers: 'medium',
  survives: 'none',
};

export interface VerdictWords {
  readonly shape: VerdictShape;
  /** `No writes, half the reads`. */
  readonly title: string;
  /** Why, or how many. */
  readonly note: string;
}

/** `proved`: the issues that come true with this fault. */
export const verdictWords = (design: Design, measure: FaultMeasure, proved: readonly Finding[]): VerdictWords => ({
  shape: SHAPES[measure.verdict],
  title: titleOf(measure),
  note: noteOf(design, measure, proved),
});

// ---- what is left -------------------------------------------------------------------------------------------------

const PORTIONS = [
  [1 / 4, 'a quarter of'],
  [1 / 3, 'a third of'],
  [1 / 2, 'half'],
  [2 / 3, 'two thirds of'],
  [3 / 4, 'three quarters of'],
] as const;
/** So near a portion is called by its name, and of few requests so many of them. */
const NEAR = 0.06;
const NEAR_REQUESTS = 2;

/** `all`, `half`, or `some`: of those that were asked for once things had settled. */
function portion(answered: number, all: number): string {
  if (answered === all) return 'all';
  const distance = ([share]: (typeof PORTIONS)[number]) => Math.abs(share - answered / all);
  const nearest = PORTIONS.reduce((best, one) => (distance(one) < distance(best) ? one : best));
  return distance(nearest) <= Math.max(NEAR, NEAR_REQUESTS / all) ? nearest[1] : 'some';
}

function titleOf({ verdict, settled }: FaultMeasure): string {
  const reads = portion(settled.readsAnswered, settled.reads);
  const writes = portion(settled.writesAnswered, settled.writes);
  switch (verdict) {
    case 'no-requests':
      return 'Everything stops';
    case 'no-writes':
      return listWords(['No writes', ...lessThanAll(reads, 'reads', '')]).replace(' and ', ', ');
    case 'no-reads':
      return listWords(['No reads', ...lessThanAll(writes, 'writes', '')]).replace(' and ', ', ');
    case 'some-fail':
      return someFail(reads, writes);
    case 'recovers':
      return 'Recovers by itself';
    case 'survives':
      return 'Survives';
  }
}

/** `only half the reads`, `not all reads`; nothing where all are served. */
function lessThanAll(word: string, what: string, only: string): readonly string[] {
  if (word === 'all') return [];
  return [word === 'some' ? `not all ${what}` : `${only}${word} the ${what}`];
}

function someFail(reads: string, writes: string): string {
  if (reads === writes && reads !== 'all' && reads !== 'some') {
    return reads === 'half' ? 'Only half of everything' : `Only ${reads} everything`;
  }
  const words = [...lessThanAll(reads, 'reads', 'only '), ...lessThanAll(writes, 'writes', 'only ')];
  const isOfBoth = words.length !== 1 && (reads === writes || words.length === 0);
  return isOfBoth ? 'Not all requests' : sentenceCase(words.join(', '));
}

// ---- why ----------------------------------------------------------------------------------------------------------

function noteOf(design: Design, measure: FaultMeasure, proved: readonly Finding[]): string {
  const { verdict, requests, answered, retried, settled } = measure;
  switch (verdict) {
    case 'survives':
      return retried === 0 ? 'no request failed' : `${retried} of ${requests} answers came late`;
    case 'recovers':
      return `${requests - answered} of ${requests} requests failed until then`;
    case 'no-requests':
      return proved[0]?.title ?? `${requests - answered} of ${requests} requests failed`;
    default: {
      const failed = settled.requests - settled.answered;
      return keptUp(design, measure) ?? proved[0]?.title ?? `${failed} of the last ${settled.requests} requests failed`;
    }
  }
}

/** The server that served least and was taken for UP all the same: `HAProxy keeps Server 1 UP`. */
function keptUp(design: Design, { servers }: FaultMeasure): string | null {
  const share = ({ shares }: FaultMeasure['servers'][number]) => shares.answered / shares.requests;
  const asked = servers.filter(({ shares }) => shares.requests > 0);
  const least = Math.min(...asked.map(share));
  if (asked.every((one) => share(one) === least)) return null;
  const worst = asked.filter((one) => share(one) === least && one.stayedUp).map(({ link }) => link);
  for (const balancer of design.components) {
    const names = knowledge
      .servers(balancer)
      .filter(({ link }) => worst.includes(link))
      .map(({ name }) => name);
    if (names.length > 0) return `${balancer.name} keeps ${listWords(names)} UP`;
  }
  return null;
}
