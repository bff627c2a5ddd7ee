// The ways that requests can still go under losses, each looked for once. One way is proof against the loss of everything that it
// does not need; what it needs, and what may turn requests elsewhere, are the suspects. It rests on what `Knowledge.deciders`
// promises.
import type { Design } from '../design/design.ts';
import { closedLinks } from '../design/firewall.ts';
import { type Way, wayToEnd } from '../design/graph.ts';
import { wiringOf } from '../design/wiring.ts';
import type { Wish } from './denied.ts';
import type { LastingFault } from './fault-measure.ts';
import type { Knowledge } from './finding.ts';
import { type Loss, lossOf, NOTHING_LOST } from './loss.ts';

/** What the users ask for. */
export function askedFor({ traffic }: Design): readonly Wish[] {
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

/** A way that such a request can go once everybody has noticed what is lost, or null. */
export function wayUnder(design: Design, wish: Wish, knowledge: Knowledge, loss: Loss): Way | null {
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

/** The ways of one design, each looked for once. */
export class Ways {
  searches = 0;
  private readonly design: Design;
  private readonly knowledge: Knowledge;
  private readonly deciders: ReadonlySet<string>;
  private readonly ways = new Map<string, Way | null>();

  constructor(design: Design, knowledge: Knowledge) {
    this.design = design;
    this.knowledge = knowledge;
    this.deciders = new Set(knowledge.deciders(design));
  }

  way(wish: Wish, faults: readonly LastingFault[]): Way | null {
    const key = [wish, ...faults.map(({ type, target }) => `${type} ${target}`)].join('|');
    const known = this.ways.get(key);
    if (known !== undefined) return known;
    this.searches++;
    const way = wayUnder(this.design, wish, this.knowledge, this.loss(faults));
    this.ways.set(key, way);
    return way;
  }

  /** Whether a fault at this element can take away the way that is left under these. */
  suspects(wish: Wish, under: readonly LastingFault[]): (target: string) => boolean {
    const needed = this.neededBy(this.way(wish, under) ?? [], this.loss(under));
    return (target) => needed.has(target) || this.deciders.has(target);
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
}
