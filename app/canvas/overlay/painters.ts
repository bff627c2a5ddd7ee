// Paints a set of beads, by kind and in z order: trails, then discs and squares, then rings and crosses above them. A kind
// sets its colours once. Sizes are those of look.md, section 5, at 100 % zoom.
import { BEAD_SIZE, TRAIL } from '../../drawing/bead.ts';
import { type LinkPath, type PathPoint, pointAt } from '../../drawing/link-path.ts';
import type { Colours } from '../../drawing/palette.ts';
import { traceAdvert } from './advert-path.ts';
import { BeadKind, type BeadSet } from './bead-set.ts';
import type { Lanes } from './lanes.ts';

const TRAIL_STEPS = 6;
const TRAIL_HALF_WIDTH = TRAIL.to / 2;
const GAP = BEAD_SIZE.gap;
const FULL_TURN = Math.PI * 2;
const FADED = 0.5;
const RING = 11;

export class BeadPainter {
  private readonly x: Float32Array;
  private readonly y: Float32Array;
  /** Direction of travel, a unit vector. */
  private readonly dx: Float32Array;
  private readonly dy: Float32Array;
  private readonly side = new Float64Array((TRAIL_STEPS + 1) * 4);
  private readonly at: PathPoint = { x: 0, y: 0, dx: 1, dy: 0 };
  private readonly lanes: Lanes;
  /** How much larger than at 100 % a bead is drawn, so that it can be seen in a small picture. */
  private k = 1;
  private pass: Pass = 'all';
  private emphasis: Uint8Array | null = null;

  constructor(lanes: Lanes, capacity: number) {
    this.lanes = lanes;
    this.x = new Float32Array(capacity);
    this.y = new Float32Array(capacity);
    this.dx = new Float32Array(capacity);
    this.dy = new Float32Array(capacity);
  }

  /** `emphasis`: by element, 1 for the links of a lesson; the beads of all others fade. Null: no lesson plays. */
  paint(context: CanvasRenderingContext2D, set: BeadSet, ink: Colours, k: number, emphasis: Uint8Array | null): void {
    this.k = k;
    this.emphasis = emphasis;
    this.locate(set);
    if (emphasis === null) {
      this.paintPass(context, set, ink, 'all', 1);
    } else {
      this.paintPass(context, set, ink, 'others', FADED);
      this.paintPass(context, set, ink, 'emphasised', 1);
    }
  }

  /** A ring around the beads of one request, so that it can be followed. */
  ring(context: CanvasRenderingContext2D, set: BeadSet, ink: Colours, request: number): void {
    context.strokeStyle = ink.ink;
    context.lineWidth = 2.4 * this.k;
    for (let i = 0; i < set.count; i++) {
      if (set.request[i] !== request || this.pathOf(set, i) === null) continue;
      context.beginPath();
      context.arc(this.x[i] as number, this.y[i] as number, RING * this.k, 0, FULL_TURN);
      context.stroke();
    }
  }

  /** The request whose bead is nearest to a place of the diagram, within `reach`; 0 for none. Checks and copies have none. */
  requestAt(set: BeadSet, x: number, y: number, reach: number): number {
    let nearest = reach * reach;
    let request = 0;
    for (let i = 0; i < set.count; i++) {
      if (set.request[i] === 0 || this.pathOf(set, i) === null) continue;
      const [dx, dy] = [(this.x[i] as number) - x, (this.y[i] as number) - y];
      const distance = dx * dx + dy * dy;
      if (distance > nearest) continue;
      nearest = distance;
      request = set.request[i] as number;
    }
    return request;
  }

  private paintPass(context: CanvasRenderingContext2D, set: BeadSet, ink: Colours, pass: Pass, opacity: number): void {
    this.pass = pass;
    context.globalAlpha = opacity * TRAIL.opacity;
    this.trails(context, set, ink.work, BeadKind.Read, BeadKind.RetriedRead);
    this.trails(context, set, ink['work-deep'], BeadKind.Write, BeadKind.RetriedWrite);
    context.globalAlpha = opacity;
    context.lineCap = 'butt';
    context.lineJoin = 'miter';
    this.waves(context, set, ink);
    this.discs(context, set, ink);
    this.squares(context, set, ink);
    this.chevrons(context, set, ink);
    this.checks(context, set, ink);
    this.questions(context, set, ink);
    this.bars(context, set, ink);
    this.adverts(context, set, ink);
    this.retried(context, set, ink);
    this.missedChecks(context, set, ink);
    this.crosses(context, set, ink, BeadKind.Failed, BEAD_SIZE.cross, BEAD_SIZE.crossWidth, true);
    context.globalAlpha = 1;
  }

