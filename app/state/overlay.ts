// What the overlay tells the rest of the page: how many requests a bead stands for, and whether the picture is slower than
// the truth. Written a few times a minute, never per frame. Belongs to a page's `App`, found by `overlayOf`.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { App } from './app.ts';

export interface OverlayState {
  /** One bead stands for this many requests. */
  readonly beadScale: 1 | 10 | 100 | 1_000;
  /** Beads are drawn slower than real: the strip says so. */
  readonly stretched: boolean;
}

const overlays = new WeakMap<App, StoreApi<OverlayState>>();

/** The overlay's store of this page: always the same one for the same app. */
export function overlayOf(app: App): StoreApi<OverlayState> {
  const known = overlays.get(app);
  if (known !== undefined) return known;
  const store = createStore<OverlayState>(() => ({ beadScale: 1, stretched: false }));
  overlays.set(app, store);
  return store;
}
