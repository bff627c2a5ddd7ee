// Paints the timeline each frame: the lanes, the playhead, the figures beside it, and what its words are told about their room.
import { formatClock, formatDuration, type Micros, SECOND } from '../foundation/micros.ts';
import { Purpose } from '../simulation/message.ts';
import type { App } from '../state/app.ts';
import { LATENCY_SPAN_US } from '../state/readings.ts';
import { following, type TimeView, timeViewOf } from '../state/time-view.ts';
import { binsOf } from '../timeline/second-bins.ts';
import { quantileMs } from '../timeline/traffic-meter.ts';
import { type Begun, type LaneData, laneDataOf } from './lane-painter.ts';
import { marksOf, sideOfEmptyWords, type TimelineMark } from './timeline-marks.ts';
import { TimelinePainter } from './timeline-painter.ts';
import { binSecondsFor, boxFor, type ChartBox } from './timeline-scale.ts';

/** What the track shows: this stretch on so many px. */
export interface Scale {
  readonly fromUs: Micros;
  readonly spanUs: Micros;
  readonly width: number;
}

export interface Parts {
  readonly root: HTMLElement;
  readonly chart: HTMLCanvasElement;
  readonly thumb: HTMLDivElement;
  /** The figures of the gutter, written without React. */
  readonly latency: HTMLElement;
  /** Says how far the run is computed, while that is not as far as it is shown. */
  readonly computed: HTMLElement;
}

const LEAST_BETWEEN_VALUES_MS = 250;
/** What the words beside a token need, at most. */
const WORDS_WIDTH = 190;
/** What the words of an empty track need, with the playhead beside them. */
const EMPTY_WORDS_WIDTH = 270;

/** Paints until it is told to stop. */
export function runTimeline(app: App, parts: Parts, setScale: (scale: Scale) => void): () => void {
  const frames = new TimelineFrames(app, parts, setScale);
  const look = () => frames.look();
  const observer = new ResizeObserver(look);
  observer.observe(parts.root);
  const themes = new MutationObserver(look);
  themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  document.fonts.ready.then(look, look);
  const measures = new URLSearchParams(location.search).has('measure');
  const stop = app.frame.onFrame(() => {
    const startMs = performance.now();
    frames.frame();
    if (measures) performance.measure('timeline', { start: startMs });
  });
  return () => {
    stop();
    observer.disconnect();
    themes.disconnect();
  };
}

class TimelineFrames {
  private readonly app: App;
  private readonly parts: Parts;
  private readonly setScale: (scale: Scale) => void;
  private readonly painter: TimelinePainter;
  private box: ChartBox;
  private elements;
  private reachedUs: Micros = 0;
  private beforeUs: Micros = 0;
  private scale: Scale = { fromUs: -1, spanUs: 0, width: 0 };
  private marks: readonly TimelineMark[] = [];
  private marksOfVersion = '';
  private data: LaneData | null = null;
  private dataOf = '';
  private painted = '';
  private valueMs = 0;

  constructor(app: App, parts: Parts, setScale: (scale: Scale) => void) {
    this.app = app;
    this.parts = parts;
    this.setScale = setScale;
    this.painter = new TimelinePainter(parts.chart);
    this.elements = app.frame.window.elements;
    this.box = measured(parts);
  }

  /** The room or the theme has changed. */
  look(): void {
    this.box = measured(this.parts);
    this.painter.recolour();
    this.painted = '';
  }

  frame(): void {
    const { app, box } = this;
    const { window } = app.frame;
    const nowUs = shownUs(app);
    if (window.elements !== this.elements) {
      [this.elements, this.reachedUs, this.marksOfVersion, this.dataOf] = [window.elements, 0, '', ''];
    }
    const knownUs = window.seconds * SECOND;
    const isKnown = nowUs < Math.max(knownUs, window.coveredUntil(nowUs));
    if (isKnown) this.reachedUs = Math.max(nowUs, this.reachedUs);
    app.frame.lookTo(this.reachedUs);
    const view = this.follow(nowUs);
    const shownUntilUs = Math.min(Math.max(this.reachedUs, nowUs), isKnown ? Math.max(knownUs, nowUs) : knownUs);
    const data = this.lanes(view, Math.floor(shownUntilUs / SECOND));
    this.mark(shownUntilUs);
    const width = box.right - box.left;
    const xOf = (us: Micros): number => ((us - view.fromUs) * width) / view.spanUs;
    const x = xOf(nowUs);
    // Less than a pixel of the screen is hardly seen, and moving the playhead has the browser order the whole page anew. Who
    // pauses or steps reads the figures of the very moment.
    const { playing } = app.playback.getState();
    const seen = (us: Micros): number => (playing ? Math.round(xOf(us) * devicePixelRatio) : us);
    const key = `${playing} ${seen(nowUs)} ${seen(shownUntilUs)} ${window.version} ${view.fromUs} ${view.spanUs}`;
    if (key === this.painted) return;
    this.painted = key;
    const begun = this.begun(shownUntilUs);
    const moment = { window, nowUs, reachedUs: shownUntilUs, knownUs, ...view, marks: this.marks, data, begun };
    this.painter.paint(box, moment, devicePixelRatio);
    this.tell(nowUs, knownUs, x, width, view);
  }

  private follow(nowUs: Micros): TimeView {
    const store = timeViewOf(this.app);
    const before = store.getState();
    const view = following(before, this.beforeUs, nowUs, Math.max(nowUs, this.reachedUs));
    this.beforeUs = nowUs;
    if (view !== before) store.setState(view);
    const width = this.box.right - this.box.left;
    const { scale } = this;
    if (scale.fromUs !== view.fromUs || scale.spanUs !== view.spanUs || scale.width !== width) {
      this.scale = { fromUs: view.fromUs, spanUs: view.spanUs, width };
      this.setScale(this.scale);
    }
    return view;
  }

