// The timeline: the track with the acts and the playhead to travel in time, the changes of state, the answers per second.
// React renders what a person did; what moves is written to the elements each frame.
import { type KeyboardEvent, lazy, type PointerEvent, Suspense, useEffect, useRef, useState } from 'react';
import { formatClock, type Micros, SECOND } from '../foundation/micros.ts';
import { seek } from '../state/actions/transport.ts';
import type { App } from '../state/app.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { marksOf, spanFor, type TimelineMark } from './timeline-marks.ts';
import { type ChartBox, TimelinePainter } from './timeline-painter.ts';

const TimeTokens = lazy(async () => ({ default: (await import('./time-tokens.tsx')).TimeTokens }));

const NUDGE_US: Micros = 100_000;
/** On the narrowest pages the gutter goes and its figures stand above. */
const NARROW = 760;

export function Timeline() {
  const app = useApp();
  const [spanS, setSpanS] = useState(60);
  const root = useRef<HTMLElement>(null);
  const chart = useRef<HTMLCanvasElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (root.current === null || chart.current === null || thumb.current === null) return;
    return runTimeline(app, { root: root.current, chart: chart.current, thumb: thumb.current }, setSpanS);
  }, [app]);
  const drag = useScrubbing(app, root, spanS);
  return (
    <section ref={root} className="timeline" aria-label="Timeline">
      <Gutter />
      <canvas ref={chart} className="timeline-chart" role="img" aria-label="Answers per second" />
      <div className="timeline-track" {...drag}>
        <Suspense>
          <TimeTokens spanS={spanS} />
        </Suspense>
        <div
          ref={thumb}
          className="playhead"
          role="slider"
          tabIndex={0}
          aria-label="Time travel"
          aria-valuemin={0}
          aria-valuemax={spanS}
          aria-valuenow={0}
          onKeyDown={(event) => nudge(app, event)}
        >
          <svg width="16" height="21" viewBox="0 0 16 21" aria-hidden="true" focusable="false">
            <path d="M0,0H16V12L8,21L0,12Z" />
          </svg>
          <span className="playhead-word" />
        </div>
      </div>
      <AnswersTable />
    </section>
  );
}

function Gutter() {
  const app = useApp();
  const answered = useStoreValue(app.playback, (playback) => playback.view?.lastSecond.answered ?? 0);
  const retried = useStoreValue(app.playback, (playback) => playback.view?.lastSecond.retried ?? 0);
  const failed = useStoreValue(app.playback, (playback) => playback.view?.lastSecond.failed ?? 0);
  return (
    <div className="timeline-gutter">
      <b className="gutter-travel">
        Time travel <kbd>← →</kbd>
      </b>
      <b className="gutter-states">State changes</b>
      <p className="gutter-answers">
        <b>Answers per second</b>
        <span>{`${answered} right away`}</span>
        <span>{`${retried} retried, ${failed} failed`}</span>
      </p>
    </div>
  );
}

/** Behind the chart, for those who do not see it: the last ten whole seconds. */
function AnswersTable() {
  const app = useApp();
  const second = useStoreValue(app.playback, (playback) => Math.floor((playback.view?.nowUs ?? 0) / SECOND));
  const from = Math.max(0, second - 10);
  const rows = Array.from({ length: second - from }, (_, index) => app.frame.window.second(from + index)).filter(
    (row) => row !== undefined,
  );
  return (
    <table className="unseen">
      <caption>Answers per second, the last {rows.length} seconds</caption>
      <thead>
        <tr>
          <th scope="col">Second</th>
          <th scope="col">Right away</th>
          <th scope="col">After a retry</th>
          <th scope="col">Failed</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.index}>
            <th scope="row">{formatClock(row.index * SECOND)}</th>
            <td>{row.answered}</td>
            <td>{row.retried}</td>
            <td>{row.failed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// ---- travelling ----

function nudge(app: App, event: KeyboardEvent<HTMLElement>): void {
  const now = app.control.now();
  const size = event.shiftKey ? SECOND : NUDGE_US;
  const targets: Readonly<Record<string, Micros>> = {
    ArrowLeft: now - size,
    ArrowDown: now - size,
    ArrowRight: now + size,
    ArrowUp: now + size,
    PageUp: now + 10 * SECOND,
    PageDown: now - 10 * SECOND,
    Home: 0,
    End: Math.max(now, Number(event.currentTarget.dataset['reached'] ?? 0)),
  };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  seek.run(app, target);
}

/** Press anywhere on the track or the chart and move: the run waits at the pointer and goes on when it is let go. */
function useScrubbing(app: App, root: React.RefObject<HTMLElement | null>, spanS: number) {
  const wasPlaying = useRef<boolean | null>(null);
  const go = (event: PointerEvent): void => {
    const track = root.current?.querySelector('.timeline-track')?.getBoundingClientRect();
    if (track === undefined) return;
    const share = Math.min(1, Math.max(0, (event.clientX - track.left) / track.width));
    seek.run(app, Math.round(share * spanS * SECOND));
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || (event.target as Element).closest('.time-token') !== null) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      wasPlaying.current = app.playback.getState().playing;
      app.control.setPlaying(false);
      go(event);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (wasPlaying.current !== null) go(event);
    },
    onPointerUp: () => {
      if (wasPlaying.current === true) app.control.setPlaying(true);
      wasPlaying.current = null;
    },
    onPointerCancel: () => {
      wasPlaying.current = null;
    },
  };
}

// ---- each frame ----

interface Parts {
  readonly root: HTMLElement;
  readonly chart: HTMLCanvasElement;
  readonly thumb: HTMLDivElement;
}

const LEAST_BETWEEN_VALUES_MS = 250;
/** What the words beside a token need, at most. */
const WORDS_WIDTH = 190;

/** Paints until it is told to stop. */
function runTimeline(app: App, parts: Parts, setSpanS: (spanS: number) => void): () => void {
  const painter = new TimelinePainter(parts.chart);
  let box = boxOf(parts);
  let [spanS, reachedUs, marksVersion, marksUs, painted, valueMs] = [60, 0, -1, -1, '', 0];
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
    if (span !== spanS) setSpanS(span);
    spanS = span;
    if (window.version !== marksVersion || nowUs > marksUs) {
      marks = marksOf(app.design.getState().design, window, reachedUs);
      [marksVersion, marksUs] = [window.version, nowUs];
    }
    const x = box.left + ((nowUs / SECOND) * (box.right - box.left)) / spanS;
    const key = `${x.toFixed(1)} ${window.version} ${spanS} ${reachedUs}`;
    if (key === painted) return;
    painted = key;
    painter.paint(box, { window, nowUs, reachedUs, spanS, marks }, devicePixelRatio);
    parts.thumb.dataset['reached'] = String(reachedUs);
    parts.thumb.style.transform = `translateX(${(x - box.left).toFixed(1)}px)`;
    parts.root.dataset['crowded'] = String(isCrowded(app, nowUs, spanS / (box.right - box.left)));
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
