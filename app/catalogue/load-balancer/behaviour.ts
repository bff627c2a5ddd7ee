// The load balancer: which handler takes which message, timer and word. The way of a request is in request-path.ts and
// failed-attempt.ts, checks are in check-runner.ts, what an operator does in operator.ts.
import { type Behaviour, type CallId, type Context, NO_CALL } from '../../simulation/behaviour.ts';
import { Message, reasonCode } from '../../simulation/message.ts';
import { Belief, Field } from '../../simulation/trace.ts';
import { freshBackend, type LoadBalancerState } from './backend.ts';
import { refreshServer } from './beliefs.ts';
import { onCheckDue, onCheckLimit, onCheckResult, startChecks } from './check-runner.ts';
import type { LoadBalancerConfig } from './config.ts';
import { onAttemptTime, onReply, onRetry } from './failed-attempt.ts';
import { obeyWords, reload } from './operator.ts';
import { onClosed, onQueueTime, onRequest } from './request-path.ts';
import { onWarmStep, settle } from './settle.ts';
import { Timer } from './timers.ts';

const NONE = reasonCode('none');
const STATUS = reasonCode('status');

type State = LoadBalancerState;
type Config = LoadBalancerConfig;

function onMessage(state: State, config: Config, code: number, call: CallId, context: Context): void {
  if (code === Message.HttpRequest) onRequest(state, config, call, context);
  else if (code === Message.Closed) onClosed(state, config, call, context);
  else if (code >= Message.Answer) {
    if (context.calls.parent[call] === NO_CALL) onCheckResult(state, config, code, call, context);
    else onReply(state, config, code, call, context);
  } else if (code === Message.HealthCheck) context.answer(call, 200, NONE, -1);
  else if (code === Message.BinlogEvent) context.drop(call);
  else context.answer(call, 400, STATUS, context.elementOf(context.self));
}

function onTimer(state: State, config: Config, timer: number, call: CallId, data: number, context: Context): void {
  if (timer === Timer.Attempt) onAttemptTime(state, config, call, context);
  else if (timer === Timer.Retry) onRetry(state, config, call, context);
  else if (timer === Timer.Queue) onQueueTime(state, config, call, data, context);
  else if (timer === Timer.Check) onCheckDue(state, config, data, context);
  else if (timer === Timer.CheckLimit) onCheckLimit(state, config, call, context);
  else if (timer === Timer.Warm) onWarmStep(state, config, data, context);
}

export const loadBalancerBehaviour: Behaviour<LoadBalancerConfig, LoadBalancerState> = {
  start(config, _previous, context) {
    const state = freshBackend(config, context);
    for (let server = 0; server < config.servers.length; server++) refreshServer(state, config, server, context);
    startChecks(state, config, context);
    return state;
  },

  onMessage(state, config, code, call, context) {
    onMessage(state, config, code, call, context);
    if (state.hasShifts) settle(state, config, context);
  },

  onTimer(state, config, timer, call, data, context) {
    onTimer(state, config, timer, call, data, context);
    if (state.hasShifts) settle(state, config, context);
  },

  onStop(state, _config, _cause, context) {
    for (const field of [Field.Busy, Field.Queue, Field.Extra]) context.record(field, 0);
    context.record(Field.Turn, -1);
    for (const link of state.links) {
      if (link < 0) continue;
      context.recordLink(link, Belief.Sessions, 0);
      context.recordLink(link, Belief.Queue, 0);
    }
  },

  onReconfigure(state, before, after, context) {
    reload(state, before, after, context);
    if (state.hasShifts) settle(state, after, context);
  },

  onAdmin(state, config, words, context) {
    obeyWords(state, config, words, context);
    if (state.hasShifts) settle(state, config, context);
  },
};
