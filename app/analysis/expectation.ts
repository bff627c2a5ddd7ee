// What the drawing alone says of a fault before anybody runs it: which requests are served once those who check have noticed, and
// how long they take to notice. An experiment holds a run against it. What cannot be read off the drawing says why.
import type { Component, Design, Link } from '../design/design.ts';
import { fallsWith, type Reach, reachOf } from '../design/graph.ts';
import { wiringOf } from '../design/wiring.ts';
import { fromMs, type Micros, SECOND } from '../foundation/micros.ts';
import type { Wish } from './denied.ts';
import { type CheckTimes, type Detect, detection } from './detection.ts';
import type { Knowledge } from './finding.ts';
import type { Loss } from './loss.ts';
import {
  type Burden,
  type How,
  NO_BURDEN,
  type SiteLoad,
  type StandIn,
  siteLoadOf,
  type Workings,
} from './site-load.ts';

/** A fault as the drawing sees it. */
export type Foretold =
  | {
      /** Elements do nothing any more: lines carry nothing, parts refuse, cannot be reached, or take connections and say nothing. */
      readonly type: 'gone';
      readonly elements: ReadonlySet<string>;
      readonly how: How;
      /** It comes back by itself after so long; null: it stays so. */
      readonly forUs: Micros | null;
    }
  | {
      readonly type: 'burden';
      readonly floodRps: number;
      /** So many times as long takes the work of a component, or of all on a host, by its id. */
      readonly slow: ReadonlyMap<string, number>;
    }
  /** A line loses or delays. */
  | { readonly type: 'lossy'; readonly link: string; readonly lossShare: number; readonly delayMs: number };

/** At least 98 of 100 are nearly all. */
export type Served = Reach | 'nearly all';

/** Why something cannot be foretold. */
export type Why =
  | { readonly type: 'chance' }
  /** Work beside what can be done: so near to 1 that luck decides. */
  | { readonly type: 'near'; readonly load: SiteLoad }
  /** Which way requests take depends on the run. */
  | { readonly type: 'way' }
  /** Two holders of one address. */
  | { readonly type: 'two-holders' }
  /** A timeout is as short as the delay. */
  | { readonly type: 'timeout' }
  /** Checks ask for a page that depends on it. */
  | { readonly type: 'check' }
  /** A replica may take the primary for dead. */
  | { readonly type: 'promotion' };

export interface Expectation {
  /** Once it has settled. Null: not foretold. */
  readonly reads: Served | null;
  readonly writes: Served | null;
  /** Null when all is foretold. */
  readonly why: Why | null;
  readonly detect: Detect;
  /** From the fault until what is served for good shows. */
  readonly settleUs: Micros;
  /** Another balancer takes the shared address over: for how long nobody answers is not foretold. */
  readonly movesAddress: boolean;
  /** What a request takes on average, waits in lines apart; null where nothing is said of it. */
  readonly meanMs: number | null;
  /** What the parts have to do, where that is what decides. */
  readonly load: SiteLoad | null;
  /** A replica falls behind for as long as it lasts. */
  readonly fallsBehind: boolean;
}

/** A site as the users meet it. */
export interface Site {
  readonly design: Design;
  /** The link on which they come now. */
  readonly entrance: Link;
  readonly knowledge: Knowledge;
  readonly workings: Workings;
  /** Of every server that is checked. */
  readonly checks: readonly CheckTimes[];
}

export function expectationOf(site: Site, foretold: Foretold): Expectation {
  switch (foretold.type) {
    case 'gone':
      return whenGone(site, foretold);
    case 'burden':
      return underBurden(site, { ...NO_BURDEN, floodRps: foretold.floodRps, slow: foretold.slow });
    case 'lossy':
      return whenLossy(site, foretold);
  }
}

/** Requests that were under way have ended by then, beside the longest wait that the site allows. */
const MARGIN_US = 3 * SECOND;
/** No address takes longer to move, and to be found where it is. */
const TAKEOVER_US = 10 * SECOND;
/** Where nothing is answered any more, what was on its way back has come. */
const SILENCE_US = 8 * SECOND;

const NOTHING = { why: null, movesAddress: false, meanMs: null, load: null, fallsBehind: false } as const;
const unknown = (why: Why, detect: Detect = 'unknown'): Expectation => ({
  ...NOTHING,
  ...{ reads: null, writes: null, why, detect, settleUs: 0 },
});

/** Of what nobody asks the drawing about. */
export const nothingSaid: Expectation = { ...NOTHING, reads: null, writes: null, detect: 'unknown', settleUs: 0 };

