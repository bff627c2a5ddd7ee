// A replica is made the primary from its settings; the picture and the facts say so, and undo takes it back.
import { expect, test } from 'playwright/test';
import { clockIsAtLeast, element } from '../app/headless/drive-page.ts';
import { expectNothingInBothThemes } from './axe.ts';
import { openWatched, sentence, tabTo, walkTo } from './site.ts';

test('a replica is promoted, the picture says so, and undo takes it back', async ({ page }) => {
  await openWatched(page);
  await element(page, 'mysql2').click();
  const facts = page.getByRole('region', { name: 'Writes and log' });
  await expect(facts).toContainText('Receiver');
  await page.getByRole('button', { name: 'Make it the primary' }).click();
  await expect(element(page, 'mysql2')).toHaveAttribute('aria-label', /MySQL primary/);
  await expect(page.getByRole('button', { name: 'Make it the primary' })).toHaveCount(0);
  await expect(facts).toContainText('Writes confirmed');
  await page.keyboard.press('Control+z');
  await expect(element(page, 'mysql2')).toHaveAttribute('aria-label', /MySQL replica/);
});

test('by keys: W makes the focused replica the primary, and says why where it cannot', async ({ page }) => {
  await openWatched(page);
  const keys = page.keyboard;
  await tabTo(page, page.locator('.canvas [data-element][tabindex="0"]').first());
  await walkTo(page, 'mysql1');
  await keys.press('w');
  await expect(sentence(page)).toHaveText('The primary on Server 1 takes writes already.');
  await walkTo(page, 'nginx2');
  await keys.press('w');
  await expect(sentence(page)).toHaveText('Choose a database first, then press W.');
  await walkTo(page, 'mysql2');
  await keys.press('w');
  await expect(element(page, 'mysql2')).toHaveAttribute('aria-label', /MySQL primary/);
  await expect(page.getByRole('button', { name: /^Promote, MySQL on Server 2/ })).toBeVisible();
  // The old one joins again: nothing was lost, so its log fits.
  await walkTo(page, 'mysql1');
  await keys.press('j');
  await expect(element(page, 'mysql1')).toHaveAttribute('aria-label', /MySQL replica/);
  await keys.press('?');
  await expect(page.getByRole('dialog')).toContainText('make the replica the primary');
});

test("replication has its settings under the program's names, a change goes into the run, and axe finds nothing", async ({
  page,
}) => {
  await page.goto('');
  await clockIsAtLeast(page, 1);
  await element(page, 'mysql1').click();
  const semi = page.getByLabel('rpl_semi_sync_master_enabled');
  await semi.click();
  await expect(semi).toBeChecked();
  await expect(page.getByLabel('rpl_semi_sync_master_wait_point')).toHaveValue('AFTER_COMMIT');
  await page.getByLabel('rpl_semi_sync_master_wait_point').selectOption('AFTER_SYNC');
  await expect(page.getByLabel('rpl_semi_sync_master_wait_point')).toHaveValue('AFTER_SYNC');
  await expectNothingInBothThemes(page);
  await page.keyboard.press('Control+z');
  await element(page, 'mysql2').click();
  await page.getByLabel('MASTER_DELAY').fill('2 s');
  await page.getByLabel('MASTER_DELAY').press('Enter');
  await expect(page.getByLabel('MASTER_DELAY')).toHaveValue('2 s');
});
