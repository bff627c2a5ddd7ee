// What the families of queueing theory mean in this simulator: a row's parameters become a design of real parts (users, a load
// balancer, application servers, databases), and each number that the table expects is counted in its run.
import * as v from 'valibot';
import type { Design } from '../design/design.ts';
import { type PlainPart, plainDesign, plainLinkId } from '../designs/plain-design.ts';
import { exp } from '../foundation/exact-math.ts';
import type { Distribution } from '../simulation/distribution.ts';
import type { Batch, StationSums } from './theory-batch.ts';
import type { Station } from './theory-meter.ts';

/** A quantity of a batch; a share of the latencies where it is a percentile. */
export type Quantity = ((batch: Batch) => number) | { readonly percentile: number };

export interface Model {
  readonly design: Design;
  readonly stations: readonly Station[];
  readonly quantities: Readonly<Record<string, Quantity>>;
  /** Utilisation, which decides how many requests are needed. */
  readonly load: number;
}

/** The longest patience that a design can have: so much longer than any wait that nobody leaves. */
const NO_HURRY_MS = 3_600_000;
const MOST_MS = 3_600_000;
const SECOND_US = 1e6;
const SECOND_MS = 1_000;

const rate = v.pipe(v.number(), v.gtValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));

const serviceLaw = v.variant('law', [
  v.object({ law: v.literal('deterministic'), value: rate }),
  v.object({ law: v.literal('erlang'), k: count, mean: rate }),
  v.object({ law: v.literal('uniform'), a: v.number(), b: v.number() }),
  v.object({ law: v.literal('hyperexponential2'), p: v.number(), mean1: rate, mean2: rate }),
  v.object({ law: v.literal('lognormal'), mu: v.number(), sigma: v.number() }),
  v.object({ law: v.literal('exponential'), mean: rate }),
]);

export interface Law {
  readonly meanMs: number;
  readonly distribution: Distribution;
  readonly variation?: number;
}

/** A law of service by its mean and its coefficient of variation, which is all that a server's settings say. */
export function lawOf(law: v.InferOutput<typeof serviceLaw>): Law {
  switch (law.law) {
    case 'deterministic':
      return { meanMs: law.value * SECOND_MS, distribution: 'fixed' };
    case 'exponential':
      return { meanMs: law.mean * SECOND_MS, distribution: 'exponential' };
    case 'erlang':
      return { meanMs: law.mean * SECOND_MS, distribution: 'gamma', variation: 1 / Math.sqrt(law.k) };
    case 'uniform': {
      const mean = (law.a + law.b) / 2;
      const variation = (law.b - law.a) / (mean * Math.sqrt(12));
      return { meanMs: mean * SECOND_MS, distribution: 'uniform', variation };
    }
    case 'hyperexponential2': {
      const mean = law.p * law.mean1 + (1 - law.p) * law.mean2;
      const second = 2 * (law.p * law.mean1 ** 2 + (1 - law.p) * law.mean2 ** 2);
      const variation = Math.sqrt(second / mean ** 2 - 1);
      return { meanMs: mean * SECOND_MS, distribution: 'hyperexponential', variation };
    }
    case 'lognormal': {
      const mean = exp(law.mu + law.sigma ** 2 / 2);
      const variation = Math.sqrt(exp(law.sigma ** 2) - 1);
      return { meanMs: mean * SECOND_MS, distribution: 'lognormal', variation };
    }
  }
}

const exponential = (mu: number): Law => ({ meanMs: SECOND_MS / mu, distribution: 'exponential' });

const APP = { readsFrom: 'primary', connectTimeoutMs: 600_000, readTimeoutMs: 600_000, skipMs: 0 };

export const appServer = (id: string, workers: number, law: Law, more: object = {}): PlainPart => ({
  id,
  kind: 'app-server',
  config: {
    ...APP,
    workers,
    backlog: 65_535,
    serviceMs: law.meanMs,
    distribution: law.distribution,
    ...(law.variation === undefined ? {} : { variation: law.variation }),
    ...more,
  },
});

const station = (batch: Batch, index: number): StationSums => batch.stations[index] as StationSums;

