// How an element looks while a fault is in the hand: may it be dropped here, is it over it, or is this no place for it.
import { inflict } from '../../state/actions/inflict.ts';
import type { App, HandState, Tool } from '../../state/app.ts';
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
  return isAllowed(app, hand, tool, id) ? 'allowed' : 'other';
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
