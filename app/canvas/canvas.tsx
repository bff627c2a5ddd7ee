// The diagram that lives: React Flow pans, zooms, drags and hit-tests; drawing/ says what everything looks like; the overlay
// paints what moves. Layers from below: sheet, hosts, wires, parts, beads, annotations.
import 'reactflow/dist/base.css';
import './canvas.css';
import { lazy, Suspense, useMemo, useRef } from 'react';
import { ReactFlow, ReactFlowProvider, ViewportPortal } from 'reactflow';
import { type Design, DNS, USERS } from '../design/design.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { AnnotationLayer } from './annotation-layer.tsx';
import { DiagramContext, useDiagram, useDiagramValue, useSceneState } from './diagram.ts';
import { DragChip } from './drag-chip.tsx';
import { useTokenDrag } from './gestures/token-drag.ts';
import { type Moved, useHostDrag } from './gestures/use-host-drag.ts';
import { useLitLines } from './gestures/use-lit-lines.ts';
import { useRovingFocus } from './gestures/use-roving-focus.ts';
import { type HostNodeType, NODE_TYPES, type PartNodeType } from './nodes.tsx';
import { useReducedMotion } from './overlay/motion.ts';
import { Hatches } from './shape-view.tsx';
import { TextOutline } from './text-outline.tsx';
import { LEAST_ZOOM, MOST_ZOOM, useFitting, useReveal, useTransformReader, useWheelScrolls } from './viewport.ts';
import { SheetLayer, WireLayer } from './wire-layer.tsx';

/** Painting begins a moment after the diagram is there: the first picture does not wait for it. */
const Overlay = lazy(() => import('./overlay/overlay.tsx').then((module) => ({ default: module.Overlay })));

export function Canvas() {
  const diagram = useDiagramValue(useApp());
  return (
    <DiagramContext value={diagram}>
      <ReactFlowProvider>
        <LiveDiagram />
      </ReactFlowProvider>
    </DiagramContext>
  );
}

function LiveDiagram() {
  const app = useApp();
  const diagram = useDiagram();
  const { design } = diagram;
  const state = useSceneState();
  const container = useRef<HTMLElement>(null);
  const fitting = useFitting(design.layout.size);
  const hostDrag = useHostDrag(app, design, useTransformReader());
  useTokenDrag(app);
  useRovingFocus(container, useReveal());
  useLitLines(container, design);
  const isPlaying = useStoreValue(app.playback, (playback) => playback.playing);
  const isReduced = useReducedMotion(app);
  const wheelScrolls = useWheelScrolls();
  const nodes = useMemo(() => nodesOf(design, hostDrag.moved), [design, hostDrag.moved]);
  return (
    <section
      ref={container}
      className="canvas"
      aria-label="Diagram"
      data-playing={isPlaying}
      data-motion={isReduced ? 'reduced' : 'full'}
      onDoubleClick={fitting.refit}
    >
      <Hatches />
      <TextOutline diagram={diagram} state={state} />
      <ReactFlow<CanvasNode>
        {...FLOW_PROPS}
        zoomOnScroll={!wheelScrolls}
        preventScrolling={!wheelScrolls}
        nodes={nodes}
        onNodeDragStart={hostDrag.onStart}
        onNodeDrag={hostDrag.onDrag}
        onNodeDragStop={hostDrag.onStop}
        onMoveStart={(event) => event !== null && fitting.release()}
      >
        <ViewportPortal>
          <div className="canvas-below">
            <SheetLayer diagram={diagram} state={state} />
            <Home design={design} moved={hostDrag.moved} />
          </div>
          <div className="canvas-between">
            <WireLayer diagram={diagram} state={state} />
          </div>
        </ViewportPortal>
      </ReactFlow>
      <Suspense>
        <Overlay />
      </Suspense>
      <AnnotationLayer diagram={diagram} state={state} />
      <DragChip />
    </section>
  );
}

/** The dashed place that a dragged host goes back to. */
function Home({ design, moved }: { readonly design: Design; readonly moved: Moved | null }) {
  const host = design.hosts.find((candidate) => candidate.id === moved?.hostId);
  if (host === undefined) return null;
  return (
    <svg className="canvas-layer" {...design.layout.size} aria-hidden="true" focusable="false">
      <rect className="canvas-home" {...host.position} {...host.size} />
    </svg>
  );
}

type CanvasNode = HostNodeType | PartNodeType;

/** What React Flow is to do, and above all what it is not. */
const FLOW_PROPS = {
  nodeTypes: NODE_TYPES,
  minZoom: LEAST_ZOOM,
  maxZoom: MOST_ZOOM,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  selectNodesOnDrag: false,
  elevateNodesOnSelect: false,
  zIndexMode: 'manual',
  autoPanOnNodeDrag: false,
  zoomOnDoubleClick: false,
  nodeDragThreshold: 4,
  disableKeyboardA11y: true,
  deleteKeyCode: null,
  selectionKeyCode: null,
  multiSelectionKeyCode: null,
  panActivationKeyCode: null,
  zoomActivationKeyCode: null,
  proOptions: { hideAttribution: true },
} as const;

const NO_DATA: Record<string, never> = {};
const NO_ROLE = { 'aria-roledescription': '' };
/** Wires lie between hosts and parts; what is dragged lies above all. */
const HOST_Z = 0;
const PART_Z = 10;
const DRAGGED_Z = 100;

/** Positions are absolute: the dragged host takes its parts along because they are told so here. */
function nodesOf(design: Design, moved: Moved | null): CanvasNode[] {
  const shared = { data: NO_DATA, domAttributes: NO_ROLE };
  const hosts = design.hosts.map((host): HostNodeType => {
    const isMoved = moved?.hostId === host.id;
    const position = isMoved ? { x: host.position.x + moved.dx, y: host.position.y + moved.dy } : host.position;
    return { ...shared, id: host.id, type: 'host', position, ...host.size, zIndex: isMoved ? DRAGGED_Z : HOST_Z };
  });
  const parts = design.components.map((part): PartNodeType => {
    const host = design.hosts.find((candidate) => candidate.id === part.hostId);
    const at = host?.position ?? { x: 0, y: 0 };
    const position = { x: part.position.x - at.x, y: part.position.y - at.y };
    const zIndex = moved?.hostId === part.hostId ? DRAGGED_Z + PART_Z : PART_Z;
    return { ...shared, id: part.id, type: 'part', parentId: part.hostId, position, zIndex };
  });
  const outside = { ...shared, type: 'part', zIndex: PART_Z, draggable: false } as const;
  return [
    { ...outside, id: USERS, position: design.traffic.position },
    { ...outside, id: DNS, position: design.dns.position },
    ...hosts.flatMap((host) => [host, ...parts.filter((part) => part.parentId === host.id)]),
  ];
}
