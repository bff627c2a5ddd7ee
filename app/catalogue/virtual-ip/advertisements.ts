// What a keepalived does with an advertisement: the decision tables of RFC 5798 (6.4.2, 6.4.3) with keepalived's additions.
import { MS } from '../../foundation/micros.ts';
import type { Context } from '../../simulation/behaviour.ts';
import type { VirtualIpConfig } from './config.ts';
import { armAdvert, armDownTimer, armDownTimerIn, sendAdvertisement } from './instance.ts';
import { type Heard, type KeepalivedState, VrrpField, VrrpState } from './state.ts';
import { jitterUs, Timer } from './timer-codes.ts';
import { becomeBackup } from './transitions.ts';
import { skewUs } from './vrrp-timers.ts';

/** A holder answers a lower one within so many milliseconds: in four of five cases before that one's address is there. */
const ANSWER_WITHIN_MS = 3.3;

export function hearAdvertisement(
  state: KeepalivedState,
  config: VirtualIpConfig,
  heard: Heard,
  context: Context,
): void {
  if (state.state === VrrpState.BACKUP) hearAsBackup(state, config, heard, context);
  else if (state.state === VrrpState.MASTER) hearAsHolder(state, config, heard, context);
}

function hearAsBackup(state: KeepalivedState, config: VirtualIpConfig, heard: Heard, context: Context): void {
  if (heard.priority === 0) {
    armDownTimerIn(state, skewUs(config.version, state.priority, state.holderIntUs), context);
    return;
  }
  if (heard.priority >= state.priority || config.nopreempt === true) state.delayUntilUs = -1;
  else if (!isDelayed(state, config, context)) return; // its timer runs on from the last one that it accepted
  state.heardAtUs = context.nowUs;
  state.holderIntUs = heard.advertIntUs;
  context.record(VrrpField.AdvertMs, context.nowMs);
  armDownTimer(state, config, context);
}

/** `preempt_delay` begins with the first advertisement of a lower priority; those that come while it runs are accepted. */
function isDelayed(state: KeepalivedState, config: VirtualIpConfig, context: Context): boolean {
  const delayMs = config.preemptDelayMs ?? 0;
  if (delayMs === 0) return false;
  if (state.delayUntilUs < 0) state.delayUntilUs = context.nowUs + delayMs * MS;
  return context.nowUs < state.delayUntilUs;
}

function hearAsHolder(state: KeepalivedState, config: VirtualIpConfig, heard: Heard, context: Context): void {
  if (heard.priority === 0) {
    sendAdvertisement(state, config, state.priority, context);
    armAdvert(state, config, context);
    return;
  }
  const isHigher =
    heard.priority > state.priority ||
    (heard.priority === state.priority && context.addressOf(heard.sender) > context.addressOf(context.self));
  if (isHigher) {
    // No farewell and no gratuitous ARP.
    context.holdAddress(false);
    state.holderIntUs = heard.advertIntUs;
    becomeBackup(state, config, context);
    return;
  }
  state.lowerHeard++;
  context.record(VrrpField.HeardLower, state.lowerHeard);
  context.after(jitterUs(state, 0, ANSWER_WITHIN_MS, context), Timer.AnswerLower, -1, 0);
}
