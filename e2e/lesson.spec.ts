// The explanation beside the issues: each of its five points plays on the diagram, and Stop gives the run back as it was.
import { expect, test } from 'playwright/test';
import { clockIsAtLeast, clockSeconds, element } from '../app/headless/drive-page.ts';
import { openWatched, panel } from './site.ts';

test('a point plays on the diagram step by step, one at a time, and Stop returns to the run', async ({ page }) => {
  await openWatched(page);
  await clockIsAtLeast(page, 2);
  await panel(page).getByRole('tab', { name: 'Explanation' }).click();
  const points = panel(page).getByRole('button', { name: /^Show me: / });
  await expect(points).toHaveCount(5);
  const left = await clockSeconds(page);

  await points.first().click();
  await expect(panel(page)).toContainText(/step 1 of \d/);
  await expect(points).toHaveCount(4);
  await expect(panel(page)).toContainText(/step 2 of \d/, { timeout: 20_000 });
  await points.last().click();
  await expect(panel(page).getByText(/step \d of \d/)).toHaveCount(1);

  await panel(page).getByRole('button', { name: 'Stop' }).click();
  await expect(points).toHaveCount(5);
  await expect(element(page, 'server1')).not.toHaveAccessibleName(/DEAD/);
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
  expect(Math.abs((await clockSeconds(page)) - left)).toBeLessThan(5);
});
