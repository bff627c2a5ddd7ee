// Time travel: back before the kill and forward again to the same counts, by keys, by the pointer and by the act's own token.
import { expect, type Page, test } from 'playwright/test';
import { clock, clockIsAtLeast, clockSeconds, element } from '../app/headless/drive-page.ts';
import { expectRow, openWatched, outcomes, panel, pause, sentence, skip, thumb } from './site.ts';

/** All that the panel and HAProxy's rows say of this moment. */
async function account(page: Page): Promise<string[]> {
  const log = page.getByRole('region', { name: 'What happened' });
  return [
    (await clock(page).textContent()) ?? '',
    await outcomes(page).innerText(),
    await log.innerText(),
    (await element(page, 'haproxy').getAttribute('aria-label')) ?? '',
    (await element(page, 'users').getAttribute('aria-label')) ?? '',
  ];
}

/** The same, once the picture has caught up with the paused clock. */
async function settledAccount(page: Page): Promise<string[]> {
  let last = '';
  const isSettled = async () => {
    const before = last;
    last = JSON.stringify(await account(page));
    return last === before;
  };
  await expect.poll(isSettled, { intervals: [250] }).toBe(true);
  return JSON.parse(last);
}

test('back before the kill and forward again comes to the same counts', async ({ page }) => {
  await openWatched(page);
  await element(page, 'server1').focus();
  await page.keyboard.press('k');
  await skip(page, 18);
  await expectRow(page, 'Server 1', 'DOWN');
  await pause(page);
  await expect(outcomes(page)).toContainText('failed');
  const before = await settledAccount(page);

  await thumb(page).focus();
  const steps = Math.floor(await clockSeconds(page));
  for (let step = 0; step < steps; step++) await page.keyboard.press('Shift+ArrowLeft');
  await expect(element(page, 'server1')).not.toHaveAccessibleName(/DEAD/);
  await expect(panel(page).getByRole('tab', { name: 'Since the kill' })).toHaveCount(0);
  for (let step = 0; step < steps; step++) await page.keyboard.press('Shift+ArrowRight');
  await expect(panel(page).getByRole('tab', { name: 'Since the kill' })).toBeVisible();
  await panel(page).getByRole('tab', { name: 'Since the kill' }).click();
  await expect.poll(() => account(page)).toEqual(before);

  await page.getByRole('button', { name: /Server 1.*Go there/i }).click();
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD for 0\.0 s/);
});

test('the pointer on the track travels too, and the run goes on from there', async ({ page }) => {
  await openWatched(page);
  await skip(page, 30);
  const track = await page.locator('.timeline-track').boundingBox();
  if (track === null) throw new Error('The timeline has no track.');
  const limit = Number(await thumb(page).getAttribute('aria-valuemax'));
  await page.mouse.click(track.x + track.width * (10 / limit), track.y + track.height / 2);
  await expect.poll(() => clockSeconds(page)).toBeLessThan(15);
  await clockIsAtLeast(page, 10.5);
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
});

test('play, pause, step and speed', async ({ page }) => {
  await openWatched(page);
  await page.keyboard.press('Space');
  const seconds = await clockSeconds(page);
  await page.keyboard.press('.');
  await expect(sentence(page)).toHaveText(/^Request \d+, a .*\.$/);
  await expect.poll(() => clockSeconds(page)).toBeGreaterThan(seconds);
  await page.keyboard.press('[');
  await expect(page.getByLabel('Speed')).toHaveValue('0.5');
  await page.keyboard.press(']');
  await page.keyboard.press(']');
  await expect(page.getByLabel('Speed')).toHaveValue('2');
  await page.keyboard.press('Space');
  await clockIsAtLeast(page, seconds + 1);
});