  private lanes({ fromUs, spanUs }: TimeView, untilS: number): LaneData {
    const { window } = this.app.frame;
    const binS = binSecondsFor(spanUs, this.box.right - this.box.left);
    const [fromS, endS] = [Math.floor(fromUs / SECOND), Math.min(untilS, Math.ceil((fromUs + spanUs) / SECOND))];
    const key = `${window.version} ${fromS} ${endS} ${binS}`;
    if (this.data === null || key !== this.dataOf) {
      this.data = laneDataOf(binsOf(window, fromS, endS, binS), window);
      this.dataOf = key;
    }
    return this.data;
  }

  private mark(untilUs: Micros): void {
    const { window } = this.app.frame;
    const key = `${window.version} ${Math.floor((untilUs * 10) / SECOND)}`;
    if (key === this.marksOfVersion) return;
    this.marks = marksOf(this.app.design.getState().design, window, untilUs);
    this.marksOfVersion = key;
  }

  /** The second that is not over yet where the run is shown up to. */
  private begun(untilUs: Micros): Begun | null {
    const fromUs = Math.floor(untilUs / SECOND) * SECOND;
    if (fromUs === untilUs) return null;
    const { answered, retried, failed } = this.app.frame.window.outcomes(fromUs, untilUs);
    return { fromUs, untilUs, answered, retried, failed };
  }

  /** Places what the page's own elements show, and writes the figures a few times a second. */
  private tell(nowUs: Micros, knownUs: Micros, x: number, width: number, view: TimeView): void {
    const { root, thumb, computed, latency } = this.parts;
    const isAway = x < 0 || x > width;
    const shownX = Math.min(width, Math.max(0, x));
    thumb.style.transform = `translateX(${shownX.toFixed(1)}px)`;
    // On the track itself: a variable of the whole timeline would have all of it styled again.
    thumb.parentElement?.style.setProperty('--done', `${((shownX * 100) / width).toFixed(2)}%`);
    note(thumb, 'away', String(isAway));
    note(root, 'latencyTop', String(this.data?.latencyTopUs ?? 0));
    note(root, 'empty', sideOfEmptyWords(x, width, EMPTY_WORDS_WIDTH) ?? 'none');
    note(root, 'crowded', String(isCrowded(this.app, nowUs, view.spanUs / width)));
    const wantedUs = Math.max(nowUs, this.reachedUs);
    const words = wantedUs > knownUs + 2 * SECOND ? `Computed to ${formatClock(knownUs).slice(0, -2)}` : '';
    if (computed.textContent !== words) computed.textContent = words;
    const nowMs = performance.now();
    if (nowMs - this.valueMs < LEAST_BETWEEN_VALUES_MS && this.app.playback.getState().playing) return;
    this.valueMs = nowMs;
    note(thumb, 'reached', String(this.reachedUs));
    thumb.setAttribute('aria-valuenow', (nowUs / SECOND).toFixed(1));
    thumb.setAttribute('aria-valuetext', formatClock(nowUs));
    const isKnown = this.app.frame.window.coveredUntil(nowUs) > nowUs;
    const [p99, p50] = isKnown ? latencyWords(this.app, nowUs) : ['', ''];
    const [first, second] = latency.children;
    if (first !== undefined && first.textContent !== p99) first.textContent = p99;
    if (second !== undefined && second.textContent !== p50) second.textContent = p50;
  }
}

/** Writes only what has changed: the page styles again what is written. */
function note(element: HTMLElement, name: string, value: string): void {
  if (element.dataset[name] !== value) element.dataset[name] = value;
}

/** As the figures of the users on the diagram: nearest rank over the last ten seconds. */
function latencyWords(app: App, nowUs: Micros): readonly [string, string] {
  if (nowUs < LATENCY_SPAN_US) return ['Needs 10 s of traffic', ''];
  const durationsUs: number[] = [];
  app.frame.window.forEachEnd(nowUs - LATENCY_SPAN_US, nowUs, (ends, row) => {
    if (ends.purpose[row] !== Purpose.Flood)
      durationsUs.push((ends.endUs[row] as number) - (ends.startUs[row] as number));
  });
  const columns = Float64Array.from(durationsUs);
  const word = (name: string, ms: number | null) =>
    ms === null ? '' : `${name} ${formatDuration(Math.round(ms * 1_000))}`;
  const p99 = word('p99', quantileMs(columns, 0.99));
  return [p99 === '' ? 'No answer in 10 s' : p99, word('p50', quantileMs(columns, 0.5))];
}

/** With motion reduced, the timeline steps once a second while it plays. */
function shownUs(app: App): Micros {
  const us = app.frame.playheadUs();
  const steps = document.documentElement.dataset['motion'] === 'reduced' && app.playback.getState().playing;
  return steps ? Math.floor(us / SECOND) * SECOND : us;
}

/** The words at the last token would stand under the playhead's own. */
function isCrowded(app: App, nowUs: Micros, usPerPx: number): boolean {
  const last = app.playback.getState().commands.findLast((command) => command.type !== 'reconfigure');
  if (last === undefined) return false;
  const px = (nowUs - last.atUs) / usPerPx;
  return px > -30 && px < WORDS_WIDTH;
}

/** Measures the room and gives the canvas its pixels. */
function measured({ root, chart }: Parts): ChartBox {
  const { width, height } = root.getBoundingClientRect();
  chart.width = Math.round(width * devicePixelRatio);
  chart.height = Math.round(height * devicePixelRatio);
  return boxFor(width, height);
}
