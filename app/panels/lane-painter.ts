// Draws the lanes of the timeline that hold figures: answers per second with the four fills, latency, errors with the lag.

import { type Micros, SECOND } from '../foundation/micros.ts';
import { Purpose } from '../simulation/message.ts';
import { POINT_COLUMNS } from '../timeline/chunk-summary.ts';
import type { Bin } from '../timeline/second-bins.ts';
import type { TraceWindow } from '../timeline/trace-window.ts';
import type { ChartColours } from './chart-colours.ts';
import { type ChartBox, ceilingFor, type Lane, latencyCeilingUs, latencyWord } from './timeline-scale.ts';

/** What has ended in the second that is not over yet, up to the moment that is shown. */
export interface Begun {
  readonly fromUs: Micros;
  readonly untilUs: Micros;
  readonly answered: number;
  readonly retried: number;
  readonly failed: number;
}

/** What the lanes show, and the scales of all of it. */
export interface LaneData {
  readonly bins: readonly Bin[];
  readonly answersTop: number;
  readonly errorsTop: number;
  readonly latencyTopUs: Micros;
  readonly behindTop: number;
}

/** From so many answers a second on the latency is lines; below, each request is seen. */
const LINES_FROM = 10;
const isLine = (bin: Bin): boolean => bin.answered + bin.retried + bin.failed >= LINES_FROM && bin.p99Us !== null;

export function laneDataOf(bins: readonly Bin[], window: TraceWindow): LaneData {
  let [answers, stacked, errors, latencyUs, behind] = [0, 0, 0, 0, 0];
  for (const bin of bins) {
    const ended = (bin.answered + bin.retried + bin.failed) / bin.seconds;
    answers = Math.max(answers, ended);
    stacked = Math.max(stacked, ended + bin.waiting);
    errors = Math.max(errors, bin.failed / bin.seconds);
    behind = Math.max(behind, bin.behind);
    if (isLine(bin)) latencyUs = Math.max(latencyUs, bin.p99Us ?? 0);
    else {
      forEachPoint(bin, window, (_atUs, tookUs) => {
        latencyUs = Math.max(latencyUs, tookUs);
      });
    }
  }
  return {
    bins,
    answersTop: ceilingFor(Math.max(answers, Math.min(stacked, MOST_WAITING * answers))),
    errorsTop: ceilingFor(errors),
    latencyTopUs: latencyCeilingUs(latencyUs),
    behindTop: Math.max(8, behind * 1.2),
  };
}

/** A long line of those who wait does not press the answers flat: it may rise to so many times the most of them. */
const MOST_WAITING = 2;

type PointVisit = (atUs: Micros, tookUs: Micros, what: number) => void;

function forEachPoint(bin: Bin, window: TraceWindow, visit: PointVisit): void {
  for (let index = bin.fromUs / SECOND; index < bin.untilUs / SECOND; index++) {
    const points = window.second(index)?.points;
    if (points === undefined) continue;
    for (let at = 0; at < points.length; at += POINT_COLUMNS) {
      visit(index * SECOND + (points[at] as number), points[at + 1] as number, points[at + 3] as number);
    }
  }
}

type ToX = (us: Micros) => number;

export class LanePainter {
  private readonly context: CanvasRenderingContext2D;
  private readonly colours: ChartColours;
  private readonly x: ToX;

  constructor(context: CanvasRenderingContext2D, colours: ChartColours, x: ToX) {
    this.context = context;
    this.colours = colours;
    this.x = x;
  }

  answers(lane: Lane, { bins, answersTop }: LaneData, begun: Begun | null): void {
    const { of } = this.colours;
    const scale = (lane.bottom - lane.top) / answersTop;
    let before = lane.bottom;
    const draw = (from: number, until: number, counts: Begun | Bin, seconds: number): void => {
      const height = (count: number) => (count / seconds) * scale;
      let y = this.bar(from, until, lane.bottom, height(counts.answered), of['work-tint']);
      this.step(from, until, before, y);
      before = y;
      y = this.bar(from, until, y, height(counts.retried), this.colours.hatch('retried'));
      y = this.bar(from, until, y, height(counts.failed), this.colours.hatch('failed'));
    };
    for (const bin of bins) draw(this.x(bin.fromUs), this.x(bin.untilUs), bin, bin.seconds);
    if (begun !== null) draw(this.x(begun.fromUs), this.x(begun.untilUs), begun, 1);
  }

  /** Who has not ended when a second is over: a dashed edge above the answers, with nothing in it. */
  waiting(lane: Lane, { bins, answersTop }: LaneData): void {
    const { context } = this;
    const scale = (lane.bottom - lane.top) / answersTop;
    context.strokeStyle = this.colours.of.ink3;
    context.lineWidth = 1;
    context.setLineDash([3, 3]);
    context.beginPath();
    for (const bin of bins) {
      const count = (bin.answered + bin.retried + bin.failed) / bin.seconds + bin.waiting;
      const y = Math.max(lane.top - 2, lane.bottom - count * scale);
      context.lineTo(this.x(bin.fromUs), y);
      context.lineTo(this.x(bin.untilUs), y);
    }
    context.stroke();
    context.setLineDash([]);
  }

