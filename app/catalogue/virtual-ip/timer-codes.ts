// The timers of one keepalived, and the scatter of a real machine's.
import { type Micros, MS } from '../../foundation/micros.ts';
import type { Context } from '../../simulation/behaviour.ts';
import type { KeepalivedState } from './state.ts';

export const Timer = {
  Begin: 1,
  Down: 2,
  Advert: 3,
  AddAddress: 4,
  AnswerLower: 5,
  AnnounceAgain: 6,
  Script: 7,
  ScriptDone: 8,
  Cable: 9,
} as const;

/** Evenly between two figures in milliseconds. */
export const jitterUs = (state: KeepalivedState, leastMs: number, mostMs: number, context: Context): Micros =>
  Math.round((leastMs + context.draws.uniform(state.jitterStream) * (mostMs - leastMs)) * MS);
