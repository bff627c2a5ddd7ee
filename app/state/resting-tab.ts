// The tab that the panel falls back to when the one that was shown has nothing to show any more.
import type { App, SettingsState } from './app.ts';

export const restingTab = (app: Pick<App, 'playback'>): SettingsState['tab'] =>
  app.playback.getState().view?.since == null ? 'issues' : 'since';