  private locate(set: BeadSet): void {
    for (let i = 0; i < set.count; i++) {
      const path = this.pathOf(set, i);
      if (path === null) continue;
      pointAt(path, set.fraction[i] as number, this.at);
      this.x[i] = this.at.x;
      this.y[i] = this.at.y;
      this.dx[i] = this.at.dx * (set.direction[i] as number);
      this.dy[i] = this.at.dy * (set.direction[i] as number);
    }
  }

  private pathOf(set: BeadSet, i: number): LinkPath | null {
    const kind = set.kind[i] as number;
    const link = set.link[i] as number;
    const isCheck = kind === BeadKind.Check || kind === BeadKind.MissedCheck;
    return (isCheck ? this.lanes.checkPaths[link] : this.lanes.paths[link]) ?? null;
  }

  private shows(set: BeadSet, i: number, kind: number): boolean {
    if (set.kind[i] !== kind || this.pathOf(set, i) === null) return false;
    if (this.pass === 'all' || this.emphasis === null) return true;
    return (this.emphasis[set.link[i] as number] === 1) === (this.pass === 'emphasised');
  }

  /** Tapering, along the wire and round its corners, never beyond the wire's start. */
  private trails(context: CanvasRenderingContext2D, set: BeadSet, colour: string, kind: number, retried: number): void {
    context.fillStyle = colour;
    for (let i = 0; i < set.count; i++) {
      if (!this.shows(set, i, kind) && !this.shows(set, i, retried)) continue;
      const path = this.pathOf(set, i);
      if (path === null) continue;
      context.beginPath();
      this.trail(context, path, set.fraction[i] as number, set.direction[i] as number);
      context.fill();
    }
  }

  private trail(context: CanvasRenderingContext2D, path: LinkPath, fraction: number, direction: number): void {
    const gone = direction > 0 ? fraction : 1 - fraction;
    const length = Math.min((TRAIL.length * this.k) / path.length, gone);
    if (length <= 0) return;
    for (let step = 0; step <= TRAIL_STEPS; step++) {
      const share = step / TRAIL_STEPS;
      pointAt(path, fraction - direction * length * (1 - share), this.at);
      const half = (0.4 + (TRAIL_HALF_WIDTH - 0.4) * share) * this.k;
      const nx = -this.at.dy * half;
      const ny = this.at.dx * half;
      this.side[step * 4] = this.at.x + nx;
      this.side[step * 4 + 1] = this.at.y + ny;
      this.side[step * 4 + 2] = this.at.x - nx;
      this.side[step * 4 + 3] = this.at.y - ny;
    }
    context.moveTo(this.side[0] as number, this.side[1] as number);
    for (let step = 1; step <= TRAIL_STEPS; step++) {
      context.lineTo(this.side[step * 4] as number, this.side[step * 4 + 1] as number);
    }
    for (let step = TRAIL_STEPS; step >= 0; step--) {
      context.lineTo(this.side[step * 4 + 2] as number, this.side[step * 4 + 3] as number);
    }
    context.closePath();
  }

  /** A flood: two waves, as on its token. */
  private waves(context: CanvasRenderingContext2D, set: BeadSet, ink: Colours): void {
    const apart = (BEAD_SIZE.waveApart / 2) * this.k;
    context.beginPath();
    for (let i = 0; i < set.count; i++) {
      if (!this.shows(set, i, BeadKind.Flood)) continue;
      this.wave(context, this.x[i] as number, (this.y[i] as number) - apart);
      this.wave(context, this.x[i] as number, (this.y[i] as number) + apart);
    }
    this.strokeLine(context, ink.ground, BEAD_SIZE.waveWidth + 2 * 1.8);
    this.strokeLine(context, ink.doubt, BEAD_SIZE.waveWidth);
  }

  private wave(context: CanvasRenderingContext2D, x: number, y: number): void {
    const half = BEAD_SIZE.wave * this.k;
    const swing = BEAD_SIZE.swing * this.k;
    context.moveTo(x - half, y);
    context.quadraticCurveTo(x - half / 2, y - swing, x, y);
    context.quadraticCurveTo(x + half / 2, y + swing, x + half, y);
  }

  /** One by one, so that of two that overlap the upper keeps its gap. */
  private discs(context: CanvasRenderingContext2D, set: BeadSet, ink: Colours): void {
    this.setGap(context, ink, ink.work);
    for (let i = 0; i < set.count; i++) {
      if (!this.shows(set, i, BeadKind.Read)) continue;
      context.beginPath();
      this.circle(context, i, BEAD_SIZE.disc * this.k);
      context.stroke();
      context.fill();
    }
  }

