// The ways to kill and to take it back: token, key, tap, a whole server or one part; refusals; repair against undo.
import { expect, test } from 'playwright/test';
import { bareSpotOf, element, holdOver, killToken, middleOf } from '../app/headless/drive-page.ts';
import { expectRow, openWatched, panel, rowsOf, sentence, skip, speedUp } from './site.ts';

const timeTokens = /Go there$/;

test('the Kill token dropped on a server switches it off; over what cannot be killed it says why', async ({ page }) => {
  await openWatched(page);
  await holdOver(page, await middleOf(killToken(page)), await middleOf(element(page, 'users')));
  await expect(element(page, 'users')).toHaveAttribute('data-target', 'refused');
  await expect(page.getByText('This one is not yours to switch off.')).toBeVisible();
  const spot = await bareSpotOf(element(page, 'server2'));
  await page.mouse.move(spot.x, spot.y, { steps: 4 });
  await expect(element(page, 'server2')).toHaveAttribute('data-target', 'over');
  await page.mouse.up();
  await expect(element(page, 'server2')).toHaveAccessibleName(/DEAD for/, { timeout: 1_000 });
  await expect(page.getByRole('button', { name: 'Repair Server 2' })).toBeVisible();
});

test('the token dropped on a part kills its process: the host refuses, and a second kill is refused with a sentence', async ({
  page,
}) => {
  await openWatched(page);
  await holdOver(page, await middleOf(killToken(page)), await middleOf(element(page, 'nginx1')));
  await page.mouse.up();
  await expect(page.getByRole('button', { name: 'Repair nginx on Server 1' })).toBeVisible();
  await expect(element(page, 'server1')).not.toHaveAccessibleName(/DEAD/);
  await skip(page, 9);
  await expectRow(page, 'Server 1', 'DOWN');

  await element(page, 'nginx1').focus();
  await page.keyboard.press('k');
  await expect(sentence(page)).toHaveText('nginx on Server 1 is already dead. Repair it first.');
  await expect(page.getByRole('button', { name: timeTokens })).toHaveCount(1);
});

test('tap, then tap: the token is made ready, the next part gets it, and Esc puts it back; no balancer, no answer', async ({
  page,
}) => {
  await openWatched(page);
  await killToken(page).click();
  await expect(killToken(page)).toHaveAttribute('aria-pressed', 'true');
  await expect(sentence(page)).toHaveText('Kill is ready. Choose a server or a part, or press Esc to put it back.');
  await page.keyboard.press('Escape');
  await expect(killToken(page)).toHaveAttribute('aria-pressed', 'false');
  await killToken(page).click();
  await element(page, 'app2').click();
  await expect(page.getByRole('button', { name: 'Repair app server on Server 2' })).toBeVisible();
  await expect(killToken(page)).toHaveAttribute('aria-pressed', 'false');

  // Everything fails without the load balancer.
  await element(page, 'lb').focus();
  await page.keyboard.press('k');
  await expect(sentence(page)).toHaveText('The load balancer is dead. No request is answered.');
});

test('repair is a new event, and HAProxy takes its time; undo takes the kill back as if it had never been', async ({
  page,
}) => {
  await openWatched(page);
  await element(page, 'server1').focus();
  await page.keyboard.press('k');
  await speedUp(page, 2);
  await expectRow(page, 'Server 1', 'DOWN');
  await page.getByRole('button', { name: 'Repair Server 1' }).click();
  await expect(element(page, 'server1')).not.toHaveAccessibleName(/DEAD/);
  await expect(sentence(page)).toHaveText(
    'Server 1 answers again. HAProxy waits for 2 good checks before it sends requests.',
  );
  await expectRow(page, 'Server 1', 'UP');
  expect(await rowsOf(page, 'Server 1')).toEqual(['UP', 'UP 2/3', 'UP 1/3', 'DOWN', 'DOWN 1/2', 'UP']);
  await expect(page.getByRole('button', { name: timeTokens })).toHaveCount(2);

  await page.getByRole('button', { name: 'Undo: repair Server 1' }).click();
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD for/);
  await page.keyboard.press('Control+z');
  await expectRow(page, 'Server 1', 'UP');
  await expect(page.getByRole('button', { name: timeTokens })).toHaveCount(0);
  await expect(panel(page).getByRole('tab', { name: 'Since the kill' })).toHaveCount(0);
  expect((await rowsOf(page, 'Server 1')).slice(-2), 'no check had to pass').toEqual(['DOWN', 'UP']);

  await page.keyboard.press('Control+Shift+z');
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD for/);
  await expect(page.getByRole('button', { name: 'Undo: power off Server 1' })).toBeEnabled();
});
