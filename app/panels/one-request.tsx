// The way of one request as a waterfall: a row a stage, from the click to the answer, under what was true and what HAProxy
// believed at that time. The playhead cuts through all of it.
import { ChevronLeft, ChevronRight, Play } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { formatClock } from '../foundation/micros.ts';
import { showMe, showRequest } from '../state/actions/inquiry.ts';
import { seek } from '../state/actions/transport.ts';
import type { App } from '../state/app.ts';
import { readerOf } from '../state/request-reader.ts';
import { type LanePiece, type RequestView, requestView, type StageRow } from '../state/request-view.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { RequestFate } from './request-fate.tsx';
import { RequestMark, StageBar } from './stage-bar.tsx';
import { placeOn, type TimeAxis, ticksOf, tickText } from './time-axis.ts';

export function OneRequest({ request }: { readonly request: number }) {
  const app = useApp();
  const view = useRequest(app, request);
  if (view === null)
    return <p className="panel-empty">{`Request ${request} is not computed yet, or never started.`}</p>;
  return (
    <>
      <Head view={view} />
      <p className="request-why">
        {view.status !== '' && <b className={view.failed ? 'failed' : ''}>{view.status}</b>}
        {view.termination !== '' && <b>{view.termination}</b>}
        <span>{view.why}</span>
      </p>
      {view.write !== null && <RequestFate write={view.write} fromUs={view.toUs} />}
      <Waterfall view={view} />
    </>
  );
}

/** Read again whenever the trace has changed, as long as it may still grow. */
function useRequest(app: App, request: number): RequestView | null {
  const commands = useStoreValue(app.playback, (playback) => playback.commands);
  const [view, setView] = useState<RequestView | null>(null);
  useEffect(() => {
    const reader = readerOf(app);
    let seen = -1;
    const look = (): void => {
      const { version } = app.frame.window;
      if (version === seen) return;
      seen = version;
      const found = reader.read(request);
      setView(found === null ? null : requestView(found, commands));
    };
    look();
    const stop = app.frame.onFrame(look);
    return () => {
      stop();
      reader.release();
    };
  }, [app, request, commands]);
  return view;
}

function Head({ view }: { readonly view: RequestView }) {
  const app = useApp();
  const { request } = view;
  const isLast = app.frame.window.chunkOfRequest(request + 1) === null;
  return (
    <header className="request-head">
      <RequestMark shape={view.shape} failed={view.failed} />
      <div>
        <h1>{view.title}</h1>
        <p>{view.about}</p>
      </div>
      <div className="request-ways">
        <button
          type="button"
          className="button"
          disabled={request <= 1}
          aria-label={`Request before, ${request - 1}`}
          onClick={() => showRequest.run(app, request - 1)}
        >
          <ChevronLeft size={16} aria-hidden="true" />
          {request - 1}
        </button>
        <button
          type="button"
          className="button"
          disabled={isLast}
          aria-label={`Next request, ${request + 1}`}
          onClick={() => showRequest.run(app, request + 1)}
        >
          {request + 1}
          <ChevronRight size={16} aria-hidden="true" />
        </button>
        <button type="button" className="button filled" onClick={() => showMe.run(app, request)}>
          <Play size={16} aria-hidden="true" />
          Show me
        </button>
      </div>
    </header>
  );
}

function Waterfall({ view }: { readonly view: RequestView }) {
  const { fromUs, toUs } = view;
  const axis = useMemo((): TimeAxis => {
    const spanUs = Math.max(1, toUs - fromUs);
    // A little room on both sides, so that bars and the playhead do not touch the edge.
    return { fromUs: fromUs - spanUs * 0.02, spanUs: spanUs * 1.04 };
  }, [fromUs, toUs]);
  return (
    <div className="waterfall">
      <Axis axis={axis} />
      <Lane name="What is true" pieces={view.truth} axis={axis} />
      {view.belief.length > 0 && (
        <Lane name="What HAProxy believes" of={view.believedOf} pieces={view.belief} axis={axis} />
      )}
      <Stages view={view} axis={axis} />
      <p className="waterfall-total">
        <b>In all</b>
        <span>{view.after}</span>
        <b>{view.total}</b>
      </p>
      <Playhead axis={axis} />
    </div>
  );
}