// ---- what is gone ------------------------------------------------------------------------------------------------

type Gone = Extract<Foretold, { type: 'gone' }>;

function whenGone(site: Site, gone: Gone): Expectation {
  const { design, workings, entrance } = site;
  const { elements, how, forUs } = gone;
  const isVrrp = design.links.some((link) => link.protocol === 'vrrp' && elements.has(link.id));
  if (isVrrp) return unknown({ type: 'two-holders' });
  if (meets(behindChecks(site), elements)) return unknown({ type: 'check' });
  const { detect, noticed } = detectionIn(site, gone);
  const movesAddress = workings.takesOver(design, entrance, elements, how);
  const patienceUs = fromMs(design.traffic.clientTimeoutMs);
  const longest = movesAddress ? patienceUs + TAKEOVER_US : isGone(entrance, elements) ? patienceUs : longestUs(site);
  const promotion = promotionIn(site, gone);
  if (forUs !== null) {
    if (promotion !== null && fromMs(promotion.leastMs) < forUs) return unknown({ type: 'promotion' });
    const risesUs = Math.max(0, ...site.checks.map(({ rise, interMs }) => fromMs(rise * interMs)));
    const settleUs = forUs + (detect === 'never' ? 0 : risesUs) + longest + MARGIN_US;
    const back = served(site, { ...gone, elements: NOBODY }, NOBODY, false);
    const expectation = { ...NOTHING, ...back, detect, settleUs, movesAddress };
    return withLoad(expectation, siteLoadOf(design, workings, entrance, NO_BURDEN));
  }
  if (promotion !== null) return afterPromotion(site, gone, promotion, { detect, movesAddress, longest });
  const share = served(site, gone, noticed, movesAddress);
  const isOver = share.reads === 'none' && share.writes === 'none';
  const noticedUs = typeof detect === 'string' ? 0 : detect[1];
  const settleUs = noticedUs + (isOver ? SILENCE_US : longest + MARGIN_US);
  const fallsBehind = losesCopies(site, elements);
  const way = movesAddress ? othersThan(entrance, design)[0] : entrance;
  const expectation = { ...NOTHING, ...share, detect, settleUs, movesAddress, fallsBehind };
  if (isOver || way === undefined) return expectation;
  return withLoad(expectation, siteLoadOf(design, workings, way, { ...NO_BURDEN, gone: elements, how, down: noticed }));
}

/**
 * Links and parts on which the page of a check of the application depends, behind who is asked. What happens to them fails some
 * checks and others not: which, and how many in a row, depends on the run.
 */
function behindChecks({ design, checks, knowledge }: Site): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (component: Component | undefined): void => {
    if (component === undefined || knowledge.ends(component, 'read', design)) return;
    for (const { id, to } of knowledge.next(component, 'read', design)) {
      if (found.has(id)) continue;
      found.add(id).add(to);
      follow(wiringOf(design).component(to));
    }
  };
  for (const { link, page } of checks) {
    if (page === 'application') follow(wiringOf(design).component(wiringOf(design).link(link)?.to ?? ''));
  }
  return found;
}

const meets = (some: ReadonlySet<string>, others: Iterable<string>): boolean => [...others].some((id) => some.has(id));

// ---- a replica that steps in ---------------------------------------------------------------------------------------

/** A balancer that has just started is one failed check of an application away from taking its server out. */
function detectionIn({ design, checks }: Site, gone: Gone) {
  const { detect, noticed } = detection(design, gone, checks);
  const isStarted = ({ link, page }: CheckTimes) =>
    page === 'application' && gone.elements.has(wiringOf(design).link(link)?.from ?? '');
  const isOpen = gone.forUs !== null && checks.some(isStarted);
  return { detect: isOpen ? ('unknown' as const) : detect, noticed };
}

/** The replica that steps in when the primary, or the line to it, is gone; null where none does. */
function promotionIn({ design, workings, knowledge }: Site, { elements }: Gone): StandIn | null {
  const primary = design.components.find((one) => knowledge.dataRole(one) === 'primary');
  const standIn = primary === undefined ? null : workings.standIn(primary, design);
  if (primary === undefined || standIn === null || elements.has(standIn.replica.id)) return null;
  return elements.has(primary.id) || elements.has(standIn.link.id) ? standIn : null;
}

interface Before {
  readonly detect: Detect;
  readonly movesAddress: boolean;
  readonly longest: Micros;
}

