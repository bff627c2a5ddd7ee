// Fixes of settings that have to fit those of the next layer: timeouts nested in each other, pools that a database can take, retries
// in one layer, and sessions that every application server finds.

import type { DatabaseConfig } from '../catalogue/database/config.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { type LoadBalancerConfig, serverTimeoutMs } from '../catalogue/load-balancer/config.ts';
import type { Component, Design } from '../design/design.ts';
import { type Settings, withConfigs } from '../design/edit.ts';
import { wiringOf } from '../design/wiring.ts';
import type { Fix } from './fix.ts';
import { partsOf, stating } from './stating.ts';

export const sharedSessions = stating('keeps sessions in a store that all share', {
  'app-server': { sessions: 'shared' },
});

/** HAProxy alone tries again: it can send the retry to another server. */
export const oneRetrier: Fix = (design) =>
  (design.traffic.retries ?? 0) === 0
    ? null
    : {
        design: { ...design, traffic: { ...design.traffic, retries: 0 } },
        changes: ["leaves retries to HAProxy: the users' programs ask once"],
      };

/** Each layer waits for this much of what the one in front of it does. */
const INNER = 0.8;
const LIMITS: Readonly<Record<string, string | undefined>> = {
  'web-server': 'proxyReadTimeoutMs',
  'app-server': 'readTimeoutMs',
};

export const nestedTimeouts: Fix = (design) => {
  const wanted = new Map<string, Settings>();
  for (const balancer of design.components.filter((one) => knowledge.role(one) === 'balances')) {
    nest(balancer, serverTimeoutMs(balancer.config as unknown as LoadBalancerConfig), design, wanted);
  }
  for (const web of design.components.filter((one) => knowledge.role(one) === 'serves')) {
    const limit = limitOf(web, wanted);
    if (limit !== null) nest(web, limit, design, wanted);
  }
  if (wanted.size === 0) return null;
  return {
    design: withConfigs(design, ({ id }) => wanted.get(id) ?? null),
    changes: ['lets each layer give up before the one in front of it'],
  };
};

/** What it will wait for, with the changes so far; null where it has no such limit. */
function limitOf({ id, kind, config }: Component, wanted: ReadonlyMap<string, Settings>): number | null {
  const name = LIMITS[kind];
  const ms = name === undefined ? undefined : (wanted.get(id)?.[name] ?? config[name]);
  return typeof ms === 'number' ? ms : null;
}

function nest(outer: Component, outerMs: number, design: Design, wanted: Map<string, Settings>): void {
  for (const { to } of knowledge.next(outer, 'read', design)) {
    const inner = wiringOf(design).component(to);
    const innerMs = inner === undefined ? null : limitOf(inner, wanted);
    const name = inner === undefined ? undefined : LIMITS[inner.kind];
    if (inner === undefined || innerMs === null || name === undefined) continue;
    const ms = innerMs > outerMs ? Math.max(1, Math.round(outerMs * INNER)) : innerMs;
    if (ms !== innerMs) wanted.set(inner.id, { [name]: ms });
    nest(inner, ms, design, wanted);
  }
}

/** Some connections stay free for administrators. */
const OF_ALL = 0.9;

export const fittingPools: Fix = (design, finding) => {
  const pools = new Map<string, number>();
  for (const database of partsOf(design, finding)) {
    const callers = wiringOf(design)
      .linksTo(database.id)
      .flatMap(({ from }) => wiringOf(design).component(from) ?? [])
      .filter(({ kind }) => kind === 'app-server');
    const { connections } = database.config as unknown as DatabaseConfig;
    const size = Math.max(1, Math.floor((connections * OF_ALL) / callers.length));
    for (const { id } of callers) pools.set(id, Math.min(size, pools.get(id) ?? size));
  }
  if (pools.size === 0) return null;
  return {
    design: withConfigs(design, ({ id }) => {
      const poolSize = pools.get(id);
      return poolSize === undefined ? null : { poolSize };
    }),
    changes: ['lets all pools together stay below max_connections'],
  };
};
