// Where the site's address is once every keepalived has noticed what is lost, and whom the users' neighbour table then names.
// The decisions of advertisements.ts and transitions.ts without their times: two that do not hear each other both hold it.
import { type Loss, NOTHING_LOST } from '../analysis/loss.ts';
import { type Component, type Design, type Link, USERS } from '../design/design.ts';
import { closedLinks, isLetIn } from '../design/firewall.ts';
import { wiringOf } from '../design/wiring.ts';
import { fromMs, type Micros, MS } from '../foundation/micros.ts';
import { BASE_REACHABLE_MS } from '../simulation/address.ts';
import { KEEPALIVED_DEFAULTS, type VirtualIpConfig } from './virtual-ip/config.ts';
import { advertIntUs, downTimerUs, effectivePriority } from './virtual-ip/vrrp-timers.ts';

/** One keepalived, by its place in the list of them. */
interface Keeper {
  readonly component: Component;
  readonly config: VirtualIpConfig;
  readonly address: number;
  /** The link on which the users come to its host; null: they do not. */
  readonly entry: Link | null;
  /** By keeper: the links on which it hears that one. Both ways have the same links, and one way may be closed. */
  readonly hears: readonly (readonly Link[])[];
  /** Linked to, whether a word comes through or not. */
  readonly peers: readonly number[];
}

/** Who is MASTER, whose host has the address on its interface, and who told the neighbours last: of several, any may be it. */
interface Holding {
  readonly acting: readonly boolean[];
  readonly holds: readonly boolean[];
  readonly told: readonly number[];
}

/** Links on which the users' packets may come to the address, none when nobody answers for it. */
export function addressEntries(design: Design, loss: Loss): readonly Link[] {
  const keepers = keepersOf(design);
  const holding = holdingUnder(design, loss);
  const answers = keepers.map(
    ({ component, entry }, keeper) =>
      entry !== null && holding.holds[keeper] === true && !loss.gone.has(component.hostId) && !loss.gone.has(entry.id),
  );
  const all = keepers.flatMap((_, keeper) => (answers[keeper] === true ? [keeper] : []));
  // The last word counts for as long as that host answers; then the neighbours ask everybody, and of several any may be taken.
  const told = all.filter((keeper) => holding.told.includes(keeper));
  return (told.length > 0 ? told : all).map((keeper) => keepers[keeper]?.entry as Link);
}

/** Everything whose loss can move the address. */
export function addressDeciders(design: Design): readonly string[] {
  const keepers = keepersOf(design);
  const links = design.links.filter((link) => link.protocol === 'vrrp' || link.from === USERS);
  const parts = keepers.flatMap(({ component, config }) => [
    component.id,
    component.hostId,
    ...(config.track === null ? [] : [config.track.process]),
  ]);
  return [...parts, ...links.map((link) => link.id)];
}

/**
 * The longest that it takes until the address has moved: the script, the down timer, the delay before a lower one yields. Where
 * two hold it, neighbours whose packets find nobody ask again once their entry is old, at one and a half times the usual age.
 */
export function addressNoticedUs(design: Design): Micros {
  const movedUs = keepersOf(design).map(({ config }) => {
    const { track, preemptDelayMs = 0 } = config;
    const scriptMs = track === null ? 0 : (track.fall + 1) * Math.max(track.intervalMs, track.timeoutMs ?? 0);
    return fromMs(scriptMs + preemptDelayMs) + downTimerUs(config, config.priority, advertIntUs(config)) + 100 * MS;
  });
  const isDouble = holdingUnder(design, NOTHING_LOST).holds.filter((holds) => holds).length > 1;
  const askedMs = isDouble ? 1.5 * (design.traffic.baseReachableMs ?? BASE_REACHABLE_MS) : 0;
  return Math.max(0, ...movedUs) + fromMs(askedMs);
}

// ---- who is who ---------------------------------------------------------------------------------------------------------------

const known = new WeakMap<Design, readonly Keeper[]>();

function keepersOf(design: Design): readonly Keeper[] {
  const before = known.get(design);
  if (before !== undefined) return before;
  const parts = design.components.filter(({ kind }) => kind === 'virtual-ip');
  const keepers = parts.map((component) => keeperOf(component, parts, design));
  known.set(design, keepers);
  return keepers;
}

function keeperOf(component: Component, parts: readonly Component[], design: Design): Keeper {
  const wiring = wiringOf(design);
  const config = component.config as unknown as VirtualIpConfig;
  const linksWith = (other: Component) =>
    design.links.filter(({ from, to }) => [from, to].includes(component.id) && [from, to].includes(other.id));
  const isOpen = (link: Link) =>
    link.to === component.id ? !closedLinks(design).has(link.id) : isLetIn(design, reversed(link));
  const hears = (other: Component): readonly Link[] =>
    other !== component && understands(config, other.config as unknown as VirtualIpConfig)
      ? linksWith(other).filter(isOpen)
      : [];
  const entry = design.links.find(
    ({ from, to }) => from === USERS && wiring.component(to)?.hostId === component.hostId,
  );
  const address = (wiring.host(component.hostId)?.address ?? '').split('.');
  return {
    component,
    config,
    address: address.reduce((number, part) => number * 256 + Number(part), 0),
    entry: entry ?? null,
    hears: parts.map(hears),
    peers: parts.flatMap((other, index) => (other !== component && linksWith(other).length > 0 ? [index] : [])),
  };
}

const reversed = (link: Link): Link => ({ ...link, from: link.to, to: link.from });

/** Version 2 takes nothing from a sender with another interval (RFC 3768, 7.1). */
const understands = (mine: VirtualIpConfig, theirs: VirtualIpConfig): boolean =>
  mine.version === theirs.version && (mine.version === 3 || mine.advertIntMs === theirs.advertIntMs);

