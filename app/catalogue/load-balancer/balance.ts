// The balancing algorithms by the word of the `balance` line. A further one is a file beside round-robin.ts, its state in
// `BalanceState`, and a line here.
import type { Algorithm } from './algorithm.ts';
import type { LoadBalancerConfig } from './config.ts';
import { type RoundRobinState, roundRobin } from './round-robin.ts';

export type BalanceState = RoundRobinState;

const ALGORITHMS: Readonly<Record<LoadBalancerConfig['balance'], Algorithm<BalanceState>>> = {
  roundrobin: roundRobin,
};

export const algorithmOf = (balance: LoadBalancerConfig['balance']): Algorithm<BalanceState> => ALGORITHMS[balance];
