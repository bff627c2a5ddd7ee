// The phone: the diagram turned upright, servers side by side and readable; what is seldom needed behind one button; words that
// speak of taps; issues as a sheet from below; nothing sticks out sideways, in both themes.
import { expect, type Page, test } from 'playwright/test';
import { clockIsAtLeast, element, killToken, openSite } from '../app/headless/drive-page.ts';
import { expectNothingInBothThemes } from './axe.ts';
import { sentence } from './site.ts';

const sidewaysScroll = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const boxOf = async (page: Page, id: string) => {
  const box = await element(page, id).boundingBox();
  if (box === null) throw new Error(`${id} is not on the page.`);
  return box;
};

test('servers side by side below their balancer, parts from above to below', async ({ page }) => {
  await openSite(page, '');
  const users = await boxOf(page, 'users');
  const lb = await boxOf(page, 'lb');
  const [one, two] = [await boxOf(page, 'server1'), await boxOf(page, 'server2')];
  expect(users.y + users.height).toBeLessThan(lb.y);
  expect(lb.y + lb.height).toBeLessThan(one.y);
  expect(one.y).toBeCloseTo(two.y, 0);
  expect(one.x + one.width).toBeLessThan(two.x);
  const parts = await Promise.all(['nginx1', 'app1', 'mysql1'].map((id) => boxOf(page, id)));
  const tops = parts.map((box) => box.y);
  expect([...tops].sort((a, b) => a - b)).toEqual(tops);
  for (const { width } of parts) expect(width).toBeGreaterThan(110);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);

  await clockIsAtLeast(page, 2);
  await expectNothingInBothThemes(page);
  await killToken(page).tap();
  await element(page, 'server1').tap({ position: { x: 12, y: 60 } });
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD for/);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await expectNothingInBothThemes(page);
});

test('words speak of taps, never of keys or of dragging', async ({ page }) => {
  await openSite(page, '');
  const desktopWords = /\bpress\b|\bdrag\b|\bEsc\b/i;
  await expect(page.locator('.canvas-hint')).toHaveText('Start here: tap Kill, then Server 1');
  expect(await page.locator('.app').innerText()).not.toMatch(desktopWords);
  await killToken(page).tap();
  await expect(sentence(page)).toHaveText('Kill is ready. Now tap a server or a part.');
  expect(await page.locator('.app').innerText()).not.toMatch(desktopWords);
});

test('a finger scrolls the page over the diagram; issues come as a sheet; the rest is behind one button', async ({
  page,
}) => {
  await openSite(page, '');
  const touchAction = await element(page, 'nginx1').evaluate((node) => getComputedStyle(node).touchAction);
  expect(touchAction).toBe('pan-y');
  await page
    .getByRole('button', { name: /issues/ })
    .first()
    .tap();
  await expect(page.getByRole('tabpanel')).toBeVisible();
  await page
    .getByRole('button', { name: /issues/ })
    .first()
    .tap();
  await expect(page.getByRole('tabpanel')).toBeHidden();
  await expect(page.getByLabel('Speed')).toBeHidden();
  await page.getByRole('button', { name: 'More', exact: true }).tap();
  await expect(page.getByLabel('Speed')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Step back' })).toBeVisible();
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
});
