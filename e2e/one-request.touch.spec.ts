// One request on a phone: a tap on a failed count opens it over the whole page, nothing is cut off, and a tap goes back.
import { expect, test } from 'playwright/test';
import { killToken } from '../app/headless/drive-page.ts';
import { expectNothingFound } from './axe.ts';
import { openWatched, speedUp } from './site.ts';

test('a failed count leads to the whole way of a request', async ({ page }) => {
  await openWatched(page);
  await killToken(page).tap();
  await page.locator('.canvas-node[data-element="server1"]').tap({ position: { x: 30, y: 20 } });
  await page.getByRole('button', { name: 'More', exact: true }).tap();
  await speedUp(page, 5);
  const handle = page.locator('.sheet-handle');
  await expect(handle).toHaveText(/[1-9]\d* of \d+ failed/, { timeout: 20_000 });
  await handle.tap();
  await page.getByRole('tab', { name: 'Since the kill' }).tap();
  await page
    .getByRole('button', { name: /^failed/ })
    .first()
    .tap();
  const shown = page.getByRole('region', { name: 'One request' });
  await expect(shown.getByRole('heading', { level: 1 })).toHaveText(/failed after/);
  const width = await shown.evaluate((one) => one.scrollWidth - one.clientWidth);
  expect(width).toBeLessThanOrEqual(0);
  await expectNothingFound(page);
  await shown.getByRole('button', { name: 'Diagram' }).tap();
  await expect(shown).toHaveCount(0);
});
