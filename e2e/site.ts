// What the browser tests see on the page and take from it, in the words of a person: the sentence, HAProxy's rows, the counts,
// the file that was handed over.
import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from 'playwright/test';
import { clock, clockSeconds, element, openSite } from '../app/headless/drive-page.ts';

/** Opens the page and notes from then on every sentence and every state that HAProxy gives a server. */
export async function openWatched(page: Page): Promise<void> {
  await openSite(page, '');
  // HAProxy starts a server one check away from DOWN; its first good check ends that, and nothing is read until then.
  for (const key of [']', ']']) await page.keyboard.press(key);
  await expectRow(page, 'Server 1', 'UP');
  await expectRow(page, 'Server 2', 'UP');
  for (const key of ['[', '[']) await page.keyboard.press(key);
  await expect(page.getByLabel('Speed')).toHaveValue('1');
  await page.evaluate(() => {
    const notes = window as unknown as { rows: string[]; sentences: string[] };
    notes.rows = [];
    notes.sentences = [];
    const note = (list: string[], words: string) => {
      if (words !== '' && list.at(-1) !== words) list.push(words);
    };
    const look = () => {
      const balancer = document.querySelector('.canvas-node[data-element="haproxy"]')?.getAttribute('aria-label') ?? '';
      note(notes.rows, (balancer.match(/Server \d (UP|DOWN)( \d\/\d| backup)?/g) ?? []).join(', '));
      note(notes.sentences, document.querySelector('.narration p')?.textContent ?? '');
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ['aria-label'],
    });
    look();
  });
}

/** What HAProxy has said of a server since the page was opened, each word once in its order: `UP`, `UP 2/3`, `DOWN`. */
export async function rowsOf(page: Page, server: string): Promise<string[]> {
  const rows = await page.evaluate(() => (window as unknown as { rows: string[] }).rows);
  const words = rows.flatMap((row) => row.split(', ').filter((one) => one.startsWith(server)));
  return words.map((word) => word.slice(server.length + 1)).filter((word, at, all) => word !== all[at - 1]);
}

export const sentencesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { sentences: string[] }).sentences);

/** HAProxy's row of a server as it is now. */
export async function expectRow(page: Page, server: string, word: string): Promise<void> {
  await expect(element(page, 'haproxy')).toHaveAccessibleName(new RegExp(`${server} ${word}(,|$)`), {
    timeout: 20_000,
  });
}

export const sentence = (page: Page): Locator => page.getByRole('region', { name: 'Narration' }).locator('p').first();
export const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Panel' });
export const outcomes = (page: Page): Locator => page.getByRole('region', { name: 'Outcomes since the kill' });
export const thumb = (page: Page): Locator => page.getByRole('slider', { name: 'Time travel' });

export const speedUp = async (page: Page, speed: number): Promise<void> => {
  await page.getByLabel('Speed').selectOption(String(speed));
};

/** Goes on by this many simulated seconds in one jump, with the keys of the timeline's slider, which then has the focus. */
export async function skip(page: Page, seconds: number): Promise<void> {
  const before = await clockSeconds(page);
  for (let tens = 0; tens < Math.floor(seconds / 10); tens++) await thumb(page).press('PageUp');
  for (let ones = 0; ones < seconds % 10; ones++) await thumb(page).press('Shift+ArrowRight');
  await expect.poll(() => clockSeconds(page)).toBeGreaterThanOrEqual(before + seconds);
}

export async function pause(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  return (await clock(page).textContent()) ?? '';
}

/** The count beside an outcome of the panel, or 0 when there is no such line. */
export async function countOf(page: Page, words: RegExp): Promise<number> {
  const row = outcomes(page).getByRole('row').filter({ hasText: words });
  return (await row.count()) === 0 ? 0 : Number(await row.first().getByRole('rowheader').textContent());
}

/** Presses Tab until this has the focus. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab never comes to ${target}.`);
}

/** Moves the focus over the diagram by arrow keys alone until it is on this element. */
export async function walkTo(page: Page, id: string): Promise<void> {
  for (let presses = 0; presses < 30; presses++) {
    const key = await page.evaluate((wanted) => {
      if ((document.activeElement as HTMLElement | null)?.dataset['element'] === wanted) return '';
      const middle = (one: Element | null) => {
        const box = one?.getBoundingClientRect() ?? new DOMRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      };
      const from = middle(document.activeElement);
      const to = middle(document.querySelector(`.canvas-node[data-element="${wanted}"]`));
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      if (Math.abs(dx) > Math.abs(dy)) return dx > 0 ? 'ArrowRight' : 'ArrowLeft';
      return dy > 0 ? 'ArrowDown' : 'ArrowUp';
    }, id);
    if (key === '') return;
    await page.keyboard.press(key);
  }
  throw new Error(`The arrow keys do not lead to ${id}.`);
}

/** The file that the page hands over when `act` is done. */
export async function exported(page: Page, act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const coming = page.waitForEvent('download');
  await act();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}
