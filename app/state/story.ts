// What is told in words: the strip's sentence, the panel's "Since the kill", alarms, and the faults themselves. The page
// starts without it and fetches it right after its first picture.
import { takeLateFigures } from '../catalogue/figures.ts';
import type { Design } from '../design/design.ts';
import type { BuiltInId, Pace } from '../designs/built-in.ts';
import type { Reading } from '../drawing/figure.ts';
import type { MonitoringState } from '../drawing/scene-state.ts';
import type { Command } from '../simulation/command.ts';
import type { Action, SinceView, Tool } from './app.ts';
import type { Moment } from './moment.ts';
import type { Measured } from './readings.ts';
import type { Dress } from './shared-address.ts';
import type { Truth } from './truth.ts';

export interface Story {
  /** The one sentence of the strip. */
  narration(moment: Moment, measured: Measured, truth: Truth, readings: Readonly<Record<string, Reading>>): string;
  /** By the token of the tray. */
  readonly faults: Readonly<Record<Tool, Action<string>>>;
  /** What is told to a database by key. */
  readonly orders: Readonly<Record<'promote' | 'rejoin', Action<string>>>;
  sinceView(measured: Measured, truth: Truth, commands: readonly Command[]): SinceView | null;
  alarmOf(measured: Measured, truth: Truth): string;
  monitoringView(measured: Measured, readings: Readonly<Record<string, Reading>>): MonitoringState | null;
  /** Pictures with what a shared address makes of them, and its facts in rows. */
  dressed(measured: Measured, dress: Dress): Dress;
  addressFacts(measured: Measured): readonly (readonly [string, string])[] | null;
  builtInDesign(id: BuiltInId, timings: Pace): Design;
}

let loaded: Story | null = null;

/** Null until it has come. */
export const storyIfLoaded = (): Story | null => loaded;

export async function loadStory(): Promise<void> {
  const { STORY, LATE_FIGURES } = await import('./told.ts');
  takeLateFigures(LATE_FIGURES);
  loaded = STORY;
}
