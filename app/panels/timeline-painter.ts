// Paints the timeline's chart outside React: answers per second as steps with the four fills, marks of state changes, the
// hatched future and the playhead's line. Draws again only when something has moved by a pixel.
import type { Micros } from '../foundation/micros.ts';
import { SECOND } from '../foundation/micros.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';
import { ceilingFor, sideOfWords, type TimelineMark } from './timeline-marks.ts';

/** Where things stand, in CSS px. */
export interface ChartBox {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  /** Middle of the marks' lane; top and bottom of the answers' lane. */
  readonly marksY: number;
  /** Where the playhead's line begins. */
  readonly lineTop: number;
  readonly top: number;
  readonly bottom: number;
}

export interface ChartMoment {
  readonly window: TraceWindow;
  readonly nowUs: Micros;
  /** Furthest moment that was shown. */
  readonly reachedUs: Micros;
  readonly spanS: number;
  readonly marks: readonly TimelineMark[];
}

const COLOURS = [
  'ink',
  'ink2',
  'ink3',
  'link',
  'rule2',
  'panel',
  'work',
  'work-tint',
  'doubt',
  'doubt-tint',
  'doubt-fill',
  'fail',
  'fail-tint',
] as const;
/** Half of a mark with its clearance, and how far from its middle its words begin. */
const MARK_HALF = 9;
const WORDS_OUT = 9;

type Colours = Record<(typeof COLOURS)[number], string>;

export class TimelinePainter {
  private readonly context: CanvasRenderingContext2D;
  private colours: Colours;
  private readonly patterns = new Map<string, CanvasPattern | string>();

  constructor(canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d') as CanvasRenderingContext2D;
    this.colours = readColours(canvas);
  }

  /** The theme has changed. */
  recolour(): void {
    this.colours = readColours(this.context.canvas);
    this.patterns.clear();
  }

