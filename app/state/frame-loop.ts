// The beat of the page: once a frame the playhead moves, the worker hears what is needed next, painters paint; about ten
// times a second, and at once after an act, the view is projected. All of it outside React.
import type { Micros } from '../foundation/micros.ts';
import type { Playhead } from '../timeline/playhead.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';

/** The browser's clock and frames, or a test's. */
export interface Beat {
  nowMs(): number;
  /** Calls back at the next frame. */
  next(callback: () => void): void;
  /** Calls back once: when a person does something, or after this long. Returns the way to call it off. Without it each frame is
   *  looked at, whether anything moves or not. */
  rest?(callback: (byPerson: boolean) => void, ms: number): () => void;
}

export interface LoopParts {
  readonly beat: Beat;
  readonly playhead: Playhead;
  readonly window: TraceWindow;
  want(playheadUs: Micros, speed: number): void;
  /** Projects the view; false when the moment is not computed yet. */
  project(): boolean;
  /** Called each frame with the time on the wall, for what ends by itself. */
  tick(nowMs: number): void;
}

const LEAST_BETWEEN_VIEWS_MS = 95;
/** A large site has more to show than a person can follow ten times a second. */
const LARGE_ELEMENTS = 300;
const LEAST_BETWEEN_LARGE_VIEWS_MS = 380;

/** So many frames with nothing new, and the loop rests: a page that is paused costs nothing. More than request-step.ts waits. */
const QUIET_FRAMES = 200;
/** While it rests, it looks so often for what came by itself. */
const REST_LOOK_MS = 200;

export class FrameLoop {
  private readonly parts: LoopParts;
  private readonly painters = new Set<() => void>();
  private lastMs: number;
  private lastViewMs = Number.NEGATIVE_INFINITY;
  private lastViewUs = -1;
  private lastVersion = -1;
  private urgent = true;
  private stopped = false;
  private reach: ((us: Micros) => Micros) | null = null;
  /** Frames since something was new, and what was seen in the last of them. */
  private quietFrames = 0;
  private seenUs = -1;
  private seenVersion = -1;
  private callOffRest: (() => void) | null = null;

  constructor(parts: LoopParts) {
    this.parts = parts;
    this.lastMs = parts.beat.nowMs();
  }

  start(): void {
    this.stopped = false;
    this.lastMs = this.parts.beat.nowMs();
    this.parts.beat.next(this.run);
  }

  stop(): void {
    this.stopped = true;
    this.callOffRest?.();
    this.callOffRest = null;
  }

  /** The next view is not to wait: somebody did something. */
  hurry(): void {
    this.urgent = true;
    this.wake();
  }

  /** Something may have changed: frames are looked at again. */
  wake(): void {
    this.quietFrames = 0;
    if (this.callOffRest === null) return;
    this.callOffRest();
    this.callOffRest = null;
    // The time of the rest is not the run's.
    this.lastMs = this.parts.beat.nowMs();
    this.parts.beat.next(this.run);
  }

  /** Another run is shown on the same clock. */
  waitFor(reach: ((us: Micros) => Micros) | null): void {
    this.reach = reach;
  }

  onFrame(paint: () => void): () => void {
    this.painters.add(paint);
    return () => this.painters.delete(paint);
  }

  private readonly run = (): void => {
    if (this.stopped) return;
    this.frame();
    const { beat } = this.parts;
    if (beat.rest === undefined || !this.isQuiet()) beat.next(this.run);
    else this.callOffRest = beat.rest(this.look, REST_LOOK_MS);
  };

  /** A look while it rests: it goes on resting unless something is new, or a person has done something. */
  private readonly look = (byPerson: boolean): void => {
    this.callOffRest = null;
    if (byPerson) this.quietFrames = 0;
    this.lastMs = this.parts.beat.nowMs();
    this.run();
  };

  private isQuiet(): boolean {
    const { playhead, window } = this.parts;
    const isSame = playhead.us === this.seenUs && window.version === this.seenVersion;
    if (playhead.playing || this.urgent || !isSame) this.quietFrames = 0;
    else this.quietFrames++;
    [this.seenUs, this.seenVersion] = [playhead.us, window.version];
    return this.quietFrames >= QUIET_FRAMES;
  }

  private frame(): void {
    const { beat, playhead, window } = this.parts;
    const nowMs = beat.nowMs();
    const covered = window.coveredUntil(playhead.us);
    playhead.advance(nowMs - this.lastMs, Math.min(covered, this.reach?.(playhead.us) ?? covered));
    this.lastMs = nowMs;
    this.parts.want(playhead.us, playhead.speed);
    this.parts.tick(nowMs);
    if (this.isViewDue(nowMs)) this.view(nowMs);
    for (const paint of this.painters) paint();
  }

  private isViewDue(nowMs: number): boolean {
    if (this.urgent) return true;
    const hasChanged = this.parts.playhead.us !== this.lastViewUs || this.parts.window.version !== this.lastVersion;
    const isLarge = this.parts.window.elements.count >= LARGE_ELEMENTS;
    return hasChanged && nowMs - this.lastViewMs >= (isLarge ? LEAST_BETWEEN_LARGE_VIEWS_MS : LEAST_BETWEEN_VIEWS_MS);
  }

  private view(nowMs: number): void {
    const [us, version] = [this.parts.playhead.us, this.parts.window.version];
    if (!this.parts.project()) return;
    [this.urgent, this.lastViewMs, this.lastViewUs, this.lastVersion] = [false, nowMs, us, version];
  }
}
