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
  }

  /** The next view is not to wait: somebody did something. */
  hurry(): void {
    this.urgent = true;
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
    this.parts.beat.next(this.run);
  };

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
