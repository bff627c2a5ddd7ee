// The blast radius: every server and part killed once, the rows of the engine itself, by mouse and by key, and a run to watch.
import { expect, type Locator, type Page, test } from 'playwright/test';
import { killable, measureFault } from '../app/analysis/blast-radius.ts';
import { measureWith } from '../app/analysis/measure.ts';
import { behaviours } from '../app/catalogue/kinds.ts';
import { knowledge } from '../app/catalogue/knowledge.ts';
import { builtInDesign } from '../app/designs/built-in.ts';
import { textIn } from '../app/exchange/png.ts';
import { clock, clockIsAtLeast, clockSeconds, element, openSite } from '../app/headless/drive-page.ts';
import { expectNothingFound, expectNothingInBothThemes } from './axe.ts';
import { exported, panel } from './site.ts';

const blast = (page: Page): Locator => page.getByRole('region', { name: 'Blast radius' });
const table = (page: Page, name = 'Every server and part killed once'): Locator => page.getByRole('table', { name });
const row = (page: Page, name: string): Locator =>
  blast(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: false }) })
    .first();
const names = async (page: Page): Promise<string[]> =>
  (await table(page).getByRole('rowheader').allInnerTexts()).map((text) => text.split('\n')[0]?.trim() ?? '');
const summary = (page: Page): Locator => page.locator('.blast-summary');

async function openBlast(page: Page, design = '2'): Promise<void> {
  await openSite(page, '');
  if (design !== '2') await page.keyboard.press(design);
  await page.keyboard.press('b');
  await expect(summary(page)).toHaveText(/were noticed/, { timeout: 20_000 });
  await expect(page.locator('.blast-lines > summary')).toHaveText(/noticed/, { timeout: 20_000 });
}

const sidewaysScroll = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('B opens it, worst first; columns sort; Esc goes back to where the focus was', async ({ page }) => {
  await openSite(page, '');
  await element(page, 'server1').focus();
  await page.keyboard.press('b');
  await expect(blast(page)).toBeFocused();
  await expect(summary(page).first()).toHaveText(
    /4 of 10 kills stop writes, 2 of them everything\. 4 of 10 were noticed\./,
  );
  expect((await names(page)).slice(0, 4)).toEqual(['Load balancer', 'HAProxy', 'MySQL primary', 'Server 1']);
  await expect(row(page, 'Server 1')).toContainText('0 of 36');
  await expect(row(page, 'Server 1')).toContainText('expected none');
  await expect(row(page, 'Server 1').getByRole('cell').filter({ hasText: 'by HAProxy' })).toContainText('6.7 s');
  await expect(table(page).getByRole('columnheader', { name: 'Verdict' })).toHaveAttribute('aria-sort', 'descending');
  const detect = table(page).getByRole('columnheader', { name: 'Time to detect' });
  await detect.getByRole('button').click();
  await detect.getByRole('button').click();
  await expect(detect).toHaveAttribute('aria-sort', 'ascending');
  expect((await names(page))[0]).toBe('nginx, Server 2');
  await page.keyboard.press('Escape');
  await expect(blast(page)).toHaveCount(0);
  await expect(element(page, 'server1')).toBeFocused();
});

