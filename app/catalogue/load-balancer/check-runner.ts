// Runs the health checks of a backend: armed -> under way -> passed, failed or timed out -> pause -> under way again.
// A check is a call on the server's own link, so it finds out what a request would. In maintenance none is sent.
import { fromMs } from '../../foundation/micros.ts';
import { type Context, NO_CALL } from '../../simulation/behaviour.ts';
import { ARRIVED } from '../../simulation/calls.ts';
import { Message, Purpose } from '../../simulation/message.ts';
import { Admin, type LoadBalancerState, setHealth } from './backend.ts';
import type { LoadBalancerConfig } from './config.ts';
import { afterFailure, afterPass, checkLimits, firstCheckDelaysMs, pauseMs } from './health-check.ts';
import { Timer } from './timers.ts';

/** A timer's number is `stamp * SERVERS + server`; config.ts allows 1000 servers. */
const SERVERS = 1024;

/** Arms the first check of every server, spread as HAProxy spreads them. */
export function startChecks(state: LoadBalancerState, config: LoadBalancerConfig, context: Context): void {
  const delays = firstCheckDelaysMs(config.servers.map((server) => server.check));
  delays.forEach((delayMs, server) => {
    if (delayMs !== null) armFirstCheck(state, server, delayMs, context);
  });
}

/** Arms the first check of a server that has none armed or under way with its present stamp. */
export function armFirstCheck(state: LoadBalancerState, server: number, delayMs: number, context: Context): void {
  context.after(fromMs(delayMs), Timer.Check, NO_CALL, timerData(state, server));
}

/** The pauses between checks are few and recur, so their timers are the cheap ones. */
function armNextCheck(state: LoadBalancerState, server: number, delayMs: number, context: Context): void {
  context.timeout(fromMs(delayMs), Timer.Check, NO_CALL, timerData(state, server));
}

const timerData = (state: LoadBalancerState, server: number): number =>
  (state.checkStamps[server] as number) * SERVERS + server;

/** A check is due. */
export function onCheckDue(state: LoadBalancerState, config: LoadBalancerConfig, data: number, context: Context): void {
  const server = data % SERVERS;
  const stamp = Math.floor(data / SERVERS);
  const check = config.servers[server]?.check;
  const link = state.links[server];
  if (check === undefined || check === null || link === undefined || link < 0) return;
  if (state.checkStamps[server] !== stamp) return;
  if (state.admin[server] === Admin.Maintenance) {
    armNextCheck(state, server, check.interMs, context);
    return;
  }
  const code = check.type === 'tcp' ? Message.TcpCheck : Message.HealthCheck;
  const call = context.call(link, code, Purpose.Check, NO_CALL);
  context.calls.callerA[call] = stamp;
  const limits = checkLimits(check, config.timeoutConnectMs, config.timeoutCheckMs);
  context.timeout(fromMs(limits.connectMs), Timer.CheckLimit, call, 0);
}

/** A check has had its time: not connected by now is a failure, connected may have some more time for the answer. */
export function onCheckLimit(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  call: number,
  context: Context,
): void {
  const calls = context.calls;
  const server = state.serverOfLink[calls.link[call] as number] as number;
  const check = config.servers[server]?.check;
  if (check !== undefined && check !== null && calls.has(call, ARRIVED)) {
    const limits = checkLimits(check, config.timeoutConnectMs, config.timeoutCheckMs);
    const restUs = (calls.sentUs[call] as number) + fromMs(limits.answerMs) - context.nowUs;
    if (restUs > 0) {
      context.after(restUs, Timer.CheckLimit, call, 0);
      return;
    }
  }
  endCheck(state, config, call, false, context);
  context.abandon(call);
}

/** What came back for a check: an answer from 200 to 399 passes; anything else, a refusal and a reset fail. */
export function onCheckResult(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  code: number,
  call: number,
  context: Context,
): void {
  const status = context.calls.status[call] as number;
  endCheck(state, config, call, code === Message.Answer && status >= 200 && status < 400, context);
}

function endCheck(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  call: number,
  hasPassed: boolean,
  context: Context,
): void {
  const server = state.serverOfLink[context.calls.link[call] as number] as number;
  const check = config.servers[server]?.check;
  if (check === undefined || check === null) return;
  if (state.checkStamps[server] !== context.calls.callerA[call]) return;
  if (state.admin[server] !== Admin.Maintenance) {
    const health = state.health[server] as number;
    setHealth(state, config, server, hasPassed ? afterPass(health, check) : afterFailure(health, check), context);
  }
  armNextCheck(state, server, pauseMs(state.health[server] as number, check), context);
}
