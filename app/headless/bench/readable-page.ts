// What a run costs the page that shows it: a thousand requests a second with the timeline live, and an hour to scrub in.
import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from 'playwright';
import { clockIsAtLeast, element, openSite } from '../drive-page.ts';
import { watchSeek } from './alive-page.ts';
import { countCommits, withChromium, withServedPage } from './built-page.ts';
import { atLeast, type Measure, median, stated, under } from './measure.ts';

const DESKTOP = { width: 1440, height: 900 };
const WATCH_MS = 4_000;
/** With and without a run that goes on by turns, because machines are noisy: what counts is the middle one. */
const ROUNDS = 3;
const BUSY_RPS = '1000';
/** So many that no request waits: a thousand a second are answered, not only asked. */
const MANY_WORKERS = '200';

async function set(page: Page, id: string, field: string, value: string): Promise<void> {
  await element(page, id).focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Panel' });
  const input = panel.getByLabel(field, { exact: true }).first();
  await input.fill(value);
  await input.press('Enter');
}

interface Watched {
  readonly frames: number;
  readonly scriptMs: number;
}

/** Frames of a stretch of time on the wall, and all script that ran on the page's thread in it. */
async function watch(page: Page, session: CDPSession): Promise<Watched> {
  const script = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1_000;
  };
  const before = await script();
  const frames = await page.evaluate(
    (watchMs) =>
      new Promise<number>((done) => {
        const endMs = performance.now() + watchMs;
        let count = 0;
        const next = () => {
          count++;
          if (performance.now() < endMs) requestAnimationFrame(next);
          else done(count);
        };
        requestAnimationFrame(next);
      }),
    WATCH_MS,
  );
  return { frames, scriptMs: (await script()) - before };
}

export const thousandASecond: Measure = () =>
  withServedPage((address) =>
    withChromium({ viewport: DESKTOP }, async (context) => {
      const page = await context.newPage();
      await openSite(page, `${address}?measure`);
      await page.getByLabel('Timings').selectOption('realistic');
      for (const app of ['app1', 'app2']) await set(page, app, 'workers', MANY_WORKERS);
      await set(page, 'users', 'rate', BUSY_RPS);
      await clockIsAtLeast(page, 12, 60_000);
      const session = await context.newCDPSession(page);
      await session.send('Performance.enable');
      const rounds: { busy: Watched; idle: Watched }[] = [];
      await page.evaluate(() => performance.clearMeasures('timeline'));
      for (let round = 0; round < ROUNDS; round++) {
        const busy = await watch(page, session);
        await page.getByRole('button', { name: 'Pause' }).click();
        await page.waitForTimeout(500);
        const idle = await watch(page, session);
        await page.getByRole('button', { name: 'Play', exact: true }).click();
        rounds.push({ busy, idle });
      }
      const timelineMs = await page.evaluate(() => performance.getEntriesByName('timeline').map((one) => one.duration));
      const answered = Number(/(\d+) right away/.exec(await page.locator('.gutter-answers').innerText())?.[1]);
      const script = median(rounds.map(({ busy }) => busy.scriptMs / busy.frames));
      const share = median(rounds.map(({ busy, idle }) => busy.frames / idle.frames));
      const frames = median(rounds.map(({ busy }) => busy.frames));
      return [
        under('1,000 req/s with the timeline live: script a frame', script, 'ms', 8),
        atLeast('1,000 req/s: frames of those of the idle page', share * 100, '%', 90),
        stated('  frames a second', (frames / WATCH_MS) * 1_000, 'frames/s'),
        stated('  of it the timeline, mean of a frame', mean(timelineMs), 'ms'),
        stated('  answered in the last second', answered, 'answers'),
      ];
    }),
  );

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const HOUR_S = 3_600;
const SEEKS = 20;
/** Shares of the track in an order that jumps about, so that the page holds nothing of where it lands. */
const GOLDEN = 0.618034;

export const anHour: Measure = () =>
  withServedPage((address) =>
    withChromium({ viewport: DESKTOP }, async (context) => {
      await context.addInitScript(countCommits);
      const page = await context.newPage();
      await openSite(page, address);
      await page.getByLabel('Timings').selectOption('realistic');
      await clockIsAtLeast(page, 2);
      await page.getByRole('button', { name: 'Pause' }).click();
      const track = await page.locator('.timeline-track').boundingBox();
      if (track === null) throw new Error('The timeline has no track.');
      const more = page.getByRole('button', { name: 'Show more time' });
      for (let press = 0; press < 7; press++) await more.click();
      const startMs = Date.now();
      await page.mouse.click(track.x + track.width - 1, track.y + 100);
      await clockIsAtLeast(page, HOUR_S - 10);
      await page.waitForTimeout(300);
      await page.waitForFunction(() => document.querySelector('.timeline-computed')?.textContent === '', null, {
        timeout: 300_000,
      });
      const computedMs = Date.now() - startMs;
      const took = new Array<number>(SEEKS).fill(Number.POSITIVE_INFINITY);
      // Twice over the same places, the better of the two: what is slow by the machine's mood is not slow there again.
      for (let seek = 0; seek < 2 * SEEKS; seek++) {
        const place = seek % SEEKS;
        await page.waitForTimeout(300);
        await page.evaluate(watchSeek);
        await page.mouse.click(track.x + track.width * (((place + 1) * GOLDEN) % 1), track.y + 100);
        const ms = await page.evaluate(() => (window as unknown as { seekMs: Promise<number> }).seekMs);
        took[place] = Math.min(took[place] ?? ms, ms);
      }
      const memory = await tabMemoryMB(context.browser());
      return [
        under(`an hour at 40 req/s: scrub anywhere, slowest of ${SEEKS}`, Math.max(...took), 'ms', 200),
        stated('  median', median(took), 'ms'),
        under('an hour at 40 req/s: memory of the tab, worker included', memory, 'MB', 300),
        stated('  computing the hour took', computedMs / 1_000, 's'),
      ];
    }),
  );

/**
 * Memory of the largest renderer with its workers, in MB: what is its own, not shared with other processes, in memory or
 * swapped out. It is what a browser's task manager calls the memory of a tab. Only Linux says it of another process.
 */
async function tabMemoryMB(browser: Browser | null): Promise<number> {
  if (browser === null) return Number.NaN;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => ownMB(id)));
}

function ownMB(id: number): number {
  const status = readFileSync(`/proc/${id}/status`, 'utf8');
  const kB = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]);
  return (kB('RssAnon') + kB('VmSwap')) / 1_024;
}
