// Whether the blast radius is open: all that the page knows of it before it comes. Belongs to a page's `App`, found by
// `blastOf`; what it shows is measured by blast-room.ts.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { App } from './app.ts';

export interface BlastState {
  readonly isOpen: boolean;
}

const blasts = new WeakMap<App, StoreApi<BlastState>>();

/** The store of this page: always the same one for the same app. */
export function blastOf(app: App): StoreApi<BlastState> {
  const known = blasts.get(app);
  if (known !== undefined) return known;
  const store = createStore<BlastState>(() => ({ isOpen: false }));
  blasts.set(app, store);
  return store;
}
