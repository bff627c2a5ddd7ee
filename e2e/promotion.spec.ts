// A replica is made the primary from its settings; the picture and the facts say so, and undo takes it back.
import { expect, test } from 'playwright/test';
import { element } from '../app/headless/drive-page.ts';
import { openWatched } from './site.ts';

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
