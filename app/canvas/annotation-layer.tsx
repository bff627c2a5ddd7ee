// Above what moves: padlocks, rings and pins, fault tags, the first hint.
import './annotation-layer.css';
import { Hand } from 'lucide-react';
import { lazy, Suspense, useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import type { Design, Host } from '../design/design.ts';
import { lockShapes } from '../drawing/scene-links.ts';
import { besideOf } from '../state/beside.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { byTouch } from '../ui/by-touch.ts';
import { type Diagram, useScene } from './diagram.ts';
import { ShapeView } from './shape-view.tsx';
import { useOnTransform, useTransformReader, useZoom } from './viewport.ts';

// Issues are measured after the first picture.
const IssueLayer = lazy(async () => ({ default: (await import('./issue-layer.tsx')).IssueLayer }));
// No fault is on at the first picture.
const FaultTags = lazy(async () => ({ default: (await import('./fault-tags.tsx')).FaultTags }));
// Nobody plays a lesson before the first picture.
const LessonNotes = lazy(async () => ({ default: (await import('./lesson-notes.tsx')).LessonNotes }));

interface Props {
  readonly diagram: Diagram;
}

export function AnnotationLayer({ diagram }: Props) {
  const app = useApp();
  const isTaught = useStoreValue(app.settings, (settings) => settings.lesson !== null);
  const zoom = useZoom();
  const layer = useRef<HTMLDivElement>(null);
  const transform = useTransformReader();
  // Written to the element: panning renders nothing.
  const follow = useCallback(() => {
    const [x, y, scale] = transform();
    layer.current?.style.setProperty('transform', `translate(${x}px, ${y}px) scale(${scale})`);
  }, [transform]);
  useLayoutEffect(follow, [follow]);
  useOnTransform(follow);
  return (
    <div ref={layer} className="canvas-annotations">
      <Locks diagram={diagram} />
      <Suspense>
        <IssueLayer diagram={diagram} zoom={zoom} />
      </Suspense>
      <Suspense>
        <FaultTags diagram={diagram} zoom={zoom} />
      </Suspense>
      {isTaught && (
        <Suspense>
          <LessonNotes />
        </Suspense>
      )}
      <FirstHint diagram={diagram} zoom={zoom} />
    </div>
  );
}

/** Drawn anew only when a line is cut or mended. */
function Locks({ diagram }: Props) {
  const { design, wires } = diagram;
  const { links } = useScene();
  const told = Object.keys(links).filter((id) => (links[id]?.line ?? 'whole') !== 'whole');
  const lines = told.map((id) => `${id} ${links[id]?.line}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the links' state, only what is done to them matters here.
  const shapes = useMemo(() => lockShapes(wires, links), [wires, lines]);
  return (
    <svg className="canvas-layer" {...design.layout.size} aria-hidden="true" focusable="false">
      <ShapeView shapes={shapes} />
    </svg>
  );
}

/** On the top edge of the first server; gone with the first kill, while a lesson plays and beside another drawing. Covers no name. */
function FirstHint({ diagram, zoom }: { readonly diagram: Diagram; readonly zoom: number }) {
  const app = useApp();
  const { design, upright } = diagram;
  const host = hintedHost(design);
  const isWanted = useStoreValue(app.hand, (hand) => hand.hint);
  const isTaught = useStoreValue(app.settings, (settings) => settings.lesson !== null);
  const isDead = useStoreValue(app.playback, ({ view }) => view?.hosts[host?.id ?? '']?.state === 'down');
  const isBeside = useStoreValue(besideOf(app), (state) => state.app !== null);
  if (!isWanted || isTaught || isBeside || isDead || host === undefined) return null;
  const scale = Math.max(1, 0.86 / zoom);
  return (
    <p
      className="canvas-hint"
      data-from={upright ? 'left' : 'right'}
      style={{
        left: upright ? host.position.x : Math.max(host.position.x + host.size.width, HINT_WIDTH * scale),
        top: host.position.y + (upright ? 4 : 8),
        transform: `translate(${upright ? 0 : -100}%, -100%) scale(${scale})`,
      }}
    >
      <Hand size={15} strokeWidth={2.4} aria-hidden="true" />
      {byTouch()
        ? `Start here: tap Kill, then ${host.name}`
        : `Start here: drag ${host.name} to the kill zone, or press K`}
    </p>
  );
}

/** So wide at most: it ends at its host's right edge, but begins on the sheet. */
const HINT_WIDTH = 340;

/** The first server behind the balancer, or the only one. */
const hintedHost = (design: Design): Host | undefined =>
  design.hosts.find((host) => design.components.some((part) => part.hostId === host.id && part.kind === 'web-server'));
