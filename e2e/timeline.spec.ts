// The timeline: five lanes to read, zoom and pan; jumps to what happened; acts dragged to another moment, by mouse and keys; the
// table behind the charts.
import { expect, type Page, test } from 'playwright/test';
import { SECOND } from '../app/foundation/micros.ts';
import { clockIsAtLeast, clockSeconds, element } from '../app/headless/drive-page.ts';
import { expectNothingInBothThemes } from './axe.ts';
import { openPrepared } from './prepared-run.ts';
import { expectRow, openWatched, sentence, thumb } from './site.ts';

const timeline = (page: Page) => page.getByRole('region', { name: 'Timeline', exact: true });
const act = (page: Page, words: RegExp) => timeline(page).getByRole('button', { name: words });
const tool = (page: Page, words: string) => timeline(page).getByRole('button', { name: words, exact: true });
const spanS = async (page: Page) =>
  Number(await thumb(page).getAttribute('aria-valuemax')) - Number(await thumb(page).getAttribute('aria-valuemin'));

/** Server 1 killed at 10 s, paused at 30 s. */
async function killed(page: Page): Promise<void> {
  await openPrepared(page, 'distributed', [{ type: 'kill', atUs: 10 * SECOND, target: 'server1' }], 30);
  await expectRow(page, 'Server 1', 'DOWN');
}

/** Sum of a column of the table, and what its last row says. */
async function column(page: Page, name: string): Promise<{ sum: number; total: number }> {
  const table = timeline(page).locator('table');
  const heads = await table.locator('thead th').allTextContents();
  const cells = table.locator(`td:nth-child(${heads.indexOf(name) + 1})`);
  const values = (await cells.allTextContents()).map(Number);
  const total = values.pop() ?? Number.NaN;
  return { sum: values.reduce((sum, value) => sum + value, 0), total };
}

