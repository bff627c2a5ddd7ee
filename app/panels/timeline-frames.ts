// Paints the timeline each frame: the chart, the playhead, and what its words are told about the room that they have.
import { formatClock, type Micros, SECOND } from '../foundation/micros.ts';
import type { App } from '../state/app.ts';
import { marksOf, sideOfEmptyWords, spanFor, type TimelineMark } from './timeline-marks.ts';
import { type ChartBox, TimelinePainter } from './timeline-painter.ts';

/** On the narrowest pages the gutter goes and its figures stand above. */
const NARROW = 760;

/** What the track shows: this many seconds on so many px. */
export interface Scale {
  readonly spanS: number;
  readonly width: number;
}

export interface Parts {
  readonly root: HTMLElement;
  readonly chart: HTMLCanvasElement;
  readonly thumb: HTMLDivElement;
}

const LEAST_BETWEEN_VALUES_MS = 250;
/** What the words beside a token need, at most. */
const WORDS_WIDTH = 190;
/** What the words of an empty track need, with the playhead beside them. */
const EMPTY_WORDS_WIDTH = 270;

/** Paints until it is told to stop. */
export function runTimeline(app: App, parts: Parts, setScale: (scale: Scale) => void): () => void {
  const painter = new TimelinePainter(parts.chart);
  let box = boxOf(parts);
  let [spanS, shownWidth, reachedUs, marksVersion, marksUs, painted, valueMs] = [60, 0, 0, -1, -1, '', 0];
  let marks: readonly TimelineMark[] = [];
  let elements = app.frame.window.elements;
  const look = (): void => {
    box = boxOf(parts);
    painter.recolour();
    painted = '';
  };
  const observer = new ResizeObserver(look);
  observer.observe(parts.root);
  const themes = new MutationObserver(look);
  themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  document.fonts.ready.then(look, look);
  const stop = app.frame.onFrame(() => {
    const { window } = app.frame;
    const nowUs = shownUs(app);
    if (window.elements !== elements) [elements, reachedUs, marksVersion] = [window.elements, 0, -1];
    reachedUs = Math.max(nowUs, Math.min(reachedUs, window.seconds * SECOND));
    const span = spanFor(reachedUs);
    const width = box.right - box.left;
    if (span !== spanS || width !== shownWidth) setScale({ spanS: span, width });
    [spanS, shownWidth] = [span, width];
    if (window.version !== marksVersion || nowUs > marksUs) {
      marks = marksOf(app.design.getState().design, window, reachedUs);
      [marksVersion, marksUs] = [window.version, nowUs];
    }
    const x = box.left + ((nowUs / SECOND) * width) / spanS;
    const key = `${x.toFixed(1)} ${window.version} ${spanS} ${reachedUs}`;
    if (key === painted) return;
    painted = key;
    painter.paint(box, { window, nowUs, reachedUs, spanS, marks }, devicePixelRatio);
    parts.thumb.dataset['reached'] = String(reachedUs);
    parts.thumb.style.transform = `translateX(${(x - box.left).toFixed(1)}px)`;
    parts.root.dataset['empty'] = sideOfEmptyWords(x - box.left, width, EMPTY_WORDS_WIDTH) ?? 'none';
    parts.root.dataset['crowded'] = String(isCrowded(app, nowUs, spanS / width));
    parts.root.style.setProperty('--done', `${(((nowUs / SECOND) * 100) / spanS).toFixed(3)}%`);
    const nowMs = performance.now();
    if (nowMs - valueMs < LEAST_BETWEEN_VALUES_MS && app.playback.getState().playing) return;
    valueMs = nowMs;
    parts.thumb.setAttribute('aria-valuenow', (nowUs / SECOND).toFixed(1));
    parts.thumb.setAttribute('aria-valuetext', formatClock(nowUs));
  });
  return () => {
    stop();
    observer.disconnect();
    themes.disconnect();
  };
}

/** With motion reduced, the timeline steps once a second while it plays. */
function shownUs(app: App): Micros {
  const us = app.frame.playheadUs();
  const steps = document.documentElement.dataset['motion'] === 'reduced' && app.playback.getState().playing;
  return steps ? Math.floor(us / SECOND) * SECOND : us;
}

/** The words at the last token would stand under the playhead's own. */
function isCrowded(app: App, nowUs: Micros, secondsPerPx: number): boolean {
  const last = app.playback.getState().commands.findLast((command) => command.type !== 'reconfigure');
  if (last === undefined) return false;
  const px = (nowUs - last.atUs) / SECOND / secondsPerPx;
  return px > -30 && px < WORDS_WIDTH;
}

/** Measures the room and gives the canvas its pixels. */
function boxOf({ root, chart }: Parts): ChartBox {
  const { width, height } = root.getBoundingClientRect();
  chart.width = Math.round(width * devicePixelRatio);
  chart.height = Math.round(height * devicePixelRatio);
  const isNarrow = width < NARROW;
  return {
    width,
    height,
    left: isNarrow ? 28 : 150,
    right: width - 16,
    marksY: isNarrow ? 66 : 46,
    lineTop: isNarrow ? 58 : 12,
    top: isNarrow ? 84 : 64,
    bottom: height - 22,
  };
}
