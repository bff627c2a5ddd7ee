// The few settings that a browser keeps for a person: theme, motion, and whether the first hint is still wanted. A browser
// that keeps nothing (private windows) is fine: the settings are then as at the first visit.
import type { SettingsState } from './app.ts';

export interface Remembered {
  readonly theme: SettingsState['theme'];
  readonly motion: SettingsState['motion'];
  readonly projector: boolean;
  readonly hint: boolean;
  readonly letterKeys: boolean;
}

/** `localStorage`, or what stands in for it. */
export interface Keeper {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** Where things are kept: `own` belongs to this tab alone, `shared` to all tabs. Null: the browser keeps nothing. */
export interface Keepers {
  readonly own: Keeper | null;
  readonly shared: Keeper | null;
}

const KEY = 'spofcheck.settings';
/** The last run of the reader's own (run-keeper.ts). */
export const RUN_KEY = 'spofcheck.run';
const FIRST_VISIT: Remembered = { theme: 'system', motion: 'system', projector: false, hint: true, letterKeys: true };

export function remembered(keeper: Keeper | null): Remembered {
  try {
    const kept: unknown = JSON.parse(keeper?.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return FIRST_VISIT;
    const { theme, motion, projector, hint, letterKeys } = kept as Record<string, unknown>;
    return {
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
      motion: motion === 'full' || motion === 'reduced' ? motion : 'system',
      projector: projector === true,
      hint: hint !== false,
      letterKeys: letterKeys !== false,
    };
  } catch {
    return FIRST_VISIT;
  }
}

export function remember(keeper: Keeper | null, settings: Remembered): void {
  try {
    keeper?.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Nothing is lost but a preference.
  }
}

/** Whether a run is kept at all: without one the page need not wait for what would read it. */
export function hasRun({ own, shared }: Keepers): boolean {
  try {
    return (own?.getItem(RUN_KEY) ?? shared?.getItem(RUN_KEY) ?? null) !== null;
  } catch {
    return false;
  }
}
