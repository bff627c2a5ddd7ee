// The card of an experiment: a fault, what the drawing foretold of it, what the run measured, and the verdict with its pin.
import { expect, test } from 'playwright/test';
import { element } from '../app/headless/drive-page.ts';
import { expectNothingFound } from './axe.ts';
import { openWatched, panel, sentence, skip } from './site.ts';

test('a server is switched off and repaired: the card says what was expected and what came', async ({ page }) => {
  await openWatched(page);
  await element(page, 'server1').focus();
  await page.keyboard.press('k');
  const card = panel(page).getByRole('region', { name: 'Experiment 1' });
  await expect(card).toContainText(/Power off Server 1 at \d\d:\d\d\.\d, active-active/);
  await expect(card).toContainText('Not settled yet');
  await skip(page, 60);
  await expect(card.getByRole('heading', { level: 4 })).toHaveText('As expected: no writes', { timeout: 20_000 });
  await expect(card.getByRole('row', { name: /^Reads served all \d+ of \d+/ })).toBeVisible();
  await expect(card.getByRole('row', { name: /^Writes served none \d+ of \d+/ })).toBeVisible();
  await expect(card.getByRole('row', { name: /^Time to detect 4.9 to 7.2 s [5-7]\.\d s/ })).toBeVisible();
  await expect(card).toContainText('Only Server 1 can save data');
  await expectNothingFound(page);

  await page.getByRole('button', { name: 'Repair Server 1' }).click();
  await expect(panel(page).getByRole('tab', { name: 'Experiments' })).toBeVisible();
  await expect(card).toContainText('ended at');
  const pin = card.getByRole('button', { name: /^Go to issue 2/ });
  await pin.focus();
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('tab', { name: /issues$/ })).toHaveAttribute('aria-selected', 'true');
  // The card is still there for whoever comes back to it.
  await panel(page).getByRole('tab', { name: 'Experiments' }).click();
  await expect(card).toContainText('ended at');
});

test('the same again with another seed, the run before one act away; and the same fault in another design', async ({
  page,
}) => {
  await openWatched(page);
  await element(page, 'app1').focus();
  await page.keyboard.press('h');
  const card = panel(page).getByRole('region', { name: 'Experiment 1' });
  await expect(card).toContainText('Hang the app server on Server 1 at');
  await card.getByRole('button', { name: 'Run experiment 1 again with seed 5' }).click();
  await expect(sentence(page)).toHaveText(/^The same acts again, with seed 5/);
  await expect(card.getByRole('button', { name: 'Run experiment 1 again with seed 6' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the run before' }).click();
  // What was shown last, Since, is closed with the run that it was about.
  await panel(page).getByRole('tab', { name: 'Since the hang' }).click();
  await expect(card.getByRole('button', { name: 'Run experiment 1 again with seed 5' })).toBeVisible();

  await card.getByRole('button', { name: 'Compare experiment 1 with another design' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Diagram at the right')).toBeVisible();
});

for (const [key, id, title, verdict] of [
  ['r', 'nginx1', /^Restart nginx on Server 1 at/, /^As expected: everything is served again$/],
  ['f', 'users', /^Flood 40\/s at/, /^As expected: the site cannot keep up$/],
] as const) {
  test(`${key} at ${id}: the card holds the run against the drawing`, async ({ page }) => {
    await openWatched(page);
    await element(page, id).focus();
    await page.keyboard.press(key);
    await skip(page, 60);
    const card = panel(page).getByRole('region', { name: 'Experiment 1' });
    await expect(card.locator('.experiment-fault')).toHaveText(title);
    await expect(card.getByRole('heading', { level: 4 })).toHaveText(verdict, { timeout: 25_000 });
  });
}
