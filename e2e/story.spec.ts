// The main story: a stranger sees requests take turns, drags a server to its death, watches HAProxy notice, reads why some
// requests failed, and takes the picture away.
import { expect, test } from 'playwright/test';
import { textIn } from '../app/exchange/png.ts';
import { SECOND } from '../app/foundation/micros.ts';
import { bareSpotOf, clock, element, holdOver, killZone, middleOf } from '../app/headless/drive-page.ts';
import { openPrepared } from './prepared-run.ts';
import {
  countOf,
  expectRow,
  exported,
  openWatched,
  outcomes,
  panel,
  rowsOf,
  sentence,
  sentencesOf,
  skip,
  speedUp,
} from './site.ts';

test('a server dragged to the kill zone dies, HAProxy takes three missed checks to notice, and the panel says why requests failed', async ({
  page,
}) => {
  await openWatched(page);
  await expect(sentence(page)).toHaveText('HAProxy takes turns: each server gets every second request.');
  await expect(page.getByText('Start here: drag Server 1 to the kill zone')).toBeVisible();
  const server1 = element(page, 'server1');
  const home = await server1.boundingBox();

  await holdOver(page, await bareSpotOf(server1), await middleOf(killZone(page)));
  await expect(killZone(page)).toHaveAttribute('data-over', 'true');
  await page.mouse.up();

  await expect(server1).toHaveAccessibleName(/DEAD for/, { timeout: 1_000 });
  await expect(page.getByText('Start here:')).toBeHidden();
  await expect.poll(() => server1.boundingBox(), 'killing does not move the server').toEqual(home);
  await expect(sentence(page)).toHaveText(
    'Server 1 is dead. HAProxy does not know yet and sends it every second request.',
  );
  await expect(panel(page).getByRole('tab', { name: 'Since the kill' })).toHaveAttribute('aria-selected', 'true');
  await expect(outcomes(page)).toContainText('What is true');
  await expect(outcomes(page)).toContainText('Server 1 is dead');
  await expect(outcomes(page)).toContainText('Server 1 is UP');

  await speedUp(page, 2);
  await expectRow(page, 'Server 1', 'DOWN');
  expect(await rowsOf(page, 'Server 1')).toEqual(['UP', 'UP 2/3', 'UP 1/3', 'DOWN']);
  expect(await rowsOf(page, 'Server 2')).toEqual(['UP']);
  expect(await sentencesOf(page)).toEqual(
    expect.arrayContaining([
      'Server 1 missed 1 of 3 health checks. HAProxy still sends it every second request.',
      'Server 1 missed 2 of 3 health checks. HAProxy still sends it every second request.',
      'HAProxy marked Server 1 DOWN. All requests now go to Server 2.',
    ]),
  );

  await skip(page, 20);
  await expect
    .poll(() => countOf(page, /failed writes: the primary was on Server 1/), { timeout: 20_000 })
    .toBeGreaterThan(2);
  expect(await countOf(page, /answered on another try/)).toBeGreaterThan(0);
  await expect(sentence(page)).toHaveText('Writes fail because the primary was on Server 1.');
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText('Server 1 is marked DOWN');
  await expect(panel(page)).toContainText(/Happening now: \d+ of \d+ writes failed/);
});

test('each server gets every second request', async ({ page }) => {
  // At an instant that is the same in each run: what a rate is of depends on it.
  await openPrepared(page, 'distributed', [], 40);
  await expect(clock(page)).toHaveText('00:40.0');
  const rate = async (id: string) =>
    Number(/([\d.]+) req/.exec((await element(page, id).getAttribute('aria-label')) ?? '')?.[1]);
  await expect.poll(() => rate('server1')).toBeGreaterThan(0.5);
  const [first, second] = [await rate('server1'), await rate('server2')];
  // One request more in the five seconds that a rate is taken over: 0.2 a second, which no binary fraction is.
  expect(Math.round(Math.abs(first - second) * 10)).toBeLessThanOrEqual(2);
});

test('the picture can be taken away as PNG and as SVG, and says what it shows', async ({ page }) => {
  await openPrepared(page, 'distributed', [{ type: 'kill', atUs: 10 * SECOND, target: 'server1' }], 20);
  await panel(page)
    .getByRole('tab', { name: /issues$/ })
    .click();
  await expect(panel(page).getByRole('heading', { name: 'Only Server 1 can save data' })).toBeVisible();
  await expectRow(page, 'Server 1', 'DOWN');
  const at = await clock(page).textContent();
  const menu = page.getByLabel('Export the picture');
  const take = (name: string) =>
    exported(page, async () => {
      await menu.click();
      await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    });

  const svg = await take('SVG');
  expect(svg.name).toMatch(/^[a-z0-9-]+\.svg$/);
  const drawn = await page.evaluate((text) => {
    const file = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      error: file.querySelector('parsererror')?.textContent ?? '',
      width: Number(file.documentElement.getAttribute('width')),
      height: Number(file.documentElement.getAttribute('height')),
      texts: [...file.querySelectorAll('text')].map((one) => one.textContent),
      title: file.querySelector('title')?.textContent ?? '',
      description: file.querySelector('desc')?.textContent ?? '',
      outside: [...file.querySelectorAll('[href], [src]')].map(
        (one) => one.getAttribute('href') ?? one.getAttribute('src'),
      ),
      fonts: text.match(/@font-face/g)?.length ?? 0,
    };
  }, svg.bytes.toString('utf8'));
  expect(drawn.error).toBe('');
  expect(drawn.texts).toEqual(
    expect.arrayContaining(['Load balancer', 'Server 1', 'Server 2', 'HAProxy', 'DOWN', 'no answer']),
  );
  expect(drawn.texts.join(' ')).toContain(`At ${at}.`);
  expect(drawn.title).toContain('with Server 1 powered off');
  const pins = await page
    .getByRole('region', { name: 'Diagram' })
    .getByRole('button', { name: /^Issue \d/ })
    .count();
  expect(pins).toBeGreaterThan(1);
  expect(
    drawn.texts.filter((text) => text === '1'),
    'pin 1 on the diagram and in the table',
  ).toHaveLength(2);
  expect(drawn.texts).toContain(String(pins));
  expect(drawn.texts.join(' ')).toMatch(/and \d+ more issues/);
  expect(drawn.description).toMatch(/Server 1, DEAD for .*Issue 1, critical/);
  expect(drawn.outside).toEqual([]);
  expect(drawn.fonts).toBe(3);

  const again = await take('SVG');
  expect(again.bytes.equals(svg.bytes), 'the same moment gives the same file').toBe(true);

  for (const scale of [1, 2]) {
    const png = await take(`PNG ${scale}x`);
    expect(png.name).toMatch(/\.png$/);
    expect([...png.bytes.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
    expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([
      drawn.width * scale,
      drawn.height * scale,
    ]);
    expect(textIn(png.bytes, 'Description')).toBe(drawn.description);
  }
});
