// What hangs at the pointer during a drag: the token, and what would happen if it were let go here, or why it cannot be.
import { Ban } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { iconPath } from '../drawing/icons.ts';
import type { HandState } from '../state/app.ts';
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
  const hint = hintOf(drag, (id) => shortName(design, id));
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

function hintOf(drag: HandState['drag'], name: (id: string) => string): string {
  if (drag === null || drag.over === null) return '';
  if (drag.refusal !== null) return drag.refusal;
  const target = drag.what === 'host' ? drag.id : drag.over;
  return target === null ? '' : `${toolFacts(drag.tool).label} ${name(target)}`;
}
