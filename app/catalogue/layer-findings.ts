// Settings of one layer that do not fit those of the next: who gives up before whom, and how many connections meet how few.
import { unsaid } from '../analysis/drawn.ts';
import type { FindingRule, Knowledge } from '../analysis/finding.ts';
import { overloadRun } from '../analysis/overload.ts';
import { partWords } from '../analysis/reading.ts';
import { faultyRun, type WatchedRun } from '../analysis/shared-runs.ts';
import { atParts, partOnHost, suspect } from '../analysis/suspect.ts';
import type { Component, Design } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import { formatDuration, fromMs } from '../foundation/micros.ts';
import { reasonCode } from '../simulation/message.ts';
import { TERMINATIONS } from '../simulation/requests.ts';
import type { AppServerConfig } from './app-server/config.ts';
import type { DatabaseConfig } from './database/config.ts';
import { type LoadBalancerConfig, serverTimeoutMs } from './load-balancer/config.ts';
import type { WebServerConfig } from './web-server/config.ts';

const APP_TIMEOUT = reasonCode('app-timeout');
const DATABASE_REFUSED = reasonCode('database-refused');
const GAVE_UP = TERMINATIONS.indexOf('sH');

/** How long a component waits for the answer of the next one; null for what asks nobody. */
function waitsMs({ kind, config }: Component): number | null {
  switch (kind) {
    case 'load-balancer':
      return serverTimeoutMs(config as unknown as LoadBalancerConfig);
    case 'web-server':
      return (config as unknown as WebServerConfig).proxyReadTimeoutMs;
    case 'app-server':
      return (config as unknown as AppServerConfig).readTimeoutMs;
    default:
      return null;
  }
}

/** The components that a request goes through, from the balancer to the data. */
function chainsOf(design: Design, knowledge: Knowledge): readonly (readonly Component[])[] {
  const wiring = wiringOf(design);
  const from = (id: string, before: readonly Component[]): readonly (readonly Component[])[] => {
    const part = wiring.component(id);
    if (part === undefined || before.includes(part)) return [before];
    const chain = [...before, part];
    const next = knowledge.next(part, 'read', design);
    return next.length === 0 ? [chain] : next.flatMap(({ to }) => from(to, chain));
  };
  return design.components.flatMap((part) => (knowledge.role(part) === 'balances' ? from(part.id, []) : []));
}

/** CA-04: who waits in front gives up while the one behind still waits for the next. */
const invertedRule: FindingRule = (design, knowledge) => {
  const found = chainsOf(design, knowledge).flatMap((chain) =>
    chain.flatMap((outer, at) => {
      const [inner, behind] = [chain[at + 1], chain[at + 2]];
      if (inner === undefined || behind === undefined) return [];
      const [outerMs, innerMs] = [waitsMs(outer), waitsMs(inner)];
      return outerMs === null || innerMs === null || outerMs >= innerMs
        ? []
        : [{ outer, inner, behind, outerMs, innerMs }];
    }),
  );
  const [first] = found;
  if (first === undefined) return [];
  const { outer, inner, behind, outerMs, innerMs } = first;
  return [
    suspect(
      {
        id: 'CA-04@design',
        severity: 'medium',
        title: `${outer.name} gives up before ${partWords(inner, knowledge)}`,
        ...atParts([...new Set(found.map((one) => one.inner))], design),
        fix: 'Let who stands behind give up first',
      },
      (evidence) => {
        const { gaveUp, all } = givenUp(faultyRun(evidence, 'hang', behind.id));
        if (gaveUp === 0) return null;
        const [waits, goesOn] = [outerMs, innerMs].map((ms) => formatDuration(fromMs(ms)));
        const who = partOnHost(behind, design, knowledge);
        return `Hung ${who}: ${gaveUp} of ${all} requests given up after ${waits}, ${partWords(inner, knowledge)} waits for ${goesOn}.`;
      },
    ),
  ];
};

/** Requests whose balancer or web server did not wait any longer. */
function givenUp({ run, fromUs, toUs }: WatchedRun): { readonly gaveUp: number; readonly all: number } {
  let [gaveUp, all] = [0, 0];
  for (const { ends } of run.chunks) {
    for (let row = 0; row < ends.startUs.length; row++) {
      const startUs = ends.startUs[row] as number;
      if (startUs < fromUs || startUs >= toUs) continue;
      all++;
      if (ends.termination[row] === GAVE_UP || ends.reason[row] === APP_TIMEOUT) gaveUp++;
    }
  }
  return { gaveUp, all };
}

/** CA-06: the application servers may open more connections than the database takes. */
const poolRule: FindingRule = (design, knowledge) => {
  const databases = design.components.filter(({ kind }) => kind === 'database');
  const crowded = databases.flatMap((database) => {
    const apps = appsOf(database, design);
    const taken = (database.config as unknown as DatabaseConfig).connections;
    const wanted = apps.reduce((sum, app) => sum + (poolOf(app) ?? 0), 0);
    return wanted > taken ? [{ database, apps, wanted, taken }] : [];
  });
  const unknowns = unsaid(
    design,
    'CA-06',
    design.components.filter(({ kind }) => kind === 'app-server'),
    [['how many connections it may open', poolOf]],
  );
  const [worst] = crowded;
  if (worst === undefined) return unknowns;
  const { database, apps, wanted, taken } = worst;
  const who = partOnHost(database, design, knowledge);
  return [
    ...unknowns,
    suspect(
      {
        id: 'CA-06@design',
        severity: 'high',
        title: 'More connections than the database takes',
        ...atParts(
          crowded.map((one) => one.database),
          design,
        ),
        fix: 'Pools that fit max_connections together',
      },
      (evidence) => {
        const overload = overloadRun(evidence);
        const refused = overload === null ? 0 : refusedBy(overload);
        const wants = `${apps.length} app servers may open ${wanted} connections, ${who} takes ${taken}`;
        return overload === null || refused === 0
          ? `${wants}.`
          : `${wants}: at ${overload.rateRps} requests a second ${refused} found none.`;
      },
    ),
  ];
};

const appsOf = (database: Component, design: Design): readonly Component[] => {
  const wiring = wiringOf(design);
  const callers = wiring.linksTo(database.id).flatMap(({ from }) => wiring.component(from) ?? []);
  return callers.filter(({ kind }) => kind === 'app-server');
};

/** Connections that it may hold at once; undefined where neither its pool nor its workers bound them. */
function poolOf({ config }: Component): number | undefined {
  const { poolSize, holdsWorker, workers } = config as unknown as AppServerConfig;
  return poolSize ?? (holdsWorker === false ? undefined : workers);
}

function refusedBy({ run }: WatchedRun): number {
  let refused = 0;
  for (const { ends } of run.chunks) {
    for (const reason of ends.reason) if (reason === DATABASE_REFUSED) refused++;
  }
  return refused;
}

export const LAYER_RULES: readonly FindingRule[] = [invertedRule, poolRule];
