// Projector mode: larger, with more contrast, the diagram before everything else; by key and by button; it survives a reload.
import { expect, type Page, test } from 'playwright/test';
import { clockIsAtLeast, element, openSite } from '../app/headless/drive-page.ts';
import { expectNothingInBothThemes } from './axe.ts';

const zoomOf = (page: Page) =>
  page.locator('.react-flow__viewport').evaluate((one) => new DOMMatrix(getComputedStyle(one).transform).a);

test('everything is larger, the panel gives way, and a reload keeps it', async ({ page }) => {
  await openSite(page, '');
  const before = await zoomOf(page);
  await page.keyboard.press('Shift+P');
  await expect.poll(() => zoomOf(page)).toBeGreaterThan(before * 1.15);
  await expect(page.getByRole('complementary', { name: 'Panel' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Projector mode' })).toHaveAttribute('aria-pressed', 'true');
  await clockIsAtLeast(page, 2);
  await expectNothingInBothThemes(page);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(0);

  await page.reload();
  await element(page, 'server1').waitFor();
  await expect.poll(() => zoomOf(page)).toBeGreaterThan(before * 1.15);

  await page.getByRole('button', { name: /issues/ }).click();
  await expect(page.getByRole('complementary', { name: 'Panel' })).toBeVisible();
  await page.getByRole('button', { name: 'Projector mode' }).click();
  await expect.poll(() => zoomOf(page)).toBeCloseTo(before, 2);
});
