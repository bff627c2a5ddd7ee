// The single acts of a VRRP instance: to enter a state, to send an advertisement, to arm its two timers.
import type { Micros } from '../../foundation/micros.ts';
import type { Context } from '../../simulation/behaviour.ts';
import { Message } from '../../simulation/message.ts';
import type { VirtualIpConfig } from './config.ts';
import { type KeepalivedState, VrrpField, VrrpState, type VrrpStateCode } from './state.ts';
import { jitterUs, Timer } from './timer-codes.ts';
import { advertIntUs, downTimerUs } from './vrrp-timers.ts';

const KIND = 'virtual-ip';
/** The down timer fires so much late at most. */
const LATE_MS = 8;

export function enter(state: KeepalivedState, next: VrrpStateCode, context: Context): void {
  state.state = next;
  context.record(VrrpField.Priority, state.priority);
  context.record(VrrpField.State, next);
}

/** The other keepalived, by component index. */
export const peersOf = (context: Context): readonly number[] =>
  [...context.outgoing(), ...context.incoming()].flatMap((link) => (link.peerKind === KIND ? [link.peer] : []));

/** One advertisement to everybody on the VRRP links. */
export function sendAdvertisement(
  state: KeepalivedState,
  config: VirtualIpConfig,
  priority: number,
  context: Context,
): void {
  const word = (config.version << 8) | priority;
  for (const links of [context.outgoing(), context.incoming()]) {
    for (const link of links) {
      if (link.peerKind === KIND) context.cast(link.index, Message.Advertisement, word, config.advertIntMs);
    }
  }
  if (state.state === VrrpState.MASTER) context.record(VrrpField.AdvertMs, context.nowMs);
}

/** The interval drifts by up to a millisecond, and is never shorter. */
export function armAdvert(state: KeepalivedState, config: VirtualIpConfig, context: Context): void {
  state.advertNumber++;
  context.after(advertIntUs(config) + jitterUs(state, 0, 1, context), Timer.Advert, -1, state.advertNumber);
}

/** The backup waits so long from now until it takes the address. */
export function armDownTimerIn(state: KeepalivedState, waitUs: Micros, context: Context): void {
  state.downNumber++;
  const lateUs = jitterUs(state, 0, LATE_MS, context);
  context.after(Math.max(0, waitUs) + lateUs, Timer.Down, -1, state.downNumber);
}

/** The same as a rule: the down timer after the last advertisement that it accepted. */
export function armDownTimer(state: KeepalivedState, config: VirtualIpConfig, context: Context): void {
  const dueUs = state.heardAtUs + downTimerUs(config, state.priority, state.holderIntUs);
  armDownTimerIn(state, dueUs - context.nowUs, context);
}
