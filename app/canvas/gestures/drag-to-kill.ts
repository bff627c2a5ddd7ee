// Dragging a host to the kill zone, as states: idle, dragging, armed (over the zone), released. The host always snaps back:
// killing does not edit the design. Knows no page; canvas.tsx feeds it React Flow's events.

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** On the screen. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export type HostDrag =
  | { readonly state: 'idle' }
  | { readonly state: 'dragging' | 'armed'; readonly hostId: string; readonly from: Spot; readonly at: Spot }
  | { readonly state: 'released'; readonly hostId: string; readonly kills: boolean };

export type HostDragEvent =
  | { readonly type: 'start'; readonly hostId: string; readonly at: Spot }
  | { readonly type: 'move'; readonly at: Spot; readonly zone: Box | null }
  | { readonly type: 'end' }
  | { readonly type: 'cancel' };

export const IDLE: HostDrag = { state: 'idle' };

/** The zone is wider than it looks, as it widens when a server nears. */
const NEAR = 8;

export function nextHostDrag(drag: HostDrag, event: HostDragEvent): HostDrag {
  switch (event.type) {
    case 'start':
      return { state: 'dragging', hostId: event.hostId, from: event.at, at: event.at };
    case 'move': {
      if (drag.state !== 'dragging' && drag.state !== 'armed') return drag;
      const state = event.zone !== null && isOver(event.at, event.zone) ? 'armed' : 'dragging';
      return { ...drag, state, at: event.at };
    }
    case 'end':
      if (drag.state !== 'dragging' && drag.state !== 'armed') return IDLE;
      return { state: 'released', hostId: drag.hostId, kills: drag.state === 'armed' };
    case 'cancel':
      return IDLE;
  }
}

const isOver = (at: Spot, zone: Box): boolean =>
  at.x >= zone.left - NEAR && at.x <= zone.right + NEAR && at.y >= zone.top - NEAR && at.y <= zone.bottom + NEAR;