/** What is served once the replica is the primary. Where the power of the old one is off, its whole host is gone. */
function afterPromotion(site: Site, gone: Gone, standIn: StandIn, before: Before): Expectation {
  const { design } = site;
  const old = design.components.find(({ id }) => id === standIn.link.from);
  const isOff = standIn.powersOff && old !== undefined;
  const elements = isOff ? new Set([...gone.elements, ...fallsWith(design, old.hostId)]) : gone.elements;
  if (meets(behindChecks(site), elements)) return unknown({ type: 'check' });
  // Who does not hear of it goes on with the old one.
  if (!isOff && !gone.elements.has(standIn.link.from)) return unknown({ type: 'promotion' }, before.detect);
  const then: Gone = { ...gone, elements, how: isOff ? 'unreachable' : gone.how };
  const roleOf = (id: string) => (id === standIn.replica.id ? 'primary' : 'replica');
  const promoted: Design = {
    ...design,
    components: design.components.map((one) =>
      one === old || one === standIn.replica ? { ...one, config: { ...one.config, role: roleOf(one.id) } } : one,
    ),
  };
  const after: Site = { ...site, design: promoted };
  const { detect, noticed } = detection(promoted, then, site.checks);
  const { movesAddress, longest } = before;
  const way = movesAddress ? othersThan(site.entrance, design)[0] : site.entrance;
  const noticedUs = typeof detect === 'string' ? 0 : detect[1];
  const expectation: Expectation = {
    ...NOTHING,
    ...served(after, then, noticed, movesAddress),
    // The second outage, of who is powered off, is noticed later, if anybody looks.
    detect: before.detect === 'never' && detect !== 'never' ? 'unknown' : before.detect,
    settleUs: fromMs(standIn.mostMs) + noticedUs + longest + MARGIN_US,
    movesAddress,
  };
  if (way === undefined) return expectation;
  const burden: Burden = { ...NO_BURDEN, gone: elements, how: then.how, down: noticed };
  return withLoad(expectation, siteLoadOf(promoted, site.workings, way, burden));
}

const NOBODY: ReadonlySet<string> = new Set();
const isGone = ({ id, to }: Link, gone: ReadonlySet<string>): boolean => gone.has(id) || gone.has(to);
const othersThan = (entrance: Link, { links }: Design): readonly Link[] =>
  links.filter(({ from, id }) => from === entrance.from && id !== entrance.id);

/** Who waits in vain keeps a place: what is left may have more to do than it can, and then fails those that it could serve. */
function withLoad(expectation: Expectation, load: SiteLoad | null): Expectation {
  const { reads, writes } = expectation;
  if (load === null) {
    const sure = (reach: Served | null): Served | null => (reach === 'none' ? reach : null);
    return { ...expectation, reads: sure(reads), writes: sure(writes), why: { type: 'way' } };
  }
  const { served: share } = load;
  if (share === null) return { ...expectation, reads: null, writes: null, why: { type: 'near', load }, load };
  const less = (reach: Served | null): Served | null => (reach === 'all' ? share : reach);
  const settleUs = expectation.settleUs + (load.firstLateMs === null ? 0 : fromMs(1.5 * load.firstLateMs));
  return { ...expectation, reads: less(reads), writes: less(writes), settleUs, load: share === 'some' ? load : null };
}

/** `noticed`: links whose server a balancer has marked DOWN. */
function served(site: Site, { elements, how }: Gone, noticed: ReadonlySet<string>, movesAddress: boolean) {
  const { design, knowledge, entrance } = site;
  const entrances = movesAddress ? othersThan(entrance, design) : [entrance];
  const known = (component: Component): Loss => ({
    gone: new Set(
      wiringOf(design)
        .linksFrom(component.id)
        .flatMap((link) => (noticed.has(link.id) ? [link.to] : [])),
    ),
    hung: new Set(),
  });
  const isServed = (component: Component, what: Wish | 'file') =>
    what === 'file' ? knowledge.role(component) === 'serves' : knowledge.ends(component, what, design);
  const reach = (what: Wish | 'file'): Reach => {
    const wish = what === 'file' ? 'read' : what;
    return reachOf(
      design,
      {
        next: (component) => knowledge.next(component, wish, design, known(component)),
        ends: (component) => isServed(component, what),
        triesOthers: (component) => how !== 'hangs' && site.workings.triesOthers(component, wish),
      },
      elements,
      entrances,
    );
  };
  const pages = reach('read');
  const files = design.traffic.staticShare > 0 ? reach('file') : pages;
  return { reads: files === pages ? pages : ('some' as const), writes: reach('write') };
}

