// A replica becomes the primary. (1) STOP SLAVE for the receiver: nothing more is received. (2) The relay log is applied to its
// end, or discarded when the promotion is to be immediate. (3) RESET SLAVE ALL, read_only = OFF: some milliseconds. (4) Its
// log is the log of record from now on, and the applications are told. The old primary is not asked: if it lives, two take writes.
import { MS } from '../../foundation/micros.ts';
import type { Context } from '../../simulation/behaviour.ts';
import { NO_CALL } from '../../simulation/behaviour.ts';
import { Field } from '../../simulation/trace.ts';
import { startChannel, stopReceiver } from './channel.ts';
import { type DatabaseState, Timer } from './state.ts';

/** STOP SLAVE 2 ms, RESET SLAVE ALL 5 ms, read_only = OFF 3 ms: medians of the recordings. */
const STEPS_US = 10 * MS;

export function promote(state: DatabaseState, isImmediate: boolean, context: Context): void {
  if (state.promoting || !state.readOnly) return;
  state.promoting = true;
  stopReceiver(state, context);
  if (isImmediate) discardRelayLog(state, context);
  continuePromotion(state, context);
}

/** RESET SLAVE ALL throws away what is received and not applied. */
function discardRelayLog(state: DatabaseState, context: Context): void {
  context.forgetLog(state.version);
  state.channel.applies = false;
  context.record(Field.Queue, 0);
}

/** Goes on when the relay log is applied, or cannot be applied any further. */
export function continuePromotion(state: DatabaseState, context: Context): void {
  if (!state.promoting) return;
  const isDrained = state.version >= context.writes.historyOf(context.self).length;
  if (isDrained || !state.channel.applies) context.after(STEPS_US, Timer.Promoted, NO_CALL, 0);
}

/** It takes writes from now on. */
export function promoted(state: DatabaseState, context: Context): void {
  stopReceiver(state, context);
  if (state.version < context.writes.historyOf(context.self).length) discardRelayLog(state, context);
  state.channel = startChannel(-1, state.channel);
  state.promoting = false;
  state.readOnly = false;
  context.makeRecord(false);
}
