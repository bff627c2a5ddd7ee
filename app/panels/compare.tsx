// Two designs side by side on one clock: what is open, and the run beside it. Same traffic, same seed, same faults; below them
// the charts on one scale, one scrubber for both, and the difference as one table.
import './compare.css';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { present } from '../foundation/assert.ts';
import { formatClock, type Micros, SECOND } from '../foundation/micros.ts';
import { seek } from '../state/actions/transport.ts';
import type { App } from '../state/app.ts';
import { besideOf } from '../state/beside.ts';
import { type CompareRow, compareRows, firstFaultOf, type Side } from '../state/compare-rows.ts';
import { toolFacts } from '../state/fault-tools.ts';
import { targetWords } from '../state/truth.ts';
import { AppProvider, useApp, useStoreValue } from '../ui/app-context.tsx';
import { type ChartMark, CompareChart, ceilingOf, shareAt, spanOf } from './compare-charts.ts';
import { BesideChooser, LeadChooser } from './compare-choosers.tsx';
import { Cell, Strip } from './compare-parts.tsx';
import { FixPreview } from './fix-preview.tsx';
import { WayBack } from './way-back.tsx';

/** `diagram` is the canvas of the run beside; that of the open run stands in the page already. */
export function Compare({ diagram }: { readonly diagram: ReactNode }) {
  const app = useApp();
  const beside = useStoreValue(besideOf(app), (state) => state.app);
  const choice = useStoreValue(besideOf(app), (state) => state.choice);
  if (beside === null) return null;
  if (choice?.type === 'fixed') return <FixPreview beside={beside} choice={choice} diagram={diagram} />;
  return (
    <>
      <section className="compare-head compare-left" aria-label="The first design">
        <LeadChooser />
        <Servers app={app} />
        <WayBack />
      </section>
      <section className="compare-head compare-right" aria-label="The second design">
        <BesideChooser />
        <Servers app={beside} />
      </section>
      <AppProvider app={beside}>
        <div className="beside">{diagram}</div>
      </AppProvider>
      <Strip app={app} side="left" />
      <Strip app={beside} side="right" />
      <Charts app={app} beside={beside} />
      <Difference app={app} beside={beside} />
    </>
  );
}

function Servers({ app }: { readonly app: App }) {
  const count = useStoreValue(app.design, (state) => state.design.hosts.length);
  return <span>{count === 1 ? '1 server' : `${count} servers`}</span>;
}

const useName = (app: App): string => useStoreValue(app.design, (state) => state.design.name);

// ---- charts and scrubber ------------------------------------------------------------------------------------------

interface Pair {
  readonly app: App;
  readonly beside: App;
}

const LEAST_BETWEEN_MS = 90;

function Charts({ app, beside }: Pair) {
  const left = useRef<HTMLCanvasElement>(null);
  const right = useRef<HTMLCanvasElement>(null);
  const scrubber = useRef<HTMLInputElement>(null);
  const spanS = useRef(60);
  useEffect(() => {
    const canvases = [present(left.current, 'the left chart'), present(right.current, 'the right chart')] as const;
    return runCharts({ app, beside }, canvases, present(scrubber.current, 'the scrubber'), spanS);
  }, [app, beside]);
  const press = (event: React.PointerEvent<HTMLCanvasElement>): void => {
    if (event.buttons === 1)
      seek.run(app, Math.round(shareAt(event.currentTarget, event.clientX) * spanS.current * SECOND));
  };
  const handlers = { onPointerDown: press, onPointerMove: press };
  const names = [useName(app), useName(beside)];
  return (
    <>
      <canvas
        ref={left}
        className="compare-chart compare-left"
        role="img"
        aria-label={`Answers per second, ${names[0]}, left`}
        {...handlers}
      />
      <canvas
        ref={right}
        className="compare-chart compare-right"
        role="img"
        aria-label={`Answers per second, ${names[1]}, right`}
        {...handlers}
      />
      <div className="compare-scrubber">
        <input
          ref={scrubber}
          type="range"
          min={0}
          max={60}
          step={0.1}
          defaultValue={0}
          aria-label="Time travel, both designs"
          {...scrubbing(app)}
        />
      </div>
    </>
  );
}

