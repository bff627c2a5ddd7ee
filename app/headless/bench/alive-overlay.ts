// What the beads cost in headless Chromium: script a frame, frames against the same page without the overlay, and React
// commits. `?measure=N` fills the picture up to N beads and times each frame of the overlay.
import type { BrowserContext, Page } from 'playwright';
import { openSite } from '../drive-page.ts';
import { countCommits, withChromium, withServedPage } from './built-page.ts';
import { atLeast, type Figure, type Measure, median, none, stated, under } from './measure.ts';

const BEADS = 300;
const STRESS = [1_000, 10_000];
const WATCH_MS = 3_000;
/** Rounds with and without the overlay by turns, because machines are noisy: what counts is the middle one of the ratios. */
const ROUNDS = 5;

interface Watched {
  readonly frames: number;
  readonly commits: number;
  /** Script time of each frame that the overlay painted. */
  readonly scriptMs: readonly number[];
}

export const overlay: Measure = () =>
  withServedPage((address) =>
    withChromium({ viewport: { width: 1440, height: 900 } }, async (context) => {
      await context.addInitScript(countCommits);
      const watchWith = async (beads: number) => watchPage(context, `${address}?measure=${beads}`, false);
      const rounds: { with: Watched; without: Watched }[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        rounds.push({ with: await watchWith(BEADS), without: await watchPage(context, address, true) });
      }
      const stress: [number, Watched][] = [];
      for (const beads of STRESS) stress.push([beads, await watchWith(beads)]);
      return figuresOf(rounds, stress);
    }),
  );

function figuresOf(rounds: readonly { with: Watched; without: Watched }[], stress: readonly [number, Watched][]) {
  const framesShare = median(rounds.map((round) => round.with.frames / round.without.frames));
  const frames = median(rounds.map((round) => round.with.frames));
  const scriptMs = rounds.flatMap((round) => round.with.scriptMs);
  const commits = median(rounds.map((round) => round.with.commits));
  const commitsWithout = median(rounds.map((round) => round.without.commits));
  // The page shows new figures about ten times a second; a commit for beads would come on every frame, some sixty times.
  const added = Math.max(0, Math.round(commits - commitsWithout * 1.1 - 1));
  const ofBeads = ([beads, watched]: readonly [number, Watched]): Figure[] => [
    stated(`  ${beads} beads: script a frame, mean`, meanOf(watched.scriptMs), 'ms'),
    stated(`  ${beads} beads: frames a second`, (watched.frames / WATCH_MS) * 1_000, 'frames/s'),
  ];
  return [
    under(`overlay at ${BEADS} beads: script a frame, mean`, meanOf(scriptMs), 'ms', 4),
    stated('  slowest frame of a hundred', quantile(scriptMs, 0.99), 'ms'),
    atLeast(`overlay at ${BEADS} beads: frames of those without it`, framesShare * 100, '%', 90),
    stated('  frames a second with the overlay', (frames / WATCH_MS) * 1_000, 'frames/s'),
    none(`React commits caused by ${BEADS} beads in ${WATCH_MS / 1_000} s`, added, 'commits'),
    stated('  commits with the beads', commits, 'commits'),
    stated('  commits without the overlay', commitsWithout, 'commits'),
    ...stress.flatMap(ofBeads),
  ];
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((total, value) => total + value, 0) / values.length;

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

async function watchPage(context: BrowserContext, address: string, isWithout: boolean): Promise<Watched> {
  const page = await context.newPage();
  if (isWithout) await page.addInitScript(refuseOverlay);
  await openSite(page, address);
  await page.waitForTimeout(1_000); // the page's first second is about loading
  const watched = await count(page);
  await page.close();
  return watched;
}

const count = (page: Page): Promise<Watched> =>
  page.evaluate(async (watchMs) => {
    const counts = window as unknown as { reactCommits: number };
    performance.clearMeasures('overlay');
    const commitsBefore = counts.reactCommits;
    const endMs = performance.now() + watchMs;
    let frames = 0;
    await new Promise<void>((done) => {
      const next = () => {
        frames++;
        if (performance.now() < endMs) requestAnimationFrame(next);
        else done();
      };
      requestAnimationFrame(next);
    });
    const scriptMs = performance.getEntriesByName('overlay').map((entry) => entry.duration);
    return { frames, commits: counts.reactCommits - commitsBefore, scriptMs };
  }, WATCH_MS);

/** Runs in the page before its own scripts: the overlay gets nothing to paint on, and stays away. */
function refuseOverlay(): void {
  const getContext = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...given: [string, unknown?]) {
    return this.classList.contains('canvas-overlay') ? null : getContext.apply(this, given as never);
  } as typeof getContext;
}
