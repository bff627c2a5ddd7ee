// The two charts of a comparison, painted outside React: answers per second by outcome, both on one scale and one time axis,
// with the faults where they were given and the hatched future.
import { iconPath } from '../drawing/icons.ts';
import { type Micros, SECOND } from '../foundation/micros.ts';
import type { App } from '../state/app.ts';
import { toolFacts } from '../state/fault-tools.ts';

export interface ChartMark {
  readonly atUs: Micros;
  readonly tool: 'kill' | 'hang' | 'slow' | 'cut' | 'flood' | 'lossy';
  readonly words: string;
}

const SPANS = [60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 21_600, 86_400];
const TOP = 30;
const BELOW = 20;
const LEFT = 44;
const RIGHT = 14;
const COLOURS = [
  'ink',
  'ink2',
  'ink3',
  'link',
  'rule2',
  'panel',
  'work',
  'work-tint',
  'doubt-tint',
  'doubt-fill',
  'fail',
  'fail-tint',
] as const;
type Colours = Record<(typeof COLOURS)[number], string>;

/** Seconds that the axis shows when the run has been seen up to here. */
export const spanOf = (reachedUs: Micros): number => SPANS.find((span) => span * SECOND > reachedUs) ?? 86_400;

interface Axis {
  readonly nowUs: Micros;
  readonly spanS: number;
  readonly ceiling: number;
}

/** Where a press on a chart is in time, as a share of its axis. */
export function shareAt(canvas: HTMLCanvasElement, clientX: number): number {
  const { left, width } = canvas.getBoundingClientRect();
  return Math.min(1, Math.max(0, (clientX - left - LEFT) / (width - LEFT - RIGHT)));
}

