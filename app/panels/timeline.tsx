// The timeline: the track with the acts and the playhead to travel in time, the changes of state, and the charts of answers,
// latency, errors and lag on one axis. React renders what a person did; what moves is written to the elements each frame.
import './timeline.css';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type Micros, SECOND } from '../foundation/micros.ts';
import { seek } from '../state/actions/transport.ts';
import type { App } from '../state/app.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { PlayheadWord } from './playhead-word.tsx';
import { TimeTokens } from './time-tokens.tsx';
import { runTimeline, type Scale } from './timeline-frames.ts';
import { useTimeHands, useTimeWheel } from './timeline-gestures.ts';
import { listenToTimelineKeys } from './timeline-keys.ts';
import { TimelineTable } from './timeline-table.tsx';
import { panHalf, TimelineTools } from './timeline-tools.tsx';

const NUDGE_US: Micros = 100_000;

export function Timeline() {
  const app = useApp();
  const [scale, setScale] = useState<Scale>({ fromUs: 0, spanUs: 60 * SECOND, width: 900 });
  const [isTable, showTable] = useState(false);
  const root = useRef<HTMLElement>(null);
  const chart = useRef<HTMLCanvasElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  const track = useRef<HTMLDivElement>(null);
  const latency = useRef<HTMLParagraphElement>(null);
  const computed = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const parts = {
      root: root.current,
      chart: chart.current,
      thumb: thumb.current,
      latency: latency.current?.lastElementChild as HTMLElement | null,
      computed: computed.current,
    };
    const { root: one, chart: two, thumb: three, latency: four, computed: five } = parts;
    if (one === null || two === null || three === null || four === null || five === null) return;
    return runTimeline(app, { root: one, chart: two, thumb: three, latency: four, computed: five }, setScale);
  }, [app]);
  useEffect(() => listenToTimelineKeys(app), [app]);
  useTimeWheel(app, track);
  const hands = useTimeHands(app, track);
  return (
    <section ref={root} className="timeline" aria-label="Timeline">
      <canvas
        ref={chart}
        className="timeline-chart"
        role="img"
        aria-label="Answers per second, latency, errors and lag. The table behind it says the same."
      />
      <div ref={track} className="timeline-track" {...hands}>
        <TimeTokens {...scale} />
        <div
          ref={thumb}
          className="playhead"
          role="slider"
          tabIndex={0}
          aria-label="Time travel"
          aria-valuemin={scale.fromUs / SECOND}
          aria-valuemax={(scale.fromUs + scale.spanUs) / SECOND}
          aria-valuenow={0}
          onKeyDown={(event) => nudge(app, event)}
        >
          <svg width="16" height="21" viewBox="0 0 16 21" aria-hidden="true" focusable="false">
            <path d="M0,0H16V12L8,21L0,12Z" />
          </svg>
          <PlayheadWord />
        </div>
        <span ref={computed} className="timeline-computed" />
      </div>
      <Gutter latency={latency} />
      <TimelineTools isTable={isTable} showTable={showTable} />
      <TimelineTable isShown={isTable} />
    </section>
  );
}

/** What the lanes say at the playhead. */
function Gutter({ latency }: { readonly latency: React.RefObject<HTMLParagraphElement | null> }) {
  const app = useApp();
  // Not 0 while nothing is known of the moment.
  const answered = useStoreValue(app.playback, (playback) => playback.view?.lastSecond.answered ?? '--');
  const retried = useStoreValue(app.playback, (playback) => playback.view?.lastSecond.retried ?? '--');
  const failed = useStoreValue(app.playback, (playback) => playback.view?.lastSecond.failed ?? '--');
  const lag = useStoreValue(
    app.playback,
    (playback) => Object.values(playback.view?.links ?? {}).find((link) => link.note !== '')?.note ?? '',
  );
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
      <p ref={latency} className="gutter-latency">
        <b>Latency</b>
        <span>
          <span className="gutter-p99" />
          <span className="gutter-p50" />
        </span>
      </p>
      <p className="gutter-errors">
        <b>Errors, lag</b>
        <span>{`${failed}/s${lag === '' ? '' : `, ${lag}`}`}</span>
      </p>
    </div>
  );
}

// ---- travelling ----

function nudge(app: App, event: KeyboardEvent<HTMLElement>): void {
  const now = app.control.now();
  const size = event.shiftKey ? SECOND : NUDGE_US;
  const isPan = event.shiftKey && (event.key === 'PageUp' || event.key === 'PageDown');
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
  if (isPan) panHalf(app, event.key === 'PageUp' ? 1 : -1);
  else seek.run(app, target);
}
