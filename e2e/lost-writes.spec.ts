// Lost writes by name: a person reads which confirmed writes a crash lost, opens one, and reads what became of it; the counts of
// the settings are the same. Two primaries: the rows that each has alone.
import { expect, type Page, test } from 'playwright/test';
import { element } from '../app/headless/drive-page.ts';
import { expectNothingInBothThemes } from './axe.ts';
import { LOST_WRITES, openPrepared, TWO_PRIMARIES } from './prepared-run.ts';

const names = (page: Page) => page.getByRole('region', { name: 'Writes by name' });

const firstName = (page: Page) =>
  names(page)
    .getByRole('button', { name: /^Write/ })
    .first();

test('the confirmed writes that are lost are named, and a name opens its whole way', async ({ page }) => {
  await openPrepared(page, 'distributed', LOST_WRITES, 30);
  await page.getByRole('tab', { name: /^Since/ }).click();
  const heading = names(page).getByRole('heading', { name: /^\d+ confirmed writes are lost$/ });
  const lost = Number((await heading.textContent())?.split(' ')[0]);
  await page.getByRole('button', { name: /^Name \d+ more$/ }).click();
  await expect(names(page).getByRole('button', { name: /^Write \d+ of user \d+, 00:\d\d\.\d/ })).toHaveCount(lost);
  await element(page, 'mysql2').click();
  await expect(page.getByRole('region', { name: 'Writes and log' })).toContainText(`of them lost ${lost}`);
  await page.getByRole('tab', { name: /^Since/ }).click();

  const first = firstName(page);
  const request = ((await first.textContent()) ?? '').match(/\d+/)?.[0];
  await first.focus();
  await page.keyboard.press('Enter');
  const shown = page.getByRole('region', { name: 'One request' });
  await expect(shown).toContainText(`Request ${request}`);
  await expect(shown).toContainText(
    'At 00:30.0: confirmed, and lost. Only Server 1 has it, and the primary is on Server 2.',
  );
});

test('axe finds nothing in the names, nor in the fate of one', async ({ page }) => {
  await openPrepared(page, 'distributed', TWO_PRIMARIES, 40);
  await page.getByRole('tab', { name: /^Experiments/ }).click();
  await expect(firstName(page)).toBeVisible();
  await expectNothingInBothThemes(page);
  await firstName(page).click();
  await expect(page.getByRole('region', { name: 'One request' })).toContainText('confirmed, and lost');
  await expectNothingInBothThemes(page);
});

test('two primaries: the rows of each alone, and the way back by a copy of the data', async ({ page }) => {
  await openPrepared(page, 'distributed', TWO_PRIMARIES, 40);
  await element(page, 'mysql1').click();
  await expect(names(page).getByRole('heading', { name: /rows are only on Server 1$/ })).toBeVisible();
  await expect(names(page).getByRole('heading', { name: /rows are only on Server 2$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Let it follow the primary' }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const facts = page.getByRole('region', { name: 'Writes and log' });
  await expect(facts).toContainText('error 1236');
  await page.getByRole('button', { name: "Replace its data by the primary's" }).click();
  await expect(facts).not.toContainText('error 1236');
  await expect(element(page, 'mysql1')).toHaveAccessibleName(/MySQL replica/);
  await expect(names(page).getByRole('heading', { name: /only on Server/ })).toHaveCount(0);
});
