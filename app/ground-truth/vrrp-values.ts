// The values that a keepalived recording speaks of (its README, "expect"), from what was seen of one run.
import type { Film, Seen, StateSeen } from './vrrp-measure.ts';
import { type Expectation, NODES, type Node } from './vrrp-recording.ts';

/** The client pings every 20 ms. */
const PING_MS = 20;
/** Shorter outages of the ping are no black hole. */
const BLACK_HOLE_MS = 100;
const BURST = { beforeMs: 300, afterMs: 1000 };

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A value of a phase; undefined when there is none (`absent`). */
export type ValueOf = (phase: string, what: string) => unknown;

/** `phases`: names with their moments in the run. The last one ends at `endMs`. */
export function valuesOf(film: Film, phases: readonly (readonly [string, number])[], endMs: number): ValueOf {
  const spanOf = (phase: string): Span => {
    const index = phases.findIndex(([name]) => name === phase);
    if (phase === 'all' || phase === 'end' || index < 0) return { fromMs: phases[0]?.[1] ?? 0, toMs: endMs };
    return { fromMs: phases[index]?.[1] ?? 0, toMs: phases[index + 1]?.[1] ?? endMs };
  };
  return (phase, what) => valueIn(film, spanOf(phase), what);
}

const within =
  ({ fromMs, toMs }: Span) =>
  (one: Seen): boolean =>
    one.atMs >= fromMs && one.atMs < toMs;
const OTHER = { lb1: 'lb2', lb2: 'lb1' } as const;

function valueIn(film: Film, span: Span, what: string): unknown {
  const match = /^(lb[12])(.+)$/.exec(what);
  if (match !== null) return nodeValue(film, span, match[1] as Node, match[2] as string);
  const tcp = tcpOutages(film, span);
  switch (what) {
    case 'vipHolders':
      return NODES.filter((node) => holdsAt(film, node, span.toMs));
    case 'pingLongestOutageMs':
      return longest(pingOutages(film, span));
    case 'blackHole':
      return pingOutages(film, span).some(([from, to]) => to === null || to - from >= BLACK_HOLE_MS);
    case 'tcpLongestOutageMs':
      return longest(tcp);
    case 'tcpOutageOpenAtEnd':
      return tcp.some(([, to]) => to === null);
    case 'tcpErrorKinds':
      return [...new Set(probesIn(film, span).flatMap(({ error }) => (error === null ? [] : [error])))].sort();
    case 'clientAtStart':
      return film.probes.findLast((one) => one.servedBy !== null && one.atMs < span.fromMs)?.servedBy;
    case 'clientAtEnd':
      return probesIn(film, span).findLast((one) => one.servedBy !== null)?.servedBy;
    case 'lastGarpAtTakeover': {
      const add = film.adds.find((one) => one.node === 'lb2' && within(span)(one));
      const burst = film.garps.filter((one) => add !== undefined && one.atMs >= add.atMs && one.atMs < add.atMs + 1000);
      return burst.at(-1)?.node;
    }
    default:
      return undefined;
  }
}