test('the workers measure what one thread measures, to the last figure; axe finds nothing at any width', async ({
  page,
}) => {
  test.slow();
  await openBlast(page, '4');
  const { name, bytes } = await exported(page, () => blast(page).getByRole('button', { name: 'CSV' }).click());
  expect(name).toBe('blast-radius-kill-scaled-up-web-infrastructure-for-www-foobar-com.csv');
  const lines = bytes.toString('utf8').trimEnd().split('\r\n');
  const columns = lines[0]?.split(',') ?? [];
  const design = builtInDesign('scaled-up', 'classroom');
  const targets = killable(design, knowledge);
  expect(targets.length).toBeGreaterThan(10);
  for (const target of targets) {
    const measure = measureFault(design, { type: 'kill', target }, knowledge, measureWith(behaviours, 4));
    const line = lines.find((one) => one.startsWith(`kill,${target},`));
    // Names may hold a comma: the figures are counted from the end.
    const values = line?.split(',').slice(-(columns.length - 3)) ?? [];
    const shown = Object.fromEntries(columns.slice(3).map((column, index) => [column, values[index]]));
    const seconds = (us: number | null) => (us === null ? '' : String(us / 1e6));
    expect({ target, ...shown }).toMatchObject({
      target,
      verdict: measure.verdict,
      requests: String(measure.requests),
      requests_served: String(measure.answered),
      reads_served: String(measure.readsAnswered),
      writes_served: String(measure.writesAnswered),
      detect_s: seconds(measure.detectUs),
      recover_s: seconds(measure.recoverUs),
      lost_writes: String(measure.lostWrites),
    });
  }

  // Nothing for axe to find, and nothing sticks out, at 1440 px, 390 px and 200 %.
  await page.getByText('Lines, each cut alone').click();
  for (const [width, height] of [
    [1440, 900],
    [1200, 800],
    [1000, 800],
    [720, 450],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect.poll(() => sidewaysScroll(page), `at ${width} px`).toBeLessThanOrEqual(0);
    // The colours of both themes at the widest and the narrowest, where rows are cards; between them the rules about all else.
    if (width === 1440 || width === 390) await expectNothingInBothThemes(page);
    else if (width === 720) await expectNothingFound(page);
    await expect(row(page, 'Data 1').getByRole('button', { name: 'Watch Data 1, powered off' })).toBeVisible();
  }
});

test('by key: from row to row, watch that run, and undo brings the own run back', async ({ page }) => {
  await openSite(page, '');
  await clockIsAtLeast(page, 1);
  await element(page, 'nginx2').focus();
  await page.keyboard.press('k');
  await expect(element(page, 'nginx2')).toHaveAccessibleName(/refuses|down/i);
  await page.keyboard.press('b');
  await expect(summary(page)).toHaveText(/were noticed/, { timeout: 20_000 });
  await blast(page).getByRole('button', { name: 'Watch Load balancer, powered off' }).focus();
  for (let down = 0; down < 3; down++) await page.keyboard.press('ArrowDown');
  await expect(blast(page).getByRole('button', { name: 'Watch Server 1, powered off' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(blast(page)).toHaveCount(0);
  expect(await clockSeconds(page)).toBeLessThan(5);
  await expect(element(page, 'nginx2')).not.toHaveAccessibleName(/refuses|down/i);
  await expect(element(page, 'server1')).toHaveAccessibleName(/DEAD for/, { timeout: 20_000 });
  await expect(panel(page).getByRole('tab', { name: 'Since the kill' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+z');
  await expect(element(page, 'server1')).not.toHaveAccessibleName(/DEAD/);
  await expect(element(page, 'nginx2')).toHaveAccessibleName(/refuses|down/i);
});

test('the PNG has every row; hung in place of killed, lines cut, and the pin of an issue leads to it', async ({
  page,
}) => {
  await openBlast(page);
  const { name, bytes } = await exported(page, () => blast(page).getByRole('button', { name: 'PNG' }).click());
  expect(name).toMatch(/^blast-radius-kill-.*\.png$/);
  expect(bytes.readUInt32BE(16)).toBe(2_880);
  const words = textIn(new Uint8Array(bytes), 'Description') ?? '';
  for (const one of await names(page)) expect(words).toContain(one);
  await expect(page.locator('.blast-legend [role=status]')).toHaveText('The PNG is made and handed to the browser.');

  await page.getByRole('radiogroup', { name: 'What befalls each server and part' }).getByText('hung').click();
  await expect(summary(page)).toHaveText(/4 of 10 hangs stop writes, 3 of them everything/);
  // What waits for its database takes the workers of Server 2 as well.
  await expect(row(page, 'Server 1')).toContainText('then 0 of 43, expected not all');
  await page.getByText('Lines, each cut alone').click();
  const lines = table(page, 'Every line cut once');
  await expect(lines.getByRole('rowheader').first()).toHaveText(/Users to HAProxy/);
  await lines.getByRole('button', { name: 'Watch HAProxy to nginx on Server 1, cut' }).scrollIntoViewIfNeeded();
  await blast(page)
    .getByRole('button', { name: /^Issue 1, critical/ })
    .first()
    .click();
  await expect(blast(page)).toHaveCount(0);
  await expect(panel(page).locator('.issue.shown')).toHaveCount(1);
});

test('the way in is among the issues, another design is measured in its turn, and keys of the diagram rest', async ({
  page,
}) => {
  await openSite(page, '');
  await panel(page).getByRole('button', { name: 'Blast radius' }).click();
  await expect(summary(page)).toHaveText(/of 10 kills/, { timeout: 20_000 });
  await page.keyboard.press('1');
  await expect(summary(page)).toHaveText(/of 4 kills stop everything/, { timeout: 20_000 });
  await page.keyboard.press('k');
  await page.keyboard.press('Escape');
  await expect(blast(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Kill: make ready/ })).toHaveAttribute('data-armed', 'false');
  await expect(clock(page)).toBeVisible();
});
