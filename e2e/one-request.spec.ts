// One request: from a failed count to its whole way, to the diagram and back, and stage by stage with the step keys.
import { expect, type Page, test } from 'playwright/test';
import { SECOND } from '../app/foundation/micros.ts';
import { clockSeconds, element } from '../app/headless/drive-page.ts';
import { expectNothingFound, expectNothingInBothThemes } from './axe.ts';
import { openPrepared } from './prepared-run.ts';
import { expectRow, openWatched, panel, sentence } from './site.ts';

const page1 = (page: Page) => page.getByRole('region', { name: 'One request' });
const milliseconds = (text: string): number => Number(text.replace(/,| ms/g, ''));

/** Server 1 dies while a write is on its way to it: the first that fails is one that HAProxy tries again. */
async function failSome(page: Page): Promise<void> {
  await openPrepared(page, 'distributed', [{ type: 'kill', atUs: 8 * SECOND, target: 'server1' }], 15.2);
  await expectRow(page, 'Server 1', 'DOWN');
  await page.getByRole('tab', { name: 'Since the kill' }).click();
}

test('a failed count opens the whole way of one request, its stages add up to all of it, and keys lead on and back', async ({
  page,
}) => {
  await failSome(page);
  await panel(page)
    .getByRole('button', { name: /^failed writes/ })
    .first()
    .click();
  const shown = page1(page);
  await expect(shown).toBeFocused();
  await expect(shown.getByRole('heading', { level: 1 })).toHaveText(/^A write failed after \d/);
  await expect(shown.getByText(/the primary on Server 1/).first()).toBeVisible();
  const stages = shown.getByRole('table').getByRole('row');
  await expect(stages.filter({ hasText: 'Connect to Server 1' })).toContainText('1,000 ms');
  const figures = await shown.locator('tbody td:last-child').allTextContents();
  const total = milliseconds((await shown.locator('.waterfall-total b').last().textContent()) ?? '');
  expect(Math.abs(figures.reduce((sum, text) => sum + milliseconds(text), 0) - total)).toBeLessThan(figures.length);
  await expect(shown.getByText('Server 1 is dead since', { exact: false }).first()).toBeVisible();
  await expect(shown.getByText('UP 2/3', { exact: false }).first()).toBeAttached();
  await expectNothingInBothThemes(page);

  // The next request, Show me on the diagram, and Esc by keyboard.
  await page.keyboard.press('Escape');
  await expect(shown).toHaveCount(0);
  await panel(page)
    .getByRole('button', { name: /^failed writes/ })
    .first()
    .press('Enter');
  const title = page1(page).getByRole('heading', { level: 1 });
  await expect(title).toBeVisible();
  const number = Number(/Request (\d+)/.exec((await page1(page).textContent()) ?? '')?.[1]);
  await page1(page)
    .getByRole('button', { name: `Next request, ${number + 1}` })
    .press('Enter');
  await expect(page1(page)).toContainText(`Request ${number + 1}, sent at`);
  await page.keyboard.press('Escape');
  await expect(page1(page)).toHaveCount(0);
  await panel(page)
    .getByRole('button', { name: /^failed writes/ })
    .first()
    .press('Enter');
  await page1(page).getByRole('button', { name: 'Show me' }).press('Enter');
  await expect(page1(page)).toHaveCount(0);
  await expect(sentence(page)).toHaveText(new RegExp(`^Request ${number}, a write\\.`));
});

test('a bead can be clicked', async ({ page }) => {
  await openWatched(page);
  // Step stands in the middle of a wire, so that there is a bead whose place is known.
  await page.keyboard.press('.');
  await expect(sentence(page)).toHaveText(/^Request \d+, a /);
  for (let press = 0; press < 4; press++) {
    if ((await sentence(page).textContent())?.includes('Users to HAProxy')) break;
    const before = (await sentence(page).textContent()) ?? '';
    await page.keyboard.press('.');
    await expect(sentence(page)).not.toHaveText(before);
  }
  const number = /Request (\d+)/.exec((await sentence(page).textContent()) ?? '')?.[1];
  const middle = await page.evaluate(() => {
    const wire = document.querySelector('[data-element="users-haproxy"] path, path[data-element="users-haproxy"]');
    const line = wire as SVGPathElement;
    const at = line.getPointAtLength(line.getTotalLength() / 2);
    const box = new DOMPoint(at.x, at.y).matrixTransform(line.getScreenCTM() ?? new DOMMatrix());
    return { x: box.x, y: box.y };
  });
  await page.mouse.click(middle.x, middle.y);
  await expect(page1(page)).toContainText(`Request ${number}, sent at`);
});

test('Step follows one request from the click to its answer, then takes up the next', async ({ page }) => {
  await openWatched(page);
  await page.keyboard.press('Space');
  await page.keyboard.press('.');
  await expect(sentence(page)).toHaveText(/^Request \d+, a /);
  const number = Number(/Request (\d+)/.exec((await sentence(page).textContent()) ?? '')?.[1]);
  let [seconds, presses] = [await clockSeconds(page), 0];
  for (; presses < 40; presses++) {
    const before = (await sentence(page).textContent()) ?? '';
    if (/was answered/.test(before)) break;
    await page.keyboard.press('.');
    await expect(sentence(page)).not.toHaveText(before);
    const now = await clockSeconds(page);
    expect(now).toBeGreaterThanOrEqual(seconds);
    seconds = now;
  }
  expect(presses).toBeGreaterThan(8);
  await expect(sentence(page)).toHaveText(new RegExp(`^Request ${number}\\..* was answered in`));
  await page.keyboard.press(',');
  await expect(sentence(page)).toHaveText(new RegExp(`^Request ${number}, a .*Back to the user`));
  await page.keyboard.press('.');
  await page.keyboard.press('.');
  await expect(sentence(page)).toHaveText(new RegExp(`^Request ${number + 1}, a `));
});

test("HAProxy's own statistics of the moment, from the balancer's settings", async ({ page }) => {
  await failSome(page);
  await element(page, 'haproxy').focus();
  await page.keyboard.press('Enter');
  await panel(page).getByRole('button', { name: "HAProxy's statistics" }).click();
  const table = page.getByRole('region', { name: /^HAProxy's statistics of/ }).getByRole('table');
  const row = table.getByRole('row', { name: /^Server 1 DOWN/ });
  await expect(row).toBeVisible();
  // Its checks failed three times, and it went DOWN once.
  await expect(row.getByRole('cell').nth(-2)).toHaveText('3');
  await expect(row.getByRole('cell').last()).toHaveText('1');
  const backend = await table
    .getByRole('row', { name: /^Backend/ })
    .getByRole('cell')
    .allTextContents();
  const frontend = await table
    .getByRole('row', { name: /^Frontend OPEN/ })
    .getByRole('cell')
    .allTextContents();
  expect(backend.slice(3, 9)).toEqual(frontend.slice(3, 9));
  await expectNothingFound(page);
});
