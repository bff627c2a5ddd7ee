// What a person feels in the built page, in headless Chromium: the drop of the Kill token, a seek, the PNG, a narrow screen,
// and what axe finds. Times are taken inside the page.
import type { BrowserContext, Page } from 'playwright';
import { axeFindings } from '../axe.ts';
import { bareSpotOf, clockIsAtLeast, element, holdOver, killToken, middleOf, openSite } from '../drive-page.ts';
import { countCommits, withChromium, withServedPage } from './built-page.ts';
import { type Figure, type Measure, median, none, stated, under } from './measure.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const TRIALS = 5;

const inPage = <T>(work: (context: BrowserContext, address: string) => Promise<T>, options = {}): Promise<T> =>
  withServedPage((address) => withChromium({ viewport: DESKTOP, ...options }, (context) => work(context, address)));

export const dropOfTheToken: Measure = () =>
  inPage(async (context, address) => {
    const page = await context.newPage();
    await openSite(page, address);
    const took: number[] = [];
    for (let trial = 0; trial < TRIALS; trial++) {
      const host = element(page, 'server1');
      await holdOver(page, await middleOf(killToken(page)), await bareSpotOf(host));
      await page.evaluate(watchDeath, 'server1');
      await page.mouse.up();
      took.push(await page.evaluate(() => (window as unknown as { death: Promise<number> }).death));
      await page.keyboard.press('Control+z');
      await page.locator('.canvas-death').waitFor({ state: 'detached' });
    }
    return [
      under(`Kill token dropped to host drawn dead, median of ${TRIALS}`, median(took), 'ms', 100),
      stated('  the slowest', Math.max(...took), 'ms'),
    ];
  });

/** Runs in the page: from the pointer's release to the frame after the one in which the host was drawn dead. */
export function watchDeath(id: string): void {
  const host = document.querySelector(`.canvas-node[data-element="${id}"]`) as Element;
  (window as unknown as { death: Promise<number> }).death = new Promise((done, failed) => {
    setTimeout(() => failed(new Error(`${id} was not drawn dead within 5 s`)), 5_000);
    let releasedMs = 0;
    addEventListener(
      'pointerup',
      (event) => {
        releasedMs = event.timeStamp;
      },
      { capture: true, once: true },
    );
    const observer = new MutationObserver(() => {
      if (host.querySelector('.canvas-death') === null) return;
      observer.disconnect();
      requestAnimationFrame(() => done(performance.now() - releasedMs));
    });
    observer.observe(host, { childList: true, subtree: true });
  });
}

const RUN_S = 600;
const PAGE_SEEKS = 20;
/** Shares of the track in an order that jumps about, so that the page holds nothing of where it lands. */
const GOLDEN = 0.618034;

/** From the press on the track to the frame with the picture of that moment, in a run of ten minutes at 40 req/s. */
export const seekOnThePage: Measure = () =>
  inPage(async (context, address) => {
    await context.addInitScript(countCommits);
    const page = await context.newPage();
    await openSite(page, address);
    await page.getByLabel('Timings').selectOption('realistic');
    await page.getByLabel('Speed').selectOption('100');
    await clockIsAtLeast(page, RUN_S, 120_000);
    await page.getByRole('button', { name: 'Pause' }).click();
    const track = await page.locator('.timeline-track').boundingBox();
    if (track === null) throw new Error('The timeline has no track.');
    // Twice over the same places, the better of the two: what is slow by the machine's mood is not slow there again.
    const took = new Array<number>(PAGE_SEEKS).fill(Number.POSITIVE_INFINITY);
    for (let seek = 0; seek < 2 * PAGE_SEEKS; seek++) {
      const place = seek % PAGE_SEEKS;
      await page.waitForTimeout(300); // what the seek before has fetched around it
      await page.evaluate(watchSeek);
      await page.mouse.click(track.x + track.width * (((place + 1) * GOLDEN) % 1) * 0.9, track.y + track.height / 2);
      const ms = await page.evaluate(() => (window as unknown as { seekMs: Promise<number> }).seekMs);
      took[place] = Math.min(took[place] ?? ms, ms);
    }
    return [
      under(`seek on the page, 10 min at 40 req/s, slowest of ${PAGE_SEEKS}`, Math.max(...took), 'ms', 150),
      stated('  median', median(took), 'ms'),
    ];
  });

