// The hosts and parts of a diagram as React Flow wants them: absolute positions, sizes, and who lies above whom. Of a large
// design only those that are to be drawn now.
import { DNS, type Host, USERS } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import type { DetailLevel } from '../drawing/detail.ts';
import { present } from '../foundation/assert.ts';
import type { Diagram } from './diagram.ts';
import type { Moved } from './gestures/use-host-drag.ts';
import type { HostNodeType, PartNodeType } from './nodes.tsx';
import { isInBox, isOverview, type ViewBox } from './visible.ts';

export type CanvasNode = HostNodeType | PartNodeType;

const NO_DATA: Record<string, never> = {};
const NO_ROLE = { 'aria-roledescription': '' };
/** Wires lie between hosts and parts; what is dragged lies above all. */
const HOST_Z = 0;
const PART_Z = 10;
const DRAGGED_Z = 100;
const SHARED = { data: NO_DATA, domAttributes: NO_ROLE };

/** Positions are absolute: the dragged host takes its parts along because they are told so here. */
export function flowNodes(
  diagram: Diagram,
  moved: Moved | null,
  box: ViewBox | null,
  level: DetailLevel,
): CanvasNode[] {
  const { design } = diagram;
  const withParts = !isOverview(design, level);
  const outside = { ...SHARED, type: 'part', zIndex: PART_Z, draggable: false } as const;
  return [
    { ...outside, id: USERS, position: design.traffic.position },
    { ...outside, id: DNS, position: design.dns.position },
    ...design.hosts
      .filter((host) => host.id === moved?.hostId || isInBox(box, host.position, host.size))
      .flatMap((host) => [hostNode(host, moved), ...(withParts ? partNodes(diagram, host, moved) : [])]),
  ];
}

function hostNode(host: Host, moved: Moved | null): HostNodeType {
  const isMoved = moved?.hostId === host.id;
  const position = isMoved ? { x: host.position.x + moved.dx, y: host.position.y + moved.dy } : host.position;
  return { ...SHARED, id: host.id, type: 'host', position, ...host.size, zIndex: isMoved ? DRAGGED_Z : HOST_Z };
}

const partNodes = ({ design, figures, isLeftOut }: Diagram, host: Host, moved: Moved | null): readonly PartNodeType[] =>
  wiringOf(design)
    .componentsOn(host.id)
    .filter((part) => !isLeftOut(part))
    .map((part): PartNodeType => {
      const { size } = present(figures.get(part.id), `the figure of ${part.id}`);
      return {
        ...SHARED,
        id: part.id,
        type: 'part',
        parentId: host.id,
        position: { x: part.position.x - host.position.x, y: part.position.y - host.position.y },
        initialWidth: size.width,
        initialHeight: size.height,
        zIndex: moved?.hostId === host.id ? DRAGGED_Z + PART_Z : PART_Z,
      };
    });
