// The list of kinds (pure half): one line each. Order is the order of menus.
import { DNS, USERS } from '../design/design.ts';
import type { Figure, Reading } from '../drawing/figure.ts';
import type { Behaviours } from '../simulation/world.ts';
import { appServer } from './app-server/kind.ts';
import { database } from './database/kind.ts';
import { figure as dnsFigure } from './dns/figure.ts';
import { files } from './files/kind.ts';
import type { ComponentKind } from './kind.ts';
import { loadBalancer } from './load-balancer/kind.ts';
import { figure as usersFigure } from './users/figure.ts';
import { webServer } from './web-server/kind.ts';

export const KINDS: readonly ComponentKind[] = [loadBalancer, webServer, appServer, database, files];

/** By id, as `parseDesign` wants them. */
export const kindsById: Readonly<Record<string, ComponentKind>> = Object.fromEntries(
  KINDS.map((kind) => [kind.id, kind]),
);

/** By id, as the engine wants them. */
export const behaviours: Behaviours = Object.fromEntries(KINDS.map((kind) => [kind.id, kind.behaviour ?? undefined]));

/** Draws an element of any kind, `users` and `dns` included, as `drawing` wants it. */
export function drawKind(kind: string, config: unknown, reading: Reading): Figure {
  if (kind === USERS) return usersFigure(config as never, reading);
  if (kind === DNS) return dnsFigure(config as never, reading);
  const known = kindsById[kind];
  if (known === undefined) throw new Error(`Broken invariant: nobody draws the kind ${kind}`);
  return known.figure(config as never, reading);
}
