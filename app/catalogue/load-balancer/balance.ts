// The balancing algorithms by the word of the `balance` line. A further one is a file beside round-robin.ts and a line here.
import type { Algorithm } from './algorithm.ts';
import type { LoadBalancerConfig } from './config.ts';
import { firstServer } from './first-server.ts';
import { leastConnections } from './least-connections.ts';
import { randomDraws } from './random-draws.ts';
import { roundRobin } from './round-robin.ts';
import { sourceMap, sourceRing } from './source-hash.ts';
import { staticRoundRobin } from './static-rr.ts';

/** The state of an algorithm, which only the algorithm itself looks into. */
export type BalanceState = object;

export interface Balance {
  readonly algorithm: Algorithm<BalanceState>;
  /** Weights may change while it runs (slow start, an operator's word). */
  readonly isDynamic: boolean;
  /** The client's address decides: its requests wait at their own server, and a failed one finds the same server again. */
  readonly isHash: boolean;
  /** With requests in the backend's queue all servers are full: a new one joins the queue without asking. */
  readonly joinsQueue: boolean;
  /** A server is full only when its own queue is full, too. */
  readonly countsQueue: boolean;
}

const balance = <State extends object>(algorithm: Algorithm<State>, more: Partial<Balance> = {}): Balance => ({
  isDynamic: true,
  isHash: false,
  joinsQueue: false,
  countsQueue: false,
  ...more,
  algorithm: algorithm as unknown as Algorithm<BalanceState>,
});

const BALANCES: Readonly<Record<LoadBalancerConfig['balance'], Balance>> = {
  roundrobin: balance(roundRobin, { joinsQueue: true }),
  'static-rr': balance(staticRoundRobin, { joinsQueue: true, isDynamic: false }),
  leastconn: balance(leastConnections, { countsQueue: true }),
  first: balance(firstServer, { joinsQueue: true }),
  source: balance(sourceMap, { isHash: true, isDynamic: false }),
  random: balance(randomDraws),
};
const CONSISTENT_SOURCE = balance(sourceRing, { isHash: true });

export const balanceOf = (config: Pick<LoadBalancerConfig, 'balance' | 'hashType'>): Balance =>
  config.balance === 'source' && config.hashType === 'consistent' ? CONSISTENT_SOURCE : BALANCES[config.balance];
