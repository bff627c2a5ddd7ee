// A monitor beside a replica: it asks the primary every `monitor_interval` whether it is there, by a connection and a query,
// and promotes its own database after `failcount` failures in a row. It cannot see why there is no answer. With a power board it
// makes sure that the old primary is dead; without one it cannot stop it: after a hang or a cut line there are two.
import { fromMs } from '../../foundation/micros.ts';
import type { CallId, Context } from '../../simulation/behaviour.ts';
import { NO_CALL } from '../../simulation/behaviour.ts';
import { Message, Purpose } from '../../simulation/message.ts';
import type { DatabaseConfig } from './config.ts';
import { promote } from './promotion.ts';
import { type DatabaseState, Timer } from './state.ts';

export function startWatching(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  const { monitor } = config;
  if (monitor == null || state.channel.source < 0 || state.watching.armed) return;
  state.watching.armed = true;
  context.timeout(fromMs(monitor.monitorIntervalMs), Timer.Probe, NO_CALL, 0);
}

export function onProbe(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  const { watching, channel, shipping } = state;
  if (config.monitor == null || channel.source < 0 || state.promoting) {
    watching.armed = false;
    return;
  }
  const probe = context.call(shipping.links[channel.source] as number, Message.HealthCheck, Purpose.Check, NO_CALL);
  watching.probe = probe;
  watching.probedUs = context.nowUs;
  context.timeout(fromMs(config.monitor.backendConnectTimeoutMs), Timer.ProbeLimit, probe, 0);
}

export function onProbeLimit(state: DatabaseState, config: DatabaseConfig, call: CallId, context: Context): void {
  if (call !== state.watching.probe) return;
  context.abandon(call);
  probeEnded(state, config, false, context);
}

/** The power board has done its work, over a network of its own: no cut line of the site stops it. */
export function onFenced(state: DatabaseState, context: Context): void {
  const { channel, shipping } = state;
  if (channel.source < 0) return;
  context.powerOff(shipping.peers[channel.source] as number);
  promote(state, false, context);
}

/** The next probe begins an interval after this one began, or at once when this one took longer. */
export function probeEnded(state: DatabaseState, config: DatabaseConfig, isGood: boolean, context: Context): void {
  const { watching } = state;
  watching.probe = NO_CALL;
  if (config.monitor == null) {
    watching.armed = false;
    return;
  }
  watching.failures = isGood ? 0 : watching.failures + 1;
  if (watching.failures >= config.monitor.failcount) {
    watching.decided = true;
    const { stonithMs } = config.monitor;
    if (stonithMs == null) promote(state, false, context);
    else context.timeout(fromMs(stonithMs), Timer.Fenced, NO_CALL, 0);
    return;
  }
  const restUs = watching.probedUs + fromMs(config.monitor.monitorIntervalMs) - context.nowUs;
  context.after(Math.max(1, restUs), Timer.Probe, NO_CALL, 0);
}
