// Single points of failure by the drawing alone: which reads, writes and files nobody is served any more once an element, or two
// of them, are lost and everybody has noticed. Exact, and without a search for each element: one way that a request can go
// is proof against the loss of everything that it does not need, so only what it needs is tried (and of two elements, what
// the way around the first one needs). Minimal cuts are the minimal hitting sets of such ways: R. Reiter, "A theory of
// diagnosis from first principles", Artificial Intelligence 32 (1987).
import type { Design } from '../design/design.ts';
import type { Way } from '../design/graph.ts';
import { cuttable, killable } from './blast-radius.ts';
import { type Denied, deniedClass, type Wish } from './denied.ts';
import type { LastingFault } from './fault-measure.ts';
import type { Knowledge } from './finding.ts';
import { lossOf } from './loss.ts';
import { askedFor, Ways, wayUnder } from './ways.ts';

/** What the users are denied while all these faults last; null: of everything that they ask for, something is answered. */
export function deniedUnder(design: Design, faults: readonly LastingFault[], knowledge: Knowledge): Denied | null {
  const asked = askedFor(design);
  const loss = knowledge.lossAfterwards(design, lossOf(design, faults));
  return deniedClass(
    asked.filter((wish) => wayUnder(design, wish, knowledge, loss) === null),
    asked,
  );
}

/** A fault at each host, at each component that runs, and at each line between two machines. */
export const everyFault = (
  design: Design,
  knowledge: Knowledge,
  type: 'kill' | 'hang' = 'kill',
): readonly LastingFault[] => [
  ...killable(design, knowledge).map((target): LastingFault => ({ type, target })),
  ...cuttable(design).map((target): LastingFault => ({ type: 'cut', target })),
];

export interface Denials {
  /** What the users ask for and nobody answers even when nothing is lost. */
  readonly unserved: readonly Wish[];
  /** By the target of a fault: what it denies of what is served without it. */
  readonly alone: ReadonlyMap<string, Denied>;
}

/** Of each of these faults by itself; of every one when none are given. */
export function denialsOf(
  design: Design,
  knowledge: Knowledge,
  faults: readonly LastingFault[] = everyFault(design, knowledge),
): Denials {
  const search = new Search(design, knowledge, faults);
  const denied = new Map<string, Wish[]>();
  for (const wish of search.served) {
    for (const { target } of search.deniers(wish)) denied.set(target, [...(denied.get(target) ?? []), wish]);
  }
  const alone = new Map<string, Denied>();
  for (const { target } of faults) {
    const label = deniedClass(denied.get(target) ?? [], search.served);
    if (label !== null) alone.set(target, label);
  }
  return { unserved: search.unserved, alone };
}

/** Two elements, neither of which denies alone what both together do. */
export interface JointDenial {
  readonly faults: readonly [LastingFault, LastingFault];
  /** By both, of what is served without them. */
  readonly denied: Denied;
}

export interface JointDenials {
  readonly pairs: readonly JointDenial[];
  /** False: there were too many to try, and some pairs may be missing. */
  readonly isComplete: boolean;
  /** Ways that were looked for. */
  readonly searches: number;
}

/** With more than this, many monitors or keepalived watch each other, and the rest is not looked at. */
const MOST_SEARCHES = 50_000;

/** Every pair of these faults; of every two when none are given. */
export function jointDenialsOf(
  design: Design,
  knowledge: Knowledge,
  faults: readonly LastingFault[] = everyFault(design, knowledge),
  mostSearches = MOST_SEARCHES,
): JointDenials {
  const search = new Search(design, knowledge, faults);
  const found = new Map<string, readonly [LastingFault, LastingFault]>();
  let isComplete = true;
  for (const wish of search.served) {
    const deniers = new Set(search.deniers(wish));
    const tried = new Set<string>();
    for (const first of search.suspects(wish, [])) {
      if (deniers.has(first)) continue;
      for (const second of search.suspects(wish, [first])) {
        const pair = search.inOrder(first, second);
        const key = pair.map(({ target }) => target).join(' ');
        if (second === first || deniers.has(second) || tried.has(key)) continue;
        if (search.searches >= mostSearches) {
          isComplete = false;
          break;
        }
        tried.add(key);
        if (search.way(wish, pair) === null) found.set(key, pair);
      }
    }
  }
  const pairs = [...found.values()].flatMap((pair): readonly JointDenial[] => {
    const denied = deniedClass(
      search.served.filter((wish) => search.way(wish, pair) === null),
      search.served,
    );
    return denied === null ? [] : [{ faults: pair, denied }];
  });
  return { pairs, isComplete, searches: search.searches };
}

/** Which faults deny what, of one design and these faults. */
class Search {
  readonly served: readonly Wish[];
  readonly unserved: readonly Wish[];
  private readonly ways: Ways;
  private readonly faults: readonly LastingFault[];
  private readonly place: ReadonlyMap<LastingFault, number>;

  constructor(design: Design, knowledge: Knowledge, faults: readonly LastingFault[]) {
    this.ways = new Ways(design, knowledge);
    this.faults = faults;
    this.place = new Map(faults.map((fault, index) => [fault, index]));
    const asked = askedFor(design);
    this.served = asked.filter((wish) => this.way(wish, []) !== null);
    this.unserved = asked.filter((wish) => !this.served.includes(wish));
  }

  get searches(): number {
    return this.ways.searches;
  }

  way(wish: Wish, faults: readonly LastingFault[]): Way | null {
    return this.ways.way(wish, faults);
  }

  /** Faults that can take away the way that is left under these: at what it needs, and at what may turn requests elsewhere. */
  suspects(wish: Wish, under: readonly LastingFault[]): readonly LastingFault[] {
    const isSuspect = this.ways.suspects(wish, under);
    return this.faults.filter(({ target }) => isSuspect(target));
  }

  /** Faults that deny it alone. */
  deniers(wish: Wish): readonly LastingFault[] {
    return this.suspects(wish, []).filter((fault) => this.way(wish, [fault]) === null);
  }

  inOrder(one: LastingFault, other: LastingFault): readonly [LastingFault, LastingFault] {
    return (this.place.get(one) ?? 0) < (this.place.get(other) ?? 0) ? [one, other] : [other, one];
  }
}
