// keepalived's VRRP instance. State machine: INIT -> BACKUP; BACKUP -> MASTER when no advertisement came before the down timer ran
// out; MASTER -> BACKUP on a higher priority; any -> FAULT while the cable or a script of weight 0 is down (RFC 5798, 6.4).
// Being MASTER and having the address are two things: the kernel keeps the address when keepalived dies.
import { MS } from '../../foundation/micros.ts';
import type { Behaviour, Context } from '../../simulation/behaviour.ts';
import { Message } from '../../simulation/message.ts';
import { hearAdvertisement } from './advertisements.ts';
import type { VirtualIpConfig } from './config.ts';
import { addAddress, announceAgain, answerLower, onAdvertDue, onDownTimer } from './holder.ts';
import { armDownTimer, enter, peersOf } from './instance.ts';
import { type KeepalivedState, VrrpField, VrrpState } from './state.ts';
import { jitterUs, Timer } from './timer-codes.ts';
import { onScriptDone, runScript } from './tracking.ts';
import { settle, stopInstance } from './transitions.ts';
import { effectivePriority } from './vrrp-timers.ts';

/** keepalived needs so long from its start to the state machine (recorded: 13 to 60 ms, mostly below 50). */
const START_MS = { least: 13, most: 48 };

const fresh = (config: VirtualIpConfig, context: Context): KeepalivedState => ({
  state: VrrpState.INIT,
  priority: config.priority,
  isStopped: false,
  hasCable: true,
  isBecoming: false,
  heardMeanwhile: [],
  downNumber: 0,
  advertNumber: 0,
  garpNumber: 0,
  heardAtUs: 0,
  holderIntUs: config.advertIntMs * MS,
  delayUntilUs: -1,
  refreshedAtUs: 0,
  lowerHeard: 0,
  isScriptUp: null,
  scriptNumber: 0,
  contrary: 0,
  jitterStream: context.stream('jitter'),
});

function begin(config: VirtualIpConfig, context: Context): KeepalivedState {
  const state = fresh(config, context);
  context.record(VrrpField.State, VrrpState.INIT);
  context.record(VrrpField.Priority, state.priority);
  context.record(VrrpField.ScriptDown, 0);
  const startUs = jitterUs(state, START_MS.least, START_MS.most, context);
  context.after(startUs, Timer.Begin, -1, 0);
  return state;
}

/**
 * A run begins with a site in operation: who has the highest priority has had the address for long. Started later, every
 * keepalived goes through INIT and BACKUP.
 */
function inOperation(config: VirtualIpConfig, context: Context): KeepalivedState {
  const state = fresh(config, context);
  state.isScriptUp = config.track === null ? null : true;
  state.priority = effectivePriority(config, true);
  state.heardAtUs = context.nowUs;
  const isHolder = peersOf(context).every(
    (peer) => rankOf(context.configOf(peer), peer, context) < rankOf(config, context.self, context),
  );
  enter(state, isHolder ? VrrpState.MASTER : VrrpState.BACKUP, context);
  if (isHolder) {
    context.holdAddress(true);
    context.announceAddress(1);
    state.advertNumber++;
    context.after(jitterUs(state, 0, config.advertIntMs, context), Timer.Advert, -1, state.advertNumber);
  } else armDownTimer(state, config, context);
  if (config.track !== null) {
    const phaseMs = context.draws.uniform(state.jitterStream) * config.track.intervalMs;
    context.after(phaseMs * MS, Timer.Script, -1, state.scriptNumber);
  }
  return state;
}

/** Priority first, then the address (RFC 5798, 6.4.3). */
const rankOf = (config: Readonly<Record<string, unknown>>, component: number, context: Context): number =>
  Number(config['priority']) * 2 ** 32 + context.addressOf(component);

function onTimer(state: KeepalivedState, config: VirtualIpConfig, timer: number, data: number, context: Context): void {
  if (state.isStopped) return;
  if (timer === Timer.Down) onDownTimer(state, config, data, context);
  else if (timer === Timer.Advert) onAdvertDue(state, config, data, context);
  else if (timer === Timer.AddAddress) {
    addAddress(state, config, context);
    const heard = state.heardMeanwhile;
    state.heardMeanwhile = [];
    for (const one of heard) hearAdvertisement(state, config, one, context);
  } else if (timer === Timer.AnswerLower) answerLower(state, config, context);
  else if (timer === Timer.AnnounceAgain) announceAgain(state, data, context);
  else if (timer === Timer.Script && data === state.scriptNumber) runScript(state, config, context);
  else if (timer === Timer.ScriptDone) onScriptDone(state, config, data, context);
  else if (timer === Timer.Cable) {
    state.hasCable = data === 1;
    settle(state, config, context);
  } else if (timer === Timer.Begin) {
    // What an earlier process left on the interface goes first.
    context.holdAddress(false);
    state.hasCable = context.hasCable();
    if (config.track === null) settle(state, config, context);
    else runScript(state, config, context);
  }
}

export const virtualIpBehaviour: Behaviour<VirtualIpConfig, KeepalivedState> = {
  cableTimer: Timer.Cable,

  start(config, previous, context) {
    return context.nowUs === 0 && previous === null ? inOperation(config, context) : begin(config, context);
  },

  onMessage(state, config, code, call, context) {
    if (code !== Message.Advertisement) {
      if (code < Message.Answer) context.drop(call);
      return;
    }
    const { calls } = context;
    const word = calls.data[call] as number;
    const heard = {
      priority: word & 255,
      advertIntUs: (calls.callerA[call] as number) * MS,
      sender: calls.caller[call] as number,
    };
    const version = word >> 8;
    context.drop(call);
    if (state.isStopped || version !== config.version) return;
    // Version 2 takes nothing from a sender with another interval (RFC 3768, 7.1).
    if (version === 2 && heard.advertIntUs !== config.advertIntMs * MS) return;
    if (state.isBecoming) state.heardMeanwhile.push(heard);
    else hearAdvertisement(state, config, heard, context);
  },

  onTimer(state, config, timer, _call, data, context) {
    onTimer(state, config, timer, data, context);
  },

  onStop(_state, _config, _cause, context) {
    context.record(VrrpField.State, VrrpState.INIT);
  },

  onReconfigure(state, before, after, context) {
    if (state.isStopped) return;
    if (before.track === null && after.track !== null) {
      state.scriptNumber++;
      runScript(state, after, context);
    }
    if (after.track === null) {
      state.scriptNumber++;
      state.isScriptUp = null;
      context.record(VrrpField.ScriptDown, 0);
    }
    if (state.state === VrrpState.INIT) return;
    if (state.state === VrrpState.BACKUP) state.holderIntUs = after.advertIntMs * MS;
    settle(state, after, context);
  },

  /** `systemctl stop keepalived`, and `start`. */
  onAdmin(state, config, words, context) {
    if (words[0] === 'stop' && !state.isStopped) stopInstance(state, config, context);
    if (words[0] === 'start' && state.isStopped) Object.assign(state, begin(config, context));
  },
};