function Axis({ axis }: { readonly axis: TimeAxis }) {
  return (
    <div className="waterfall-axis" aria-hidden="true">
      {ticksOf(axis).map((us) => (
        <span key={us} style={{ left: `${placeOn(axis, us)}%` }}>
          {tickText(axis, us)}
        </span>
      ))}
    </div>
  );
}

interface LaneProps {
  readonly name: string;
  readonly of?: string;
  readonly pieces: readonly LanePiece[];
  readonly axis: TimeAxis;
}

function Lane({ name, of, pieces, axis }: LaneProps) {
  return (
    <div className="waterfall-lane">
      <h2>
        {name}
        {of !== undefined && <small>{` of ${of}`}</small>}
      </h2>
      <ol>
        {pieces.map((piece) => {
          const left = placeOn(axis, piece.fromUs);
          const width = placeOn(axis, piece.toUs) - left;
          return (
            <li
              key={piece.fromUs}
              data-tone={piece.tone}
              data-lane={of === undefined ? 'truth' : 'belief'}
              style={{ left: `${left}%`, width: `${width}%` }}
            >
              <span>
                {piece.barsOf > 0 && <Bars left={piece.bars} of={piece.barsOf} />}
                {piece.text}
                <i className="unseen">{`, from ${formatClock(piece.fromUs)} to ${formatClock(piece.toUs)}`}</i>
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function Bars({ left, of }: { readonly left: number; readonly of: number }) {
  const bars = Array.from({ length: of }, (_, n) => ({ at: n * 6 + 0.5, isLeft: n < left }));
  return (
    <svg width={of * 6} height="10" aria-hidden="true" focusable="false">
      {bars.map(({ at, isLeft }) => (
        <rect key={at} className={isLeft ? 'bar-left' : 'bar-gone'} x={at} y="0.5" width="4" height="9" />
      ))}
    </svg>
  );
}

function Stages({ view, axis }: { readonly view: RequestView; readonly axis: TimeAxis }) {
  const app = useApp();
  const told = useStoreValue(app.inquiry, (inquiry) => inquiry.told?.stage ?? -1);
  return (
    <table>
      <caption className="unseen">{`The way of request ${view.request}, stage by stage`}</caption>
      <colgroup>
        <col className="stage-name" />
        <col />
        <col className="stage-figure" />
      </colgroup>
      <thead>
        <tr>
          {['Stage', 'What happens', 'Takes'].map((head) => (
            <th key={head} scope="col">
              <span className="unseen">{head}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {view.rows.map((row) => (
          <Row key={row.index} row={row} shape={view.shape} axis={axis} isTold={row.index === told} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly row: StageRow;
  readonly shape: 'read' | 'write';
  readonly axis: TimeAxis;
  readonly isTold: boolean;
}

function Row({ row, shape, axis, isTold }: RowProps) {
  const app = useApp();
  const { stage } = row;
  const isBad = stage.sort === 'connect' || stage.sort === 'silence' || stage.sort === 'giveUp';
  const left = placeOn(axis, stage.fromUs);
  const right = placeOn(axis, stage.toUs);
  const isLate = left > 55;
  const style = isLate ? { right: `calc(${100 - left}% + 12px)` } : { left: `calc(${right}% + 12px)` };
  return (
    <tr className={isTold ? 'shown' : ''}>
      <th scope="row">
        <button
          type="button"
          title="Go there"
          onClick={() => seek.run(app, Math.round((stage.fromUs + stage.toUs) / 2))}
        >
          {row.name}
        </button>
      </th>
      <td>
        <StageBar stage={stage} shape={shape} axis={axis} />
        <span className="stage-note" style={style}>
          {row.note}
        </span>
      </td>
      <td className={isBad ? 'failed' : ''}>{row.figure}</td>
    </tr>
  );
}

/** Moved each frame, outside React. */
function Playhead({ axis }: { readonly axis: TimeAxis }) {
  const app = useApp();
  const line = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      app.frame.onFrame(() => {
        const us = app.frame.playheadUs();
        const isOn = us >= axis.fromUs && us <= axis.fromUs + axis.spanUs;
        const { style } = line.current ?? {};
        if (style === undefined) return;
        style.visibility = isOn ? 'visible' : 'hidden';
        style.left = `${placeOn(axis, us)}%`;
      }),
    [app, axis],
  );
  return (
    <div className="waterfall-playhead" aria-hidden="true">
      <div ref={line} />
    </div>
  );
}
