// The list of kinds (pure half): one line each. Order is the order of menus.
import type { Behaviours } from '../simulation/world.ts';
import { appServer } from './app-server/kind.ts';
import { database } from './database/kind.ts';
import { files } from './files/kind.ts';
import type { ComponentKind } from './kind.ts';
import { loadBalancer } from './load-balancer/kind.ts';
import { virtualIp } from './virtual-ip/kind.ts';
import { webServer } from './web-server/kind.ts';

export const KINDS: readonly ComponentKind[] = [loadBalancer, webServer, appServer, database, files, virtualIp];

/** By id. */
export const kindsById: Readonly<Record<string, ComponentKind>> = Object.fromEntries(
  KINDS.map((kind) => [kind.id, kind]),
);

/** By id, as the engine wants them. */
export const behaviours: Behaviours = Object.fromEntries(KINDS.map((kind) => [kind.id, kind.behaviour ?? undefined]));
