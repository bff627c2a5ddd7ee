// One frame of the overlay: where is the playhead, which beads are where, paint. Owns the canvas and everything that is
// preallocated; React only starts and stops it. Paints nothing when nothing has changed since the last frame.
import type { Colours } from '../../drawing/palette.ts';
import { Alive, FIELDS, Field } from '../../simulation/trace.ts';
import type { App } from '../../state/app.ts';
import { overlayOf } from '../../state/overlay.ts';
import type { Transform } from '../viewport.ts';
import { Beads, MOST_BEADS, MOST_BEADS_A_LINK, type Moment } from './beads.ts';
import { type CrowdSize, crowd } from './crowd.ts';
import { FlowPainter } from './flow-painter.ts';
import type { Lanes } from './lanes.ts';
import { BeadPainter } from './painters.ts';

/** Below this zoom beads are drawn larger than to scale, so that they can be seen. */
const LEAST_BEAD_ZOOM = 0.6;
const NEVER_DEAD = Number.POSITIVE_INFINITY;
/** So slow that no hop needs to be stretched. */
const TRUE_TO_TIME = 1e-4;

export interface OverlayOptions {
  readonly app: App;
  readonly canvas: HTMLCanvasElement;
  readonly lanes: Lanes;
  readonly exact: boolean;
  readonly isReduced: boolean;
  /** By element: 1 for the links that a lesson is about. */
  readonly emphasis: Uint8Array | null;
  readonly transform: () => Transform;
  /** For measuring: fill the picture up to this many beads, and mark each frame for the profiler. */
  readonly measure: CrowdSize | null;
}

export class OverlayLoop {
  private readonly options: OverlayOptions;
  private readonly context: CanvasRenderingContext2D;
  private readonly beads: Beads;
  private readonly painter: BeadPainter;
  private readonly flow: FlowPainter;
  private readonly moment: Moment;
  private ink: Colours;
  private width = 0;
  private height = 0;
  private ratio = 1;
  /** What was painted last. */
  private followed = 0;
  private paintedUs = -1;
  private paintedSpeed = -1;
  private paintedVersion = -1;
  private paintedTransform: Transform | null = null;
  private isStale = true;

  constructor(options: OverlayOptions, context: CanvasRenderingContext2D, ink: Colours) {
    const { lanes, exact, measure } = options;
    this.options = options;
    this.context = context;
    this.ink = ink;
    const capacity = Math.max(MOST_BEADS, measure ?? 0);
    this.beads = new Beads(lanes, capacity, measure === null ? MOST_BEADS_A_LINK : capacity);
    this.painter = new BeadPainter(lanes, capacity);
    this.flow = new FlowPainter(lanes);
    const deadSinceUs = new Float64Array(lanes.elements).fill(NEVER_DEAD);
    this.moment = { playheadUs: 0, speed: 1, exact, deadSinceUs };
  }

  /** The theme has changed. */
  recolour(ink: Colours): void {
    this.ink = ink;
    this.isStale = true;
  }

  /** In CSS px. The canvas has one pixel for each of the screen's. */
  resize(width: number, height: number, ratio: number): void {
    if (width === this.width && height === this.height && ratio === this.ratio) return;
    [this.width, this.height, this.ratio] = [width, height, ratio];
    this.options.canvas.width = Math.round(width * ratio);
    this.options.canvas.height = Math.round(height * ratio);
    this.isStale = true;
  }

  /** A bound function, called every frame. */
  readonly frame = (): void => {
    const { app, measure } = this.options;
    const playheadUs = app.frame.playheadUs();
    const { told, request } = app.inquiry.getState();
    this.followed = told?.atUs === playheadUs ? (request ?? 0) : 0;
    // A request that is followed step by step is drawn where it truly is.
    const speed = this.followed === 0 ? app.frame.speed() : TRUE_TO_TIME;
    const { version } = app.frame.window;
    const transform = this.options.transform();
    const isSame = playheadUs === this.paintedUs && speed === this.paintedSpeed && version === this.paintedVersion;
    if (isSame && transform === this.paintedTransform && !this.isStale) return;
    if (measure !== null) performance.mark('overlay-start');
    this.paintedUs = playheadUs;
    this.paintedSpeed = speed;
    this.paintedVersion = version;
    this.paintedTransform = transform;
    this.isStale = false;
    this.moment.playheadUs = playheadUs;
    this.moment.speed = speed;
    this.paint(transform);
    if (measure !== null) performance.measure('overlay', 'overlay-start');
  };

  private paint(transform: Transform): void {
    const { app, isReduced, emphasis, measure } = this.options;
    const { context, ratio } = this;
    const zoom = transform[2];
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.options.canvas.width, this.options.canvas.height);
    context.setTransform(zoom * ratio, 0, 0, zoom * ratio, transform[0] * ratio, transform[1] * ratio);
    const k = Math.max(1, LEAST_BEAD_ZOOM / zoom);
    if (isReduced) {
      this.flow.paint(context, app.frame.window, this.moment.playheadUs, this.ink, k);
      return;
    }
    this.readDeaths();
    this.beads.place(app.frame.window, this.moment);
    if (measure !== null) crowd(this.beads.set, this.options.lanes, measure, this.moment.playheadUs);
    this.painter.paint(context, this.beads.set, this.ink, k, emphasis);
    if (this.followed !== 0) this.painter.ring(context, this.beads.set, this.ink, this.followed);
    this.tell();
  }

  /** The request whose bead is at this place of the canvas, in CSS px, or near it; 0 for none. */
  requestAt(x: number, y: number, reachPx: number): number {
    if (this.options.isReduced) return 0;
    const [left, top, zoom] = this.options.transform();
    return this.painter.requestAt(this.beads.set, (x - left) / zoom, (y - top) / zoom, reachPx / zoom);
  }

  private readDeaths(): void {
    const { deadSinceUs, playheadUs } = this.moment;
    const fields = this.options.app.frame.window.fieldsAt(playheadUs);
    if (fields === null) return;
    for (let element = 2; element < deadSinceUs.length; element++) {
      const isAlive = fields[element * FIELDS + Field.Alive] === Alive.Up;
      deadSinceUs[element] = isAlive ? NEVER_DEAD : (fields[element * FIELDS + Field.SinceMs] as number) * 1_000;
    }
  }

  /** Says what has changed, which is seldom. */
  private tell(): void {
    const store = overlayOf(this.options.app);
    const told = store.getState();
    const { scale, stretched } = this.beads;
    if (told.beadScale !== scale || told.stretched !== stretched) store.setState({ beadScale: scale, stretched });
  }
}
