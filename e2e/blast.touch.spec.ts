// The blast radius on a phone: rows as cards, sorted by a choice, and a tap to watch one.
import { expect, test } from 'playwright/test';
import { element, openSite } from '../app/headless/drive-page.ts';
import { expectNothingFound } from './axe.ts';

test('cards under each other, nothing cut off, and a tap watches the run', async ({ page }) => {
  test.slow();
  await openSite(page, '');
  await page.locator('.sheet-handle').tap();
  await page.getByRole('button', { name: 'Blast radius' }).tap();
  const blast = page.getByRole('region', { name: 'Blast radius' });
  await expect(page.locator('.blast-summary')).toHaveText(/were noticed/, { timeout: 20_000 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await expectNothingFound(page);
  const first = blast.getByRole('rowheader').first();
  await expect(first).toHaveText(/Load balancer/);
  await page.getByLabel('Sort by').selectOption('name');
  await expect(first).toHaveText(/App server, Server 1/);
  const watch = blast.getByRole('button', { name: 'Watch Server 1, powered off' });
  const box = await watch.boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  await watch.tap();
  await expect(blast).toHaveCount(0);
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD for/, { timeout: 20_000 });
});