  private bar(left: number, right: number, bottom: number, height: number, fill: string | CanvasPattern): number {
    if (height > 0) {
      this.context.fillStyle = fill;
      // On whole px, or a seam shows between two bars.
      const from = Math.round(left);
      this.context.fillRect(from, bottom - height, Math.max(1, Math.round(right) - from), height);
    }
    return bottom - height;
  }

  /** The line on top of what was answered on the first try. */
  private step(left: number, right: number, before: number, y: number): void {
    const { context } = this;
    context.strokeStyle = this.colours.of.work;
    context.lineWidth = 1.6;
    context.beginPath();
    context.moveTo(left, before);
    context.lineTo(left, y);
    context.lineTo(right, y);
    context.stroke();
  }

  /** p50 and p99 as lines where there are enough answers, each request where it ended where there are few. */
  latency(lane: Lane, data: LaneData, window: TraceWindow, begun: Begun | null): void {
    const y = (us: Micros): number => lane.bottom - ((lane.bottom - lane.top) * us) / data.latencyTopUs;
    this.quantile(data.bins, (bin) => bin.p50Us, y, this.colours.of.work);
    this.quantile(data.bins, (bin) => bin.p99Us, y, this.colours.of.ink);
    const dot: PointVisit = (atUs, tookUs, what) => this.point(this.x(atUs), y(tookUs), what);
    for (const bin of data.bins) if (!isLine(bin)) forEachPoint(bin, window, dot);
    const last = data.bins.at(-1);
    if (begun === null || (last !== undefined && isLine(last))) return;
    window.forEachEnd(begun.fromUs - 1, begun.untilUs, (ends, row) => {
      if (ends.purpose[row] === Purpose.Flood) return;
      const endUs = ends.endUs[row] as number;
      const write = ends.purpose[row] === Purpose.Write ? 4 : 0;
      dot(
        endUs,
        Math.min(data.latencyTopUs, endUs - (ends.startUs[row] as number)),
        (ends.outcome[row] as number) + write,
      );
    });
  }

  private quantile(bins: readonly Bin[], of: (bin: Bin) => Micros | null, y: (us: Micros) => number, colour: string) {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = 1.6;
    context.beginPath();
    let isDown = false;
    for (const bin of bins) {
      const value = isLine(bin) ? of(bin) : null;
      if (value === null) isDown = false;
      else {
        const x = this.x((bin.fromUs + bin.untilUs) / 2);
        if (isDown) context.lineTo(x, y(value));
        else context.moveTo(x, y(value));
        isDown = true;
      }
    }
    context.stroke();
  }

  /** Disc read, square write, red cross failed. */
  private point(x: number, y: number, what: number): void {
    const { context } = this;
    const { of } = this.colours;
    if ((what & 3) === 2) {
      context.strokeStyle = of.fail;
      context.lineWidth = 1.6;
      context.beginPath();
      context.moveTo(x - 2.5, y - 2.5);
      context.lineTo(x + 2.5, y + 2.5);
      context.moveTo(x + 2.5, y - 2.5);
      context.lineTo(x - 2.5, y + 2.5);
      context.stroke();
    } else if (what >= 4) {
      context.fillStyle = of['work-deep'];
      context.fillRect(x - 2, y - 2, 4, 4);
    } else {
      context.fillStyle = of.work;
      context.beginPath();
      context.arc(x, y, 2.2, 0, 2 * Math.PI);
      context.fill();
    }
  }

  /** Failures per second, and over them how many writes the replica is behind, in the dash of replication. */
  errors(lane: Lane, data: LaneData, begun: Begun | null): void {
    const scale = (lane.bottom - lane.top) / data.errorsTop;
    const fill = this.colours.hatch('failed');
    for (const { fromUs, untilUs, failed, seconds } of data.bins) {
      this.bar(this.x(fromUs), this.x(untilUs), lane.bottom, (failed / seconds) * scale, fill);
    }
    if (begun !== null) this.bar(this.x(begun.fromUs), this.x(begun.untilUs), lane.bottom, begun.failed * scale, fill);
    const { context } = this;
    context.strokeStyle = this.colours.of.line;
    context.lineWidth = 1.3;
    context.setLineDash([7, 3, 2, 3]);
    context.beginPath();
    for (const { fromUs, untilUs, behind } of data.bins) {
      const y = lane.bottom - 1 - ((lane.bottom - lane.top) * behind) / data.behindTop;
      context.lineTo(this.x(fromUs), y);
      context.lineTo(this.x(untilUs), y);
    }
    context.stroke();
    context.setLineDash([]);
  }

  /** What the tops of the lanes mean, beside them. */
  tops({ left, answers, latency, errors }: ChartBox, data: LaneData): void {
    this.top(answers, left, String(data.answersTop));
    if (latency !== null) this.top(latency, left, latencyWord(data.latencyTopUs));
    if (errors !== null) this.top(errors, left, `${data.errorsTop}/s`);
  }

  private top(lane: Lane, left: number, word: string): void {
    const { context } = this;
    context.fillStyle = this.colours.of.ink3;
    context.textAlign = 'right';
    const isNarrow = left < 100;
    const at = Math.max(left - 5, context.measureText(word).width + 2);
    context.fillText(word, at, lane.top + (isNarrow ? -3 : 8));
  }

  /** Whether the newest of the latency lane are lines. */
  static endsInLines({ bins }: LaneData): boolean {
    const last = bins.at(-1);
    return last !== undefined && isLine(last);
  }
}
