// The inspector: each change is a command on the running simulation; a bad value is refused and changes nothing. And the other
// design, and the other timings.
import { expect, type Page, test } from 'playwright/test';
import { clockIsAtLeast, clockSeconds, element } from '../app/headless/drive-page.ts';
import { expectRow, openWatched, panel, rowsOf, sentence, speedUp } from './site.ts';

async function open(page: Page, id: string): Promise<void> {
  await element(page, id).focus();
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('tab', { name: 'Settings' })).toHaveAttribute('aria-selected', 'true');
}

async function set(page: Page, field: string, value: string): Promise<void> {
  const input = panel(page).getByLabel(field, { exact: true }).first();
  await input.fill(value);
  await input.press('Enter');
}

const undo = (page: Page, words: string) => page.getByRole('button', { name: `Undo: ${words}` });

test('a bad value changes nothing; a good one, of users, a server, a part or a line, goes into the run', async ({
  page,
}) => {
  await openWatched(page);
  await open(page, 'users');
  const rate = panel(page).getByLabel('rate', { exact: true });
  for (const bad of ['many', '-1', '1e9', '']) {
    await rate.fill(bad);
    await rate.press('Enter');
    await expect(rate).toHaveAttribute('aria-invalid', 'true');
    await expect(rate).toHaveValue(bad);
    await expect(panel(page).getByRole('alert')).toHaveText('Give 0 /s to 1000 /s.');
  }
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
  await rate.press('Escape');
  await expect(rate).toHaveValue('4 /s');

  // Of the users, and of a server.
  await set(page, 'rate', '6');
  await expect(undo(page, 'change the users')).toBeEnabled();
  await expect(element(page, 'users')).toHaveAccessibleName(/6 req/);
  await set(page, 'writes', '50 %');
  await expect(element(page, 'users')).toHaveAccessibleName(/1 in 2 writes/);

  await open(page, 'server1');
  await set(page, 'Server 1 weight', '3');
  await expect(sentence(page)).toHaveText('HAProxy takes turns by weight: Server 1 gets 3 of 4 requests.');
  await expect(undo(page, 'change HAProxy')).toBeEnabled();
  await undo(page, 'change HAProxy').click();
  await expect(sentence(page)).toHaveText('HAProxy takes turns: each server gets every second request.');

  // Of an app server, a replica and a line.
  await open(page, 'app1');
  await set(page, 'workers', '2');
  await expect(undo(page, 'change the app server on Server 1')).toBeEnabled();
  await open(page, 'mysql2');
  await set(page, 'lag', '2 s');
  await expect(undo(page, 'change the replica on Server 2')).toBeEnabled();
  await page.locator('[data-element="users-haproxy"]').focus();
  await page.keyboard.press('Enter');
  await set(page, 'latency', '400 ms');
  await expect(undo(page, 'change a line')).toBeEnabled();
});

test('HAProxy with fall 1 marks a server DOWN at the first missed check', async ({ page }) => {
  await openWatched(page);
  await open(page, 'haproxy');
  await set(page, 'fall', '1');
  await expect(undo(page, 'change HAProxy')).toBeEnabled();
  await element(page, 'server2').focus();
  await page.keyboard.press('k');
  await speedUp(page, 2);
  await expectRow(page, 'Server 2', 'DOWN');
  expect(await rowsOf(page, 'Server 2')).toEqual(['UP', 'DOWN']);
});

test('the simple stack has one server, and nothing takes over when it dies; other timings are another run', async ({
  page,
}) => {
  await openWatched(page);
  await clockIsAtLeast(page, 1.5);
  await page.getByRole('button', { name: 'Design 1, Simple stack' }).click();
  await expect(element(page, 'server')).toBeVisible();
  await expect(element(page, 'haproxy')).toHaveCount(0);
  await expect(page.getByRole('radiogroup', { name: 'Mode' })).toHaveCount(0);
  await expect(panel(page).getByRole('heading', { level: 3 }).first()).toBeVisible();
  await element(page, 'server').focus();
  await page.keyboard.press('k');
  await expect(sentence(page)).toContainText('The server is dead. There is no second one');
  await page.keyboard.press('2');
  await expect(element(page, 'haproxy')).toBeVisible();

  // The realistic timings start a new run, with forty requests a second.
  await clockIsAtLeast(page, 2);
  await page.getByLabel('Timings').selectOption('realistic');
  await expect.poll(() => clockSeconds(page)).toBeLessThan(2);
  await expect(element(page, 'users')).toHaveAccessibleName(/40 req/);
});

test('what a part states for the issues alone changes no run, brings its issue, and can be taken back', async ({
  page,
}) => {
  await openWatched(page);
  await open(page, 'nginx1');
  const group = panel(page).locator('summary', { hasText: 'Protection, for the issues' });
  await group.focus();
  await page.keyboard.press('Enter');
  const tokens = panel(page).getByLabel('server_tokens', { exact: true });
  await expect(tokens).toHaveValue('not stated');
  await tokens.selectOption('on');
  await expect(undo(page, 'change nginx on Server 1')).toBeEnabled();
  await expect(tokens).toHaveValue('on');

  await panel(page)
    .getByRole('tab', { name: /issues$/ })
    .click();
  await panel(page)
    .getByRole('button', { name: /more: / })
    .click();
  const issue = panel(page).getByText('Version shown: 1 of 2 web servers.');
  await expect(issue).toBeVisible({ timeout: 30_000 });

  await undo(page, 'change nginx on Server 1').click();
  await expect(issue).toBeHidden({ timeout: 30_000 });
});
