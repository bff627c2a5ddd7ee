// What a person did to the run, act by act, so that undo takes back the last one with the future that it caused. Pure.
import type { Design } from '../design/design.ts';
import { DNS, USERS } from '../design/design.ts';
import { patchedPaths } from '../foundation/merge-patch.ts';
import { type Command, inOrder } from '../simulation/command.ts';
import type { Act, HistoryState } from './app.ts';

export const NO_HISTORY: HistoryState = { done: [], undone: [] };

/** The commands of all acts, in the order in which they are carried out. */
export function commandsOf(history: HistoryState): readonly Command[] {
  const without = new Set(history.done.flatMap((act) => act.without ?? []));
  return inOrder(history.done.flatMap((act) => act.commands).filter((command) => !without.has(command)));
}

/** A new act: what was undone before can no longer be done again. */
export function didAct(history: HistoryState, act: Act): HistoryState {
  const last = history.done.at(-1);
  if (last !== undefined && isMovedAgain(last, act)) {
    return { done: [...history.done.slice(0, -1), { ...act, without: last.without ?? [] }], undone: [] };
  }
  const done = last !== undefined && isSameSetting(last, act) ? history.done.slice(0, -1) : history.done;
  return { done: [...done, act], undone: [] };
}

/** What was moved is moved on: one act, from where it was at first. */
function isMovedAgain(before: Act, after: Act): boolean {
  const { without = [], goesOn = false } = after;
  if (!goesOn) return false;
  const isMove = (before.without?.length ?? 0) > 0 && after.commands.length === without.length && without.length > 0;
  return isMove && without.length === before.commands.length && before.commands.every((one) => without.includes(one));
}

/** The same setting turned again at the same moment: one act, with its last value. */
function isSameSetting(before: Act, after: Act): boolean {
  const [one, other] = [before.commands[0], after.commands[0]];
  if (before.commands.length !== 1 || after.commands.length !== 1) return false;
  if (one?.type !== 'reconfigure' || other?.type !== 'reconfigure') return false;
  const keys = (command: { readonly patch: object }) => patchedPaths(command.patch).join();
  return one.atUs === other.atUs && one.target === other.target && keys(one) === keys(other);
}

export function undid(history: HistoryState): HistoryState {
  const last = history.done.at(-1);
  return last === undefined ? history : { done: history.done.slice(0, -1), undone: [...history.undone, last] };
}

export function redid(history: HistoryState): HistoryState {
  const last = history.undone.at(-1);
  return last === undefined ? history : { done: [...history.done, last], undone: history.undone.slice(0, -1) };
}

/** After a change of the drawing: what was done still stands where its target does. Nothing is left to be done again. */
export const edited = (done: readonly Act[], act: Act): HistoryState => ({
  done: [...stillApplying({ done, undone: [] }, (act.edit as NonNullable<Act['edit']>).to).done, act],
  undone: [],
});

/** The acts that another design still knows the targets of. */
export function stillApplying(history: HistoryState, design: Design): HistoryState {
  const ids = new Set([
    USERS,
    DNS,
    ...[...design.hosts, ...design.components, ...design.links].map((element) => element.id),
  ]);
  const keep = (acts: readonly Act[]) =>
    acts
      .map((act) => ({ ...act, commands: act.commands.filter((command) => ids.has(command.target)) }))
      .filter((act) => act.commands.length > 0 || (act.without?.length ?? 0) > 0 || act.edit !== undefined);
  return { done: keep(history.done), undone: [] };
}
