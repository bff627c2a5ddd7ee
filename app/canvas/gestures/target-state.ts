// How an element looks while a fault is in the hand: may it be dropped here, is it over it, or is this no place for it.
import { kill } from '../../state/actions/kill.ts';
import type { App, HandState } from '../../state/app.ts';
import { useApp, useStoreValue } from '../../ui/app-context.tsx';

export type TargetState = 'none' | 'allowed' | 'over' | 'refused' | 'other';

/** Also what an armed fault, taken by tap or key, makes of it. */
export function useTargetState(id: string): TargetState {
  const app = useApp();
  return useStoreValue(app.hand, (hand) => targetState(app, hand, id));
}

function targetState(app: App, hand: HandState, id: string): TargetState {
  const isToken = hand.drag?.what === 'token';
  if (!isToken && hand.armed === null) return 'none';
  if (isToken && hand.drag?.over === id) return hand.drag.refusal === null ? 'over' : 'refused';
  return kill.refusal(app, id) === null ? 'allowed' : 'other';
}
