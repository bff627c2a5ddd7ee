// The two paces of the built-in designs: a classroom in which a person can follow every hop, and a site as it is.
// Source of the figures: product.md, "The classic design in numbers".
import type { Traffic } from '../design/design.ts';

/** Files lie on the same disk: nobody listens. */
export const PORT_OF_FILES = 0;

export interface Figures {
  readonly rateRps: number;
  readonly writeShare: number;
  /** One way. */
  readonly dnsMs: number;
  readonly usersMs: number;
  /** Between two hosts. */
  readonly betweenMs: number;
  /** From an application server to a database on another host. */
  readonly queryMs: number;
  /** Between two components of one host. */
  readonly insideMs: number;
  readonly replicationMs: number;
  readonly webServer: Readonly<Record<string, unknown>>;
  readonly appServer: Readonly<Record<string, unknown>>;
  readonly database: Readonly<Record<string, unknown>>;
}

const WEB_SERVER = { workerConnections: 512, proxyConnectTimeoutMs: 60_000, proxyReadTimeoutMs: 60_000 };
const APP_SERVER = { workers: 5, readsFrom: 'local', connectTimeoutMs: 1_000, readTimeoutMs: 10_000, skipMs: 10_000 };

const CLASSROOM: Figures = {
  rateRps: 4,
  writeShare: 0.25,
  dnsMs: 120,
  usersMs: 180,
  betweenMs: 120,
  queryMs: 90,
  insideMs: 60,
  // 180 on the way and 220 to apply: 400 ms in all.
  replicationMs: 180,
  webServer: { ...WEB_SERVER, parseMs: 5, staticMs: 20 },
  appServer: { ...APP_SERVER, serviceMs: 250, distribution: 'gamma' },
  database: { readMs: 60, writeMs: 120, applyMs: 220, connections: 100, distribution: 'gamma' },
};

const REALISTIC: Figures = {
  rateRps: 40,
  writeShare: 0.1,
  dnsMs: 20,
  usersMs: 20,
  betweenMs: 0.25,
  queryMs: 0.25,
  insideMs: 0.05,
  replicationMs: 0.25,
  webServer: { ...WEB_SERVER, parseMs: 0.1, staticMs: 0.5 },
  // 20 workers: when the primary is gone each write holds one for the connect limit of 1 s, and reads go on beside them.
  appServer: { ...APP_SERVER, workers: 20, serviceMs: 40, distribution: 'exponential' },
  // Recorded at a real MariaDB: what a replica shows lags by the way there and 1 to 3 ms.
  database: { readMs: 2, writeMs: 5, applyMs: 2, connections: 100, distribution: 'exponential' },
};

export const pace = (timings: 'classroom' | 'realistic'): Figures => (timings === 'classroom' ? CLASSROOM : REALISTIC);

/** The traffic, but for where the users stand. */
export const trafficOf = (figures: Figures): Omit<Traffic, 'position'> => ({
  rateRps: figures.rateRps,
  arrivals: { type: 'poisson' },
  writeShare: figures.writeShare,
  staticShare: 0,
  clientTimeoutMs: 30_000,
  users: 20,
});
