// Runs the health checks of a backend: armed -> under way -> passed, failed or timed out -> pause -> under way again.
// A check is a call on the server's own link, so it finds out what a request would. In maintenance none is sent.
import { fromMs } from '../../foundation/micros.ts';
import { type Context, NO_CALL } from '../../simulation/behaviour.ts';
import { ARRIVED } from '../../simulation/calls.ts';
import { CheckPage, Message, Purpose } from '../../simulation/message.ts';
import { Admin, type LoadBalancerState } from './backend.ts';
import { changeServer, setHealth } from './beliefs.ts';
import { type CheckConfig, connectTimeoutMs, type LoadBalancerConfig } from './config.ts';
import { Counter, count } from './counters.ts';
import { afterFailure, afterPass, checkLimits, firstCheckDelaysMs, isHealthy, pauseMs } from './health-check.ts';
import { SERVERS, Timer } from './timers.ts';

/** Arms the first check of every server, spread as HAProxy spreads them. */
export function startChecks(state: LoadBalancerState, config: LoadBalancerConfig, context: Context): void {
  const delays = firstCheckDelaysMs(config.servers.map((server) => server.check));
  delays.forEach((delayMs, server) => {
    if (delayMs !== null) armFirstCheck(state, server, delayMs, context);
  });
}

/** Arms the first check of a server that has none armed or under way with its present stamp. */
export function armFirstCheck(state: LoadBalancerState, server: number, delayMs: number, context: Context): void {
  state.checkDueUs[server] = context.nowUs + fromMs(delayMs);
  context.after(fromMs(delayMs), Timer.Check, NO_CALL, timerData(state, server));
}

/** The pauses between checks are few and recur, so their timers are the cheap ones; drawn ones are not. */
function armNextCheck(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  delayMs: number,
  context: Context,
): void {
  const spread = config.spreadChecks ?? 0;
  const delayUs = fromMs(delayMs);
  if (spread === 0) context.timeout(delayUs, Timer.Check, NO_CALL, timerData(state, server));
  const drawn = spread === 0 ? 0 : 2 * context.draws.uniform(state.spreadStream) - 1;
  const spreadUs = Math.round(delayUs * (1 + (drawn * spread) / 100));
  if (spread > 0) context.after(spreadUs, Timer.Check, NO_CALL, timerData(state, server));
  state.checkDueUs[server] = context.nowUs + spreadUs;
}

/** The next check comes after `delayUs` at the latest. One that is under way is not touched. */
export function advanceCheck(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  delayUs: number,
  context: Context,
): void {
  if (context.nowUs + delayUs >= (state.checkDueUs[server] as number)) return;
  if (state.checkDueUs[server] === Number.POSITIVE_INFINITY || !config.servers[server]?.check) return;
  state.checkStamps[server] = (state.checkStamps[server] as number) + 1;
  state.checkDueUs[server] = context.nowUs + delayUs;
  context.timeout(delayUs, Timer.Check, NO_CALL, timerData(state, server));
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
    armNextCheck(state, config, server, check.interMs, context);
    return;
  }
  state.checkDueUs[server] = Number.POSITIVE_INFINITY;
  const code = check.type === 'tcp' ? Message.TcpCheck : Message.HealthCheck;
  const call = context.call(link, code, Purpose.Check, NO_CALL);
  context.calls.callerA[call] = stamp;
  if (check.uri === '/ready') context.calls.data[call] = CheckPage.Ready;
  const limits = checkLimits(check, connectTimeoutMs(config), config.timeoutCheckMs);
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
    const limits = checkLimits(check, connectTimeoutMs(config), config.timeoutCheckMs);
    const restUs = (calls.sentUs[call] as number) + fromMs(limits.answerMs) - context.nowUs;
    if (restUs > 0) {
      context.after(restUs, Timer.CheckLimit, call, 0);
      return;
    }
  }
  endCheck(state, config, call, Result.Failed, context);
  context.abandon(call);
}

/** What a check says: with `disable-on-404` a server may pass on the condition that it gets nothing new. */
const Result = { Failed: 0, Passed: 1, PassedStopping: 2 } as const;

/** What came back for a check: an answer from 200 to 399 passes; anything else, a refusal and a reset fail. */
export function onCheckResult(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  code: number,
  call: number,
  context: Context,
): void {
  const status = code === Message.Answer ? (context.calls.status[call] as number) : 0;
  const server = state.serverOfLink[context.calls.link[call] as number] as number;
  const check = config.servers[server]?.check;
  let result: number = status >= 200 && status < 400 ? Result.Passed : Result.Failed;
  if (status === 404 && config.disableOn404 === true && check && isHealthy(state.health[server] as number, check)) {
    result = Result.PassedStopping;
  }
  endCheck(state, config, call, result, context);
}

function endCheck(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  call: number,
  result: number,
  context: Context,
): void {
  const server = state.serverOfLink[context.calls.link[call] as number] as number;
  const check = config.servers[server]?.check;
  if (check === undefined || check === null) return;
  if (state.checkStamps[server] !== context.calls.callerA[call]) return;
  if (state.admin[server] !== Admin.Maintenance) noteResult(state, config, server, check, result, context);
  armNextCheck(state, config, server, pauseMs(state.health[server] as number, check), context);
}

function noteResult(
  state: LoadBalancerState,
  config: LoadBalancerConfig,
  server: number,
  check: CheckConfig,
  result: number,
  context: Context,
): void {
  const health = state.health[server] as number;
  if (result === Result.Failed) {
    if (health > 0) count(state.counters, server, Counter.ChkFail);
    setHealth(state, config, server, afterFailure(health, check), context);
    return;
  }
  state.errors[server] = 0;
  const stopping = result === Result.PassedStopping ? 1 : 0;
  if (state.stopping[server] === stopping) setHealth(state, config, server, afterPass(health, check), context);
  else {
    changeServer(state, config, server, context, () => {
      state.health[server] = afterPass(health, check);
      state.stopping[server] = stopping;
    });
  }
}
