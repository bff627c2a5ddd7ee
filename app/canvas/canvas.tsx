// The diagram that lives: React Flow pans, zooms, drags and hit-tests; drawing/ says what everything looks like; the overlay
// paints what moves. Layers from below: sheet, hosts, wires, parts, beads, annotations.
import 'reactflow/dist/base.css';
import './canvas.css';
import { type CSSProperties, lazy, type ReactNode, Suspense, useMemo, useRef } from 'react';
import { ReactFlow, ReactFlowProvider, ViewportPortal } from 'reactflow';
import type { Design } from '../design/design.ts';
import type { App } from '../state/app.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { AnnotationLayer } from './annotation-layer.tsx';
import { DiagramContext, SceneContext, useDiagram, useDiagramValue, useIsKnown, useSceneState } from './diagram.ts';
import { DragChip } from './drag-chip.tsx';
import { type CanvasNode, flowNodes } from './flow-nodes.ts';
import { useFingerScrolls } from './gestures/use-finger-scrolls.ts';
import { type Moved, useHostDrag } from './gestures/use-host-drag.ts';
import { useLitLines } from './gestures/use-lit-lines.ts';
import { useRovingFocus } from './gestures/use-roving-focus.ts';
import { NODE_TYPES } from './nodes.tsx';
import { useReducedMotion } from './overlay/motion.ts';
import { Hatches } from './shape-view.tsx';
import { useTurn } from './use-turn.ts';
import { leastZoom, MOST_ZOOM, useFitting, useOneColumn, useReveal, useTransformReader } from './viewport.ts';
import { DetailContext, isLarge, useDetailLevel, useViewBox } from './visible.ts';
import { WireLayer } from './wire-layer.tsx';

const SheetLayer = lazy(async () => ({ default: (await import('./sheet-layer.tsx')).SheetLayer }));
const TextOutline = lazy(async () => ({ default: (await import('./text-outline.tsx')).TextOutline }));

/** Only after a jump far ahead. */
const ComputingTag = lazy(async () => ({ default: (await import('./computing-tag.tsx')).ComputingTag }));

/** Painting begins a moment after the diagram is there: the first picture does not wait for it. */
const Overlay = lazy(() => import('./overlay/overlay.tsx').then((module) => ({ default: module.Overlay })));

/** A narrow page waits for what turns its diagram upright. */
export function Canvas({ label }: { readonly label: string }) {
  return (
    <Suspense fallback={<section className="canvas" aria-label={label} />}>
      <Shown label={label} />
    </Suspense>
  );
}

function Shown({ label }: { readonly label: string }) {
  const diagram = useDiagramValue(useApp(), useTurn());
  return (
    <DiagramContext value={diagram}>
      <ReactFlowProvider>
        <Scene>
          <LiveDiagram label={label} />
        </Scene>
      </ReactFlowProvider>
    </DiagramContext>
  );
}

/** Renders with each view of the run; what stands between it and the layers does not. */
function Scene({ children }: { readonly children: ReactNode }) {
  return <SceneContext value={useSceneState()}>{children}</SceneContext>;
}

function LiveDiagram({ label }: { readonly label: string }) {
  const app = useApp();
  const diagram = useDiagram();
  const { design } = diagram;
  const container = useRef<HTMLElement>(null);
  const fitting = useFitting(design.layout.size);
  const hostDrag = useHostDrag(app, design, useTransformReader());
  useRovingFocus(container, useReveal());
  useLitLines(container, design);
  const moment = useMomentData(app);
  const wheelScrolls = useOneColumn();
  // One finger scrolls the page over an upright diagram, until it is enlarged.
  useFingerScrolls(container, diagram.upright && !fitting.isReleased);
  const box = useViewBox(isLarge(design));
  const level = useDetailLevel();
  const nodes = useMemo(() => flowNodes(diagram, hostDrag.moved, box, level), [diagram, hostDrag.moved, box, level]);
  return (
    <section
      ref={container}
      className="canvas"
      aria-label={label}
      {...moment}
      data-upright={diagram.upright}
      data-enlarged={fitting.isReleased}
      style={{ '--canvas-ratio': design.layout.size.height / design.layout.size.width } as CSSProperties}
      onDoubleClick={fitting.refit}
    >
      <Hatches />
      <Suspense>
        <TextOutline diagram={diagram} />
      </Suspense>
      <DetailContext value={level}>
        <ReactFlow<CanvasNode>
          {...FLOW_PROPS}
          minZoom={leastZoom(design.layout.size)}
          zoomOnScroll={!wheelScrolls}
          preventScrolling={!wheelScrolls}
          nodesDraggable={!diagram.upright}
          nodes={nodes}
          onNodeDragStart={hostDrag.onStart}
          onNodeDrag={hostDrag.onDrag}
          onNodeDragStop={hostDrag.onStop}
          onMoveStart={(event) => event !== null && fitting.release()}
        >
          <ViewportPortal>
            <div className="canvas-below">
              <Suspense>
                <SheetLayer diagram={diagram} />
              </Suspense>
              <Home design={design} moved={hostDrag.moved} />
            </div>
            <div className="canvas-between">
              <WireLayer diagram={diagram} box={box} away={hostDrag.moved?.hostId ?? null} />
            </div>
          </ViewportPortal>
        </ReactFlow>
      </DetailContext>
      <Suspense>
        <Overlay />
      </Suspense>
      <AnnotationLayer diagram={diagram} />
      <Suspense>
        <ComputingTag />
      </Suspense>
      <DragChip />
    </section>
  );
}

/** What the style sheets ask of the moment: whether it goes on, may move, and is the one at the playhead. */
function useMomentData(app: App) {
  const isPlaying = useStoreValue(app.playback, (playback) => playback.playing);
  const isReduced = useReducedMotion(app);
  const isKnown = useIsKnown();
  return { 'data-playing': isPlaying, 'data-motion': isReduced ? 'reduced' : 'full', 'data-computing': !isKnown };
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

/** What React Flow is to do, and above all what it is not. */
const FLOW_PROPS = {
  nodeTypes: NODE_TYPES,
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
