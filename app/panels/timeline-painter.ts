// Paints the timeline outside React: the axis, the lanes, the hatched future, marks of state changes and the playhead's line.
// Draws again only when something has moved by a pixel.
import type { Micros } from '../foundation/micros.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';
import { ChartColours } from './chart-colours.ts';
import { type Begun, type LaneData, LanePainter } from './lane-painter.ts';
import { paintSign } from './mark-signs.ts';
import { sideOfWords, type TimelineMark } from './timeline-marks.ts';
import { type ChartBox, type Lane, tickFor, tickWord } from './timeline-scale.ts';

export interface ChartMoment {
  readonly window: TraceWindow;
  readonly nowUs: Micros;
  /** Furthest moment that was shown. */
  readonly reachedUs: Micros;
  /** Up to here the run is computed. */
  readonly knownUs: Micros;
  readonly fromUs: Micros;
  readonly spanUs: Micros;
  readonly marks: readonly TimelineMark[];
  readonly data: LaneData;
  readonly begun: Begun | null;
}

type ToX = (us: Micros) => number;

/** Half of a mark with its clearance, and how far from its middle its words begin. */
const MARK_HALF = 9;
const WORDS_OUT = 9;
/** Marks closer than this are drawn as one. */
const MARK_PITCH_PX = 7;
/** What the words in the future need. */
const LABELS_WIDTH = 190;

export class TimelinePainter {
  private readonly context: CanvasRenderingContext2D;
  private colours: ChartColours;

  constructor(canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d') as CanvasRenderingContext2D;
    this.colours = new ChartColours(this.context);
  }

  /** The theme has changed. */
  recolour(): void {
    this.colours = new ChartColours(this.context);
  }

