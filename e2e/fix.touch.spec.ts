// A fix on a phone, by tap alone.
import { expect, test } from 'playwright/test';
import { element, openSite } from '../app/headless/drive-page.ts';

test.setTimeout(120_000);

test('look at a fix and apply it by tap', async ({ page }) => {
  await openSite(page, '');
  await page
    .getByRole('button', { name: /issues/ })
    .first()
    .tap();
  const fix = page.getByRole('button', { name: /^Fix issue 1: Second load balancer/ });
  await fix.tap({ timeout: 60_000 });
  const apply = page.getByRole('button', { name: 'Apply' });
  await expect(apply).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await apply.tap();
  await expect(element(page, 'lb-2')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
