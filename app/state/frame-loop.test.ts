// A paused page rests: no frame is asked for until something is new, and the time of the rest does not pass in the run.
import { describe, expect, test } from 'vitest';
import type { Design } from '../design/design.ts';
import { elementsOf } from '../design/elements.ts';
import { builtInDesign } from '../designs/built-in.ts';
import { MS, SECOND } from '../foundation/micros.ts';
import { Playhead } from '../timeline/playhead.ts';
import { TraceWindow } from '../timeline/trace-window.ts';
import { FrameLoop } from './frame-loop.ts';

const FRAME_MS = 16;

/** A browser whose frames and timers the test calls. */
class Page {
  nowMs = 0;
  frames = 0;
  views = 0;
  readonly playhead = new Playhead();
  readonly loop: FrameLoop;
  private frame: (() => void) | null = null;
  private timer: { readonly callback: (byPerson: boolean) => void; readonly ms: number } | null = null;

  constructor(design: Design) {
    const window = new TraceWindow(elementsOf(design));
    // All that is ever asked for is computed.
    window.coveredUntil = () => 3_600 * SECOND;
    this.loop = new FrameLoop({
      beat: {
        nowMs: () => this.nowMs,
        next: (callback) => {
          this.frame = callback;
        },
        rest: (callback, ms) => {
          this.timer = { callback, ms };
          return () => {
            this.timer = null;
          };
        },
      },
      playhead: this.playhead,
      window,
      want: () => undefined,
      project: () => {
        this.views++;
        return true;
      },
      tick: () => undefined,
    });
    this.loop.start();
  }

  get isResting(): boolean {
    return this.frame === null && this.timer !== null;
  }

  /** Frames, as long as some are asked for. */
  pass(seconds: number): void {
    for (const endMs = this.nowMs + seconds * 1_000; this.nowMs < endMs; this.nowMs += FRAME_MS) {
      const { frame } = this;
      this.frame = null;
      if (frame === null) continue;
      this.frames++;
      frame();
    }
  }

  /** The rest ends: its time is over, or a person did something. */
  endRest(byPerson: boolean): void {
    const { timer } = this;
    if (timer === null) throw new Error('The page does not rest.');
    this.timer = null;
    if (!byPerson) this.nowMs += timer.ms;
    timer.callback(byPerson);
  }
}

const paused = (): Page => {
  const page = new Page(builtInDesign('distributed', 'classroom'));
  page.pass(1);
  page.playhead.playing = false;
  page.pass(10);
  return page;
};

describe('the beat of the page', () => {
  test('while it plays, each frame is looked at', () => {
    const page = new Page(builtInDesign('distributed', 'classroom'));
    page.pass(10);
    expect(page.frames).toBe(10_000 / FRAME_MS);
    expect(page.isResting).toBe(false);
  });

  test('paused, it rests, looks now and then, and asks for no frame', () => {
    const page = paused();
    expect(page.isResting).toBe(true);
    const { frames } = page;
    for (let look = 0; look < 20; look++) {
      page.endRest(false);
      page.pass(0.2);
      expect(page.isResting).toBe(true);
    }
    expect(page.frames).toBe(frames);
  });

  test('what a person does has frames looked at again', () => {
    const page = paused();
    page.endRest(true);
    const { frames } = page;
    page.pass(1);
    expect(page.frames - frames).toBeGreaterThan(60);
  });

  test('what is to be shown at once is shown in the next frame', () => {
    const page = paused();
    const { views } = page;
    page.playhead.seek(5 * SECOND);
    page.loop.hurry();
    expect(page.isResting).toBe(false);
    page.pass(0.016);
    expect(page.views).toBe(views + 1);
  });

  test('the run goes on from where it was paused, however long the rest was', () => {
    const page = paused();
    const { us } = page.playhead;
    page.nowMs += 190;
    page.playhead.playing = true;
    page.loop.wake();
    page.nowMs += FRAME_MS;
    page.pass(0.016);
    expect(page.playhead.us - us).toBe(FRAME_MS * MS);
  });

  test('a page that is closed does not come back', () => {
    const page = paused();
    page.loop.stop();
    page.loop.wake();
    expect(page.isResting).toBe(false);
    const { frames } = page;
    page.pass(1);
    expect(page.frames).toBe(frames);
  });
});