/** What can be asked of the workers and their line, whatever stands behind them. */
const queueQuantities = (workers: number): Model['quantities'] => ({
  rho: (batch) => station(batch, 0).busy / batch.elapsedUs / workers,
  utilisation: (batch) => station(batch, 0).busy / batch.elapsedUs / workers,
  mean_busy: (batch) => station(batch, 0).busy / batch.elapsedUs,
  L: (batch) => station(batch, 0).inside / batch.elapsedUs,
  Lq: (batch) => station(batch, 0).waiting / batch.elapsedUs,
  W: (batch) => batch.latencyUs / batch.answered / SECOND_US,
  Wq: (batch) => station(batch, 0).waiting / batch.ended / SECOND_US,
  p_wait: (batch) => station(batch, 0).joined / batch.ended,
  P_N_ge_5: (batch) => station(batch, 0).fiveInside / batch.elapsedUs,
  p_block: (batch) => batch.refused / batch.ended,
  lambda_eff: (batch) => (station(batch, 0).served / batch.elapsedUs) * SECOND_US,
  throughput: (batch) => (station(batch, 0).served / batch.elapsedUs) * SECOND_US,
  p_abandon: (batch) => 1 - station(batch, 0).served / batch.ended,
  T_p50: { percentile: 0.5 },
  T_p95: { percentile: 0.95 },
  T_p99: { percentile: 0.99 },
});

interface OneServer {
  readonly lambda: number;
  readonly workers: number;
  readonly law: Law;
  readonly backlog?: number;
  readonly patience?: { readonly law: 'fixed' | 'exponential'; readonly meanMs: number };
}

function oneServer({ lambda, workers, law, backlog, patience }: OneServer): Model {
  const more = {
    ...(backlog === undefined ? {} : { backlog }),
    ...(patience === undefined ? {} : { dropsLeft: true }),
  };
  const meanWaitMs = (law.meanMs * 1_000) / Math.max(0.01, 1 - (lambda * law.meanMs) / SECOND_MS / workers);
  return {
    design: plainDesign({
      parts: [appServer('app', workers, law, more)],
      links: [{ from: 'users', to: 'app' }],
      rateRps: lambda,
      clientTimeoutMs: patience?.meanMs ?? Math.min(NO_HURRY_MS, Math.ceil(meanWaitMs)),
      ...(patience === undefined ? {} : { patience: patience.law }),
    }),
    stations: [{ components: [0], isDatabase: false }],
    quantities: queueQuantities(workers),
    load: (lambda * law.meanMs) / SECOND_MS / workers,
  };
}

function balanced(lambda: number, backends: number, workers: number, mu: number, balance: string): Model {
  const apps = Array.from({ length: backends }, (_, index) => `app${index + 1}`);
  const timeouts = { timeoutConnectMs: MOST_MS, timeoutServerMs: MOST_MS, timeoutClientMs: MOST_MS };
  const config = {
    balance,
    servers: apps.map((app) => ({ name: app, link: plainLinkId('lb', app), weight: 1, backup: false, check: null })),
    retries: 0,
    redispatch: null,
    ...timeouts,
    timeoutCheckMs: null,
    timeoutQueueMs: null,
  };
  const load = lambda / (backends * workers * mu);
  const patienceMs = Math.min(NO_HURRY_MS, Math.ceil((1_000 * SECOND_MS) / mu / Math.max(0.01, 1 - load)));
  return {
    design: plainDesign({
      parts: [
        { id: 'lb', kind: 'load-balancer', config },
        ...apps.map((app) => appServer(app, workers, exponential(mu))),
      ],
      links: [{ from: 'users', to: 'lb' }, ...apps.map((app) => ({ from: 'lb', to: app }))],
      rateRps: lambda,
      clientTimeoutMs: patienceMs,
    }),
    stations: [{ components: apps.map((_, index) => index + 1), isDatabase: false }],
    quantities: queueQuantities(backends * workers),
    load,
  };
}

interface StationParams {
  readonly servers: number;
  readonly mu: number;
}

