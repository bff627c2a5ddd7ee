// The tray at the left: the Kill token to drag or to take by tap, undo and redo, and the kill zone for whole servers.
import { PowerOff, Redo2, Undo2 } from 'lucide-react';
import { type PointerEvent, useRef } from 'react';
import { arm } from '../state/actions/arm.ts';
import { actOn } from '../state/actions/lesson.ts';
import { redo, undo } from '../state/actions/undo.ts';
import type { App } from '../state/app.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';

export function Tray() {
  return (
    <section className="tray" aria-label="Faults">
      <div className="tray-head">
        <h2>Faults</h2>
        <ArmedWords />
      </div>
      <KillToken />
      <UndoButtons />
      <KillZone />
    </section>
  );
}

function ArmedWords() {
  const app = useApp();
  const isArmed = useStoreValue(app.hand, (hand) => hand.armed === 'kill');
  return <p>{isArmed ? 'Kill is ready. Now choose a part.' : 'Drag onto a part'}</p>;
}

/** Pixels that a pointer may tremble before it drags. */
const TREMBLE = 5;

function KillToken() {
  const app = useApp();
  const isArmed = useStoreValue(app.hand, (hand) => hand.armed === 'kill');
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
    takeToken(app);
  };
  return (
    <button
      type="button"
      className="token"
      data-armed={isArmed}
      aria-pressed={isArmed}
      aria-label="Kill: make ready, then choose a part"
      title="Drag onto a part, or press and then choose a part (K)"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerLeave={onPointerMove}
      onClick={() => {
        if (!dragged.current) arm.run(app);
        dragged.current = false;
      }}
    >
      <span className="token-face">
        <PowerOff size={20} strokeWidth={2} aria-hidden="true" />
      </span>
      <b>Kill</b>
      <kbd>K</kbd>
    </button>
  );
}

/** The canvas follows the pointer from here on and drops it. */
const takeToken = (app: App): void =>
  app.hand.setState({ armed: null, drag: { what: 'token', id: null, over: null, refusal: null } });

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
      <span>Drag a server here, or press K</span>
    </div>
  );
}