// ---- who holds it -------------------------------------------------------------------------------------------------------------

const holdings = new WeakMap<Design, Holding>();

/** The site has been in operation for long before anything is lost. */
function holdingUnder(design: Design, loss: Loss): Holding {
  const keepers = keepersOf(design);
  let before = holdings.get(design);
  if (before === undefined) {
    before = settled(keepers, atFirst(keepers), NOTHING_LOST);
    holdings.set(design, before);
  }
  return loss === NOTHING_LOST ? before : settled(keepers, before, loss);
}

/** The highest of those that are linked has had it for long (behaviour.ts, `inOperation`). */
function atFirst(keepers: readonly Keeper[]): Holding {
  const rank = ({ config, address }: Keeper) => config.priority * 2 ** 32 + address;
  const acting = keepers.map((keeper) => keeper.peers.every((peer) => rank(keepers[peer] as Keeper) < rank(keeper)));
  return { acting, holds: acting, told: [acting.lastIndexOf(true)] };
}

function settled(keepers: readonly Keeper[], before: Holding, loss: Loss): Holding {
  const acting = [...before.acting];
  const holds = [...before.holds];
  let { told } = before;
  const isLost = (at: number) => loss.gone.has((keepers[at] as Keeper).component.id);
  const isFault = (at: number) => isScriptDown(keepers, at, loss) && (keepers[at] as Keeper).config.track?.weight === 0;
  keepers.forEach(({ component }, at) => {
    if (acting[at] && (isLost(at) || isFault(at))) acting[at] = false;
    // The kernel keeps the address of a process that died; one that resigns takes it off.
    if (loss.gone.has(component.hostId) || (!isLost(at) && isFault(at))) holds[at] = false;
  });
  for (let move = 0; move < 2 * keepers.length; move++) {
    const lower = keepers.findIndex((_, at) => acting[at] && yieldsTo(keepers, at, acting, loss));
    if (lower >= 0) {
      acting[lower] = false;
      holds[lower] = false;
      continue;
    }
    const next = firstToTake(
      keepers,
      keepers.map((_, at) => at).filter((at) => !acting[at] && !isLost(at) && !isFault(at)),
      acting,
      loss,
    );
    if (next < 0) break;
    acting[next] = true;
    holds[next] = true;
    const { entry } = keepers[next] as Keeper;
    if (entry !== null && !loss.gone.has(entry.id)) told = [next];
  }
  // Who repeats his word has the last one.
  const again = keepers.flatMap((_, at) => (tellsAgain(keepers, at, acting, loss) ? [at] : []));
  return { acting, holds, told: again.length > 0 ? again : told };
}

const isScriptDown = (keepers: readonly Keeper[], at: number, { gone, hung }: Loss): boolean => {
  const process = keepers[at]?.config.track?.process;
  return process !== undefined && gone.has(process) && !hung.has(process);
};

const priorityOf = (keepers: readonly Keeper[], at: number, loss: Loss): number =>
  effectivePriority((keepers[at] as Keeper).config, !isScriptDown(keepers, at, loss));

/** The holders whose word comes to this one. */
function heardBy(keepers: readonly Keeper[], at: number, acting: readonly boolean[], loss: Loss): readonly number[] {
  return (keepers[at] as Keeper).hears.flatMap((links, other) =>
    acting[other] === true && links.some((link) => !loss.gone.has(link.id)) ? [other] : [],
  );
}

/** A holder that hears a higher one gives the address up (RFC 5798, 6.4.3: of equal ones the higher address). */
function yieldsTo(keepers: readonly Keeper[], at: number, acting: readonly boolean[], loss: Loss): boolean {
  const mine = priorityOf(keepers, at, loss);
  return heardBy(keepers, at, acting, loss).some((other) => {
    const theirs = priorityOf(keepers, other, loss);
    return theirs > mine || (theirs === mine && (keepers[other] as Keeper).address > (keepers[at] as Keeper).address);
  });
}

/** Of the backups that hear no holder whom they accept, the one whose down timer runs out first; -1 for none. */
function firstToTake(
  keepers: readonly Keeper[],
  backups: readonly number[],
  acting: readonly boolean[],
  loss: Loss,
): number {
  const accepts = (at: number, other: number) =>
    (keepers[at] as Keeper).config.nopreempt === true ||
    priorityOf(keepers, other, loss) >= priorityOf(keepers, at, loss);
  const timerUs = (at: number) => {
    const { config } = keepers[at] as Keeper;
    return downTimerUs(config, priorityOf(keepers, at, loss), advertIntUs(config));
  };
  const [first = -1] = backups
    .filter((at) => !heardBy(keepers, at, acting, loss).some((other) => accepts(at, other)))
    .sort((a, b) => timerUs(a) - timerUs(b));
  return first;
}

/** A holder that refreshes its word, or that hears a lower one and answers it each time, and whom the users' side hears. */
function tellsAgain(keepers: readonly Keeper[], at: number, acting: readonly boolean[], loss: Loss): boolean {
  const { config, entry } = keepers[at] as Keeper;
  const { garpMasterRefreshMs, garpMasterRepeat, garpLowerPrioRepeat } = config;
  if (acting[at] !== true || entry === null || loss.gone.has(entry.id)) return false;
  if ((garpMasterRefreshMs ?? KEEPALIVED_DEFAULTS.garpMasterRefreshMs) > 0) return true;
  const answersLower = (garpLowerPrioRepeat ?? garpMasterRepeat ?? KEEPALIVED_DEFAULTS.garpMasterRepeat) > 0;
  return answersLower && heardBy(keepers, at, acting, loss).length > 0;
}
