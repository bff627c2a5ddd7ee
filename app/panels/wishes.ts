// What the system asks for, and what the page then looks like: theme and motion as attributes of the page's root, where the
// style sheets find them.
import { isDark, isReduced, type SystemWishes } from '../state/actions/settings.ts';
import type { App } from '../state/app.ts';

const DARK = '(prefers-color-scheme: dark)';
const REDUCED = '(prefers-reduced-motion: reduce)';

export const systemWishes = (): SystemWishes => ({
  dark: matchMedia(DARK).matches,
  reducedMotion: matchMedia(REDUCED).matches,
});

/** Keeps the attributes right from now on. */
export function wearSettings(app: App): void {
  const wear = (): void => {
    const settings = app.settings.getState();
    const wishes = systemWishes();
    note('theme', isDark(settings, wishes) ? 'dark' : 'light');
    note('projector', String(settings.projector));
    note('motion', isReduced(settings, wishes) ? 'reduced' : 'full');
  };
  for (const query of [DARK, REDUCED]) matchMedia(query).addEventListener('change', wear);
  app.settings.subscribe(wear);
  wear();
}

/** Writes only what has changed: whoever watches the attribute looks again at each write. */
function note(name: string, value: string): void {
  const { dataset } = document.documentElement;
  if (dataset[name] !== value) dataset[name] = value;
}
