// The tray at the left: the faults as tokens to drag or to take by tap, undo and redo, and the kill zone for whole servers.
import './tray.css';
import { Redo2, Undo2 } from 'lucide-react';
import { type PointerEvent, useRef } from 'react';
import { iconPath } from '../drawing/icons.ts';
import { arm } from '../state/actions/arm.ts';
import { actOn } from '../state/actions/lesson.ts';
import { redo, undo } from '../state/actions/undo.ts';
import type { App, Tool } from '../state/app.ts';
import { TOOLS, type ToolFacts, toolFacts } from '../state/fault-tools.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { byTouch } from '../ui/by-touch.ts';
import { LineIcon } from '../ui/line-icon.tsx';

export function Tray() {
  return (
    <section className="tray" aria-label="Faults">
      <div className="tray-head">
        <h2>Faults</h2>
        <ArmedWords />
      </div>
      <div className="tokens">
        {TOOLS.map((facts) => (
          <Token key={facts.tool} facts={facts} />
        ))}
      </div>
      <UndoButtons />
      <KillZone />
    </section>
  );
}

function ArmedWords() {
  const app = useApp();
  const armed = useStoreValue(app.hand, (hand) => hand.armed);
  return (
    <p>
      {armed === null
        ? byTouch()
          ? 'Tap one, then a part'
          : 'Drag onto a part or a line'
        : `${toolFacts(armed).label} is ready`}
    </p>
  );
}

/** Pixels that a pointer may tremble before it drags. */
const TREMBLE = 5;

function Token({ facts: { tool, label, key, icon, onto } }: { readonly facts: ToolFacts }) {
  const app = useApp();
  const isArmed = useStoreValue(app.hand, (hand) => hand.armed === tool);
  const from = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const dragged = useRef(false);
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>): void => {
    from.current = { x: event.clientX, y: event.clientY };
    dragged.current = false;
    if (event.currentTarget.hasPointerCapture(event.pointerId))
      event.currentTarget.releasePointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (from.current === null || dragged.current || event.buttons === 0) return;
    if (Math.abs(event.clientX - from.current.x) + Math.abs(event.clientY - from.current.y) < TREMBLE) return;
    dragged.current = true;
    takeToken(app, tool);
  };
  return (
    <button
      type="button"
      className="token"
      data-tool={tool}
      data-armed={isArmed}
      aria-pressed={isArmed}
      aria-label={`${label}: make ready, then choose ${onto}`}
      title={byTouch() ? undefined : `${label}: drag onto ${onto}, or press and then choose (${key})`}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerLeave={onPointerMove}
      onClick={() => {
        if (!dragged.current) arm.run(app, tool);
        dragged.current = false;
      }}
    >
      <span className="token-face">
        <LineIcon d={iconPath(icon)} size={18} />
      </span>
      <b>{label}</b>
      <kbd>{key}</kbd>
    </button>
  );
}

/** The canvas follows the pointer from here on and drops it. A partition keeps the first server that was chosen. */
const takeToken = (app: App, tool: Tool): void =>
  app.hand.setState((hand) => ({
    armed: null,
    first: tool === 'part' ? hand.first : null,
    drag: { what: 'token', tool, id: null, over: null, refusal: null },
  }));

function UndoButtons() {
  const app = useApp();
  const undoes = useStoreValue(app.history, (history) => history.done.at(-1)?.label ?? '');
  const redoes = useStoreValue(app.history, (history) => history.undone.at(-1)?.label ?? '');
  return (
    <fieldset className="undo" aria-label="Undo and redo">
      <button
        type="button"
        className="icon-button"
        disabled={undoes === ''}
        aria-label={undoes === '' ? 'Undo' : `Undo: ${undoes}`}
        title={undoes === '' ? 'Undo (Ctrl+Z)' : `Undo: ${undoes} (Ctrl+Z)`}
        onClick={() => actOn(app, undo, undefined)}
      >
        <Undo2 size={18} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="icon-button"
        disabled={redoes === ''}
        aria-label={redoes === '' ? 'Redo' : `Redo: ${redoes}`}
        title={redoes === '' ? 'Redo (Ctrl+Shift+Z)' : `Redo: ${redoes} (Ctrl+Shift+Z)`}
        onClick={() => actOn(app, redo, undefined)}
      >
        <Redo2 size={18} aria-hidden="true" />
      </button>
    </fieldset>
  );
}

function KillZone() {
  const app = useApp();
  const isNear = useStoreValue(app.hand, (hand) => hand.hint || hand.drag?.what === 'host');
  const isOver = useStoreValue(app.hand, (hand) => hand.drag?.over === 'kill-zone');
  return (
    <div className="kill-zone" data-kill-zone="" data-near={isNear} data-over={isOver}>
      <b>Kill zone</b>
      <span>{byTouch() ? 'Drag a server here, or tap Kill' : 'Drag a server here, or press K'}</span>
    </div>
  );
}
