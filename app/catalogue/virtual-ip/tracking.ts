// The tracking script: runs every `interval` at a fixed phase; `fall` failures in a row count down, `rise` successes up. It asks
// whether the process runs (`killall -0`), so a process that is stopped passes.
import { MS } from '../../foundation/micros.ts';
import type { Context } from '../../simulation/behaviour.ts';
import type { TrackConfig, VirtualIpConfig } from './config.ts';
import { type KeepalivedState, VrrpField } from './state.ts';
import { Timer } from './timer-codes.ts';
import { settle } from './transitions.ts';

/** What starting a shell and looking through the processes takes. */
const SCRIPT_MS = 4;

export function runScript(state: KeepalivedState, config: VirtualIpConfig, context: Context): void {
  const { track } = config;
  if (track === null) return;
  context.after(track.intervalMs * MS, Timer.Script, -1, state.scriptNumber);
  context.work(SCRIPT_MS * MS, Timer.ScriptDone, -1, Math.floor(context.nowUs / MS) | 0);
}

/** `startedMs`: when it began, whole milliseconds. */
export function onScriptDone(
  state: KeepalivedState,
  config: VirtualIpConfig,
  startedMs: number,
  context: Context,
): void {
  const { track } = config;
  if (track === null) return;
  const tookMs = context.nowUs / MS - startedMs;
  const isInTime = tookMs <= (track.timeoutMs ?? track.intervalMs) + SCRIPT_MS;
  count(state, track, isInTime && context.processRuns(track.process));
  context.record(VrrpField.ScriptDown, state.isScriptUp === true ? 0 : 1);
  settle(state, config, context);
}

/** The first result counts at once; afterwards so many in a row as `fall` and `rise` ask for. */
function count(state: KeepalivedState, track: TrackConfig, isGood: boolean): void {
  if (state.isScriptUp === null) state.isScriptUp = isGood;
  else if (isGood === state.isScriptUp) state.contrary = 0;
  else if (++state.contrary >= (isGood ? track.rise : track.fall)) {
    state.isScriptUp = isGood;
    state.contrary = 0;
  }
}
