// The canvas above the diagram on which beads are painted. React makes it once a design, theme or size changes, never for a bead.
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Size } from '../../design/design.ts';
import type { Command } from '../../simulation/command.ts';
import type { App } from '../../state/app.ts';
import { keepEqual } from '../../state/keep-equal.ts';
import { useApp, useStoreValue } from '../../ui/app-context.tsx';
import { useDiagram } from '../diagram.ts';
import { useEmphasis } from '../lesson.ts';
import { useOnTransform, useTransformReader } from '../viewport.ts';
import { crowdSize } from './crowd.ts';
import { readInk } from './ink.ts';
import { lanesOf, setsLatency } from './lanes.ts';
import { useMedia, useReducedMotion } from './motion.ts';
import { OverlayLoop } from './overlay-loop.ts';
import { listenForBeads } from './pick-bead.ts';

export function Overlay() {
  const app = useApp();
  const { design, wires } = useDiagram();
  const latencies = useLatencyCommands(app);
  const theme = useStoreValue(app.settings, (settings) => settings.theme);
  const projector = useStoreValue(app.settings, (settings) => settings.projector);
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  const isReduced = useReducedMotion(app);
  const emphasis = useEmphasis();
  const transform = useTransformReader();
  const canvas = useRef<HTMLCanvasElement>(null);
  const loop = useRef<OverlayLoop | null>(null);
  const lanes = useMemo(() => lanesOf(design, wires, latencies), [design, wires, latencies]);
  const exact = design.timings === 'classroom';

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const measure = crowdSize(location.search);
    const options = { app, canvas: element, lanes, exact, isReduced, emphasis, transform, measure };
    const running = new OverlayLoop(options, context, readInk(element));
    loop.current = running;
    const stopSizes = followSize(element, ({ width, height }) => running.resize(width, height, devicePixelRatio));
    const stopFrames = app.frame.onFrame(running.frame);
    const stopPicks = listenForBeads(app, element, (x, y, reachPx) => running.requestAt(x, y, reachPx));
    return () => {
      stopFrames();
      stopPicks();
      stopSizes();
      loop.current = null;
    };
  }, [app, lanes, exact, isReduced, emphasis, transform]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the theme may have changed.
  useEffect(() => {
    if (canvas.current) loop.current?.recolour(readInk(canvas.current));
  }, [theme, systemIsDark, projector]);

  useOnTransform(useCallback(() => loop.current?.frame(), []));
  return (
    <div aria-hidden="true">
      <canvas ref={canvas} className="canvas-overlay" />
    </div>
  );
}

/** The same list until one of them changes: a fault leaves the beads' picture as it is. */
function useLatencyCommands(app: App): readonly Command[] {
  const kept = useRef<readonly Command[]>([]);
  return useStoreValue(app.playback, ({ commands }) => {
    kept.current = keepEqual(kept.current, commands.filter(setsLatency));
    return kept.current;
  });
}

function followSize(element: HTMLElement, changed: (size: Size) => void): () => void {
  const observer = new ResizeObserver(() => changed({ width: element.clientWidth, height: element.clientHeight }));
  observer.observe(element);
  changed({ width: element.clientWidth, height: element.clientHeight });
  return () => observer.disconnect();
}