function tandem(
  lambda: number,
  app: StationParams,
  replica: StationParams,
  primary: StationParams,
  writes: number,
): Model {
  const database = (id: string, { servers, mu }: StationParams): PlainPart => {
    const meanMs = SECOND_MS / mu;
    const times = { readMs: meanMs, writeMs: meanMs, applyMs: 0, distribution: 'exponential' };
    return { id, kind: 'database', config: { role: id, ...times, connections: 100_000, threads: servers } };
  };
  const own = { holdsWorker: false, readsFrom: 'replica' };
  const inside = (index: number) => (batch: Batch) => station(batch, index).inside / batch.elapsedUs;
  const spent = (index: number) => (batch: Batch) =>
    station(batch, index).inside / (index === 0 ? batch.ended : station(batch, index).served) / SECOND_US;
  return {
    design: plainDesign({
      parts: [
        appServer('app', app.servers, exponential(app.mu), own),
        database('replica', replica),
        database('primary', primary),
      ],
      links: [
        { from: 'users', to: 'app' },
        { from: 'app', to: 'replica' },
        { from: 'app', to: 'primary' },
      ],
      rateRps: lambda,
      writeShare: writes,
      clientTimeoutMs: NO_HURRY_MS,
    }),
    stations: [
      { components: [0], isDatabase: false },
      { components: [1], isDatabase: true },
      { components: [2], isDatabase: true },
    ],
    quantities: {
      L_app: inside(0),
      L_replica: inside(1),
      L_primary: inside(2),
      W_total: (batch) => batch.latencyUs / batch.answered / SECOND_US,
      W_app: spent(0),
      W_replica: spent(1),
      W_primary: spent(2),
    },
    load: Math.max(
      lambda / (app.servers * app.mu),
      ((1 - writes) * lambda) / (replica.servers * replica.mu),
      (writes * lambda) / (primary.servers * primary.mu),
    ),
  };
}

const markov = v.object({ lambda: rate, mu: rate, servers: count });
const spread = v.object({
  lambda: rate,
  mu: rate,
  backends: count,
  workers_per_backend: count,
  policy: v.picklist(['roundrobin', 'leastconn']),
});
const place = v.object({ servers: count, mu: rate });

const readers: Readonly<Record<string, (params: unknown) => Model>> = {
  mm1: (params) => markovian(params),
  mmc: (params) => markovian(params),
  mg1: (params) => {
    const { lambda, servers, service } = v.parse(
      v.object({ lambda: rate, servers: count, service: serviceLaw }),
      params,
    );
    return oneServer({ lambda, workers: servers, law: lawOf(service) });
  },
  mmck: (params) => {
    const { lambda, mu, servers, capacity_total } = v.parse(
      v.object({ ...markov.entries, capacity_total: count }),
      params,
    );
    return oneServer({ lambda, workers: servers, law: exponential(mu), backlog: capacity_total - servers });
  },
  mmcc: (params) => {
    const { lambda, mu, servers } = v.parse(markov, params);
    return oneServer({ lambda, workers: servers, law: exponential(mu), backlog: 0 });
  },
  round_robin: (params) => spreadOver(params),
  leastconn: (params) => spreadOver(params),
  tandem: (params) => {
    const shape = v.object({
      lambda: rate,
      app: place,
      replica: place,
      primary: v.object({ ...place.entries, share: v.number() }),
    });
    const { lambda, app, replica, primary } = v.parse(shape, params);
    return tandem(lambda, app, replica, primary, primary.share);
  },
  abandonment: (params) => {
    const patience = v.object({ law: v.picklist(['deterministic', 'exponential']), mean: rate });
    const row = v.parse(v.object({ ...markov.entries, patience }), params);
    const law = row.patience.law === 'exponential' ? 'exponential' : 'fixed';
    return oneServer({
      lambda: row.lambda,
      workers: row.servers,
      law: exponential(row.mu),
      patience: { law, meanMs: row.patience.mean * SECOND_MS },
    });
  },
};

function markovian(params: unknown): Model {
  const { lambda, mu, servers } = v.parse(markov, params);
  return oneServer({ lambda, workers: servers, law: exponential(mu) });
}

function spreadOver(params: unknown): Model {
  const row = v.parse(spread, params);
  return balanced(row.lambda, row.backends, row.workers_per_backend, row.mu, row.policy);
}

/** The model of a row, or null for a family that this file does not know. Throws when the parameters are none of the family's. */
export const modelOf = (family: string, params: unknown): Model | null => readers[family]?.(params) ?? null;
