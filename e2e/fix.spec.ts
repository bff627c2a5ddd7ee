// An issue, its fix before it is applied, the fix as one act that undo takes back; an issue that is accepted with a reason; and the
// review that has all of it.
import { expect, type Page, test } from 'playwright/test';
import { element, openSite } from '../app/headless/drive-page.ts';
import { expectNothingFound, expectNothingInBothThemes } from './axe.ts';
import { exported, panel, sentence } from './site.ts';

const fixOfSpof = (page: Page) => panel(page).getByRole('button', { name: /^Fix issue 1: Second load balancer/ });
const outcome = (page: Page) => page.getByRole('region', { name: 'What the fix buys' });

const takenFile = async (page: Page, name: string): Promise<Buffer> =>
  (
    await exported(page, async () => {
      await page.getByLabel('Export the picture').click();
      await page.getByRole('button', { name: new RegExp(name) }).click();
    })
  ).bytes;

/** Every issue has its evidence. */
const measured = (page: Page) =>
  expect(panel(page).getByText('Each measured in a run of its own')).toBeVisible({ timeout: 60_000 });

const sidewaysScroll = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test.setTimeout(150_000);

test('look at a fix and leave it, apply it with the keyboard, take it back and do it again', async ({ page }) => {
  await openSite(page, '');
  await measured(page);
  // Left as it is, nothing has changed.
  await fixOfSpof(page).click();
  await page.getByRole('button', { name: 'Leave as it is' }).click();
  await expect(page.locator('.beside')).toHaveCount(0);
  await expect(element(page, 'lb')).toBeVisible();
  await expect(panel(page).getByRole('heading', { name: 'One load balancer, nothing behind it' })).toBeVisible();

  await fixOfSpof(page).focus();
  await page.keyboard.press('Enter');
  const apply = page.getByRole('button', { name: 'Apply' });
  await expect(apply).toBeFocused();
  await expect(page.getByText('Nothing has changed yet.')).toBeVisible();
  await expect(page.locator('.beside .canvas-node[data-element="lb-2"]')).toBeVisible();
  await expect(outcome(page).getByText('Cleared')).toBeVisible({ timeout: 60_000 });
  await expect(outcome(page).getByText('One load balancer, nothing behind it')).toBeVisible();
  await expect(outcome(page).getByRole('row', { name: /Answered, load balancer killed/ })).toContainText('better');
  await expect(outcome(page).getByRole('row', { name: /Servers to pay for/ })).toContainText(/3\s*better/);
  await expectNothingInBothThemes(page);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await page.keyboard.press('Enter');
  await expect(apply).toHaveCount(0);
  await expect(element(page, 'lb-2')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(element(page, 'lb-2')).toHaveCount(0);
  await page.keyboard.press('Control+Shift+z');
  await expect(element(page, 'lb-2')).toBeVisible();
});

test('accept an issue with a reason, and find it in the review', async ({ page }) => {
  await openSite(page, '');
  await measured(page);
  const title = 'Anyone can read the traffic';
  const issue = panel(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: title }) });
  await issue.getByText('More', { exact: true }).click();
  await expect(issue.getByText('Source')).toBeVisible();
  await issue.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(sentence(page)).toHaveText('Give a reason: whoever reads the list after you will ask for it.');
  await issue.getByRole('textbox').fill('A demonstration.');
  await issue.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(panel(page).getByText('1 issue accepted')).toBeVisible();
  await expect(panel(page).getByRole('heading', { name: title })).toHaveCount(0);
  await expectNothingFound(page);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  const markdown = await takenFile(page, 'Review, Markdown');
  expect(markdown.toString()).toContain('A demonstration.');
  expect(markdown.toString()).toContain('Killed it: 0 of');
  const sarif = JSON.parse((await takenFile(page, 'Review, SARIF')).toString()) as {
    runs: { results: { ruleId: string; suppressions?: { justification: string }[] }[] }[];
  };
  const results = sarif.runs[0]?.results ?? [];
  expect(results.find(({ ruleId }) => ruleId === 'SE-03')?.suppressions?.[0]?.justification).toBe('A demonstration.');
  expect(results.filter(({ suppressions }) => suppressions === undefined).length).toBeGreaterThan(5);
  const png = await takenFile(page, 'Review, PNG');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBe(2480);
});

test('the hardened design has no issue above low, and says what it adds', async ({ page }) => {
  await openSite(page, '');
  await page.keyboard.press('5');
  await expect(element(page, 'balancer2')).toBeVisible();
  await expect(panel(page).getByRole('region', { name: 'What it adds to design 4' })).toBeVisible({ timeout: 30_000 });
  await expect(panel(page).getByText(/No issues found in \d+ runs|Each measured in a run/)).toBeVisible({
    timeout: 90_000,
  });
  await expect(
    panel(page).locator(
      '.pin-button[aria-label*="critical"], .pin-button[aria-label*="high"], .pin-button[aria-label*="medium"]',
    ),
  ).toHaveCount(0);
  await expectNothingFound(page);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
});
