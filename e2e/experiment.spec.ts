// The card of an experiment: a fault, what the drawing foretold of it, what the run measured, and the verdict with its pin.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import { element } from '../app/headless/drive-page.ts';
import { openWatched, panel, speedUp } from './site.ts';

test('a server is switched off and repaired: the card says what was expected and what came', async ({ page }) => {
  await openWatched(page);
  await element(page, 'server1').focus();
  await page.keyboard.press('k');
  const card = panel(page).getByRole('region', { name: 'Experiment 1' });
  await expect(card).toContainText('Power off, Server 1, at');
  await expect(card).toContainText('Not settled yet');
  await speedUp(page, 10);
  await expect(card.getByRole('heading', { level: 4 })).toHaveText('As expected: no writes', { timeout: 20_000 });
  await expect(card.getByRole('row', { name: /^Reads served all \d+ of \d+/ })).toBeVisible();
  await expect(card.getByRole('row', { name: /^Writes served none \d+ of \d+/ })).toBeVisible();
  await expect(card.getByRole('row', { name: /^Time to detect 4.9 to 7.2 s [5-7]\.\d s/ })).toBeVisible();
  await expect(card).toContainText('Only Server 1 can save data');
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);

  await page.getByRole('button', { name: 'Repair Server 1' }).click();
  await expect(panel(page).getByRole('tab', { name: 'Experiments' })).toBeVisible();
  await expect(card).toContainText('ended at');
  const pin = card.getByRole('button', { name: /^Go to issue 2/ });
  await pin.focus();
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('tab', { name: /issues$/ })).toHaveAttribute('aria-selected', 'true');
});
