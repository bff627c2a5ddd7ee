// `observe`: errors of clients' requests count against a server, and after `error-limit` of them in a row `on-error` happens.
import { fromMs } from '../../foundation/micros.ts';
import type { Context } from '../../simulation/behaviour.ts';
import { Admin, countsOf, type LoadBalancerState } from './backend.ts';
import { setHealth } from './beliefs.ts';
import { advanceCheck } from './check-runner.ts';
import { DEFAULT_ERROR_LIMIT, type LoadBalancerConfig } from './config.ts';
import { Counter, count } from './counters.ts';
import { afterFailure } from './health-check.ts';

/** What was seen of a server: a connection that failed or stood, an answer that was good or bad (or none came). */
export const Sight = { ConnectionFailed: 0, Connected: 1, BadAnswer: 2, GoodAnswer: 3 } as const;

export function observe(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  sight: number,
  context: Context,
): void {
  const settings = config.servers[server];
  if (settings?.observe === undefined) return;
  if (settings.observe === 'layer4' ? sight > Sight.Connected : sight === Sight.Connected) return;
  if (sight === Sight.Connected || sight === Sight.GoodAnswer) {
    state.errors[server] = 0;
    return;
  }
  const errors = (state.errors[server] as number) + 1;
  state.errors[server] = errors;
  if (errors < (settings.errorLimit ?? DEFAULT_ERROR_LIMIT)) return;
  state.errors[server] = 0;
  count(state.counters, server, Counter.HanaFail);
  if (state.admin[server] !== Admin.Maintenance) punish(state, config, server, context);
  const fastinterMs = settings.check?.fastinterMs ?? null;
  if (fastinterMs !== null) advanceCheck(state, config, server, fromMs(fastinterMs), context);
}

/** `mark-down` leaves no health, `sudden-death` one failure to DOWN, and both then count a failed check; so does `fail-check`. */
function punish(state: LoadBalancerState, config: LoadBalancerConfig, server: number, context: Context): void {
  const onError = config.servers[server]?.onError ?? 'fail-check';
  if (onError === 'fastinter') return;
  const counts = countsOf(config, server);
  let health = state.health[server] as number;
  if (health === 0) return;
  if (onError === 'mark-down') health = counts.rise;
  else if (onError === 'sudden-death' && health > counts.rise) health = counts.rise + 1;
  setHealth(state, config, server, afterFailure(health, counts), context);
}

/** Is an answer's status one that `observe layer7` takes for good? */
export const isGoodStatus = (status: number): boolean =>
  status >= 100 && (status < 500 || status === 501 || status === 505);
