// What follows when a server has gone DOWN or has become usable, once the event that did it is over: sessions are cut, its
// queue is balanced anew, or it takes requests that wait for a server.
import type { Context } from '../../simulation/behaviour.ts';
import { isDown, isUsable, type LoadBalancerState, Shift } from './backend.ts';
import { refreshServer, shift } from './beliefs.ts';
import type { LoadBalancerConfig } from './config.ts';
import { shutDownSessions } from './failed-attempt.ts';
import { redistribute, serveQueues } from './request-path.ts';
import { warmTo } from './slow-start.ts';
import { SERVERS } from './timers.ts';

export function settle(state: LoadBalancerState, config: LoadBalancerConfig, context: Context): void {
  while (state.hasShifts) {
    state.hasShifts = false;
    for (let server = 0; server < state.shifts.length; server++) {
      const what = state.shifts[server] as number;
      state.shifts[server] = Shift.None;
      if (what === Shift.Down) leave(state, config, server, context);
      else if (what === Shift.Usable) serveQueues(state, config, server, context);
    }
  }
}

function leave(state: LoadBalancerState, config: LoadBalancerConfig, server: number, context: Context): void {
  if (config.servers[server]?.onMarkedDown === 'shutdown-sessions') shutDownSessions(state, config, server, context);
  if (config.redispatch !== null) redistribute(state, config, server, context);
}

/** The next step of a slow start is due. */
export function onWarmStep(state: LoadBalancerState, config: LoadBalancerConfig, data: number, context: Context): void {
  const server = data % SERVERS;
  if (state.warmStamps[server] !== Math.floor(data / SERVERS) || isDown(state, config, server)) return;
  warmTo(state, config, server, context);
  refreshServer(state, config, server, context);
  if (isUsable(state, config, server)) shift(state, server, Shift.Usable);
}
