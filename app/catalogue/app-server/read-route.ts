// Which database a query goes to. Writes go to the primary wherever the application runs; reads go where `readsFrom` says.
// With `both` the databases take turns, and one that could not be reached is left out for a while.
// Databases are named by their position in the outgoing links; roles are read at the moment of asking, as they can change:
// after a promotion every application is told, unless its line to the new primary is cut: then it goes on as before.
import type { Micros } from '../../foundation/micros.ts';
import type { Context, LinkView } from '../../simulation/behaviour.ts';
import type { AppServerConfig } from './config.ts';

export interface ReadRoute {
  /** Position from which the next turn is looked for. */
  next: number;
  /** By position: the instant until which it is left out. */
  skipUntilUs: Float64Array;
  /** Random stream for a share of the reads. */
  stream: number;
  /** Promotions that it has been told of, and who is primary since, by group of databases; null before the first. */
  promotions: number;
  records: Int32Array | null;
}

export const startRoute = (context: Context): ReadRoute => ({
  next: 0,
  skipUntilUs: new Float64Array(context.outgoing().length),
  stream: context.stream('reads'),
  promotions: 0,
  records: null,
});

const isDatabase = (link: LinkView): boolean => link.peerKind === 'database';

/**
 * The primary. An application that knows none sends its write to the first database it knows, which refuses it as
 * read-only; -1 without any database.
 */
export function chooseWrite(route: ReadRoute, context: Context): number {
  if (route.promotions !== context.writes.promotions) learn(route, context);
  return orAny(withRole(route, 'primary', context), context);
}

/** News of a promotion come over the line to the new primary. */
function learn(route: ReadRoute, context: Context): void {
  const { writes } = context;
  for (const link of context.outgoing()) {
    if (isDatabase(link) && writes.recordOf(link.peer) === link.peer && context.isCut(link.index)) return;
  }
  route.promotions = writes.promotions;
  route.records = writes.record.slice();
}

function roleOf(route: ReadRoute, link: LinkView, context: Context): unknown {
  if (route.records === null) return context.configOf(link.peer)['role'];
  const group = context.writes.groupOf[link.peer] as number;
  return route.records[group] === link.peer ? 'primary' : 'replica';
}

/** Where a read goes first, or -1 without any database. */
export function chooseRead(route: ReadRoute, config: AppServerConfig, context: Context): number {
  if (route.promotions !== context.writes.promotions) learn(route, context);
  switch (config.readsFrom) {
    case 'local': {
      const local = onOwnHost(context);
      return local >= 0 ? local : chooseWrite(route, context);
    }
    case 'primary':
      return chooseWrite(route, context);
    case 'replica':
      return orAny(withRole(route, 'replica', context), context);
    case 'both': {
      const turn =
        config.replicaShare === undefined ? takeTurn(route, context) : draw(route, config.replicaShare, context);
      return turn >= 0 ? turn : chooseWrite(route, context);
    }
  }
}

/** Where a read would go now; a health check changes nothing for the reads that come after it. */
export function chooseForCheck(route: ReadRoute, config: AppServerConfig, context: Context): number {
  if (config.readsFrom !== 'both') return chooseRead(route, config, context);
  const { next } = route;
  const turn = takeTurn(route, context);
  route.next = next;
  return turn >= 0 ? turn : chooseWrite(route, context);
}

/** The next database for a read that has asked `asked` databases in vain, or -1 when there is none left to ask. */
export function otherRead(route: ReadRoute, asked: number, context: Context): number {
  let databases = 0;
  for (const link of context.outgoing()) if (isDatabase(link)) databases++;
  return asked < databases ? takeTurn(route, context) : -1;
}

export function skipDatabase(route: ReadRoute, database: number, untilUs: Micros): void {
  route.skipUntilUs[database] = untilUs;
}

/** A replica for that share of the reads, the primary for the rest; in turn when that one is left out now. */
function draw(route: ReadRoute, replicaShare: number, context: Context): number {
  const role = context.draws.uniform(route.stream) < replicaShare ? 'replica' : 'primary';
  const drawn = withRole(route, role, context);
  return drawn >= 0 && (route.skipUntilUs[drawn] as number) <= context.nowUs ? drawn : takeTurn(route, context);
}

/** The next database in turn that is not left out now, or -1. */
function takeTurn(route: ReadRoute, context: Context): number {
  const links = context.outgoing();
  for (let step = 0; step < links.length; step++) {
    const position = (route.next + step) % links.length;
    if (!isDatabase(links[position] as LinkView)) continue;
    if ((route.skipUntilUs[position] as number) > context.nowUs) continue;
    route.next = (position + 1) % links.length;
    return position;
  }
  return -1;
}

function withRole(route: ReadRoute, role: string, context: Context): number {
  const links = context.outgoing();
  for (let position = 0; position < links.length; position++) {
    const link = links[position] as LinkView;
    if (isDatabase(link) && roleOf(route, link, context) === role) return position;
  }
  return -1;
}

function onOwnHost(context: Context): number {
  const links = context.outgoing();
  for (let position = 0; position < links.length; position++) {
    const link = links[position] as LinkView;
    if (isDatabase(link) && link.sameHost) return position;
  }
  return -1;
}

function orAny(position: number, context: Context): number {
  if (position >= 0) return position;
  const links = context.outgoing();
  for (let other = 0; other < links.length; other++) if (isDatabase(links[other] as LinkView)) return other;
  return -1;
}
