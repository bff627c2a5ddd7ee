// Nothing for axe to find: both themes, after a kill, with settings open, at 200 % and on a narrow page.
import { expect, type Page, test } from 'playwright/test';
import { element } from '../app/headless/drive-page.ts';
import { expectNothingFound, expectNothingInBothThemes } from './axe.ts';
import { openWatched, panel } from './site.ts';

const sidewaysScroll = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('in both themes: at rest, with settings, with the explanation, and after a kill', async ({ page }) => {
  await openWatched(page);
  await expect(panel(page).getByRole('heading', { name: 'Only Server 1 can save data' })).toBeVisible();
  await expectNothingInBothThemes(page);
  await element(page, 'haproxy').click();
  await expect(panel(page).getByRole('region', { name: 'Settings of HAProxy' })).toBeVisible();
  await expectNothingInBothThemes(page);
  await panel(page).getByRole('tab', { name: 'Explanation' }).click();
  await expect(
    panel(page)
      .getByRole('button', { name: /Show me/ })
      .first(),
  ).toBeVisible();
  await expectNothingInBothThemes(page);
  await page.keyboard.press('Escape');
  await element(page, 'server1').focus();
  await page.keyboard.press('k');
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD for/);
  await expect(panel(page).getByRole('tab', { name: 'Since the kill' })).toHaveAttribute('aria-selected', 'true');
  await expectNothingInBothThemes(page);
});

test('at 200 % zoom nothing is lost and nothing scrolls sideways', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    baseURL: baseURL ?? '',
    viewport: { width: 720, height: 450 },
    deviceScaleFactor: 2,
  });
  const page = await context.newPage();
  await openWatched(page);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await expect(page.getByRole('button', { name: /^Kill: make ready/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await element(page, 'server1').focus();
  await page.keyboard.press('k');
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD for/);
  await expectNothingFound(page);
  await context.close();
});

test('at 390 px nothing scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openWatched(page);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await expectNothingFound(page);
});