/** Runs in the page, which is paused: React commits nothing until the moment is computed. */
export function watchSeek(): void {
  const counts = window as unknown as { reactCommits: number; seekMs: Promise<number> };
  counts.seekMs = new Promise((done, failed) => {
    setTimeout(() => failed(new Error('The seek showed nothing within 5 s')), 5_000);
    const pressed = (event: PointerEvent) => {
      const before = counts.reactCommits;
      const look = () => {
        if (counts.reactCommits > before) done(performance.now() - event.timeStamp);
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    };
    addEventListener('pointerdown', pressed, { capture: true, once: true });
  });
}

/** From the choice in the menu to the file being handed to the browser. */
export const pngSpeed: Measure = () =>
  inPage(async (context, address) => {
    await context.addInitScript(watchDownloads);
    const page = await context.newPage();
    await openSite(page, address);
    await clockIsAtLeast(page, 3);
    const took: number[] = [];
    let bytes = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      await page.locator('summary', { hasText: 'PNG' }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'PNG 2x' }).click();
      const stream = await (await download).createReadStream();
      bytes = 0;
      for await (const piece of stream) bytes += (piece as Buffer).length;
      took.push(await page.evaluate(() => (window as unknown as { exportMs: number }).exportMs));
    }
    return [
      under(`PNG at 2x, slowest of ${TRIALS}`, Math.max(...took), 'ms', 1_000),
      stated('  median', median(took), 'ms'),
      stated('  its size', Math.round(bytes / 1_000), 'kB'),
    ];
  });

/** Runs in the page before its own scripts: time from the last click of a person to the click on a download link. */
function watchDownloads(): void {
  let chosenMs = 0;
  const note = (event: MouseEvent) => {
    if (event.isTrusted) chosenMs = event.timeStamp;
  };
  addEventListener('click', note, { capture: true });
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    (window as unknown as { exportMs: number }).exportMs = performance.now() - chosenMs;
    click.call(this);
  };
}

export const accessibility: Measure = () =>
  inPage(async (context, address) => {
    const figures: Figure[] = [];
    const look = async (page: Page, name: string) => {
      const { broken } = await axeFindings(page);
      for (const rule of broken) console.error(`axe, ${name}: ${rule}`);
      figures.push(none(`axe violations, ${name}`, broken.length, 'rules'));
    };
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme });
      await openSite(page, address);
      await clockIsAtLeast(page, 2);
      await look(page, `main screen, ${colorScheme}`);
      await element(page, 'server1').focus();
      await page.keyboard.press('k');
      await page.locator('.canvas-death').waitFor();
      await look(page, `after a kill, ${colorScheme}`);
      await page.close();
    }
    return figures;
  });

/** Whether anything sticks out of a narrow page, as the person meets it: at rest and after a kill. */
export const narrowScreen: Measure = () =>
  inPage(
    async (context, address) => {
      const page = await context.newPage();
      await openSite(page, address);
      const overhang = () =>
        page.evaluate(() =>
          Math.max(0, (document.scrollingElement?.scrollWidth ?? 0) - document.documentElement.clientWidth),
        );
      const atRest = await overhang();
      await killToken(page).tap();
      const host = await bareSpotOf(element(page, 'server1'));
      await page.touchscreen.tap(host.x, host.y);
      await page.locator('.canvas-death').waitFor({ state: 'attached' });
      return [none('390 x 844: sideways scroll, at rest and after a kill', Math.max(atRest, await overhang()), 'px')];
    },
    { viewport: PHONE, hasTouch: true, isMobile: true },
  );
