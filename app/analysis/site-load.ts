// How much the parts of a site have to do against what they can, read off the drawing: how requests divide over the ways, how long
// each keeps a place, and how likely one waits longer than the timeouts allow. Nothing is run.
import type { Component, Design, Link } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import { exp } from '../foundation/exact-math.ts';
import type { Wish } from './denied.ts';

/** What is asked for: data, or with `page` only a page, as by the clients of a flood. */
export type Ask = Wish | 'page';

/** What a component does for one request. */
export interface Work {
  /** So many at a time: workers, threads, connections. */
  readonly places: number;
  /** Its own work, on average, and the square of its coefficient of variation. */
  readonly ownMs: number;
  readonly scv: number;
  /** It keeps its place while it asks others. */
  readonly holds: boolean;
}

/** What only the kinds know of how they work. Handed in, because the analysis must not know the catalogue. */
export interface Workings {
  work(component: Component, ask: Ask, design: Design): Work;
  /** Where such requests go on, with the share of each way; null where that depends on how the run goes. */
  onward(component: Component, ask: Ask, design: Design, burden: Burden): readonly Way[] | null;
  /** How much a replica has to copy, as a share of what it can; 0 for all others. */
  copying(component: Component, design: Design, burden: Burden): number;
  /** How long it waits for the answer of those that it asks; null: as long as it takes. */
  answerMs(component: Component): number | null;
  /** The same, where it is those who ask it that are then told; an application answers for its database itself. */
  patienceMs(component: Component): number | null;
  /** How long it waits for a connection to those that it asks; null: as long as it takes. */
  connectMs(component: Component): number | null;
  /** The longest that a request can be under way from here, with every try; null: as long as it takes. */
  longestMs(component: Component): number | null;
  /** Whether it asks another one when the first cannot be reached. */
  triesOthers(component: Component, wish: Wish): boolean;
  /** The replica that makes itself the primary when it no longer reaches the present one; null where none does. */
  standIn(primary: Component, design: Design): StandIn | null;
  /** Whether another host takes the address of the users' entrance over when these elements are gone. */
  takesOver(design: Design, entrance: Link, gone: ReadonlySet<string>, how: How): boolean;
}

export interface StandIn {
  readonly replica: Component;
  /** On which it asks whether the primary is there. */
  readonly link: Link;
  /** The least and the most that it takes from the primary's last word to the promotion. */
  readonly leastMs: number;
  readonly mostMs: number;
  /** It switches the power of the old primary off before. */
  readonly powersOff: boolean;
}

export interface Way {
  readonly link: Link;
  /** 0..1 of the requests. */
  readonly share: number;
}

/** What weighs on the site beside its users. */
export interface Burden {
  /** Requests a second of a flood. */
  readonly floodRps: number;
  /** So many times as long takes the work of a component, or of all on a host, by its id. */
  readonly slow: ReadonlyMap<string, number>;
  /** Elements that do nothing any more: who asks them waits for a connection, or where they hang for an answer, until a timeout. */
  readonly gone: ReadonlySet<string>;
  readonly how: How;
  /** Links whose server a balancer has marked DOWN. */
  readonly down: ReadonlySet<string>;
}

/** How something is gone: its host refuses, nobody answers, or its kernel takes connections and it says nothing. */
export type How = 'refuses' | 'unreachable' | 'hangs';

export const NO_BURDEN: Burden = {
  floodRps: 0,
  slow: new Map(),
  gone: new Set(),
  how: 'refuses',
  down: new Set(),
};

export interface SiteLoad {
  /** The component that has most to do, and that as a share of what it can: 1.3 is more than it can. */
  readonly busiest: { readonly component: Component; readonly share: number };
  /** Mean time of a request of the users with no wait in any line. */
  readonly meanMs: number;
  /**
   * How many of the users' requests are answered before a timeout: at least 98 of 100 are nearly all, and with more to do than
   * can be done it is some. Null: too near to say.
   */
  readonly served: 'all' | 'nearly all' | 'some' | null;
  /** Components that would hold more requests than they have places if each waited until a timeout. */
  readonly crowded: ReadonlySet<string>;
  /** With more to do than can be done: when the first request runs into a timeout. Null otherwise. */
  readonly firstLateMs: number | null;
}

/** So much more to do than can be done that no luck with the arrivals makes up for it. */
const OVERLOAD = 1.1;
/** Share of late requests below which nearly all are served, and all are. */
const FEW = 0.01;
const NONE = 1e-6;
/** Standard deviations by which a request's own time exceeds its mean, for few and for none. Beyond 12 of them is less than one in a million, however a time of ours is spread. */
const DEVIATIONS = { few: 1, none: 12 } as const;

