// Fixes that are settings of a load balancer: checks, retries, timeouts, limits, weights, slow start. Each changes the server lines that
// lack something, and leaves the others as they are.
import { computingBehind } from '../analysis/behind.ts';
import { detection } from '../analysis/detection.ts';
import type { AppServerConfig } from '../catalogue/app-server/config.ts';
import { knowledge } from '../catalogue/knowledge.ts';
import { checkTimes } from '../catalogue/load-balancer/check-times.ts';
import type { CheckConfig, LoadBalancerConfig, ServerConfig } from '../catalogue/load-balancer/config.ts';
import type { Component, Design } from '../design/design.ts';
import { type Settings, withConfigs } from '../design/edit.ts';
import { fallsWith } from '../design/graph.ts';
import { wiringOf } from '../design/wiring.ts';
import { fromMs } from '../foundation/micros.ts';
import type { Fix } from './fix.ts';

/** `inter`, `fall` and `rise` are HAProxy's defaults. */
const CHECK = {
  ...{ type: 'http', uri: '/ready', interMs: 2_000, fastinterMs: 1_000, downinterMs: null, fall: 3, rise: 2 },
} as const satisfies CheckConfig;

const configOf = ({ config }: Component): LoadBalancerConfig => config as unknown as LoadBalancerConfig;

type OfServer = (server: ServerConfig, balancer: Component, design: Design) => Settings | null;

/** A patch for every server line for which there is one. */
const mendingServers =
  (change: string, patchOf: OfServer): Fix =>
  (design) => {
    let count = 0;
    const mended = withConfigs(design, (balancer) => {
      if (knowledge.role(balancer) !== 'balances') return null;
      const patches = configOf(balancer).servers.map((server) => patchOf(server, balancer, design));
      count += patches.filter((patch) => patch !== null).length;
      return { servers: Object.fromEntries(patches.flatMap((patch, at) => (patch === null ? [] : [[at, patch]]))) };
    });
    return count === 0 ? null : { design: mended, changes: [change] };
  };

export const checks = mendingServers('checks every server for a page of the application', ({ check }) =>
  check === null ? { check: CHECK } : null,
);

export const calmChecks = mendingServers('takes 3 missed checks for DOWN and 2 good ones for UP', ({ check }) =>
  check !== null && (check.fall === 1 || check.rise === 1)
    ? { check: { fall: Math.max(check.fall, CHECK.fall), rise: Math.max(check.rise, CHECK.rise) } }
    : null,
);

/** Shorter and shorter pauses, until the longest that a death can go unnoticed is what was promised. */
const SHORTER = [0.75, 0.5, 0.25, 0.1];
const LEAST_INTER_MS = 100;

export const quickChecks: Fix = (design, finding) => {
  const { detectMs } = design.objectives;
  if (detectMs === undefined) return null;
  let isEnough = true;
  const plan = mendingServers('checks more often, so that a death is noticed as promised', (server, balancer) => {
    if (server.check === null || worstUs(server, balancer, design) <= fromMs(detectMs)) return null;
    const quick = SHORTER.map((factor) => pauses(server, factor)).find(
      (check) => worstUs({ ...server, check }, balancer, design) <= fromMs(detectMs),
    );
    isEnough &&= quick !== undefined;
    return quick === undefined ? null : { check: quick };
  })(design, finding);
  return isEnough ? plan : null;
};

function pauses({ check }: ServerConfig, factor: number): CheckConfig {
  const set = check ?? CHECK;
  const interMs = Math.max(LEAST_INTER_MS, Math.round(set.interMs * factor));
  return { ...set, interMs, fastinterMs: Math.min(set.fastinterMs ?? interMs, Math.ceil(interMs / 2)) };
}

function worstUs(server: ServerConfig, balancer: Component, design: Design): number {
  const wiring = wiringOf(design);
  const host = wiring.component(wiring.link(server.link)?.to ?? '')?.hostId ?? '';
  const gone = { elements: fallsWith(design, host), how: 'unreachable', forUs: null } as const;
  const { detect } = detection(design, gone, checkTimes(server, configOf(balancer)));
  return typeof detect === 'string' ? 0 : detect[1];
}

export const warmUp = mendingServers('lets a server that comes back warm up for 10 s', ({ slowstartMs = 0, check }) =>
  check !== null && slowstartMs === 0 ? { slowstartMs: 10_000 } : null,
);

/** As many as the application server behind works on at once. */
export const limits = mendingServers('gives each server only what it works on at once', (server, _balancer, design) => {
  const workers = appBehind(server, design)?.workers;
  return (server.maxconn ?? 0) > 0 || workers === undefined ? null : { maxconn: workers };
});

function appBehind({ link }: ServerConfig, design: Design): AppServerConfig | undefined {
  const target = wiringOf(design).component(wiringOf(design).link(link)?.to ?? '');
  return computingBehind(target, design, knowledge)?.config as AppServerConfig | undefined;
}

const MOST_WEIGHT = 256;

/** Weights by workers and their speed, the weakest server 1; where connections are counted, the servers take turns again as well. */
export const fairTurns: Fix = (design, finding) => {
  const turning = turns(design, finding);
  const weighing = weights(turning?.design ?? design, finding);
  const last = weighing ?? turning;
  return last && { ...last, changes: [...(turning?.changes ?? []), ...(weighing?.changes ?? [])] };
};

const strengthOf = (server: ServerConfig, design: Design): number => {
  const app = appBehind(server, design);
  return app === undefined ? 0 : app.workers / Math.max(1, app.serviceMs);
};

const weights = mendingServers('weighs each server by what it can do', (server, balancer, design) => {
  const weakest = Math.min(...configOf(balancer).servers.map((one) => strengthOf(one, design)));
  const weight = weakest > 0 ? Math.min(MOST_WEIGHT, Math.round(strengthOf(server, design) / weakest)) : server.weight;
  return weight === server.weight ? null : { weight };
});

/** A setting of every balancer for which there is one. */
const mendingBalancers =
  (change: string, patchOf: (config: LoadBalancerConfig) => Settings | null): Fix =>
  (design) => {
    const patches = design.components.map((one) =>
      knowledge.role(one) === 'balances' ? patchOf(configOf(one)) : null,
    );
    if (patches.every((patch) => patch === null)) return null;
    return { design: withConfigs(design, (one) => patches[design.components.indexOf(one)] ?? null), changes: [change] };
  };

const turns = mendingBalancers('lets the servers take turns', ({ balance }) =>
  balance === 'leastconn' ? { balance: 'roundrobin' } : null,
);

export const redispatch = mendingBalancers('lets a retry go to another server', (config) =>
  config.redispatch === null ? { redispatch: -1 } : null,
);

/** To connect, a little above one lost packet; for the rest as long as a user bears. */
const TIMEOUTS = { timeoutConnectMs: 4_000, timeoutServerMs: 30_000, timeoutClientMs: 30_000 };

export const timeouts = mendingBalancers('sets all three timeouts', (config) => {
  const missing = Object.entries(TIMEOUTS).filter(([key]) => config[key as keyof typeof TIMEOUTS] === null);
  return missing.length === 0 ? null : Object.fromEntries(missing);
});
