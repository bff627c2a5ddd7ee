// The link: a run copied on one page opens on another at the same second, never in the place of the reader's own, and what is
// open survives a reload.
import { expect, type Page, test } from 'playwright/test';
import { clock, clockIsAtLeast, element } from '../app/headless/drive-page.ts';
import { openWatched, outcomes, pause, sentence, skip, speedUp } from './site.ts';

const share = (page: Page) => page.getByRole('button', { name: 'Share', exact: true });

async function copiedLink(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await share(page).click();
  await expect(sentence(page)).toHaveText(/^Copied a link to this run at \d\d:\d\d\.\d\. It has [\d,]+ characters\.$/);
  return page.evaluate(() => navigator.clipboard.readText());
}

/** What a person sees of the moment. */
async function account(page: Page): Promise<string[]> {
  await expect(outcomes(page)).toContainText('failed');
  return [
    (await clock(page).textContent()) ?? '',
    await outcomes(page).innerText(),
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

async function killedAndPaused(page: Page): Promise<void> {
  await openWatched(page);
  await element(page, 'server1').focus();
  await page.keyboard.press('k');
  await skip(page, 20);
  await pause(page);
}

test('a teacher’s link opens the same incident at the same second, and the way back is one act', async ({
  page,
  browser,
}) => {
  await killedAndPaused(page);
  const before = await settledAccount(page);
  const link = await copiedLink(page);
  expect(link.length).toBeLessThan(600);

  const context = await browser.newContext();
  const student = await context.newPage();
  await openWatched(student);
  await element(student, 'server2').focus();
  await student.keyboard.press('k');
  await student.goto(link);
  await expect(sentence(student)).toHaveText(/^A shared run, paused at 00:/);
  await student.getByRole('tab', { name: 'Since the kill' }).click();
  await expect.poll(() => account(student)).toEqual(before);
  await expect(element(student, 'server1')).toHaveAccessibleName(/DEAD/);

  await student.getByRole('button', { name: 'Back to my run' }).click();
  await expect(element(student, 'server2')).toHaveAccessibleName(/DEAD/);
  await expect(element(student, 'server1')).not.toHaveAccessibleName(/DEAD/);
  expect(student.url()).not.toContain('#');
  await student.getByRole('button', { name: 'Back to the run before' }).click();
  await expect(element(student, 'server1')).toHaveAccessibleName(/DEAD/);
  await context.close();
});

test('a comparison opens on another page with both sides, and survives a reload there', async ({ page, browser }) => {
  test.slow();
  await openWatched(page);
  await page.keyboard.press('v');
  await page.getByLabel('Design at the right').selectOption('setting');
  await page.getByLabel('Setting', { exact: true }).selectOption({ label: 'retries' });
  await page.locator('.app > .canvas .canvas-node[data-element="server1"]').focus();
  await page.keyboard.press('k');
  await speedUp(page, 10);
  await clockIsAtLeast(page, 22);
  await pause(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await share(page).click();
  const left = (one: Page) =>
    one
      .getByRole('region', { name: /, left$/ })
      .locator('p')
      .first();
  await expect(left(page)).toHaveText(/^Copied a link to this comparison at 00:\d\d\.\d\./);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const rows = (one: Page) => one.getByRole('table', { name: /^The difference at/ }).innerText();

  const context = await browser.newContext();
  const student = await context.newPage();
  await student.goto(link);
  await expect(left(student)).toHaveText(/^A shared comparison, paused at 00:/);
  await expect(student.getByLabel('retries at the right')).toHaveValue('2');
  await expect.poll(() => rows(student), { timeout: 20_000 }).toBe(await rows(page));
  await student.getByRole('button', { name: 'Back to my run' }).click();
  await expect(student.locator('.beside')).toHaveCount(0);
  await student.getByRole('button', { name: 'Back to the run before' }).click();
  await expect(student.locator('.beside')).toHaveCount(1);
  await student.reload();
  await expect(student.getByLabel('retries at the right')).toHaveValue('2');
  await context.close();
});

test('the last run survives a reload', async ({ page }) => {
  await killedAndPaused(page);
  const before = await settledAccount(page);
  await page.reload();
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD/);
  await page.getByRole('tab', { name: 'Since the kill' }).click();
  await expect.poll(() => account(page)).toEqual(before);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('a link that cannot be read says so, and what is wrong', async ({ page }) => {
  await page.goto('/#run=broken+link');
  await expect(sentence(page)).toHaveText(
    /^This link holds a design that Spofcheck cannot read\. Here is design 2 instead\. Character 7 of the run/,
  );
  await expect(page.getByRole('button', { name: 'Design 2, Distributed' })).toHaveAttribute('aria-current', 'page');
  await page.evaluate(() => {
    location.hash = '#run=AAAA';
  });
  await expect(sentence(page)).toHaveText(/What was open stays open/);
});

test('where the browser does not copy, the link is shown to be copied by hand', async ({ page }) => {
  await openWatched(page);
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await page.keyboard.press('y');
  const field = page.getByRole('textbox', { name: 'Link' });
  await expect(field).toHaveValue(/#run=[\w-]+$/);
  await page.keyboard.press('Escape');
  await expect(field).toHaveCount(0);
});

test('a browser that keeps nothing runs all the same', async ({ page }) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    }
  });
  await openWatched(page);
  await element(page, 'server1').focus();
  await page.keyboard.press('k');
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD/);
  expect(errors).toEqual([]);
});
