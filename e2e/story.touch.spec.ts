// The story on a phone, by fingers: tap the token and tap a server, pinch and pan the diagram, pull the sheet up to read.
import { type CDPSession, expect, type Page, test } from 'playwright/test';
import { bareSpotOf, clockIsAtLeast, element, killToken } from '../app/headless/drive-page.ts';
import { expectRow, exported, openWatched, outcomes, rowsOf, sentence, speedUp } from './site.ts';

type Finger = { x: number; y: number };

/** Fingers that move together, each from its first place to its last. */
async function swipe(page: Page, fingers: readonly { from: Finger; to: Finger }[]): Promise<void> {
  const device: CDPSession = await page.context().newCDPSession(page);
  const at = (share: number) =>
    fingers.map(({ from, to }, id) => ({
      id,
      x: from.x + (to.x - from.x) * share,
      y: from.y + (to.y - from.y) * share,
    }));
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { id: number; x: number; y: number }[]) =>
    device.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', at(0));
  for (let step = 1; step <= 10; step++) await send('touchMove', at(step / 10));
  await send('touchEnd', []);
  await device.detach();
}

const view = (page: Page) =>
  page.locator('.react-flow__viewport').evaluate((one) => {
    const { a, e, f } = new DOMMatrix(getComputedStyle(one).transform);
    return { zoom: a, x: e, y: f };
  });

const sidewaysScroll = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('tap the token, tap a server: it dies, HAProxy notices, the sheet says why requests failed', async ({ page }) => {
  await openWatched(page);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await killToken(page).tap();
  await expect(sentence(page)).toContainText('Kill is ready');
  const spot = await bareSpotOf(element(page, 'server1'));
  await page.touchscreen.tap(spot.x, spot.y);
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD for/, { timeout: 1_000 });
  await page.getByRole('button', { name: 'More', exact: true }).tap();
  await speedUp(page, 2);
  await expectRow(page, 'Server 1', 'DOWN');
  expect(await rowsOf(page, 'Server 1')).toEqual(['UP', 'UP 2/3', 'UP 1/3', 'DOWN']);

  await page.getByRole('button', { name: /^Since the kill/ }).tap();
  await expect(outcomes(page)).toBeVisible();
  await expect(outcomes(page)).toContainText('Server 1 is dead');
  await page.getByRole('button', { name: /^Since the kill/ }).tap();
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);

  await page.getByRole('button', { name: 'Repair Server 1' }).tap();
  await expect(element(page, 'server1')).not.toHaveAccessibleName(/DEAD/);
  await expectRow(page, 'Server 1', 'UP');
  await page.getByRole('button', { name: /^Undo: repair/ }).tap();
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD for/);

  const png = await exported(page, async () => {
    await page.getByLabel('Export the picture').tap();
    await page.getByRole('button', { name: 'PNG 1x' }).tap();
  });
  expect(png.bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
});

test('the diagram pinches, and once it is enlarged it pans and the page does not scroll', async ({ page }) => {
  await openWatched(page);
  await clockIsAtLeast(page, 1);
  const box = await page.locator('.canvas').boundingBox();
  if (box === null) throw new Error('There is no diagram.');
  const at = (x: number, y: number): Finger => ({ x: box.x + box.width * x, y: box.y + box.height * y });
  const start = await view(page);

  await swipe(page, [
    { from: at(0.4, 0.9), to: at(0.2, 0.9) },
    { from: at(0.6, 0.9), to: at(0.8, 0.9) },
  ]);
  await expect.poll(async () => (await view(page)).zoom).toBeGreaterThan(start.zoom * 1.3);
  const pinched = await view(page);

  await swipe(page, [{ from: at(0.5, 0.95), to: at(0.3, 0.75) }]);
  await expect.poll(async () => (await view(page)).x).toBeLessThan(pinched.x - 20);
  expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([0, 0]);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
});
