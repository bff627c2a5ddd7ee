// The timeline on a phone: tap an act, move it and delete it by buttons; two fingers zoom; nothing sticks out.
import { expect, type Locator, type Page, test } from 'playwright/test';
import { clockIsAtLeast } from '../app/headless/drive-page.ts';

const thumb = (page: Page) => page.getByRole('slider', { name: 'Time travel' });
const spanS = async (page: Page) =>
  Number(await thumb(page).getAttribute('aria-valuemax')) - Number(await thumb(page).getAttribute('aria-valuemin'));

/** Where the act is drawn: the playhead may stand over it, and a tap there is meant for the act all the same. */
async function tapAt(page: Page, token: Locator): Promise<void> {
  await token.scrollIntoViewIfNeeded();
  const box = await token.locator('span').boundingBox();
  if (box === null) throw new Error('The act is not on the screen.');
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
}

test('tap an act to move it and to delete it; two fingers show less time', async ({ page }) => {
  await page.goto('');
  await clockIsAtLeast(page, 4);
  await page.locator('[data-tool="hang"]').tap();
  await page.locator('.canvas [data-element="app1"]').tap();
  await clockIsAtLeast(page, 6);
  await page.getByRole('button', { name: 'Pause' }).tap();
  const token = page.locator('.time-token');
  await tapAt(page, token);
  const ways = page.locator('.time-token-ways');
  await expect(ways).toBeVisible();
  // It went there: from now on the playhead covers the act for certain.
  await page.locator('.narration').first().tap();
  await expect(ways).toHaveCount(0);
  await tapAt(page, token);
  await expect(ways).toBeVisible();
  const before = await token.getAttribute('aria-label');
  await page.getByRole('button', { name: '1 s earlier' }).tap();
  await expect(token).not.toHaveAccessibleName(before ?? '');
  // Fingers are put where the glass shows the track: the page is longer than the screen.
  await page.locator('.timeline-track').evaluate((one) => one.scrollIntoView({ block: 'center' }));
  const track = await page.locator('.timeline-track').boundingBox();
  if (track === null) throw new Error('The timeline has no track.');
  const client = await page.context().newCDPSession(page);
  const y = track.y + track.height / 2;
  const [left, right] = [track.x + track.width * 0.4, track.x + track.width * 0.6];
  const fingers = (out: number) => [
    { x: left - out, y, id: 0 },
    { x: right + out, y, id: 1 },
  ];
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(0) });
  for (const out of [20, 40, 60]) {
    await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(out) });
  }
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect.poll(() => spanS(page)).toBeLessThan(45);
  await page.getByRole('button', { name: 'Show the whole run' }).tap();
  await tapAt(page, token);
  await page.getByRole('button', { name: 'Delete' }).tap();
  await expect(token).toHaveCount(0);
  const overhang = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overhang()).toBeLessThanOrEqual(0);
});
