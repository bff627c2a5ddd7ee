// Whose run is open: the reader's own, or one that a link brought. Belongs to a page's `App`, found by `visitOf`; filled by
// run-keeper.ts.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { App } from './app.ts';

export interface VisitState {
  /** The way to the run that was left: what its button says, or null when there is none. */
  readonly way: string | null;
  /** A link that the browser would not copy, to be copied by hand. */
  readonly link: string | null;
  /** Goes back to the run that was left; that one is then kept in turn. */
  goBack(): void;
  /** Keeps the run that is open, one act away, before another takes its place. */
  keepAside(): void;
}

const visits = new WeakMap<App, StoreApi<VisitState>>();

/** The visit's store of this page: always the same one for the same app. */
export function visitOf(app: App): StoreApi<VisitState> {
  const known = visits.get(app);
  if (known !== undefined) return known;
  const store = createStore<VisitState>(() => ({
    way: null,
    link: null,
    goBack: () => undefined,
    keepAside: () => undefined,
  }));
  visits.set(app, store);
  return store;
}
