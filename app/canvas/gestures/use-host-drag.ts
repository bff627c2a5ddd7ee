// Feeds React Flow's drag events to drag-to-kill.ts, and does what comes out of it. Dragging a part drags its host.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { OnNodeDrag } from 'reactflow';
import type { Design } from '../../design/design.ts';
import { kill } from '../../state/actions/kill.ts';
import { actOn } from '../../state/actions/lesson.ts';
import type { App } from '../../state/app.ts';
import { hostIdOf } from '../nodes.tsx';
import type { Transform } from '../viewport.ts';
import { type Box, type HostDrag, type HostDragEvent, IDLE, nextHostDrag, type Spot } from './drag-to-kill.ts';

/** What `hand.drag.over` says while a host is over the kill zone. */
const KILL_ZONE = 'kill-zone';

/** Where the dragged host is, against where it belongs; in the design's px. */
export interface Moved {
  readonly hostId: string;
  readonly dx: number;
  readonly dy: number;
}

export interface HostDragHandlers {
  readonly moved: Moved | null;
  readonly onStart: OnNodeDrag;
  readonly onDrag: OnNodeDrag;
  readonly onStop: OnNodeDrag;
}

export function useHostDrag(app: App, design: Design, transform: () => Transform): HostDragHandlers {
  const drag = useRef<HostDrag>(IDLE);
  const [moved, setMoved] = useState<Moved | null>(null);
  const send = useCallback(
    (event: HostDragEvent) => {
      drag.current = nextHostDrag(drag.current, event);
      setMoved(movedOf(drag.current, transform()[2]));
      tell(app, drag.current);
      if (drag.current.state === 'released' && drag.current.kills) actOn(app, kill, drag.current.hostId);
    },
    [app, transform],
  );
  const isMoving = moved !== null;
  useEffect(() => {
    if (!isMoving) return;
    const putBack = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') send({ type: 'cancel' });
    };
    addEventListener('keydown', putBack);
    return () => removeEventListener('keydown', putBack);
  }, [isMoving, send]);
  const onStart: OnNodeDrag = useCallback(
    (event, node) => {
      const hostId = hostIdOf(node.id, design.hosts, design.components);
      if (hostId !== null) send({ type: 'start', hostId, at: spotOf(event) });
    },
    [design, send],
  );
  const onDrag: OnNodeDrag = useCallback(
    (event) => send({ type: 'move', at: spotOf(event), zone: killZone() }),
    [send],
  );
  const onStop: OnNodeDrag = useCallback(() => send({ type: 'end' }), [send]);
  return { moved, onStart, onDrag, onStop };
}

function movedOf(drag: HostDrag, zoom: number): Moved | null {
  if (drag.state !== 'dragging' && drag.state !== 'armed') return null;
  return { hostId: drag.hostId, dx: (drag.at.x - drag.from.x) / zoom, dy: (drag.at.y - drag.from.y) / zoom };
}

/** Tells the rest of the page what is in the hand; writes only what has changed. */
function tell(app: App, drag: HostDrag): void {
  const told = app.hand.getState().drag;
  if (drag.state !== 'dragging' && drag.state !== 'armed') {
    if (told?.what === 'host') app.hand.setState({ drag: null });
    return;
  }
  const over = drag.state === 'armed' ? KILL_ZONE : null;
  if (told?.id === drag.hostId && told.over === over) return;
  const refusal = over === null ? null : kill.refusal(app, drag.hostId);
  app.hand.setState({ drag: { what: 'host', tool: 'kill', id: drag.hostId, over, refusal } });
}

function killZone(): Box | null {
  return document.querySelector('[data-kill-zone]')?.getBoundingClientRect() ?? null;
}

function spotOf(event: MouseEvent | TouchEvent): Spot {
  const point = 'clientX' in event ? event : (event.touches[0] ?? event.changedTouches[0]);
  return { x: point?.clientX ?? 0, y: point?.clientY ?? 0 };
}
