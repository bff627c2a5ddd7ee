// Compare on a phone, by tap alone: the designs below each other, one fault for both, one scrubber at the bottom.
import { expect, test } from 'playwright/test';
import { clockIsAtLeast, openSite } from '../app/headless/drive-page.ts';

test('compare, kill and go back by tap', async ({ page }) => {
  await openSite(page, '');
  const more = page.getByRole('button', { name: 'More', exact: true });
  const compare = page.getByRole('button', { name: 'Compare', exact: true });
  await more.tap();
  await compare.tap();
  await more.tap();
  const right = page.getByLabel('Design at the right');
  await right.selectOption('simple');
  await expect(page.locator('.beside .canvas-node[data-element="server"]')).toBeVisible();
  await clockIsAtLeast(page, 2);
  await page.getByRole('button', { name: /^Kill: make ready/ }).tap();
  await page.locator('.beside .canvas-node[data-element="mysql"]').tap();
  await expect(page.locator('.beside .canvas-node[data-element="mysql"]')).toHaveAccessibleName(/refuses|down/i);
  await expect(page.locator('.app > .canvas .canvas-node[data-element="mysql1"]')).toHaveAccessibleName(
    /refuses|down/i,
  );
  await expect(page.getByRole('slider', { name: 'Time travel, both designs' })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await compare.tap();
  await expect(page.locator('.beside')).toHaveCount(0);
});