  private squares(context: CanvasRenderingContext2D, set: BeadSet, ink: Colours): void {
    this.setGap(context, ink, ink['work-deep']);
    for (let i = 0; i < set.count; i++) {
      if (!this.shows(set, i, BeadKind.Write)) continue;
      context.beginPath();
      this.square(context, i, BEAD_SIZE.square * this.k);
      context.stroke();
      context.fill();
    }
  }

  /** The gap is a line in the ground colour round the bead: the wire stops short of it. */
  private setGap(context: CanvasRenderingContext2D, ink: Colours, colour: string): void {
    context.strokeStyle = ink.ground;
    context.lineWidth = GAP * 2 * this.k;
    context.fillStyle = colour;
  }

  private square(context: CanvasRenderingContext2D, i: number, half: number): void {
    const x = this.x[i] as number;
    const y = this.y[i] as number;
    const cos = (this.dx[i] as number) * half;
    const sin = (this.dy[i] as number) * half;
    context.moveTo(x + cos - sin, y + sin + cos);
    context.lineTo(x - cos - sin, y - sin + cos);
    context.lineTo(x - cos + sin, y - sin - cos);
    context.lineTo(x + cos + sin, y + sin - cos);
    context.closePath();
  }

  private chevrons(context: CanvasRenderingContext2D, set: BeadSet, ink: Colours): void {
    context.beginPath();
    for (let i = 0; i < set.count; i++) {
      if (!this.shows(set, i, BeadKind.Copy)) continue;
      this.chevron(context, i, -6);
      this.chevron(context, i, 0);
    }
    this.strokeLine(context, ink.ground, BEAD_SIZE.chevronWidth + 2 * GAP);
    this.strokeLine(context, ink['work-deep'], BEAD_SIZE.chevronWidth);
  }

  private chevron(context: CanvasRenderingContext2D, i: number, from: number): void {
    const x = this.x[i] as number;
    const y = this.y[i] as number;
    const cos = (this.dx[i] as number) * this.k;
    const sin = (this.dy[i] as number) * this.k;
    context.moveTo(x + from * cos + 5 * sin, y + from * sin - 5 * cos);
    context.lineTo(x + (from + 5) * cos, y + (from + 5) * sin);
    context.lineTo(x + from * cos - 5 * sin, y + from * sin + 5 * cos);
  }

  private checks(context: CanvasRenderingContext2D, set: BeadSet, ink: Colours): void {
    context.beginPath();
    for (let i = 0; i < set.count; i++)
      if (this.shows(set, i, BeadKind.Check)) this.circle(context, i, BEAD_SIZE.check * this.k);
    this.fillRing(context, ink, ink.ink2);
  }

  /** To the DNS: a hollow diamond. */
  private questions(context: CanvasRenderingContext2D, set: BeadSet, ink: Colours): void {
    const reach = BEAD_SIZE.question * this.k;
    context.beginPath();
    for (let i = 0; i < set.count; i++) {
      if (!this.shows(set, i, BeadKind.Dns)) continue;
      const x = this.x[i] as number;
      const y = this.y[i] as number;
      context.moveTo(x, y - reach);
      context.lineTo(x + reach, y);
      context.lineTo(x, y + reach);
      context.lineTo(x - reach, y);
      context.closePath();
    }
    this.fillRing(context, ink, ink.ink2);
  }

  /** Reports: a short bar across the line. */
  private bars(context: CanvasRenderingContext2D, set: BeadSet, ink: Colours): void {
    const reach = BEAD_SIZE.bar * this.k;
    context.beginPath();
    for (let i = 0; i < set.count; i++) {
      if (!this.shows(set, i, BeadKind.Report)) continue;
      const [x, y] = [this.x[i] as number, this.y[i] as number];
      const [across, down] = [-(this.dy[i] as number) * reach, (this.dx[i] as number) * reach];
      context.moveTo(x - across, y - down);
      context.lineTo(x + across, y + down);
    }
    this.strokeLine(context, ink.ground, BEAD_SIZE.barWidth + 2 * GAP);
    this.strokeLine(context, ink.ink2, BEAD_SIZE.barWidth);
  }

  /** An arrow tag along its way. */
  private adverts(context: CanvasRenderingContext2D, set: BeadSet, ink: Colours): void {
    const { x, y, dx, dy } = this;
    context.beginPath();
    for (let i = 0; i < set.count; i++)
      if (this.shows(set, i, BeadKind.Advert)) traceAdvert(context, x, y, dx, dy, i, this.k);
    this.fillRing(context, ink, ink.ink);
  }

