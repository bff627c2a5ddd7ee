// The second run of a comparison, beside the one that is open. Belongs to a page's `App`, found by `besideOf`; what makes it
// comes with the first comparison (beside-room.ts).
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Finding } from '../analysis/finding.ts';
import type { Design } from '../design/design.ts';
import type { BuiltInId } from '../designs/built-in.ts';
import type { App } from './app.ts';

/** What stands on the other side: another design, or the same one with something changed. */
export type BesideChoice =
  | { readonly type: 'design'; readonly id: BuiltInId }
  | {
      readonly type: 'changed';
      readonly changes: readonly { readonly target: string; readonly patch: Readonly<Record<string, unknown>> }[];
      /** What is changed, below the name: `fall 2`. */
      readonly words: string;
    }
  /** With a fix that is looked at before it is applied. */
  | {
      readonly type: 'fixed';
      readonly finding: Finding;
      /** Its number in the list of issues. */
      readonly number: number;
      readonly design: Design;
      /** Ids of what it adds. */
      readonly added: readonly string[];
      /** What the fix changes, each a few words. */
      readonly changes: readonly string[];
    }
  /** As it was opened, without the changes of settings that were made since. */
  | { readonly type: 'as-opened' };

export interface BesideState {
  /** Null while nothing is compared. */
  readonly app: App | null;
  readonly choice: BesideChoice | null;
  choose(choice: BesideChoice): void;
  close(): void;
}

const besides = new WeakMap<App, StoreApi<BesideState>>();

/** The comparison's store of this page: always the same one for the same app. */
export function besideOf(app: App): StoreApi<BesideState> {
  const known = besides.get(app);
  if (known !== undefined) return known;
  const store = createStore<BesideState>(() => ({
    app: null,
    choice: null,
    choose: () => undefined,
    close: () => undefined,
  }));
  besides.set(app, store);
  return store;
}

/** Whose element this is: that of the run beside, or of the one that is open. */
export const sideOf = (app: App, element: Element | null): App =>
  element?.closest('.beside') ? (besideOf(app).getState().app ?? app) : app;
