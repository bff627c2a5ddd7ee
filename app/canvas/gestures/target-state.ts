// How an element looks while a fault is in the hand: may it be dropped here, is it over it, or is this no place for it.
import { useMemo } from 'react';
import { inflict } from '../../state/actions/inflict.ts';
import type { App, HandState, Tool } from '../../state/app.ts';
import { useApp, useStoreValue } from '../../ui/app-context.tsx';

export type TargetState = 'none' | 'allowed' | 'over' | 'refused' | 'other';

/** The dashed frame stands so far outside. */
export const FRAME_OUT = 6;

/** Also what an armed fault, taken by tap or key, makes of it. `far`: only what the pointer is over, the rest is `useAim`'s. */
export function useTargetState(id: string, far = false): TargetState {
  const app = useApp();
  return useStoreValue(app.hand, (hand) => targetState(app, hand, id, far));
}

function targetState(app: App, hand: HandState, id: string, far: boolean): TargetState {
  const tool = toolInHand(hand);
  if (tool === null) return 'none';
  if (hand.drag?.over === id) return hand.drag.refusal === null ? 'over' : 'refused';
  if (far) return 'none';
  return isAllowed(app, hand, tool, id) ? 'allowed' : 'other';
}

const toolInHand = ({ drag, armed }: HandState): Tool | null => (drag?.what === 'token' ? drag.tool : armed);

/** Those of `ids` on which the fault in the hand may be dropped; the same list while it cannot have changed. */
export function useAim(ids: readonly string[]): readonly string[] {
  const app = useApp();
  const tool = useStoreValue(app.hand, toolInHand);
  const first = useStoreValue(app.hand, (hand) => hand.first);
  const faults = useStoreValue(app.playback, (playback) => playback.faults);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is allowed follows from the first server and the faults, too.
  return useMemo(() => {
    if (tool === null) return [];
    const hand = app.hand.getState();
    return ids.filter((id) => isAllowed(app, hand, tool, id));
  }, [app, ids, tool, first, faults]);
}

/** Asked of every element whenever the hand changes, so it is remembered until what it depends on does. */
function isAllowed(app: App, hand: HandState, tool: Tool, id: string): boolean {
  const { commands, faults } = app.playback.getState();
  let known = answers.get(app);
  if (known === undefined || !isOf(known, tool, hand.first, commands, faults)) {
    known = { tool, first: hand.first, commands, faults, allowed: new Map() };
    answers.set(app, known);
  }
  const before = known.allowed.get(id);
  if (before !== undefined) return before;
  const isAllowedNow = inflict.refusal(app, { tool, target: id }) === null;
  known.allowed.set(id, isAllowedNow);
  return isAllowedNow;
}

interface Answers {
  readonly tool: Tool;
  readonly first: string | null;
  readonly commands: unknown;
  readonly faults: unknown;
  readonly allowed: Map<string, boolean>;
}

const answers = new WeakMap<App, Answers>();

const isOf = (known: Answers, tool: Tool, first: string | null, commands: unknown, faults: unknown): boolean =>
  known.tool === tool && known.first === first && known.commands === commands && known.faults === faults;
