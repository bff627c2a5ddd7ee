// The ways between BACKUP, MASTER and FAULT.
import type { Context } from '../../simulation/behaviour.ts';
import type { VirtualIpConfig } from './config.ts';
import { armDownTimer, enter, sendAdvertisement } from './instance.ts';
import { type KeepalivedState, VrrpField, VrrpState } from './state.ts';
import { effectivePriority } from './vrrp-timers.ts';

export function becomeBackup(state: KeepalivedState, config: VirtualIpConfig, context: Context): void {
  state.delayUntilUs = -1;
  state.heardAtUs = context.nowUs;
  state.advertNumber++;
  state.garpNumber++;
  enter(state, VrrpState.BACKUP, context);
  context.record(VrrpField.AdvertMs, context.nowMs);
  armDownTimer(state, config, context);
}

/** Farewell of a holder: priority 0, and the address goes. A cable that is pulled does not carry it. */
function resign(state: KeepalivedState, config: VirtualIpConfig, context: Context): void {
  if (state.state === VrrpState.MASTER || state.isBecoming) sendAdvertisement(state, config, 0, context);
  state.isBecoming = false;
  state.heardMeanwhile = [];
  state.downNumber++;
  state.advertNumber++;
  state.garpNumber++;
  context.holdAddress(false);
}

/** Brings state and priority to what cable and script say. */
export function settle(state: KeepalivedState, config: VirtualIpConfig, context: Context): void {
  if (config.track !== null && state.isScriptUp === null) return; // the script has not run yet
  const isScriptUp = config.track === null || state.isScriptUp === true;
  const before = state.priority;
  state.priority = effectivePriority(config, isScriptUp);
  const isFault = !state.hasCable || (config.track?.weight === 0 && !isScriptUp);
  if (isFault) {
    if (state.state === VrrpState.FAULT) return;
    resign(state, config, context);
    enter(state, VrrpState.FAULT, context);
  } else if (state.state === VrrpState.INIT || state.state === VrrpState.FAULT) {
    becomeBackup(state, config, context);
  } else {
    context.record(VrrpField.Priority, state.priority);
    // The skew follows the priority at once, still from the last accepted advertisement.
    if (state.state === VrrpState.BACKUP && !state.isBecoming && before !== state.priority)
      armDownTimer(state, config, context);
  }
}

/** SIGTERM. */
export function stopInstance(state: KeepalivedState, config: VirtualIpConfig, context: Context): void {
  resign(state, config, context);
  state.isStopped = true;
  enter(state, VrrpState.INIT, context);
}