  paint(box: ChartBox, moment: ChartMoment, ratio: number): void {
    const { context } = this;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, box.width, box.height);
    context.font = '11px B612, Verdana, sans-serif';
    const perUs = (box.right - box.left) / moment.spanUs;
    const x = (us: Micros): number => box.left + (us - moment.fromUs) * perUs;
    this.axis(box, moment, x);
    const { data, begun } = moment;
    const lanes = new LanePainter(context, this.colours, x);
    this.clipped(box, () => {
      lanes.answers(box.answers, data, begun);
      lanes.waiting(box.answers, data);
      if (box.latency !== null) lanes.latency(box.latency, data, moment.window, begun);
      if (box.errors !== null) lanes.errors(box.errors, data, begun);
      this.future(box, moment, x);
      this.marks(box, moment, x);
    });
    lanes.tops(box, data);
    this.labels(box, moment, x);
    const at = x(moment.nowUs);
    if (at >= box.left - 1 && at <= box.right + 1) this.line(at, box.lineTop, box.bottom, this.colours.of.ink, 2);
  }

  private clipped({ left, right, height }: ChartBox, draw: () => void): void {
    const { context } = this;
    context.save();
    context.beginPath();
    context.rect(left, 0, right - left, height);
    context.clip();
    draw();
    context.restore();
  }

  private axis(box: ChartBox, { fromUs, spanUs }: ChartMoment, x: ToX): void {
    const { context, colours } = this;
    const tick = tickFor(spanUs, box.right - box.left);
    for (let us = Math.ceil(fromUs / tick) * tick; us <= fromUs + spanUs; us += tick) {
      const at = Math.round(x(us)) + 0.5;
      this.line(at, box.answers.top - 8, box.bottom, colours.of.rule2, 1);
      context.textAlign = at > box.right - 14 ? 'right' : 'center';
      context.fillStyle = colours.of.ink2;
      context.fillText(tickWord(us, tick), Math.min(at, box.right), box.bottom + 15);
    }
    context.fillStyle = colours.of.link;
    for (const lane of [box.answers, box.latency, box.errors]) {
      if (lane !== null) context.fillRect(box.left, lane.bottom, box.right - box.left, 1);
    }
  }

  /** Hatched, not blank; what was seen of it already shows through. */
  private future(box: ChartBox, moment: ChartMoment, x: ToX): void {
    const from = Math.max(box.left, x(Math.min(moment.nowUs, Math.max(moment.knownUs, moment.reachedUs))));
    if (from >= box.right) return;
    const { context } = this;
    const top = box.answers.top - 8;
    const seen = Math.min(box.right, x(moment.reachedUs));
    context.globalAlpha = 0.55;
    context.fillStyle = this.colours.of.panel;
    if (seen > from) context.fillRect(from, top, seen - from, box.bottom - top);
    context.globalAlpha = 1;
    context.fillStyle = this.colours.hatch('future');
    context.fillRect(from, top, box.right - from, box.bottom - top);
  }

  private marks(box: ChartBox, moment: ChartMoment, x: ToX): void {
    const { context } = this;
    const { of } = this.colours;
    const tones = { down: of.fail, hung: of.fail, up: of.ink, checking: of.doubt, slow: of.doubt } as const;
    const playhead = x(moment.nowUs);
    let takenUntil = box.left;
    let drawnAt = Number.NEGATIVE_INFINITY;
    moment.marks.forEach((mark, index) => {
      const at = x(mark.atUs);
      if (at < box.left || at > box.right || at - drawnAt < MARK_PITCH_PX) return;
      drawnAt = at;
      context.setLineDash([2, 3]);
      this.line(at, box.marksY + 7, box.bottom, tones[mark.sign], 1);
      context.setLineDash([]);
      paintSign(context, mark.sign, at, box.marksY, tones[mark.sign]);
      const next = moment.marks[index + 1];
      const takenFrom = (next === undefined ? box.right : x(next.atUs)) - MARK_HALF;
      const width = mark.text === '' ? 0 : context.measureText(mark.text).width + WORDS_OUT + 2;
      const side = width === 0 ? null : sideOfWords({ at, width, takenUntil, takenFrom, playhead });
      takenUntil = at + MARK_HALF;
      if (side === null) return;
      context.textAlign = side === 'right' ? 'left' : 'right';
      context.fillStyle = mark.sign === 'down' ? of.fail : of.ink2;
      context.fillText(mark.text, side === 'right' ? at + WORDS_OUT : at - WORDS_OUT, box.marksY + 4);
      if (side === 'right') takenUntil = at + width;
    });
  }

  /** What the fills and lines mean, beside the newest of them, in the future that is still empty. */
  private labels(box: ChartBox, { nowUs, reachedUs, data }: ChartMoment, x: ToX): void {
    const at = x(Math.max(nowUs, reachedUs)) + 30;
    if (box.latency === null || box.errors === null || at < box.left || at + LABELS_WIDTH > box.right) return;
    const { of } = this.colours;
    const has = (count: (bin: LaneData['bins'][number]) => number) => data.bins.some((bin) => count(bin) > 0);
    const { answers, latency, errors } = box;
    const failed = has((bin) => bin.failed);
    this.words(at, answers, [
      has((bin) => bin.waiting) && !failed ? ['not answered yet', of.ink3] : null,
      failed ? ['failed', of.fail] : null,
      has((bin) => bin.retried) ? ['answered on a second try', of.doubt] : null,
      has((bin) => bin.answered) ? ['answered right away', of.work] : null,
    ]);
    const isLines = LanePainter.endsInLines(data);
    const each: readonly [string, string] = ['each mark is one request', of.ink2];
    this.words(
      at,
      latency,
      isLines
        ? [
            ['p99', of.ink],
            ['p50', of.work],
          ]
        : data.bins.length > 0
          ? [each]
          : [],
    );
    this.words(at, errors, [
      failed ? ['failed, per second', of.fail] : null,
      has((bin) => bin.behind) ? ['writes the replica is behind', of.ink2] : null,
    ]);
  }

  private words(at: number, lane: Lane, lines: readonly (readonly [string, string] | null)[]): void {
    const { context } = this;
    const shown = lines.filter((line) => line !== null);
    const middle = (lane.top + lane.bottom) / 2 - (shown.length - 1) * 7 + 4;
    context.textAlign = 'left';
    shown.forEach(([word, colour], index) => {
      const y = middle + index * 14;
      context.fillStyle = this.colours.of.panel;
      context.fillRect(at - 4, y - 10, context.measureText(word).width + 8, 14);
      context.fillStyle = colour;
      context.fillText(word, at, y);
    });
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
}
