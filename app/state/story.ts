// What is told in words: the strip's sentence, the panel's "Since the kill", alarms, and the faults themselves. The page
// starts without it and fetches it right after its first picture.
import type { Reading } from '../drawing/figure.ts';
import type { MonitoringState } from '../drawing/scene-state.ts';
import type { Command } from '../simulation/command.ts';
import type { Action, SinceView, Tool } from './app.ts';
import type { Moment } from './moment.ts';
import type { Measured } from './readings.ts';
import type { Truth } from './truth.ts';

export interface Story {
  /** The one sentence of the strip. */
  narration(moment: Moment, measured: Measured, truth: Truth, readings: Readonly<Record<string, Reading>>): string;
  /** By the token of the tray. */
  readonly faults: Readonly<Record<Tool, Action<string>>>;
  sinceView(measured: Measured, truth: Truth, commands: readonly Command[]): SinceView | null;
  alarmOf(measured: Measured, truth: Truth): string;
  monitoringView(measured: Measured, readings: Readonly<Record<string, Reading>>): MonitoringState | null;
}

let loaded: Story | null = null;

/** Null until it has come. */
export const storyIfLoaded = (): Story | null => loaded;

export async function loadStory(): Promise<void> {
  loaded = (await import('./told.ts')).STORY;
}
