// How an element looks while a fault is in the hand: may it be dropped here, is it over it, or is this no place for it.
import { inflict } from '../../state/actions/inflict.ts';
import type { App, HandState } from '../../state/app.ts';
import { useApp, useStoreValue } from '../../ui/app-context.tsx';

export type TargetState = 'none' | 'allowed' | 'over' | 'refused' | 'other';

/** Also what an armed fault, taken by tap or key, makes of it. */
export function useTargetState(id: string): TargetState {
  const app = useApp();
  return useStoreValue(app.hand, (hand) => targetState(app, hand, id));
}

function targetState(app: App, hand: HandState, id: string): TargetState {
  const drag = hand.drag?.what === 'token' ? hand.drag : null;
  const tool = drag?.tool ?? hand.armed;
  if (tool === null) return 'none';
  if (drag?.over === id) return drag.refusal === null ? 'over' : 'refused';
  return inflict.refusal(app, { tool, target: id }) === null ? 'allowed' : 'other';
}
