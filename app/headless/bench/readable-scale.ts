// What a person feels of large sites and of a crowd, in headless Chromium: panning over 300 servers, the drop of the Kill token
// there, and frames with ten thousand requests in flight. The page is the built one, opened with another design.
import type { Page } from 'playwright';
import type { Design } from '../../design/design.ts';
import { distributedDesign } from '../../designs/distributed.ts';
import { largeDesign } from '../../designs/large-design.ts';
import { clockIsAtLeast, element, holdOver, killToken, middleOf } from '../drive-page.ts';
import { watchDeath } from './alive-page.ts';
import { withChromium, withServedPage } from './built-page.ts';
import { atLeast, type Measure, median, stated, under } from './measure.ts';

const DESKTOP = { width: 1440, height: 900 };
const HOSTS = 300;
const TRIALS = 3;
const WATCH_MS = 3_000;
const IN_FLIGHT = 10_000;

const opened = <T>(design: Design, work: (page: Page) => Promise<T>): Promise<T> =>
  withServedPage(
    (address) =>
      withChromium({ viewport: DESKTOP }, async (context) => {
        const page = await context.newPage();
        await page.goto(address);
        await page.locator('.canvas-node').first().waitFor({ state: 'attached' });
        await clockIsAtLeast(page, 3, 30_000);
        return work(page);
      }),
    design,
  );

const panning: Measure = () =>
  opened(largeDesign(HOSTS), async (page) => {
    const overview = await framesWhilePanning(page);
    await page.mouse.move(620, 330);
    for (let step = 0; step < 10; step++) {
      await page.mouse.wheel(0, -200);
      await page.waitForTimeout(50);
    }
    await page.waitForTimeout(1_000);
    const near = await framesWhilePanning(page);
    return [
      atLeast(`${HOSTS} hosts: frames a second while panning, all in view`, overview, 'frames/s', 30),
      atLeast(`${HOSTS} hosts: frames a second while panning, zoomed in`, near, 'frames/s', 30),
    ];
  });

/** A person drags the sheet to and fro. */
async function framesWhilePanning(page: Page): Promise<number> {
  const counting = frames(page, WATCH_MS);
  await page.mouse.move(620, 330);
  await page.mouse.down();
  const endMs = Date.now() + WATCH_MS;
  for (let step = 0; Date.now() < endMs; step++) {
    await page.mouse.move(620 + 200 * Math.sin(step / 8), 330 + 100 * Math.cos(step / 11));
    await page.waitForTimeout(8);
  }
  await page.mouse.up();
  return counting;
}

/** Frames a second over a while. */
const frames = (page: Page, forMs: number): Promise<number> =>
  page.evaluate(
    (watchMs) =>
      new Promise<number>((done) => {
        const startMs = performance.now();
        let count = 0;
        const next = () => {
          count++;
          const tookMs = performance.now() - startMs;
          if (tookMs < watchMs) requestAnimationFrame(next);
          else done((count * 1_000) / tookMs);
        };
        requestAnimationFrame(next);
      }),
    forMs,
  );

const dropOnALargeSite: Measure = () =>
  opened(largeDesign(HOSTS), async (page) => {
    const took: number[] = [];
    for (const id of ['web5', 'app6', 'db7'].slice(0, TRIALS)) {
      await holdOver(page, await middleOf(killToken(page)), await middleOf(element(page, id)));
      await page.evaluate(watchDeath, id);
      await page.mouse.up();
      took.push(await page.evaluate(() => (window as unknown as { death: Promise<number> }).death));
    }
    return [
      under(`${HOSTS} hosts: Kill token dropped to host drawn dead, median of ${TRIALS}`, median(took), 'ms', 150),
      stated('  the slowest', Math.max(...took), 'ms'),
    ];
  });

/** Two and a half seconds each way at 2,200 requests a second: more than ten thousand are under way. */
const RATE_RPS = 200;
const WAY_MS = 2_500;

function farUsers(): Design {
  const design = distributedDesign('realistic');
  const traffic = { ...design.traffic, rateRps: RATE_RPS };
  const links = design.links.map((link) => (link.from === 'users' ? { ...link, latencyMs: WAY_MS } : link));
  return { ...design, id: 'far', traffic, links };
}

const crowd: Measure = () =>
  opened(farUsers(), async (page) => {
    await page.keyboard.press('Space');
    const idle = await frames(page, WATCH_MS);
    await page.keyboard.press('Space');
    await element(page, 'users').focus();
    await page.keyboard.press('f');
    await clockIsAtLeast(page, 14, 60_000);
    const legend = await page.locator('.canvas text', { hasText: /one stands for/ }).textContent();
    const crowded = await frames(page, WATCH_MS);
    const inFlight = RATE_RPS * 11 * ((2 * WAY_MS) / 1_000);
    return [
      atLeast(`${IN_FLIGHT} in flight: frames of those of the paused page`, (crowded / idle) * 100, '%', 90),
      stated('  frames a second', crowded, 'frames/s'),
      stated('  requests in flight, rate times way', inFlight, 'requests'),
      stated(`  a bead: ${legend}`, Number(legend?.match(/\d+/)?.[0] ?? 1), 'requests'),
    ];
  });

export const scale: readonly Measure[] = [panning, dropOnALargeSite, crowd];
