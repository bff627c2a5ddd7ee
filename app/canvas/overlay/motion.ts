// Whether things may move: the system's wish, or the page's own switch.
import { useSyncExternalStore } from 'react';
import type { App } from '../../state/app.ts';
import { useStoreValue } from '../../ui/app-context.tsx';

const QUERY = '(prefers-reduced-motion: reduce)';

export function useReducedMotion(app: App): boolean {
  const motion = useStoreValue(app.settings, (settings) => settings.motion);
  const systemReduces = useMedia(QUERY);
  return motion === 'system' ? systemReduces : motion === 'reduced';
}

/** Follows a media query. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}
