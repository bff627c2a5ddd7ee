// `slowstart`: a server that comes back begins with a sixteenth of its weight (and one connection) and gets more at each step,
// once a second or twenty times in all. Nothing of it holds for a server that is UP when the balancer starts.
import { MS, SECOND } from '../../foundation/micros.ts';
import { type Context, NO_CALL } from '../../simulation/behaviour.ts';
import { FULL_SPEED, type LoadBalancerState } from './backend.ts';
import type { LoadBalancerConfig } from './config.ts';
import { refreshFull } from './slots.ts';
import { SERVERS, Timer } from './timers.ts';

/** HAProxy's timers fire about a millisecond late, and each step is armed by the one before. */
const LATENESS_US = MS;

/** Whole seconds, as HAProxy counts them; 0 is no slow start. */
const slowstartSeconds = (config: LoadBalancerConfig, server: number): number =>
  Math.ceil((config.servers[server]?.slowstartMs ?? 0) / 1000);

/** A server comes back: its weight is small from the first instant. */
export function beginWarmUp(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  context: Context,
): void {
  if (slowstartSeconds(config, server) === 0) return;
  state.warmSinceUs[server] = context.nowUs;
  state.warmStamps[server] = (state.warmStamps[server] as number) + 1;
  warmTo(state, config, server, context);
}

/** The weight and `maxconn` of this instant, and the timer of the next step. The rotation is the caller's to tell. */
export function warmTo(state: LoadBalancerState, config: LoadBalancerConfig, server: number, context: Context): void {
  const seconds = slowstartSeconds(config, server);
  const passed = Math.floor((context.nowUs - (state.warmSinceUs[server] as number)) / SECOND);
  const isOver = passed >= seconds;
  const maxconn = config.servers[server]?.maxconn ?? 0;
  state.warmth[server] = isOver ? FULL_SPEED : Math.floor((FULL_SPEED * passed + seconds) / seconds);
  state.limits[server] =
    isOver || maxconn === 0 ? maxconn : Math.max(1, Math.floor((maxconn * Math.floor((100 * passed) / seconds)) / 100));
  refreshFull(state, config, server);
  if (isOver) return;
  const stepUs = Math.max(SECOND, Math.round((seconds * SECOND) / 20)) + LATENESS_US;
  context.timeout(stepUs, Timer.Warm, NO_CALL, (state.warmStamps[server] as number) * SERVERS + server);
}

/** What was begun is void: the server went away. */
export function endWarmUp(state: LoadBalancerState, config: LoadBalancerConfig, server: number): void {
  state.warmStamps[server] = (state.warmStamps[server] as number) + 1;
  state.warmth[server] = FULL_SPEED;
  state.limits[server] = config.servers[server]?.maxconn ?? 0;
  refreshFull(state, config, server);
}

/** Does it warm up now? */
export const isWarming = (state: LoadBalancerState, server: number): boolean =>
  (state.warmth[server] as number) < FULL_SPEED;
