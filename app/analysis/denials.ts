// Single points of failure by the drawing alone: which reads, writes and files nobody is served any more once an element, or two
// of them, are lost and everybody has noticed. Exact, and without a search for each element: one way that a request can go
// is proof against the loss of everything that it does not need, so only what it needs is tried (and of two elements, what
// the way around the first one needs). Minimal cuts are the minimal hitting sets of such ways: R. Reiter, "A theory of
// diagnosis from first principles", Artificial Intelligence 32 (1987). It rests on what `Knowledge.deciders` promises.
import type { Design } from '../design/design.ts';
import { closedLinks } from '../design/firewall.ts';
import { type Way, wayToEnd } from '../design/graph.ts';
import { wiringOf } from '../design/wiring.ts';
import { cuttable, killable } from './blast-radius.ts';
import { type Denied, deniedClass, type Wish } from './denied.ts';
import type { LastingFault } from './fault-measure.ts';
import type { Knowledge } from './finding.ts';
import { type Loss, lossOf, NOTHING_LOST } from './loss.ts';

/** What the users ask for. */
function askedFor({ traffic }: Design): readonly Wish[] {
  const { arrivals, writeShare, staticShare } = traffic;
  const asked = (wish: Wish, share: number) =>
    arrivals.type === 'list' ? arrivals.list.some(({ kind }) => kind === wish) : share > 0;
  const wishes: readonly (readonly [Wish, number])[] = [
    ['read', 1 - writeShare - staticShare],
    ['write', writeShare],
    ['static', staticShare],
  ];
  // Shares are decimal fractions: what is left of 1 after 0.9 and 0.1 is nothing.
  return wishes.filter(([wish, share]) => asked(wish, Math.round(share * 1e9))).map(([wish]) => wish);
}

/** What the users are denied while all these faults last; null: of everything that they ask for, something is answered. */
export function deniedUnder(design: Design, faults: readonly LastingFault[], knowledge: Knowledge): Denied | null {
  const asked = askedFor(design);
  const loss = knowledge.lossAfterwards(design, lossOf(design, faults));
  return deniedClass(
    asked.filter((wish) => wayUnder(design, wish, knowledge, loss) === null),
    asked,
  );
}

/** A way that such a request can go, or null. */
function wayUnder(design: Design, wish: Wish, knowledge: Knowledge, loss: Loss): Way | null {
  const closed = closedLinks(design);
  return wayToEnd(
    design,
    {
      next: (component) => knowledge.next(component, wish, design, loss),
      ends: (component) => knowledge.ends(component, wish, design, loss),
    },
    knowledge.entries(design, loss),
    (id) => loss.gone.has(id) || closed.has(id),
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

/** The ways of one design, each looked for once. */
class Search {
  readonly served: readonly Wish[];
  readonly unserved: readonly Wish[];
  searches = 0;
  private readonly ways = new Map<string, Way | null>();
  private readonly design: Design;
  private readonly knowledge: Knowledge;
  private readonly faults: readonly LastingFault[];
  private readonly deciders: ReadonlySet<string>;
  private readonly place: ReadonlyMap<LastingFault, number>;

  constructor(design: Design, knowledge: Knowledge, faults: readonly LastingFault[]) {
    this.design = design;
    this.knowledge = knowledge;
    this.faults = faults;
    this.deciders = new Set(knowledge.deciders(design));
    this.place = new Map(faults.map((fault, index) => [fault, index]));
    const asked = askedFor(design);
    this.served = asked.filter((wish) => this.way(wish, []) !== null);
    this.unserved = asked.filter((wish) => !this.served.includes(wish));
  }

  way(wish: Wish, faults: readonly LastingFault[]): Way | null {
    const key = [wish, ...faults.map(({ target }) => target)].join(' ');
    const known = this.ways.get(key);
    if (known !== undefined) return known;
    this.searches++;
    const loss = this.loss(faults);
    const way = wayUnder(this.design, wish, this.knowledge, loss);
    this.ways.set(key, way);
    return way;
  }

  /** Faults that can take away the way that is left under these: at what it needs, and at what may turn requests elsewhere. */
  suspects(wish: Wish, under: readonly LastingFault[]): readonly LastingFault[] {
    const needed = this.neededBy(this.way(wish, under) ?? [], this.loss(under));
    return this.faults.filter(({ target }) => needed.has(target) || this.deciders.has(target));
  }

  private loss(faults: readonly LastingFault[]): Loss {
    const first = faults.length === 0 ? NOTHING_LOST : lossOf(this.design, faults);
    return this.knowledge.lossAfterwards(this.design, first);
  }

  /** The way's lines, what keeps each of them a choice, the components at their ends, and the hosts of these. */
  private neededBy(way: Way, loss: Loss): ReadonlySet<string> {
    const wiring = wiringOf(this.design);
    const links = way.flatMap((link) => [link, ...this.knowledge.needs(link, this.design, loss)]);
    return new Set(links.flatMap(({ id, to }) => [id, to, wiring.component(to)?.hostId ?? to]));
  }

  /** Faults that deny it alone. */
  deniers(wish: Wish): readonly LastingFault[] {
    return this.suspects(wish, []).filter((fault) => this.way(wish, [fault]) === null);
  }

  inOrder(one: LastingFault, other: LastingFault): readonly [LastingFault, LastingFault] {
    return (this.place.get(one) ?? 0) < (this.place.get(other) ?? 0) ? [one, other] : [other, one];
  }
}
