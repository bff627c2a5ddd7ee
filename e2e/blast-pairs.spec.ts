// Two at once: the pairs that stop together what neither stops alone, foretold and measured, and one of them to watch.
import { expect, test } from 'playwright/test';
import { element, openSite } from '../app/headless/drive-page.ts';
import { expectNothingFound } from './axe.ts';

test('unfold the pairs by key, each as the drawing foretells it, and watch both servers die', async ({ page }) => {
  await openSite(page, '');
  await page.keyboard.press('b');
  const unfold = page.locator('summary').filter({ hasText: 'Two at once' });
  await unfold.focus();
  await page.keyboard.press('Enter');
  await expect(unfold).toContainText('16 pairs stop what neither of the two stops alone.', { timeout: 20_000 });
  const pairs = page.getByRole('table', { name: 'Every two that stop together what neither stops alone' });
  const both = pairs.getByRole('row').filter({ hasText: 'Server 1 and Server 2' }).first();
  await expect(both).toContainText('Everything stops');
  await expect(both).toContainText('expected none');
  await expect(pairs.locator('[data-agrees="false"]')).toHaveCount(0);
  await expectNothingFound(page);
  await both.getByRole('button', { name: 'Watch Server 1 and Server 2, powered off' }).click();
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD for/, { timeout: 20_000 });
  await expect(element(page, 'server2')).toHaveAccessibleName(/DEAD for/);
});
