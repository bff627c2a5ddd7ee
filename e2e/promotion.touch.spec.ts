// A promotion on a phone: a tap on the replica opens its settings, a tap makes it the primary; lost writes are read there by name.
import { expect, test } from 'playwright/test';
import { element } from '../app/headless/drive-page.ts';
import { expectNothingFound } from './axe.ts';
import { LOST_WRITES, openPrepared } from './prepared-run.ts';
import { openWatched } from './site.ts';

test('the replica is made the primary by taps', async ({ page }) => {
  await openWatched(page);
  await element(page, 'mysql2').tap();
  const button = page.getByRole('button', { name: 'Make it the primary' });
  expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await button.tap();
  await expect(element(page, 'mysql2')).toHaveAttribute('aria-label', /MySQL primary/);
});

test('lost writes are read by name, nothing is cut off, and a tap shows the way of one', async ({ page }) => {
  await openPrepared(page, 'distributed', LOST_WRITES, 30);
  await page.locator('.sheet-handle').tap();
  await page.getByRole('tab', { name: /^Since/ }).tap();
  const names = page.getByRole('region', { name: 'Writes by name' });
  const first = names.getByRole('button', { name: /^Write/ }).first();
  await first.scrollIntoViewIfNeeded();
  expect((await first.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await expectNothingFound(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await first.tap();
  const shown = page.getByRole('region', { name: 'One request' });
  await expect(shown).toContainText('confirmed, and lost');
  expect(await shown.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0);
});
