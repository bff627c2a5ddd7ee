// What the blast radius of design 4 takes in the built page, from the key to the last row, and what it leaves of the page's frames.
import type { Page } from 'playwright';
import { clockIsAtLeast, element, openSite } from '../drive-page.ts';
import { withChromium, withServedPage } from './built-page.ts';
import { atLeast, type Measure, median, stated, under } from './measure.ts';

const DESKTOP = { width: 1440, height: 900 };
/** Each in a browser of its own, so that nothing is measured already; what counts is the middle one. */
const ROUNDS = 5;
/** So long the same page is watched when all is done. */
const IDLE_MS = 3_000;

interface Round {
  readonly firstRowMs: number;
  readonly allMs: number;
  readonly rows: number;
  /** Frames a second from the key to the last row, and when nothing is left to do. */
  readonly busyFps: number;
  readonly idleFps: number;
}

export const blastRadius: Measure = () =>
  withServedPage(async (address) => {
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await withChromium({ viewport: DESKTOP }, async (context) => {
        const page = await context.newPage();
        await openSite(page, address);
        rounds.push(await measureRound(page));
      });
    }
    const of = (value: (round: Round) => number): number => median(rounds.map(value));
    return [
      under(
        `blast radius of design 4, first row, median of ${ROUNDS}`,
        of(({ firstRowMs }) => firstRowMs),
        'ms',
        300,
      ),
      under('blast radius of design 4, every kill and cut', of(({ allMs }) => allMs) / 1_000, 's', 5),
      atLeast(
        '  frames meanwhile, of those when it is done',
        of(({ busyFps, idleFps }) => busyFps / idleFps) * 100,
        '%',
        90,
      ),
      stated(
        '  rows',
        of(({ rows }) => rows),
        'rows',
      ),
      stated(
        '  frames a second meanwhile',
        of(({ busyFps }) => busyFps),
        'frames/s',
      ),
    ];
  });

/** The issues of the design are all measured before, and the run plays on: the workers are in nobody's way but the page's. */
async function measureRound(page: Page): Promise<Round> {
  await page.getByRole('button', { name: 'Design 4, Scaled up' }).click();
  await element(page, 'balancer1').waitFor();
  await page.waitForFunction(() =>
    /in a run of its own/.test(document.querySelector('.panel-note')?.textContent ?? ''),
  );
  await clockIsAtLeast(page, 1);
  await page.evaluate(watchRows);
  await page.keyboard.press('b');
  const busy = await page.evaluate(() => (window as unknown as { rows: Promise<Seen> }).rows);
  const idleFrames = await page.evaluate(countFrames, IDLE_MS);
  return {
    firstRowMs: busy.firstRowMs,
    allMs: busy.allMs,
    rows: busy.rows,
    busyFps: (busy.frames / busy.allMs) * 1_000,
    idleFps: (idleFrames / IDLE_MS) * 1_000,
  };
}

interface Seen {
  readonly firstRowMs: number;
  readonly allMs: number;
  readonly rows: number;
  readonly frames: number;
}

/** Runs in the page: from the key to the frame that shows the first row, and to the one that shows the last. */
function watchRows(): void {
  (window as unknown as { rows: Promise<Seen> }).rows = new Promise((done, failed) => {
    setTimeout(() => failed(new Error('The blast radius was not whole within 30 s')), 30_000);
    const pressed = ({ timeStamp }: KeyboardEvent): void => {
      let [frames, firstRowMs] = [0, 0];
      const look = (nowMs: number): void => {
        frames++;
        const rows = document.querySelectorAll('.blast-table tbody tr').length;
        const measured = document.querySelectorAll('.blast-table tr[data-state="measured"]').length;
        const lines = document.querySelector('.blast-lines summary')?.textContent ?? '';
        if (measured > 0 && firstRowMs === 0) firstRowMs = nowMs - timeStamp;
        // Lines are folded: their rows are counted in words.
        if (rows > 0 && measured === rows && lines.includes('noticed'))
          done({ firstRowMs, allMs: nowMs - timeStamp, rows, frames });
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    };
    addEventListener('keydown', pressed, { capture: true, once: true });
  });
}

/** Runs in the page. */
function countFrames(watchMs: number): Promise<number> {
  return new Promise((done) => {
    const endMs = performance.now() + watchMs;
    let count = 0;
    const next = (): void => {
      count++;
      if (performance.now() < endMs) requestAnimationFrame(next);
      else done(count);
    };
    requestAnimationFrame(next);
  });
}
