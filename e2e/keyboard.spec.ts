// The whole story with no pointer at all: find the server, kill it, read why, go back in time, switch, repair, undo, export.
import { expect, test } from 'playwright/test';
import { clock, clockSeconds, element } from '../app/headless/drive-page.ts';
import { expectRow, exported, openWatched, outcomes, panel, sentence, tabTo, thumb, walkTo } from './site.ts';

test('everything that a pointer can do, the keyboard can', async ({ page }) => {
  await openWatched(page);
  const keys = page.keyboard;

  // To the diagram, and over it to Server 1.
  await tabTo(page, page.locator('.canvas [data-element][tabindex="0"]').first());
  await walkTo(page, 'server1');
  await keys.press('k');
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD for/, { timeout: 1_000 });
  await expect(page.getByRole('alert').filter({ hasText: 'Server 1 is dead' })).toHaveCount(1);
  await keys.press(']');
  await expectRow(page, 'Server 1', 'DOWN');
  await expect(outcomes(page)).toContainText('Server 1 is dead');

  // A second kill is refused with a sentence, and a part of a dead server too.
  await keys.press('k');
  await expect(sentence(page)).toHaveText('Server 1 is already dead. Repair it first.');
  await walkTo(page, 'app1');
  await keys.press('k');
  await expect(sentence(page)).toHaveText('Server 1 is already dead. Repair it first.');

  // Through the panel's tabs by arrow keys, to the settings of HAProxy by Enter, and back by Escape.
  await tabTo(page, panel(page).getByRole('tab', { selected: true }));
  await keys.press('ArrowRight');
  await expect(panel(page).getByRole('tab', { name: /issues$/ })).toBeFocused();
  await keys.press('ArrowRight');
  await expect(panel(page).getByRole('tabpanel')).toContainText('Show me');
  await tabTo(page, page.locator('.canvas [data-element][tabindex="0"]').first(), 'Shift+Tab');
  await walkTo(page, 'haproxy');
  await keys.press('Enter');
  await expect(panel(page).getByRole('region', { name: 'Settings of HAProxy' })).toBeVisible();
  await keys.press('Escape');
  await expect(panel(page).getByRole('region', { name: 'Settings of HAProxy' })).toBeHidden();

  // Repair, and undo of the repair.
  await walkTo(page, 'server1');
  await keys.press('u');
  await expect(element(page, 'server1')).not.toHaveAccessibleName(/DEAD/);
  await keys.press('Control+z');
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD for/);

  // Back in time to the start, and to the end again.
  await tabTo(page, thumb(page));
  await keys.press('Space');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  const moment = await clockSeconds(page);
  await keys.press('Home');
  await expect(clock(page)).toHaveText('00:00.0');
  await expect(element(page, 'server1')).not.toHaveAccessibleName(/DEAD/);
  await keys.press('PageUp');
  await keys.press('ArrowRight');
  await expect(clock(page)).toHaveText('00:10.1');
  expect(moment).toBeGreaterThan(2);

  // The mode is a radio button, the picture is behind a disclosure.
  await tabTo(page, page.getByRole('radio', { name: 'active-active' }), 'Shift+Tab');
  await keys.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'active-passive' })).toBeChecked();
  await tabTo(page, page.getByLabel('Export the picture'));
  const svg = await exported(page, async () => {
    await keys.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'SVG to edit', exact: true }));
    await keys.press('Enter');
  });
  expect(svg.bytes.toString('utf8')).toContain('<svg');
});

test('the list of keys opens by its key, traps nothing, and can turn single letters off', async ({ page }) => {
  await openWatched(page);
  // It comes a moment after the page.
  await expect(page.getByRole('button', { name: 'Keys', exact: true })).toBeVisible();
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keys' });
  await expect(list).toBeVisible();
  await list.getByRole('checkbox', { name: 'Keys of a single letter' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await element(page, 'server1').focus();
  await page.keyboard.press('k');
  await page.keyboard.press('t');
  await expect(element(page, 'server1')).not.toHaveAccessibleName(/DEAD/);
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
});

test('a number goes to its issue on the diagram', async ({ page }) => {
  await openWatched(page);
  await expect(panel(page).getByRole('tab', { name: /^[1-9]\d* issues$/ })).toBeVisible();
  await page.keyboard.press('i');
  await page.keyboard.press('2');
  await expect(page.locator('.canvas [data-issue="2"]')).toBeFocused();
});