/** Writes go on at the primary and do not come to a replica. */
function losesCopies({ design, knowledge }: Site, gone: ReadonlySet<string>): boolean {
  const roleOf = (id: string) => {
    const component = wiringOf(design).component(id);
    return component === undefined ? null : knowledge.dataRole(component);
  };
  return design.links.some(
    ({ protocol, id, from, to }) =>
      protocol === 'replication' && roleOf(from) === 'primary' && !gone.has(from) && (gone.has(id) || gone.has(to)),
  );
}

/** The longest that a request can be under way. */
function longestUs({ design, workings }: Site): Micros {
  const limits = design.components.flatMap((component) => workings.longestMs(component) ?? []);
  return fromMs(Math.min(design.traffic.clientTimeoutMs, ...(limits.length === 0 ? [] : [Math.max(...limits)])));
}

// ---- what has more to do ------------------------------------------------------------------------------------------

function underBurden(site: Site, burden: Burden): Expectation {
  const { design, workings, entrance, knowledge } = site;
  const asked = site.checks.map(({ link }) => wiringOf(design).link(link)?.to ?? '');
  const parts = [...burden.slow.keys()].flatMap((id) => [...fallsWith(design, id)]);
  const behind = behindChecks(site);
  if (behind.size > 0 && meets(new Set([...behind, ...asked]), parts)) return unknown({ type: 'check' });
  const load = siteLoadOf(design, workings, entrance, burden);
  if (load === null) return unknown({ type: 'way' });
  // A page that is computed answers the check as late as it answers the users.
  const isComputed = site.checks.some(({ asks }, index) => {
    const component = wiringOf(design).component(asked[index] ?? '');
    return asks === 'http' && component !== undefined && knowledge.role(component) !== 'serves';
  });
  const { served: share, crowded } = load;
  const isCrowded = behind.size > 0 || meets(crowded, asked);
  const detect = share !== 'all' && (isComputed || isCrowded) ? 'unknown' : 'never';
  const { meanMs } = load;
  if (behind.size > 0 && share === 'nearly all') return { ...unknown({ type: 'check' }), meanMs };
  if (share === null) return { ...unknown({ type: 'near', load }, detect), meanMs, load };
  const settleUs = load.firstLateMs === null ? longestUs(site) + MARGIN_US : fromMs(1.5 * load.firstLateMs) + MARGIN_US;
  const fallsBehind = design.components.some((one) => workings.copying(one, design, burden) > FALLS_BEHIND);
  return { ...NOTHING, reads: share, writes: share, detect, settleUs, meanMs, load, fallsBehind };
}

/** So much more to copy than a replica can, that no luck makes up for it. */
const FALLS_BEHIND = 1.1;

// ---- what is lost or late ------------------------------------------------------------------------------------------

/** What is only late is as if the line were longer. What is lost is chance, and each loss costs as much as a timeout allows. */
function whenLossy(site: Site, { link: id, lossShare, delayMs }: Extract<Foretold, { type: 'lossy' }>): Expectation {
  const { design, workings } = site;
  const link = wiringOf(design).link(id);
  if (link === undefined || lossShare > 0) return unknown({ type: 'chance' });
  if (link.protocol === 'vrrp') return unknown({ type: 'two-holders' });
  const behind = behindChecks(site);
  if (behind.size > 0 && (behind.has(id) || site.checks.some((check) => check.link === id))) {
    return unknown({ type: 'check' });
  }
  const late: Link = { ...link, latencyMs: link.latencyMs + delayMs };
  const check = site.checks.find((one) => one.link === id);
  const from = wiringOf(design).component(link.from);
  const connectMs = from === undefined ? null : workings.connectMs(from);
  const isTooLate = connectMs !== null && late.latencyMs >= connectMs;
  if (isTooLate || (check !== undefined && 2 * late.latencyMs >= Math.min(check.connectMs, check.answerMs)))
    return unknown({ type: 'timeout' });
  const longer = { ...design, links: design.links.map((one) => (one === link ? late : one)) };
  const entrance = site.entrance === link ? late : site.entrance;
  const load = siteLoadOf(longer, workings, entrance, NO_BURDEN);
  if (load === null) return unknown({ type: 'way' }, 'never');
  const { served: share, meanMs } = load;
  if (share === null) return { ...unknown({ type: 'near', load }, 'never'), meanMs };
  const settleUs = longestUs(site) + MARGIN_US;
  return { ...NOTHING, reads: share, writes: share, detect: 'never', settleUs, meanMs, load };
}
