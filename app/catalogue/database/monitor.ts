// A monitor beside a replica: it asks the primary every `monitor_interval` whether it is there, by a connection and a query,
// and promotes its own database after `failcount` failures in a row. It cannot see why there is no answer, and it cannot stop
// the old primary: after a hang or a cut line there are two.
import { fromMs } from '../../foundation/micros.ts';
import type { CallId, Context } from '../../simulation/behaviour.ts';
import { NO_CALL } from '../../simulation/behaviour.ts';
import { Message, Purpose } from '../../simulation/message.ts';
import type { DatabaseConfig } from './config.ts';
import { promote } from './promotion.ts';
import { type DatabaseState, Timer } from './state.ts';

export function startWatching(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  if (config.monitor === undefined || state.channel.source < 0) return;
  context.timeout(fromMs(config.monitor.monitorIntervalMs), Timer.Probe, NO_CALL, 0);
}

export function onProbe(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  const { watching, channel, shipping } = state;
  if (config.monitor === undefined || channel.source < 0 || state.promoting) return;
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

/** The next probe begins an interval after this one began, or at once when this one took longer. */
export function probeEnded(state: DatabaseState, config: DatabaseConfig, isGood: boolean, context: Context): void {
  const { watching } = state;
  watching.probe = NO_CALL;
  if (config.monitor === undefined) return;
  watching.failures = isGood ? 0 : watching.failures + 1;
  if (watching.failures >= config.monitor.failcount) {
    watching.decided = true;
    promote(state, false, context);
    return;
  }
  const restUs = watching.probedUs + fromMs(config.monitor.monitorIntervalMs) - context.nowUs;
  context.after(Math.max(1, restUs), Timer.Probe, NO_CALL, 0);
}