test('an act is dragged to another moment, and the future changes; undo brings it back', async ({ page }) => {
  await killed(page);
  const token = act(page, /^Power off, Server 1/);
  const before = await token.getAttribute('aria-label');
  const box = await token.locator('span').boundingBox();
  const now = await thumb(page).locator('svg').boundingBox();
  if (box === null || now === null) throw new Error('The act has no token.');
  const perSecond = ((await page.locator('.timeline-track').boundingBox())?.width ?? 0) / (await spanS(page));
  const y = box.y + 12;
  await page.mouse.move(box.x + 12, y);
  await page.mouse.down();
  await page.mouse.move(box.x + 40, y);
  await page.mouse.move(now.x + now.width / 2 - 2.5 * perSecond, y, { steps: 4 });
  await page.mouse.up();
  await expect(token).not.toHaveAccessibleName(before ?? '');
  await expectRow(page, 'Server 1', 'UP( [123]/3)?');
  await expect(page.getByRole('button', { name: /^Undo: move power off Server 1 to 00:\d\d/ })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(token).toHaveAccessibleName(before ?? '');
  await expectRow(page, 'Server 1', 'DOWN');
});

test('by keys: move an act, delete it, jump to what happened, zoom', async ({ page }) => {
  await killed(page);
  const token = act(page, /^Power off, Server 1/);
  const moment = async () => Number(/at 00:(\d+\.\d)/.exec((await token.getAttribute('aria-label')) ?? '')?.[1]);
  const start = await moment();
  await token.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(moment).toBeCloseTo(start + 1.9, 5);
  await expect(token).toBeFocused();

  // The clock stands, after the failure: only the jump can move it.
  const paused = await clockSeconds(page);
  // Where the moved act has led to is computed first: until then there is no failure to go to.
  await expect(async () => {
    await page.keyboard.press('e');
    expect(await clockSeconds(page)).toBeLessThan(paused);
  }).toPass({ timeout: 5_000 });
  const failedAt = await clockSeconds(page);
  expect(failedAt).toBeGreaterThan(start);
  await page.keyboard.press('<');
  await expect.poll(() => clockSeconds(page)).toBeLessThan(failedAt);
  await page.keyboard.press('>');
  await page.keyboard.press('>');
  await expect.poll(() => clockSeconds(page)).toBeGreaterThan(failedAt - 2);

  for (let press = 0; press < 8; press++) await page.keyboard.press('+');
  await expect.poll(() => spanS(page)).toBe(1);
  for (let press = 0; press < 14; press++) await page.keyboard.press('-');
  await expect.poll(() => spanS(page)).toBe(3_600);
  await page.keyboard.press('0');
  await expect.poll(() => spanS(page)).toBe(60);

  await token.focus();
  await page.keyboard.press('Delete');
  await expect(token).toHaveCount(0);
  await expect(element(page, 'server1')).not.toHaveAccessibleName(/DEAD/);
  await page.keyboard.press('Control+z');
  await expect(token).toHaveCount(1);
});

test('wheel and drag: zoom at the pointer, pan along the axis', async ({ page }) => {
  await killed(page);
  const track = await page.locator('.timeline-track').boundingBox();
  if (track === null) throw new Error('The timeline has no track.');
  await page.mouse.move(track.x + track.width / 2, track.y + 100);
  await page.mouse.wheel(0, -600);
  await expect.poll(() => spanS(page)).toBeLessThan(30);
  const from = Number(await thumb(page).getAttribute('aria-valuemin'));
  await page.mouse.move(track.x + 600, track.y + track.height - 8);
  await page.mouse.down();
  await page.mouse.move(track.x + 300, track.y + track.height - 8, { steps: 3 });
  await page.mouse.up();
  await expect.poll(async () => Number(await thumb(page).getAttribute('aria-valuemin'))).toBeGreaterThan(from + 1);
});

type Told = NonNullable<ReturnType<typeof whatIsTold>>;

/** Runs in the page, in one go: it may be over in a moment. Null while the page says nothing of it. */
function whatIsTold() {
  const textOf = (selector: string): string => document.querySelector(selector)?.textContent ?? '';
  const tag = textOf('.canvas-computing');
  if (tag === '') return null;
  return {
    tag,
    strip: textOf('.narration > p'),
    nginx: document.querySelector('.canvas-node[data-element="nginx2"]')?.getAttribute('aria-label') ?? '',
    gutter: textOf('.gutter-answers'),
    repairs: [...document.querySelectorAll<HTMLElement>('.canvas-tag')].map((one) => one.dataset['repairs'] ?? ''),
  };
}

test('half an hour ahead: the page says how far it is computed, and shows what is there', async ({ page }) => {
  await openWatched(page);
  // Ten times the requests: it takes long enough to be read.
  await page.getByLabel('Timings').selectOption('realistic');
  await clockIsAtLeast(page, 1);
  await element(page, 'server1').focus();
  await page.keyboard.press('k');
  for (let press = 0; press < 5; press++) await tool(page, 'Show more time').click();
  await expect.poll(() => spanS(page)).toBe(1_920);
  const track = await page.locator('.timeline-track').boundingBox();
  if (track === null) throw new Error('The timeline has no track.');
  await page.mouse.click(track.x + track.width * 0.95, track.y + 100);
  await expect(timeline(page).getByText(/^Computed to \d\d:\d\d$/)).toBeVisible();
  // So do the strip and the diagram, which shows no figures of another moment, and what was done to the site by then.
  const told = await page.waitForFunction(whatIsTold);
  const { strip, tag, nginx, gutter, repairs } = (await told.jsonValue()) as Told;
  expect(strip).toMatch(/^This moment is still being computed: \d\d:\d\d of 30:\d\d\.$/);
  expect(tag).toMatch(/^Computed to \d\d:\d\d of 30:\d\d$/);
  expect(nginx).toBe('Server 2, web server, not computed yet');
  expect(gutter).toContain('-- right away');
  expect(repairs).toEqual(['server1']);
  await expect(timeline(page).locator('.timeline-computed')).toHaveText('', { timeout: 60_000 });
  await expect.poll(() => clockSeconds(page)).toBeGreaterThan(1_800);
  await expect(timeline(page).locator('.gutter-p99')).toHaveText(/^p99 /);
  await expect(page.locator('.canvas-computing')).toBeHidden();
  await expect(sentence(page)).not.toHaveText(/computed/);
});

test('the table says what the charts say, to the last request; axe finds nothing in either theme', async ({ page }) => {
  await killed(page);
  await tool(page, 'Figures as a table').click();
  const table = timeline(page).getByRole('table');
  await expect(table).toBeVisible();
  for (const name of ['Right away', 'Second try', 'Failed']) {
    const { sum, total } = await column(page, name);
    expect({ name, sum }).toEqual({ name, sum: total });
  }
  expect((await column(page, 'Failed')).total).toBeGreaterThan(0);
  await expectNothingInBothThemes(page, '.timeline');
});
