// Theme, motion and which tab the panel shows: settings of the page, not of the run.
import type { App, PlaybackState, SettingsState } from '../app.ts';
import { hadFault } from '../truth.ts';
import { defineAction } from './action.ts';

/** What the person sees now, where the choice is left to the system. */
export interface SystemWishes {
  readonly dark: boolean;
  readonly reducedMotion: boolean;
}

export const toggleTheme = defineAction<SystemWishes>({
  id: 'toggle-theme',
  label: 'Light or dark',
  keys: ['T'],
  perform: (app, wishes) =>
    app.settings.setState({ theme: isDark(app.settings.getState(), wishes) ? 'light' : 'dark' }),
});

export const toggleMotion = defineAction<SystemWishes>({
  id: 'toggle-motion',
  label: 'Motion on or off',
  keys: ['M'],
  perform: (app, wishes) =>
    app.settings.setState({ motion: isReduced(app.settings.getState(), wishes) ? 'full' : 'reduced' }),
});

export const toggleProjector = defineAction({
  id: 'toggle-projector',
  label: 'Projector mode',
  keys: ['Shift+P'],
  perform: (app) => app.settings.setState((settings) => ({ projector: !settings.projector, sheet: false })),
});

export const isDark = (settings: SettingsState, wishes: SystemWishes): boolean =>
  settings.theme === 'dark' || (settings.theme === 'system' && wishes.dark);

export const isReduced = (settings: SettingsState, wishes: SystemWishes): boolean =>
  settings.motion === 'reduced' || (settings.motion === 'system' && wishes.reducedMotion);

export const showTab = defineAction<SettingsState['tab']>({
  id: 'show-tab',
  label: 'Show a tab',
  refusal: (app: App, tab) => (tab === 'since' && !hasExperiments(app.playback.getState()) ? 'No fault is on.' : null),
  perform: (app, tab) => app.settings.setState({ tab }),
});

/** What a fault was about stays to be read when it is over; and it is known before its moment is computed. */
export const hasExperiments = ({ view, computing, commands }: PlaybackState): boolean =>
  view?.since != null || hadFault(commands, view?.nowUs ?? computing?.ofUs ?? 0);

export const toggleSheet = defineAction({
  id: 'toggle-sheet',
  label: 'Open or close the panel',
  perform: (app) => app.settings.setState((settings) => ({ sheet: !settings.sheet })),
});

export const toggleLetterKeys = defineAction({
  id: 'toggle-letter-keys',
  label: 'Keys of a single letter',
  perform: (app) => app.settings.setState((settings) => ({ letterKeys: !settings.letterKeys })),
});