/** Null where the drawing does not say which way requests take. `entrance`: the link on which the users come. */
export function siteLoadOf(design: Design, workings: Workings, entrance: Link, burden: Burden): SiteLoad | null {
  const walk = new Walk(design, workings, burden);
  const { rateRps, writeShare, staticShare, clientTimeoutMs } = design.traffic;
  const own: Asked[] = [
    ['write', rateRps * writeShare] as const,
    ['read', rateRps * Math.max(0, 1 - writeShare - staticShare)] as const,
  ].filter(([, rps]) => rps > 0);
  for (const [ask, rps] of own) walk.pass(entrance, ask, rps);
  if (burden.floodRps > 0) walk.pass(entrance, 'page', burden.floodRps);
  const stations = [...walk.stations()];
  const [first] = stations;
  if (walk.isUnknown || first === undefined) return null;
  const busiest = stations.reduce((most, one) => (one.share > most.share ? one : most), first);
  const slowest = walk.slowest(
    entrance,
    own.map(([ask]) => ask),
  );
  const patienceMs = Math.min(clientTimeoutMs, walk.patienceMs);
  const late = (deviations: number): number => {
    const limitMs = patienceMs - slowest.ms - deviations * slowest.deviationMs;
    return Math.max(...stations.map((one) => lateShare(one, limitMs)));
  };
  const roomMs = Math.max(0, patienceMs - slowest.ms);
  return {
    busiest,
    meanMs: walk.meanMs(entrance, own),
    served: servedWith(busiest.share, late),
    crowded: new Set(
      stations.filter(({ rps, places }) => (rps * patienceMs) / 1000 > places).map(({ component }) => component.id),
    ),
    // The line grows by so many seconds a second; who comes then waits until the timeout.
    firstLateMs: busiest.share > OVERLOAD ? roomMs / (busiest.share - 1) + patienceMs : null,
  };
}

function servedWith(share: number, late: (deviations: number) => number): SiteLoad['served'] {
  if (share > OVERLOAD) return 'some';
  if (late(DEVIATIONS.none) < NONE) return 'all';
  return late(DEVIATIONS.few) < FEW ? 'nearly all' : null;
}

/** Requests of one sort, so many a second. */
type Asked = readonly [Ask, number];

interface Station {
  readonly component: Component;
  readonly share: number;
  readonly rps: number;
  readonly places: number;
  readonly heldMs: number;
  readonly scv: number;
}

interface Time {
  readonly ms: number;
  readonly deviationMs: number;
}

/** Goes the ways of the requests and adds up what each component is asked for. */
class Walk {
  isUnknown = false;
  patienceMs = Number.POSITIVE_INFINITY;
  private readonly design: Design;
  private readonly workings: Workings;
  private readonly burden: Burden;
  /** By component: requests a second of each sort. */
  private readonly rates = new Map<Component, Map<Ask, number>>();

  constructor(design: Design, workings: Workings, burden: Burden) {
    [this.design, this.workings, this.burden] = [design, workings, burden];
  }

  pass(link: Link, ask: Ask, rps: number, before: readonly Component[] = []): void {
    const component = wiringOf(this.design).component(link.to);
    if (component === undefined || before.includes(component)) return;
    const own = this.rates.get(component) ?? new Map<Ask, number>();
    own.set(ask, (own.get(ask) ?? 0) + rps);
    this.rates.set(component, own);
    const onward = this.onward(component, ask);
    if (onward.length > 0) {
      this.patienceMs = Math.min(this.patienceMs, this.workings.patienceMs(component) ?? this.patienceMs);
    }
    for (const way of onward) {
      if (!this.isGone(way.link)) this.pass(way.link, ask, rps * way.share, [...before, component]);
    }
  }

  /** Of the requests that come on a link, by how many there are of each sort. */
  meanMs(entrance: Link, asked: readonly Asked[]): number {
    const all = asked.reduce((sum, [, rps]) => sum + rps, 0);
    return asked.reduce((sum, [ask, rps]) => sum + (rps / all) * this.over(entrance, ask).ms, 0);
  }

  /** The way on which a request that is answered takes longest. */
  slowest(link: Link, asked: readonly Ask[]): Time {
    const component = wiringOf(this.design).component(link.to);
    if (component === undefined || this.isGone(link)) return NO_TIME;
    const ways = asked.flatMap((ask) => {
      const own = this.own(component, ask);
      const onward = this.onward(component, ask).map((way) => this.slowest(way.link, [ask]));
      return (onward.length === 0 ? [NO_TIME] : onward).map(({ ms, deviationMs }) => ({
        ms: 2 * link.latencyMs + own.ms + ms,
        deviationMs: Math.sqrt(own.deviationMs ** 2 + deviationMs ** 2),
      }));
    });
    return ways.reduce((most, one) => (one.ms > most.ms ? one : most), ways[0] ?? NO_TIME);
  }

