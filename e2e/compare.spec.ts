// Two designs on one clock: one fault for both, the difference in words, one scrubber, and everything by key as well.
import { expect, type Locator, type Page, test } from 'playwright/test';
import { clockIsAtLeast, clockSeconds, killToken, middleOf, openSite } from '../app/headless/drive-page.ts';
import { expectNothingFound, expectNothingInBothThemes } from './axe.ts';
import { pause, speedUp } from './site.ts';

const leftPart = (page: Page, id: string): Locator => page.locator(`.app > .canvas .canvas-node[data-element="${id}"]`);
const rightPart = (page: Page, id: string): Locator => page.locator(`.beside .canvas-node[data-element="${id}"]`);
const row = (page: Page, name: string | RegExp): Locator => page.getByRole('row').filter({ hasText: name });
const right = (page: Page): Locator => page.getByLabel('Design at the right');

async function openCompared(page: Page): Promise<void> {
  await openSite(page, '');
  await page.keyboard.press('v');
  await right(page).selectOption('simple');
  await expect(rightPart(page, 'server')).toBeVisible();
}

test('one fault is given to both, the table says which design is better, and one scrubber moves both', async ({
  page,
}) => {
  await openCompared(page);
  await clockIsAtLeast(page, 3);
  await leftPart(page, 'server1').focus();
  await page.keyboard.press('k');
  await expect(leftPart(page, 'server1')).toHaveAccessibleName(/DEAD/);
  await expect(rightPart(page, 'server')).toHaveAccessibleName(/DEAD/);
  await speedUp(page, 10);
  await clockIsAtLeast(page, 25);
  const answered = row(page, 'Answered since the kill');
  await expect(answered.getByRole('cell').first()).toContainText('better');
  await expect(answered.getByRole('cell').last()).toHaveText(/^[0-3] of \d+/);
  await expect(row(page, 'Longest time without an answer').getByRole('cell').last()).toHaveText(/\d+ s, and still/);
  await expect(row(page, 'Servers to pay for').getByRole('cell').last()).toHaveText(/1 better/);
  await expect(
    page
      .getByRole('region', { name: /^Narration, Simple web stack/ })
      .locator('p')
      .first(),
  ).toHaveText(/The server is dead/);

  await pause(page);
  const scrubber = page.getByRole('slider', { name: 'Time travel, both designs' });
  await scrubber.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => clockSeconds(page)).toBe(0);
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
  await expect.poll(() => clockSeconds(page)).toBeCloseTo(0.5, 5);
  await expect(leftPart(page, 'server1')).not.toHaveAccessibleName(/DEAD/);
  await expect(rightPart(page, 'server')).not.toHaveAccessibleName(/DEAD/);
  await page.keyboard.press('End');
  await expect(leftPart(page, 'server1')).toHaveAccessibleName(/DEAD/);
  await expect(rightPart(page, 'server')).toHaveAccessibleName(/DEAD/);

  await page.keyboard.press('Control+z');
  await expect(rightPart(page, 'server')).not.toHaveAccessibleName(/DEAD/);
  await page.keyboard.press('v');
  await expect(page.locator('.beside')).toHaveCount(0);
  await expect(page.getByRole('slider', { name: 'Time travel' })).toBeVisible();
});

test('a token dropped on the right acts on both; what the left does not have is said', async ({ page }) => {
  await openCompared(page);
  const from = await middleOf(killToken(page));
  const to = await middleOf(rightPart(page, 'mysql'));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 12, from.y + 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
  await expect(rightPart(page, 'mysql')).toHaveAccessibleName(/refuses|down/i);
  await expect(leftPart(page, 'mysql1')).toHaveAccessibleName(/refuses|down/i);

  await leftPart(page, 'lb').focus();
  await page.keyboard.press('k');
  await expect(
    page
      .getByRole('region', { name: /^Narration, Simple web stack/ })
      .locator('p')
      .first(),
  ).toHaveText('The load balancer is not in this design: nothing was done here.');
});

test('one design with one changed setting: fall 3 against fall 2', async ({ page }) => {
  await openSite(page, '');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await right(page).selectOption('setting');
  await expect(page.getByLabel('fall at the right')).toHaveValue('2');
  await expect(rightPart(page, 'server1')).toBeVisible();
  await leftPart(page, 'server1').focus();
  await page.keyboard.press('k');
  await speedUp(page, 10);
  await expect(rightPart(page, 'haproxy')).toHaveAccessibleName(/Server 1 DOWN/, { timeout: 15_000 });
  await page.getByLabel('fall at the right').fill('0');
  await expect(page.getByText('Give a whole number from 1 to 100.')).toBeVisible();
});

test('design 2 with design 4: the fault goes to the balancer that stands for it, and only one site goes on', async ({
  page,
}) => {
  await openSite(page, '');
  await page.keyboard.press('v');
  await expect(rightPart(page, 'balancer1')).toBeVisible();
  for (const width of [1440, 1280, 1100]) {
    await page.setViewportSize({ width, height: 900 });
    const [speed, timings] = [
      await page.getByLabel('Speed').boundingBox(),
      await page.getByLabel('Timings').boundingBox(),
    ];
    expect((speed?.x ?? 0) + (speed?.width ?? 0), `at ${width} px`).toBeLessThanOrEqual(timings?.x ?? 0);
    await expect(page.locator('time.clock:visible')).toHaveCount(1);
  }
  await clockIsAtLeast(page, 3);
  await leftPart(page, 'lb').focus();
  await page.keyboard.press('k');
  await expect(rightPart(page, 'balancer1')).toHaveAccessibleName(/DEAD/);
  await speedUp(page, 10);
  await clockIsAtLeast(page, 25);
  await expect(row(page, 'Answered since the kill').getByRole('cell').last()).toContainText('better');
});

test('in both themes and at 390 px, axe finds nothing and nothing scrolls sideways', async ({ page }) => {
  await openCompared(page);
  await leftPart(page, 'server1').focus();
  await page.keyboard.press('k');
  await clockIsAtLeast(page, 3);
  await expectNothingInBothThemes(page);
  await page.keyboard.press('t');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(300);
  await expectNothingFound(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.setViewportSize({ width: 1000, height: 800 });
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1000);
});