  paint(box: ChartBox, moment: ChartMoment, ratio: number): void {
    const { context } = this;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, box.width, box.height);
    context.font = '11px B612, Verdana, sans-serif';
    const x = (us: Micros): number => box.left + ((us / SECOND) * (box.right - box.left)) / moment.spanS;
    this.axis(box, moment, x);
    this.answers(box, moment, x);
    this.future(box, moment, x);
    this.marks(box, moment, x);
    this.line(x(moment.nowUs), box.lineTop, box.bottom, this.colours.ink, 2);
  }

  private axis(box: ChartBox, moment: ChartMoment, x: (us: Micros) => number): void {
    const { context, colours } = this;
    const step = moment.spanS / 6;
    context.textAlign = 'center';
    context.fillStyle = colours.ink2;
    for (let second = 0; second <= moment.spanS; second += step) {
      const at = Math.round(x(second * SECOND)) + 0.5;
      this.line(at, box.top - 8, box.bottom, colours.rule2, 1);
      const label = `${String(Math.floor(second / 60)).padStart(2, '0')}:${String(Math.floor(second % 60)).padStart(2, '0')}`;
      context.textAlign = second === moment.spanS ? 'right' : 'center';
      context.fillStyle = colours.ink2;
      context.fillText(label, second === moment.spanS ? box.right : at, box.bottom + 15);
    }
    context.fillStyle = colours.link;
    context.fillRect(box.left, box.bottom, box.right - box.left, 1);
  }

  private answers(box: ChartBox, moment: ChartMoment, x: (us: Micros) => number): void {
    const { window, reachedUs } = moment;
    const last = Math.floor(reachedUs / SECOND);
    let most = 0;
    for (let second = 0; second <= last; second++) {
      const counts = window.second(second);
      if (counts !== undefined) most = Math.max(most, counts.answered + counts.retried + counts.failed);
    }
    const ceiling = ceilingFor(most);
    const { context, colours } = this;
    context.textAlign = 'right';
    context.fillStyle = colours.ink3;
    // Above the words of the gutter, which long numbers would touch.
    const label = String(ceiling);
    context.fillText(label, Math.max(box.left - 5, context.measureText(label).width + 2), box.top - 3);
    const scale = (box.bottom - box.top) / ceiling;
    let before = box.bottom;
    for (let second = 0; second <= last; second++) {
      const until = Math.min((second + 1) * SECOND, reachedUs);
      const counts = second === last ? window.outcomes(second * SECOND, until) : window.second(second);
      if (counts === undefined) continue;
      const [left, right] = [x(second * SECOND), x(until)];
      let y = this.bar(left, right, box.bottom, counts.answered * scale, colours['work-tint']);
      this.step(left, right, before, y);
      before = y;
      y = this.bar(left, right, y, counts.retried * scale, this.pattern('retried'));
      this.bar(left, right, y, counts.failed * scale, this.pattern('failed'));
    }
  }

  private bar(left: number, right: number, bottom: number, height: number, fill: string | CanvasPattern): number {
    if (height > 0) {
      this.context.fillStyle = fill;
      this.context.fillRect(left, bottom - height, right - left, height);
    }
    return bottom - height;
  }

  /** The line on top of what was answered on the first try. */
  private step(left: number, right: number, before: number, y: number): void {
    const { context } = this;
    context.strokeStyle = this.colours.work;
    context.lineWidth = 1.6;
    context.beginPath();
    context.moveTo(left, before);
    context.lineTo(left, y);
    context.lineTo(right, y);
    context.stroke();
  }

  /** What comes after the playhead is hatched; what was seen of it shines through. */
  private future(box: ChartBox, moment: ChartMoment, x: (us: Micros) => number): void {
    const from = x(moment.nowUs);
    if (from >= box.right) return;
    const { context } = this;
    context.globalAlpha = 0.55;
    context.fillStyle = this.colours.panel;
    context.fillRect(from, box.top - 8, x(moment.reachedUs) - from, box.bottom - box.top + 8);
    context.globalAlpha = 1;
    context.fillStyle = this.pattern('future');
    context.fillRect(from, box.top - 8, box.right - from, box.bottom - box.top + 8);
  }

  private marks(box: ChartBox, moment: ChartMoment, x: (us: Micros) => number): void {
    const { context, colours } = this;
    const { fail, ink, doubt } = colours;
    const tones = { down: fail, hung: fail, up: ink, checking: doubt, slow: doubt } as const;
    const playhead = x(moment.nowUs);
    let takenUntil = box.left;
    moment.marks.forEach((mark, index) => {
      const at = x(mark.atUs);
      context.setLineDash([2, 3]);
      this.line(at, box.marksY + 7, box.bottom, tones[mark.sign], 1);
      context.setLineDash([]);
      this.sign(mark.sign, at, box.marksY, tones[mark.sign]);
      const next = moment.marks[index + 1];
      const takenFrom = (next === undefined ? box.right : x(next.atUs)) - MARK_HALF;
      const width = mark.text === '' ? 0 : context.measureText(mark.text).width + WORDS_OUT + 2;
      const side = width === 0 ? null : sideOfWords({ at, width, takenUntil, takenFrom, playhead });
      takenUntil = at + MARK_HALF;
      if (side === null) return;
      context.textAlign = side === 'right' ? 'left' : 'right';
      context.fillStyle = mark.sign === 'down' ? colours.fail : colours.ink2;
      context.fillText(mark.text, side === 'right' ? at + WORDS_OUT : at - WORDS_OUT, box.marksY + 4);
      if (side === 'right') takenUntil = at + width;
    });
  }

  /** The same marks as parts wear: cross, disc, broken ring, two bars, half triangle. */
  private sign(sign: TimelineMark['sign'], x: number, y: number, colour: string): void {
    const { context } = this;
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.beginPath();
    if (sign === 'down') {
      context.lineWidth = 3;
      context.moveTo(x - 4.5, y - 4.5);
      context.lineTo(x + 4.5, y + 4.5);
      context.moveTo(x + 4.5, y - 4.5);
      context.lineTo(x - 4.5, y + 4.5);
      context.stroke();
      return;
    }
    if (sign === 'hung') {
      context.fillRect(x - 4.5, y - 5, 3, 10);
      context.fillRect(x + 1.5, y - 5, 3, 10);
      return;
    }
    if (sign === 'slow') {
      this.halfTriangle(x, y);
      return;
    }
    context.arc(x, y, 4.6, 0, 2 * Math.PI);
    if (sign === 'up') {
      context.fill();
      return;
    }
    context.lineWidth = 2.4;
    context.setLineDash([3.6, 1.8]);
    context.stroke();
    context.setLineDash([]);
  }

  private halfTriangle(x: number, y: number): void {
    const { context } = this;
    context.lineWidth = 1.8;
    context.moveTo(x, y - 5.5);
    context.lineTo(x + 6, y + 4.5);
    context.lineTo(x - 6, y + 4.5);
    context.closePath();
    context.stroke();
    context.beginPath();
    context.moveTo(x, y - 5.5);
    context.lineTo(x, y + 4.5);
    context.lineTo(x - 6, y + 4.5);
    context.fill();
  }

  private line(x: number, top: number, bottom: number, colour: string, width: number): void {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, bottom);
    context.stroke();
  }

  /** Hatches as tiles, made once a theme. */
  private pattern(name: 'retried' | 'failed' | 'future'): CanvasPattern | string {
    const known = this.patterns.get(name);
    if (known !== undefined) return known;
    const { colours } = this;
    const made =
      name === 'failed'
        ? this.tile(6, colours['fail-tint'], colours.fail, 1.5, 'M0,0L6,6M6,0L0,6')
        : name === 'retried'
          ? this.tile(8, colours['doubt-tint'], colours['doubt-fill'], 2.2, 'M-2,6L6,-2M2,10L10,2')
          : this.tile(8, null, colours.rule2, 1.2, 'M-2,6L6,-2M2,10L10,2');
    this.patterns.set(name, made);
    return made;
  }

  private tile(
    size: number,
    ground: string | null,
    stroke: string,
    width: number,
    path: string,
  ): CanvasPattern | string {
    const tile = document.createElement('canvas');
    tile.width = size;
    tile.height = size;
    const context = tile.getContext('2d');
    if (context === null) return stroke;
    if (ground !== null) {
      context.fillStyle = ground;
      context.fillRect(0, 0, size, size);
    }
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.stroke(new Path2D(path));
    return this.context.createPattern(tile, 'repeat') ?? stroke;
  }
}

function readColours(canvas: HTMLCanvasElement): Colours {
  const style = getComputedStyle(canvas);
  return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`)])) as Colours;
}