export class CompareChart {
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private colours: Colours;
  private readonly tiles = new Map<string, CanvasPattern | string>();
  private width = 0;
  private height = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d') as CanvasRenderingContext2D;
    this.colours = readColours(canvas);
  }

  /** The room or the theme has changed. */
  look(): void {
    const { clientWidth, clientHeight } = this.canvas;
    [this.width, this.height] = [clientWidth, clientHeight];
    this.canvas.width = Math.round(clientWidth * devicePixelRatio);
    this.canvas.height = Math.round(clientHeight * devicePixelRatio);
    this.colours = readColours(this.canvas);
    this.tiles.clear();
  }

  paint(app: App, axis: Axis, marks: readonly ChartMark[]): void {
    const { context, width, height } = this;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.font = '11px B612, Verdana, sans-serif';
    const x = (us: Micros): number => LEFT + ((us / SECOND) * (width - LEFT - RIGHT)) / axis.spanS;
    this.axis(axis, x);
    this.bars(app, axis, x);
    this.future(axis, x);
    this.marks(axis, marks, x);
    context.fillStyle = this.colours.ink;
    context.fillRect(x(axis.nowUs) - 1, TOP - 10, 2, height - BELOW - TOP + 10);
  }

  private axis({ spanS, ceiling }: Axis, x: (us: Micros) => number): void {
    const { context, colours, height } = this;
    const bottom = height - BELOW;
    for (let step = 0; step <= 6; step++) {
      const second = (step * spanS) / 6;
      const at = x(second * SECOND);
      context.fillStyle = colours.rule2;
      context.fillRect(Math.round(at), TOP, 1, bottom - TOP);
      context.fillStyle = colours.ink2;
      context.textAlign = step === 6 ? 'right' : 'center';
      context.fillText(clockText(second), step === 6 ? this.width - RIGHT : at, bottom + 14);
    }
    context.textAlign = 'right';
    context.fillText(`${ceiling}/s`, LEFT - 6, TOP + 8);
    context.fillText('0', LEFT - 6, bottom);
    context.fillStyle = colours.link;
    context.fillRect(LEFT, bottom, this.width - LEFT - RIGHT, 1);
  }

  private bars(app: App, { nowUs, ceiling }: Axis, x: (us: Micros) => number): void {
    const { window } = app.frame;
    const bottom = this.height - BELOW;
    const scale = (bottom - TOP) / ceiling;
    const last = Math.floor(nowUs / SECOND);
    for (let second = 0; second < last; second++) {
      const counts = window.second(second);
      if (counts === undefined) continue;
      const [left, right] = [x(second * SECOND), x((second + 1) * SECOND)];
      let y = this.bar(left, right, bottom, counts.answered * scale, this.colours['work-tint']);
      this.context.fillStyle = this.colours.work;
      this.context.fillRect(left, y - 0.8, right - left, 1.6);
      y = this.bar(left, right, y, counts.retried * scale, this.tile('retried'));
      this.bar(left, right, y, counts.failed * scale, this.tile('failed'));
    }
  }

  private bar(left: number, right: number, bottom: number, height: number, fill: string | CanvasPattern): number {
    if (height > 0) {
      this.context.fillStyle = fill;
      this.context.fillRect(left, bottom - height, right - left, height);
    }
    return bottom - height;
  }

  private future({ nowUs }: Axis, x: (us: Micros) => number): void {
    const from = x(nowUs);
    this.context.fillStyle = this.tile('future');
    this.context.fillRect(from, TOP, this.width - RIGHT - from, this.height - BELOW - TOP);
  }

  /** The token where the fault was given, its words where they have room. */
  private marks({ nowUs }: Axis, marks: readonly ChartMark[], x: (us: Micros) => number): void {
    const { context, colours } = this;
    marks.forEach(({ atUs, tool, words }, index) => {
      const at = x(atUs);
      context.fillStyle = colours.ink;
      context.fillRect(at - 0.75, TOP - 10, 1.5, this.height - BELOW - TOP + 10);
      context.fillRect(at - 9, 2, 18, 18);
      context.save();
      context.translate(at - 6.5, 4.5);
      context.scale(13 / 24, 13 / 24);
      context.strokeStyle = colours.panel;
      context.lineWidth = 2.4;
      context.stroke(new Path2D(iconPath(toolFacts(tool).icon)));
      context.restore();
      const next = marks[index + 1];
      const until = next === undefined ? this.width - RIGHT : x(next.atUs) - 9;
      if (atUs > nowUs || at + 14 + context.measureText(words).width > until) return;
      context.textAlign = 'left';
      context.fillStyle = colours.ink2;
      context.fillText(words, at + 13, 15);
    });
  }

  /** Hatches as tiles, made once a theme. */
  private tile(name: 'retried' | 'failed' | 'future'): CanvasPattern | string {
    const known = this.tiles.get(name);
    if (known !== undefined) return known;
    const { colours } = this;
    const made =
      name === 'failed'
        ? this.drawn(6, colours['fail-tint'], colours.fail, 1.5, 'M0,0L6,6M6,0L0,6')
        : name === 'retried'
          ? this.drawn(8, colours['doubt-tint'], colours['doubt-fill'], 2.2, 'M-2,6L6,-2M2,10L10,2')
          : this.drawn(8, null, colours.rule2, 1.2, 'M-2,6L6,-2M2,10L10,2');
    this.tiles.set(name, made);
    return made;
  }

  private drawn(
    size: number,
    ground: string | null,
    stroke: string,
    width: number,
    path: string,
  ): CanvasPattern | string {
    const tile = document.createElement('canvas');
    [tile.width, tile.height] = [size, size];
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

const clockText = (seconds: number): string =>
  `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** Most answers of a second on either side, rounded up to what an axis may end with. */
export function ceilingOf(apps: readonly App[], nowUs: Micros): number {
  let most = 1;
  for (const { frame } of apps) {
    for (let second = 0; second < nowUs / SECOND; second++) {
      const counts = frame.window.second(second);
      if (counts !== undefined) most = Math.max(most, counts.answered + counts.retried + counts.failed);
    }
  }
  for (let step = 1; ; step *= 10)
    for (const factor of [2, 4, 6, 8, 10]) if (factor * step >= most) return factor * step;
}

function readColours(canvas: HTMLCanvasElement): Colours {
  const style = getComputedStyle(canvas);
  return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`)])) as Colours;
}
