// Active-active and active-passive while the run goes on: the standby waits, takes over, and gives back.
import { expect, test } from 'playwright/test';
import { element } from '../app/headless/drive-page.ts';
import { countOf, expectRow, openWatched, outcomes, sentence, sentencesOf, speedUp } from './site.ts';

const mode = /^active-passive$/;

test('the standby takes no requests, takes over when the active server is marked DOWN, and gives back when it returns', async ({
  page,
}) => {
  await openWatched(page);
  await page.getByText(mode).click();
  await expect(page.getByRole('radio', { name: mode })).toBeChecked();
  await expectRow(page, 'Server 2', 'UP backup');
  await expect(element(page, 'server2')).toHaveAccessibleName(/takes no requests/);
  await expect(sentence(page)).toHaveText(
    'Round robin has nothing to rotate over: Server 1 is the only active server, Server 2 stands by.',
  );

  await element(page, 'server1').focus();
  await page.keyboard.press('k');
  await expect(sentence(page)).toContainText('HAProxy does not know yet and sends it every request');
  await speedUp(page, 2);
  await expectRow(page, 'Server 1', 'DOWN');
  await expect(element(page, 'server2')).toHaveAccessibleName(/took over/);
  await expect.poll(() => countOf(page, /answered on the first try/), { timeout: 15_000 }).toBeGreaterThan(2);
  await expect(outcomes(page)).toContainText('no other active server to try');

  await element(page, 'server1').focus();
  await page.keyboard.press('u');
  await expectRow(page, 'Server 1', 'UP');
  await expect(element(page, 'server2')).toHaveAccessibleName(/takes no requests/);
  expect(await sentencesOf(page)).toEqual(
    expect.arrayContaining([
      'HAProxy marked Server 1 DOWN. The standby, Server 2, takes over.',
      'Server 1 is UP again. HAProxy gives the requests back to it, and Server 2 stands by.',
    ]),
  );

  await page.getByText('active-active').click();
  await expectRow(page, 'Server 2', 'UP');
  await expect(page.getByRole('button', { name: 'Undo: switch to active-active' })).toBeEnabled();
});
