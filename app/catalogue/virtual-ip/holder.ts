// What a holder does: takes the address, advertises, and tells the neighbours by gratuitous ARP where the address is.
import { MS } from '../../foundation/micros.ts';
import type { Context } from '../../simulation/behaviour.ts';
import { KEEPALIVED_DEFAULTS as KEEPALIVED, type VirtualIpConfig } from './config.ts';
import { armAdvert, enter, sendAdvertisement } from './instance.ts';
import { type KeepalivedState, VrrpField, VrrpState } from './state.ts';
import { jitterUs, Timer } from './timer-codes.ts';

/** From the first advertisement to the address on the interface. */
const ADD_MS = { least: 1, most: 5 };

/** The advertisement goes first, the address follows; what comes in between is read afterwards. */
function takeOver(state: KeepalivedState, config: VirtualIpConfig, context: Context): void {
  state.isBecoming = true;
  state.downNumber++;
  sendAdvertisement(state, config, state.priority, context);
  armAdvert(state, config, context);
  context.after(jitterUs(state, ADD_MS.least, ADD_MS.most, context), Timer.AddAddress, -1, 0);
}

/** The down timer has run out. */
export function onDownTimer(state: KeepalivedState, config: VirtualIpConfig, number: number, context: Context): void {
  if (number !== state.downNumber || state.state !== VrrpState.BACKUP || state.isBecoming) return;
  takeOver(state, config, context);
}

export function addAddress(state: KeepalivedState, config: VirtualIpConfig, context: Context): void {
  if (!state.isBecoming) return; // it has resigned meanwhile
  state.isBecoming = false;
  enter(state, VrrpState.MASTER, context);
  context.record(VrrpField.AdvertMs, context.nowMs);
  context.holdAddress(true);
  announce(state, config.garpMasterRepeat, config.garpMasterDelayMs, context);
}

/** A burst now, and the same once more after the delay. */
function announce(
  state: KeepalivedState,
  repeat: number | undefined,
  delayMs: number | undefined,
  context: Context,
): void {
  const times = repeat ?? KEEPALIVED.garpMasterRepeat;
  if (times === 0) return;
  state.refreshedAtUs = context.nowUs;
  context.announceAddress(times);
  const afterMs = delayMs ?? KEEPALIVED.garpMasterDelayMs;
  if (afterMs > 0) context.after(afterMs * MS, Timer.AnnounceAgain, -1, state.garpNumber * TIMES_BASE + times);
}

/** Repeats stay below this (config.ts), so that both fit into one number. */
const TIMES_BASE = 128;

/** Void when it has not been MASTER all the time. */
export function announceAgain(state: KeepalivedState, data: number, context: Context): void {
  if (Math.floor(data / TIMES_BASE) === state.garpNumber && state.state === VrrpState.MASTER)
    context.announceAddress(data % TIMES_BASE);
}

export function onAdvertDue(state: KeepalivedState, config: VirtualIpConfig, number: number, context: Context): void {
  if (number !== state.advertNumber || state.state !== VrrpState.MASTER) return;
  sendAdvertisement(state, config, state.priority, context);
  armAdvert(state, config, context);
  const refreshMs = config.garpMasterRefreshMs ?? KEEPALIVED.garpMasterRefreshMs;
  if (refreshMs === 0 || context.nowUs - state.refreshedAtUs < refreshMs * MS) return;
  state.refreshedAtUs = context.nowUs;
  context.announceAddress(config.garpMasterRefreshRepeat ?? KEEPALIVED.garpMasterRefreshRepeat);
}

/** A lower MASTER is told at once who holds the address, and so are the neighbours. */
export function answerLower(state: KeepalivedState, config: VirtualIpConfig, context: Context): void {
  if (state.state !== VrrpState.MASTER) return;
  sendAdvertisement(state, config, state.priority, context);
  armAdvert(state, config, context);
  const { garpLowerPrioRepeat, garpLowerPrioDelayMs, garpMasterRepeat, garpMasterDelayMs } = config;
  announce(state, garpLowerPrioRepeat ?? garpMasterRepeat, garpLowerPrioDelayMs ?? garpMasterDelayMs, context);
}
