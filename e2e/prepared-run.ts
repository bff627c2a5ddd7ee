// A run to begin a test with: a built-in design, what was done to it, and the moment to look at, as a link would bring it.
import { expect, type Page } from 'playwright/test';
import { type BuiltInId, builtInDesign } from '../app/designs/built-in.ts';
import { formatClock, SECOND } from '../app/foundation/micros.ts';
import { clock } from '../app/headless/drive-page.ts';
import { fragmentOf, textOf } from '../app/platform/run-link.ts';
import type { Command } from '../app/simulation/command.ts';
import { ENGINE_VERSION } from '../app/simulation/engine-version.ts';

/** The primary's line to its replica is cut, it dies, and the replica is promoted: what was confirmed in between is lost. */
export const LOST_WRITES: readonly Command[] = [
  { type: 'cut', atUs: 6 * SECOND, target: 'mysql1-mysql2' },
  { type: 'kill', atUs: 12 * SECOND, target: 'server1' },
  { type: 'admin', atUs: 20 * SECOND, target: 'mysql2', words: ['promote'] },
];

/** And it comes back as it was: two take writes. */
export const TWO_PRIMARIES: readonly Command[] = [
  ...LOST_WRITES,
  { type: 'repair', atUs: 26 * SECOND, target: 'server1' },
  { type: 'repair', atUs: 26 * SECOND, target: 'mysql1-mysql2' },
];

export async function openPrepared(
  page: Page,
  id: BuiltInId,
  commands: readonly Command[],
  seconds: number,
): Promise<void> {
  const acts = commands.map((command) => ({ label: `${command.type} ${command.target}`, commands: [command] }));
  const design = builtInDesign(id, 'classroom');
  const text = textOf({ design, seed: 4, acts, atUs: seconds * SECOND, engine: ENGINE_VERSION });
  await page.goto(`#${await fragmentOf(text)}`);
  await page.locator('.canvas-node').first().waitFor();
  // The run stands at its moment, and what was done until then is told.
  await expect(clock(page)).toHaveText(formatClock(seconds * SECOND));
  if (commands.length > 0) await page.locator('#tab-since').waitFor({ state: 'attached' });
}
