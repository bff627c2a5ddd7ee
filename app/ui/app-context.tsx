// Hands the page's state down to every component, and lets a component follow one value of a store. This floor knows nothing
// of what the state is: main.tsx says so by adding `app` to `Register`.
import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';

/**
 * Filled from main.tsx, so that this room need not import the state.
 * @public
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is merged with the declaration in main.tsx.
export interface Register {}

export type RegisteredApp = Register extends { app: infer App } ? App : never;

const AppContext = createContext<RegisteredApp | null>(null);

export function AppProvider({ app, children }: { readonly app: RegisteredApp; readonly children: ReactNode }) {
  return <AppContext value={app}>{children}</AppContext>;
}

export function useApp(): RegisteredApp {
  const app = useContext(AppContext);
  if (app === null) throw new Error('useApp is used outside of AppProvider');
  return app;
}

/** Follows a value of a store. The selector returns a primitive or a reference that stays while nothing changes. */
export function useStoreValue<State, Value>(store: StoreApi<State>, selector: (state: State) => Value): Value {
  return useStore(store, selector);
}