  *stations(): Generator<Station> {
    for (const [component, rates] of this.rates) {
      let [busy, heldMs, square, all] = [0, 0, 0, 0];
      let places = 1;
      for (const [ask, rps] of rates) {
        const work = this.workings.work(component, ask, this.design);
        const time = work.holds ? this.inside(component, ask) : this.own(component, ask);
        places = work.places;
        busy += (rps * time.ms) / 1000;
        heldMs += rps * time.ms;
        square += rps * (time.ms ** 2 + time.deviationMs ** 2);
        all += rps;
      }
      heldMs /= all;
      const scv = heldMs === 0 ? 0 : Math.max(0, square / all / heldMs ** 2 - 1);
      yield { component, share: busy / places, rps: all, places, heldMs, scv };
    }
  }

  private over(link: Link, ask: Ask): Time {
    if (this.isGone(link)) return this.stalled(link);
    const component = wiringOf(this.design).component(link.to);
    const inside = component === undefined ? NO_TIME : this.inside(component, ask);
    return { ms: 2 * link.latencyMs + inside.ms, deviationMs: inside.deviationMs };
  }

  /** From when it takes a request until it answers. */
  private inside(component: Component, ask: Ask): Time {
    const own = this.own(component, ask);
    let [ms, variance] = [own.ms, own.deviationMs ** 2];
    for (const { link, share } of this.onward(component, ask)) {
      const there = this.over(link, ask);
      ms += share * there.ms;
      variance += share * there.deviationMs ** 2;
    }
    return { ms, deviationMs: Math.sqrt(variance) };
  }

  private own(component: Component, ask: Ask): Time {
    const { slow } = this.burden;
    const { ownMs, scv } = this.workings.work(component, ask, this.design);
    const ms = ownMs * (slow.get(component.id) ?? 1) * (slow.get(component.hostId) ?? 1);
    return { ms, deviationMs: ms * Math.sqrt(scv) };
  }

  private onward(component: Component, ask: Ask): readonly Way[] {
    const ways = this.workings.onward(component, ask, this.design, this.burden);
    if (ways === null) this.isUnknown = true;
    if (ways === null || this.burden.how === 'hangs') return ways ?? [];
    const open = ways.filter(({ link }) => !this.isGone(link));
    const all = open.reduce((sum, { share }) => sum + share, 0);
    const goesOn = all > 0 && this.workings.triesOthers(component, ask === 'write' ? 'write' : 'read');
    return goesOn ? open.map(({ link, share }) => ({ link, share: share / all })) : ways;
  }

  private isGone({ id, to }: Link): boolean {
    return this.burden.gone.has(id) || this.burden.gone.has(to);
  }

  /** How long who asks there in vain waits. */
  private stalled(link: Link): Time {
    const { how } = this.burden;
    const from = wiringOf(this.design).component(link.from);
    if (from === undefined) return NO_TIME;
    if (how === 'refuses') return { ms: 2 * link.latencyMs, deviationMs: 0 };
    const { answerMs, connectMs, patienceMs } = this.workings;
    const ms = (how === 'hangs' ? answerMs(from) : connectMs(from)) ?? Number.POSITIVE_INFINITY;
    // Who is told by those who ask it that they have left waits no longer than they; an application is not.
    return { ms: patienceMs(from) === null ? ms : Math.min(ms, this.patienceMs), deviationMs: 0 };
  }
}

const NO_TIME: Time = { ms: 0, deviationMs: 0 };

/**
 * Share of the requests that wait longer than a limit for a place. Erlang's C gives how many wait at all; how long they do falls
 * off exponentially, with Allen's and Cunneen's factor for work that varies less (or more) than exponentially.
 * Source: Allen, Probability, Statistics and Queueing Theory, 2nd edition, 5.2 and 5.4.
 */
function lateShare({ share, places, heldMs, scv }: Station, limitMs: number): number {
  if (share >= 1 || limitMs <= 0) return 1;
  if (heldMs === 0) return 0;
  const meanWaitMs = ((1 + scv) / 2) * (heldMs / (places * (1 - share)));
  return waiting(places, share * places) * exp(-limitMs / meanWaitMs);
}

/** Erlang's C: the share that finds all of `places` taken, when `busy` of them are on average. By Erlang's B, place by place. */
export function waiting(places: number, busy: number): number {
  if (busy >= places) return 1;
  let blocked = 1;
  for (let place = 1; place <= places; place++) blocked = (busy * blocked) / (place + busy * blocked);
  return blocked / (1 - (busy / places) * (1 - blocked));
}