  private missedChecks(context: CanvasRenderingContext2D, set: BeadSet, ink: Colours): void {
    context.beginPath();
    for (let i = 0; i < set.count; i++)
      if (this.shows(set, i, BeadKind.MissedCheck)) this.circle(context, i, BEAD_SIZE.missedCheck * this.k);
    this.fillRing(context, ink, ink.fail);
    this.crosses(context, set, ink, BeadKind.MissedCheck, BEAD_SIZE.smallCross, BEAD_SIZE.ringWidth, false);
  }

  /** Its own bead, smaller, in an arrow that turns back on itself. */
  private retried(context: CanvasRenderingContext2D, set: BeadSet, ink: Colours): void {
    context.fillStyle = ink.ground;
    context.beginPath();
    for (let i = 0; i < set.count; i++) if (this.isRetried(set, i)) this.circle(context, i, 9.4 * this.k);
    context.fill();
    this.innerBeads(context, set, ink);
    context.beginPath();
    for (let i = 0; i < set.count; i++) if (this.isRetried(set, i)) this.openRing(context, i);
    this.strokeLine(context, ink['doubt-fill'], BEAD_SIZE.retriedWidth);
    context.fillStyle = ink['doubt-fill'];
    context.beginPath();
    for (let i = 0; i < set.count; i++) if (this.isRetried(set, i)) this.ringHead(context, i);
    context.fill();
  }

  private innerBeads(context: CanvasRenderingContext2D, set: BeadSet, ink: Colours): void {
    context.fillStyle = ink.work;
    context.beginPath();
    for (let i = 0; i < set.count; i++)
      if (this.shows(set, i, BeadKind.RetriedRead)) this.circle(context, i, BEAD_SIZE.retriedDisc * this.k);
    context.fill();
    context.fillStyle = ink['work-deep'];
    context.beginPath();
    for (let i = 0; i < set.count; i++)
      if (this.shows(set, i, BeadKind.RetriedWrite)) this.square(context, i, BEAD_SIZE.retriedSquare * this.k);
    context.fill();
  }

  private isRetried(set: BeadSet, i: number): boolean {
    return this.shows(set, i, BeadKind.RetriedRead) || this.shows(set, i, BeadKind.RetriedWrite);
  }

  private openRing(context: CanvasRenderingContext2D, i: number): void {
    const radius = BEAD_SIZE.retriedRing * this.k;
    const x = this.x[i] as number;
    const y = this.y[i] as number;
    context.moveTo(x + radius * Math.cos(0.3), y + radius * Math.sin(0.3));
    context.arc(x, y, radius, 0.3, FULL_TURN - 0.5);
  }

  private ringHead(context: CanvasRenderingContext2D, i: number): void {
    const x = this.x[i] as number;
    const y = this.y[i] as number;
    context.moveTo(x + 3.4 * this.k, y - 4.4 * this.k);
    context.lineTo(x + 9.4 * this.k, y - 1 * this.k);
    context.lineTo(x + 9.6 * this.k, y - 7.4 * this.k);
    context.closePath();
  }

  private crosses(
    context: CanvasRenderingContext2D,
    set: BeadSet,
    ink: Colours,
    kind: number,
    half: number,
    width: number,
    halo: boolean,
  ): void {
    const reach = half * this.k;
    context.beginPath();
    for (let i = 0; i < set.count; i++) {
      if (!this.shows(set, i, kind)) continue;
      const x = this.x[i] as number;
      const y = this.y[i] as number;
      context.moveTo(x - reach, y - reach);
      context.lineTo(x + reach, y + reach);
      context.moveTo(x + reach, y - reach);
      context.lineTo(x - reach, y + reach);
    }
    if (halo) this.strokeLine(context, ink.ground, width + 2 * GAP);
    this.strokeLine(context, ink.fail, width);
  }

  private circle(context: CanvasRenderingContext2D, i: number, radius: number): void {
    const x = this.x[i] as number;
    const y = this.y[i] as number;
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, FULL_TURN);
  }

  private strokeLine(context: CanvasRenderingContext2D, colour: string, width: number): void {
    context.strokeStyle = colour;
    context.lineWidth = width * this.k;
    context.stroke();
  }

  private fillRing(context: CanvasRenderingContext2D, ink: Colours, colour: string): void {
    this.strokeLine(context, ink.ground, BEAD_SIZE.ringWidth + 2 * GAP);
    context.fillStyle = ink.ground;
    context.fill();
    this.strokeLine(context, colour, BEAD_SIZE.ringWidth);
  }
}

type Pass = 'all' | 'emphasised' | 'others';
