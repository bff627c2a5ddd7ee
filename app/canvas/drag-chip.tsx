// What hangs at the pointer during a drag: the token, and what would happen if it were let go here, or why it cannot be.
import './drag-chip.css';
import { Ban } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Design } from '../design/design.ts';
import { iconPath } from '../drawing/icons.ts';
import type { App, HandState } from '../state/app.ts';
import { besideOf } from '../state/beside.ts';
import { toolFacts } from '../state/fault-tools.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { LineIcon } from '../ui/line-icon.tsx';
import { useDiagram } from './diagram.ts';
import { shortName } from './names.ts';

export function DragChip() {
  const app = useApp();
  const { design } = useDiagram();
  const drag = useStoreValue(app.hand, (hand) => hand.drag);
  const chip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const follow = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): void => {
      chip.current?.style.setProperty('transform', `translate(${clientX}px, ${clientY}px)`);
    };
    const followTouch = ({ touches }: TouchEvent): void => {
      if (touches[0]) follow(touches[0]);
    };
    addEventListener('pointermove', follow);
    addEventListener('touchmove', followTouch);
    return () => {
      removeEventListener('pointermove', follow);
      removeEventListener('touchmove', followTouch);
    };
  }, []);
  const beside = useStoreValue(besideOf(app), (state) => state.app);
  const hint = hintOf(drag, (id) => nameIn(design, beside, id));
  const isRefused = drag !== null && drag.refusal !== null;
  return (
    <div ref={chip} className="canvas-chip" data-shown={drag !== null} data-refused={isRefused} aria-hidden="true">
      {drag !== null && (drag.what === 'token' || drag.over !== null) && (
        <span className="canvas-chip-token">
          <LineIcon d={iconPath(toolFacts(drag.tool).icon)} size={16} />
        </span>
      )}
      {isRefused && <Ban className="canvas-chip-ban" size={20} strokeWidth={3} />}
      {hint !== '' && <span className="canvas-chip-hint">{hint}</span>}
    </div>
  );
}

/** Where two designs are compared the other one may have it. */
function nameIn(design: Design, beside: App | null, id: string): string {
  const name = shortName(design, id);
  return name === id && beside !== null ? shortName(beside.design.getState().design, id) : name;
}

function hintOf(drag: HandState['drag'], name: (id: string) => string): string {
  if (drag === null || drag.over === null) return '';
  if (drag.refusal !== null) return drag.refusal;
  const target = drag.what === 'host' ? drag.id : drag.over;
  return target === null ? '' : `${toolFacts(drag.tool).label} ${name(target)}`;
}