function nodeValue(film: Film, span: Span, node: Node, what: string): unknown {
  const isIn = within(span);
  const own = (one: Seen) => one.node === node && isIn(one);
  const add = film.adds.find(own);
  const since = (one: Seen | undefined) => (one === undefined ? undefined : one.atMs - span.fromMs);
  const states = film.states.filter(own);
  const pair = (one: StateSeen | undefined) => (one === undefined ? undefined : [one.state, one.priority]);
  const lastBefore = (atMs: number) => film.adverts.findLast((one) => one.node === OTHER[node] && one.atMs <= atMs);
  switch (what) {
    case 'VipAddMs':
      return since(add);
    case 'VipDelMs':
      return since(film.removals.find(own));
    case 'Prio0AdvertMs':
      return since(film.adverts.find((one) => own(one) && one.priority === 0));
    case 'States':
      return states.map(pair);
    case 'FirstState':
      return pair(states[0]);
    case 'LastState':
      return pair(states.at(-1));
    case 'HeardLowerMaster':
      return film.heardLower.some(own);
    case 'StateKinds': {
      const heard = film.heardLower.some(own) ? ['MASTER_RX_LOWER_PRI'] : [];
      return [...new Set([...states.map((one) => one.state), ...heard])].sort();
    }
    case 'FirstGarpBurst':
      if (add === undefined) return undefined;
      return film.garps.filter(
        (one) => one.node === node && one.atMs >= add.atMs - BURST.beforeMs && one.atMs <= add.atMs + BURST.afterMs,
      ).length;
    case 'LastAdvertPriorityBefore':
      return add === undefined ? undefined : lastBefore(add.atMs)?.priority;
    case 'VipAddSinceLastAcceptedAdvertMs': {
      const last = lastBefore(span.fromMs);
      return add === undefined || last === undefined ? undefined : add.atMs - last.atMs;
    }
    case 'GarpWithin100Ms': {
      const dropped = film.removals.find((one) => one.node === OTHER[node] && isIn(one));
      if (dropped === undefined) return false;
      return film.garps.some((one) => own(one) && one.atMs <= dropped.atMs + BLACK_HOLE_MS);
    }
    default:
      break;
  }
  const from = /^VipAddSinceLastAdvertFrom(lb[12])Ms$/.exec(what)?.[1];
  if (from === undefined || add === undefined) return undefined;
  const last = film.adverts.findLast((one) => one.node === from && one.atMs <= add.atMs);
  return last === undefined ? undefined : add.atMs - last.atMs;
}

function holdsAt(film: Film, node: Node, atMs: number): boolean {
  const last = (list: readonly Seen[]) => list.findLast((one) => one.node === node && one.atMs < atMs)?.atMs ?? -1;
  return last(film.adds) > last(film.removals);
}

type Outage = readonly [number, number | null];

const longest = (outages: readonly Outage[]): number =>
  Math.max(0, ...outages.map(([from, to]) => (to === null ? 0 : to - from)));

/** From the first failed one to the next good one; null while none is. */
function outagesOf(tries: readonly { readonly atMs: number; readonly isGood: boolean }[]): Outage[] {
  const outages: Outage[] = [];
  let fromMs: number | null = null;
  for (const { atMs, isGood } of tries) {
    if (!isGood) fromMs ??= atMs;
    else if (fromMs !== null) {
      outages.push([fromMs, atMs]);
      fromMs = null;
    }
  }
  if (fromMs !== null) outages.push([fromMs, null]);
  return outages;
}

/** A ping is answered by the kernel of whoever answers for the address. */
function pingOutages({ answers }: Film, { fromMs, toMs }: Span): Outage[] {
  const tries: { atMs: number; isGood: boolean }[] = [];
  for (let atMs = Math.ceil(fromMs / PING_MS) * PING_MS; atMs < toMs; atMs += PING_MS) {
    const now = answers.findLast(([since]) => since <= atMs);
    tries.push({ atMs, isGood: now !== undefined && now[1] !== null });
  }
  return outagesOf(tries);
}

const probesIn = ({ probes }: Film, { fromMs, toMs }: Span) =>
  probes.filter((one) => one.atMs >= fromMs && one.atMs < toMs);

const tcpOutages = (film: Film, span: Span): Outage[] =>
  outagesOf(probesIn(film, span).map(({ atMs, error }) => ({ atMs, isGood: error === null })));

/** Holds a value against an expectation: null when it fits, else why not. */
export function problemWith(expectation: Expectation, value: unknown): string | null {
  const { equals, min, max, absent, includes, subsetOf } = expectation;
  const shown = JSON.stringify(value) ?? 'nothing';
  if (absent === true) return value === undefined ? null : `found ${shown}`;
  if (equals !== undefined && JSON.stringify(value) !== JSON.stringify(equals)) return `found ${shown}`;
  if (min !== undefined || max !== undefined) {
    if (typeof value !== 'number') return `found ${shown}`;
    if (value < (min ?? -Infinity) || value > (max ?? Infinity)) return `found ${value.toFixed(1)}`;
  }
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const missing = includes?.find((one) => !list.includes(one));
  if (missing !== undefined) return `without ${JSON.stringify(missing)}: ${shown}`;
  const surplus = subsetOf === undefined ? undefined : list.find((one) => !subsetOf.includes(one));
  return surplus === undefined ? null : `with ${JSON.stringify(surplus)}: ${shown}`;
}
