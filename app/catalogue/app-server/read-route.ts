// Which database a query goes to. Writes go to the primary wherever the application runs; reads go where `readsFrom` says.
// With `both` the databases take turns, and one that could not be reached is left out for a while.
// Databases are named by their position in the outgoing links; roles are read at the moment of asking, as they can change.
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
}

export const startRoute = (context: Context): ReadRoute => ({
  next: 0,
  skipUntilUs: new Float64Array(context.outgoing().length),
  stream: context.stream('reads'),
});

const isDatabase = (link: LinkView): boolean => link.peerKind === 'database';

/**
 * The primary. An application that knows none sends its write to the first database it knows, which refuses it as
 * read-only; -1 without any database.
 */
export const chooseWrite = (context: Context): number => orAny(withRole('primary', context), context);

/** Where a read goes first, or -1 without any database. */
export function chooseRead(route: ReadRoute, config: AppServerConfig, context: Context): number {
  switch (config.readsFrom) {
    case 'local': {
      const local = onOwnHost(context);
      return local >= 0 ? local : chooseWrite(context);
    }
    case 'primary':
      return chooseWrite(context);
    case 'replica':
      return orAny(withRole('replica', context), context);
    case 'both': {
      const turn =
        config.replicaShare === undefined ? takeTurn(route, context) : draw(route, config.replicaShare, context);
      return turn >= 0 ? turn : chooseWrite(context);
    }
  }
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
  const drawn = withRole(role, context);
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

function withRole(role: string, context: Context): number {
  const links = context.outgoing();
  for (let position = 0; position < links.length; position++) {
    const link = links[position] as LinkView;
    if (isDatabase(link) && context.configOf(link.peer)['role'] === role) return position;
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