/** The runs wait while the scrubber is held, and go on when it is let go. */
function scrubbing(app: App) {
  let wasPlaying = false;
  return {
    onInput: (event: React.FormEvent<HTMLInputElement>) =>
      seek.run(app, Math.round(Number(event.currentTarget.value) * SECOND)),
    onPointerDown: () => {
      wasPlaying = app.playback.getState().playing;
      app.control.setPlaying(false);
    },
    onPointerUp: () => wasPlaying && app.control.setPlaying(true),
  };
}

/** Paints until it is told to stop. */
function runCharts(
  { app, beside }: Pair,
  canvases: readonly [HTMLCanvasElement, HTMLCanvasElement],
  scrubber: HTMLInputElement,
  shownSpanS: { current: number },
): () => void {
  const charts = canvases.map((canvas) => new CompareChart(canvas));
  let [painted, paintedMs, reachedUs] = ['', 0, 0];
  const look = (): void => {
    for (const chart of charts) chart.look();
    painted = '';
  };
  const observer = new ResizeObserver(look);
  for (const canvas of canvases) observer.observe(canvas);
  const themes = new MutationObserver(look);
  themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  look();
  const stop = app.frame.onFrame(() => {
    const nowUs = app.frame.playheadUs();
    reachedUs = Math.max(reachedUs, nowUs);
    const key = `${nowUs} ${app.frame.window.version} ${beside.frame.window.version}`;
    const nowMs = performance.now();
    if (key === painted || (painted !== '' && nowMs - paintedMs < LEAST_BETWEEN_MS)) return;
    [painted, paintedMs] = [key, nowMs];
    const spanS = spanOf(reachedUs);
    shownSpanS.current = spanS;
    const axis = { nowUs, spanS, ceiling: ceilingOf([app, beside], nowUs) };
    charts[0]?.paint(app, axis, marksOf(app));
    charts[1]?.paint(beside, axis, marksOf(beside));
    scrubber.max = String(spanS);
    scrubber.value = (nowUs / SECOND).toFixed(1);
    scrubber.setAttribute('aria-valuetext', formatClock(nowUs));
  });
  return () => {
    stop();
    observer.disconnect();
    themes.disconnect();
  };
}

function marksOf(app: App): ChartMark[] {
  const { design } = app.design.getState();
  return app.playback.getState().commands.flatMap((command): ChartMark[] => {
    const tool = command.type === 'degrade' ? 'lossy' : command.type;
    if (tool === 'repair' || tool === 'reconfigure' || tool === 'admin') return [];
    return [
      {
        atUs: command.atUs,
        tool,
        words: `${toolFacts(tool).label}, ${targetWords(design, command.target).replace(/^the /, '')}`,
      },
    ];
  });
}

// ---- the difference -----------------------------------------------------------------------------------------------

function Difference({ app, beside }: Pair) {
  const second = useTenth(beside);
  const rows = rowsOf(app, beside, second);
  const names = [useName(app), useName(beside)];
  return (
    <table className="compare-table">
      <caption className="unseen">{`The difference at ${formatClock(second)}`}</caption>
      <thead className="unseen">
        <tr>
          <th scope="col">{`${names[0]}, left`}</th>
          <th scope="col">What</th>
          <th scope="col">{`${names[1]}, right`}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <Cell row={row} at={0} />
            <th scope="row">
              {row.name}
              <small>{row.note}</small>
            </th>
            <Cell row={row} at={1} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The moment of the view, about four times a second: figures that change faster cannot be read. */
function useTenth(app: App): Micros {
  const [us, setUs] = useState(app.control.now());
  useEffect(() => {
    let lastMs = 0;
    return app.playback.subscribe(({ view, playing }) => {
      const nowMs = performance.now();
      if (view === null || (playing && nowMs - lastMs < 250)) return;
      lastMs = nowMs;
      setUs(view.nowUs);
    });
  }, [app]);
  useStoreValue(app.findings, (findings) => findings.done);
  return us;
}

function rowsOf(app: App, beside: App, nowUs: Micros): readonly CompareRow[] {
  const side = (one: App): Side => ({
    window: one.frame.window,
    design: one.design.getState().design,
    findings: one.findings.getState(),
    p99Ms: one.playback.getState().view?.readings['users']?.p99Ms ?? null,
  });
  const commands = [app, beside].flatMap((one) => one.playback.getState().commands);
  return compareRows(side(app), side(beside), firstFaultOf(commands, nowUs), nowUs);
}
