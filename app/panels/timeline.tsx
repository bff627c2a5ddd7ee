// The timeline: the track with the acts and the playhead to travel in time, the changes of state, the answers per second.
// React renders what a person did; what moves is written to the elements each frame.
import { type KeyboardEvent, lazy, type PointerEvent, Suspense, useEffect, useRef, useState } from 'react';
import { formatClock, type Micros, SECOND } from '../foundation/micros.ts';
import { seek } from '../state/actions/transport.ts';
import type { App } from '../state/app.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import type { Parts, Scale } from './timeline-frames.ts';

const TimeTokens = lazy(async () => ({ default: (await import('./time-tokens.tsx')).TimeTokens }));

const NUDGE_US: Micros = 100_000;
export function Timeline() {
  const app = useApp();
  const [scale, setScale] = useState<Scale>({ spanS: 60, width: 900 });
  const { spanS } = scale;
  const root = useRef<HTMLElement>(null);
  const chart = useRef<HTMLCanvasElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (root.current === null || chart.current === null || thumb.current === null) return;
    return paintTimeline(app, { root: root.current, chart: chart.current, thumb: thumb.current }, setScale);
  }, [app]);
  const drag = useScrubbing(app, root, spanS);
  return (
    <section ref={root} className="timeline" aria-label="Timeline">
      <Gutter />
      <canvas ref={chart} className="timeline-chart" role="img" aria-label="Answers per second" />
      <div className="timeline-track" {...drag}>
        <Suspense>
          <TimeTokens {...scale} />
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

/** What paints comes right after the page's first picture: there is nothing to paint before. Returns the way to stop. */
function paintTimeline(app: App, parts: Parts, setScale: (scale: Scale) => void): () => void {
  let stop = (): void => undefined;
  let isOver = false;
  const load = async (): Promise<void> => {
    const { runTimeline } = await import('./timeline-frames.ts');
    if (!isOver) stop = runTimeline(app, parts, setScale);
  };
  load().catch(() => undefined);
  return () => {
    isOver = true;
    stop();
  };
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
        <span>{`${answered} on the first try`}</span>
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
          <th scope="col">On the first try</th>
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
