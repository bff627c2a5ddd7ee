// The two laws of the static single points of failure, for a site drawn by dice: it says what brute force over every way says,
// and it says what the run says in which the element is dead, stopped or cut. Each is a list of disagreements, empty when it holds.
import { killable, measureFaults } from '../analysis/blast-radius.ts';
import { denialsOf, deniedUnder, everyFault, jointDenialsOf } from '../analysis/denials.ts';
import { type Denied, deniedClass } from '../analysis/denied.ts';
import type { LastingFault } from '../analysis/fault-measure.ts';
import { measureWith } from '../analysis/measure.ts';
import { behaviours } from '../catalogue/kinds.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { BALANCES } from '../catalogue/load-balancer/config.ts';
import type { Design } from '../design/design.ts';
import { randomSite } from '../designs/random-site.ts';
import { Dice } from '../foundation/dice.ts';
import type { Lost } from './every-holder.ts';
import { type Asked, everyWay, type Served } from './every-way.ts';

export interface Comparison {
  /** Losses that were compared. */
  readonly compared: number;
  /** One line for each on which the two do not agree. */
  readonly wrong: readonly string[];
}

/** Brute force writes down every way: with more components there are too many. */
const MOST_COMPONENTS = 10;
/** Pairs of a site that are run, beside every element alone. */
const PAIRS_RUN = 6;

/** Site number `index`: the same on every machine. */
const drawnSite = (index: number): Design => randomSite(new Dice(index, 'random-site'), { balances: BALANCES });

/** The first sites that are small enough for brute force, as many as wanted from this number on: their numbers. */
export function smallSites(many: number, from = 0): readonly number[] {
  const found: number[] = [];
  for (let index = from; found.length < many; index++) {
    if (drawnSite(index).components.length <= MOST_COMPONENTS) found.push(index);
  }
  return found;
}

// ---- against brute force ------------------------------------------------------------------------------------------------------

/** Every element killed, stopped or cut alone, and every pair killed or cut. */
export function againstEveryWay(index: number): Comparison {
  const design = drawnSite(index);
  const serves = everyWay(design);
  const [killed, stopped] = (['kill', 'hang'] as const).map((type) => everyFault(design, knowledge, type));
  const alone = [killed, stopped].flatMap((faults = []) => aloneLines(design, faults, serves));
  const joint = jointLines(design, killed ?? [], serves);
  const lines = [...alone, ...joint];
  return {
    compared: lines.length,
    wrong: lines.flatMap(({ what, fast, brute }) =>
      fast === brute ? [] : [`site ${index}: ${what}: the search says ${fast}, every way says ${brute}`],
    ),
  };
}

interface Line {
  readonly what: string;
  readonly fast: string;
  readonly brute: string;
}

const said = (denied: Denied | null | undefined): string => denied ?? 'nothing';
const named = (faults: readonly LastingFault[]): string =>
  faults.map(({ type, target }) => `${type} ${target}`).join(', ');

function aloneLines(design: Design, faults: readonly LastingFault[], serves: Served): readonly Line[] {
  const { unserved, alone } = denialsOf(design, knowledge, faults);
  const asked = askedOf(design);
  const served = serves(asked, lostTo(design, []));
  return [
    { what: 'nothing lost', fast: unserved.join(), brute: missing(asked, served).join() },
    ...faults.map((fault) => ({
      what: named([fault]),
      fast: said(alone.get(fault.target)),
      brute: said(deniedOf(served, serves, lostTo(design, [fault]))),
    })),
  ];
}

function jointLines(design: Design, faults: readonly LastingFault[], serves: Served): readonly Line[] {
  const { pairs, isComplete } = jointDenialsOf(design, knowledge, faults);
  const found = new Map(pairs.map((pair) => [named(pair.faults), pair.denied]));
  const served = serves(askedOf(design), lostTo(design, []));
  const deniedTo = (both: readonly LastingFault[]) => missing(served, serves(served, lostTo(design, both)));
  const alone = new Map(faults.map((fault) => [fault, deniedTo([fault])]));
  const lines = faults.flatMap((first, at) =>
    faults.slice(at + 1).map((second): Line => {
      const both = [first, second];
      const denied = deniedTo(both);
      const isNew = denied.some((one) => both.every((fault) => alone.get(fault)?.includes(one) !== true));
      const brute = isNew ? deniedClass(denied, served) : null;
      return { what: named(both), fast: said(found.get(named(both))), brute: said(brute) };
    }),
  );
  return [...lines, { what: 'all pairs looked at', fast: String(isComplete), brute: 'true' }];
}

const missing = (asked: readonly Asked[], served: readonly Asked[]): readonly Asked[] =>
  asked.filter((one) => !served.includes(one));

const deniedOf = (served: readonly Asked[], serves: Served, lost: Lost): Denied | null =>
  deniedClass(missing(served, serves(served, lost)), served);

function askedOf({ traffic: { writeShare, staticShare } }: Design): readonly Asked[] {
  const asked: Asked[] = writeShare + staticShare < 1 ? ['read'] : [];
  if (writeShare > 0) asked.push('write');
  return staticShare > 0 ? [...asked, 'static'] : asked;
}

function lostTo(design: Design, faults: readonly LastingFault[]): Lost {
  const [dead, stopped] = [new Set<string>(), new Set<string>()];
  for (const { type, target } of faults) {
    const falls = design.components.filter(({ hostId }) => hostId === target).map(({ id }) => id);
    const isHost = design.hosts.some(({ id }) => id === target);
    if (type !== 'hang') dead.add(target);
    else if (!isHost) stopped.add(target);
    for (const id of falls) (type === 'hang' ? stopped : dead).add(id);
  }
  return { dead, stopped };
}

// ---- against the simulation ---------------------------------------------------------------------------------------------------

/** The site as it is; every host and component killed and stopped, every link cut, alone; and some pairs. */
export function againstRuns(
  index: number,
  mostFaults = Number.POSITIVE_INFINITY,
  types: readonly LastingFault['type'][] = ['kill', 'hang', 'cut'],
): Comparison {
  const design = drawnSite(index);
  const dice = new Dice(index, 'spof-runs');
  const measure = measureWith(behaviours, dice.seed());
  const targets = killable(design, knowledge);
  const singles: readonly LastingFault[] = [
    ...targets.flatMap((target): LastingFault[] => [
      { type: 'kill', target },
      { type: 'hang', target },
    ]),
    ...design.links.map(({ id }): LastingFault => ({ type: 'cut', target: id })),
  ];
  const wanted = singles.filter(({ type }) => types.includes(type));
  const some = shuffled(dice, wanted).slice(0, mostFaults);
  const pairs = Array.from({ length: Math.min(PAIRS_RUN, mostFaults) }, () => [dice.one(wanted), dice.one(wanted)]);
  const losses = [[], ...some.map((fault) => [fault]), ...pairs.filter(isOfTwo)];
  const wrong = losses.flatMap((faults) => {
    const drawn = deniedUnder(design, faults, knowledge);
    const { denied, settled } = measureFaults(design, faults, knowledge, measure);
    if (drawn === denied) return [];
    return [
      `site ${index}: ${named(faults)}: the drawing says ${said(drawn)}, the run ${said(denied)} (${JSON.stringify(settled)})`,
    ];
  });
  return { compared: losses.length, wrong };
}

/** One element stopped and killed is dead: no pair. */
const isOfTwo = ([one, other]: readonly LastingFault[]): boolean => one?.target !== other?.target;

function shuffled<T>(dice: Dice, list: readonly T[]): readonly T[] {
  return list
    .map((item) => ({ item, at: dice.share() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
