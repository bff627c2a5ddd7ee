// A server by script, as the recordings used them: any number of requests at a time, each for the time that it asks for
// itself, answered with the status that was set last. Only the replay of recordings knows this kind.
import type { Behaviour } from '../simulation/behaviour.ts';
import { Message, reasonCode } from '../simulation/message.ts';

export interface ScriptedServerConfig {
  /** What a request is answered with. */
  readonly status: number;
  /** What the health page is answered with. */
  readonly healthStatus: number;
}

export const SCRIPTED_SERVER = 'scripted-server';
const TIMER_DONE = 1;
const NONE = reasonCode('none');
const STATUS = reasonCode('status');

export const scriptedServer: Behaviour<ScriptedServerConfig, null> = {
  start: () => null,

  onMessage(_state, config, code, call, context) {
    if (code === Message.HttpRequest) {
      const slot = context.requests.of(context.calls, call);
      const serviceUs = slot < 0 ? 0 : Math.max(0, context.requests.serviceUs[slot] as number);
      context.calls.calleeA[call] = config.status;
      context.after(serviceUs, TIMER_DONE, call, 0);
    } else if (code === Message.HealthCheck) {
      context.answer(call, config.healthStatus, config.healthStatus < 400 ? NONE : STATUS, -1);
    } else context.drop(call);
  },

  onTimer(_state, _config, _timer, call, _data, context) {
    const status = context.calls.calleeA[call] as number;
    const isGood = status < 400;
    context.answer(call, status, isGood ? NONE : STATUS, isGood ? -1 : context.elementOf(context.self));
  },

  onStop() {},
};
