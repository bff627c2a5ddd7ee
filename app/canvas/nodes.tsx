// Hosts and parts as React Flow nodes: a button each, with its figure as SVG. React Flow moves them; what they look like comes
// from drawing/ and the kinds.
import './nodes.css';
import { lazy, memo, Suspense, useMemo, useRef } from 'react';
import type { Node, NodeProps } from 'reactflow';
import { DNS, type Host, USERS } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import { atDetail } from '../drawing/detail.ts';
import type { Figure, Shape } from '../drawing/figure.ts';
import { hostShapes } from '../drawing/scene-hosts.ts';
import { HOST_AT_REST } from '../drawing/scene-state.ts';
import { keepEqual } from '../state/keep-equal.ts';
import { spofHostsOf } from '../state/pins.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { componentOf, useDiagram, useFigure, useIsKnown } from './diagram.ts';
import { useActivate } from './gestures/activate.ts';
import { FRAME_OUT, useTargetState } from './gestures/target-state.ts';
import { useIsEmphasised } from './lesson.ts';
import { hostName, hostOf, partName } from './names.ts';
import { ShapeView } from './shape-view.tsx';
import { isOverview, useDetail } from './visible.ts';

export type HostNodeType = Node<Record<string, never>, 'host'>;
export type PartNodeType = Node<Record<string, never>, 'part'>;

/** Brackets stand this far outside, with arms this long. */
const BRACKET_OUT = 7;
const BRACKET_ARM = 12;

const NO_SHAPES: readonly Shape[] = [];

const OverviewHost = lazy(async () => ({ default: (await import('./overview.tsx')).OverviewHost }));

function HostNodeView({ id }: NodeProps<HostNodeType>) {
  const app = useApp();
  const { design } = useDiagram();
  const host = wiringOf(design).host(id);
  const state = useStoreValue(app.playback, (playback) => playback.view?.hosts[id]) ?? HOST_AT_REST;
  const isSpof = useStoreValue(app.findings, (all) => spofHostsOf(all.findings).includes(id));
  const activate = useActivate(id);
  const level = useDetail();
  const isFar = isOverview(design, level);
  const isKnown = useIsKnown();
  const target = useTargetState(id, isFar);
  // From far away most of what changes in a host is not drawn.
  const kept = useRef(NO_SHAPES);
  const shapes = useMemo(() => {
    kept.current = keepEqual(kept.current, host === undefined ? [] : atDetail(hostShapes(host, state, isSpof), level));
    return kept.current;
  }, [host, state, isSpof, level]);
  if (host === undefined) return null;
  const isDown = state.state === 'down';
  const { width, height } = host.size;
  const outline = `M0,0H${width}V${height}H0Z`;
  return (
    <button
      type="button"
      className="canvas-node canvas-host"
      data-element={id}
      data-heading={host.heading}
      data-target={target}
      tabIndex={-1}
      aria-label={hostName(host, state, isSpof, isKnown)}
      onClick={activate}
    >
      <svg className="canvas-figure" width={width} height={height} aria-hidden="true" focusable="false">
        {isDown && <DeadBay host={host} shapes={shapes} />}
        {isFar ? (
          <Suspense>
            <OverviewHost host={host} bay={isDown ? NO_SHAPES : shapes} />
          </Suspense>
        ) : (
          !isDown && <ShapeView shapes={shapes} />
        )}
        <path className="canvas-outline" d={outline} />
        <Frames width={width} height={height} id={id} />
      </svg>
    </button>
  );
}

/** A flash of the outline, then the hatch from the left; what was there before lies below until it is covered. */
function DeadBay({ host, shapes }: { readonly host: Host; readonly shapes: readonly Shape[] }) {
  const { width, height } = host.size;
  return (
    <>
      <rect className="canvas-bay" width={width} height={height} />
      <g className="canvas-death">
        <ShapeView shapes={shapes} />
      </g>
      <rect className="canvas-death-flash" width={width} height={height} />
    </>
  );
}

function PartNodeView({ id }: NodeProps<PartNodeType>) {
  const { design } = useDiagram();
  const component = componentOf(design, id);
  if (component === undefined && id !== USERS && id !== DNS) return null;
  return <Part id={id} host={component === undefined ? null : hostOf(design, component)} />;
}

function Part({ id, host }: { readonly id: string; readonly host: Host | null }) {
  const figure = useFigure(id);
  const isKnown = useIsKnown();
  const isEmphasised = useIsEmphasised(id);
  const activate = useActivate(id);
  const target = useTargetState(id);
  return (
    <button
      type="button"
      className="canvas-node canvas-part"
      data-element={id}
      data-emphasised={isEmphasised}
      data-target={target}
      tabIndex={-1}
      aria-label={partName(host, figure, isKnown)}
      onClick={activate}
    >
      <PartPicture id={id} figure={figure} />
    </button>
  );
}

function PartPicture({ id, figure }: { readonly id: string; readonly figure: Figure }) {
  const level = useDetail();
  const { width, height } = figure.size;
  return (
    <svg className="canvas-figure" width={width} height={height} aria-hidden="true" focusable="false">
      <ShapeView shapes={useMemo(() => atDetail(figure.shapes, level), [figure, level])} />
      <path className="canvas-outline" d={figure.outline} />
      <Frames width={width} height={height} id={id} />
    </svg>
  );
}

/** Drawn round the whole element: corner brackets of the selection, the dashed frame of a drag. */
function Frames({ width, height, id }: { readonly width: number; readonly height: number; readonly id: string }) {
  const app = useApp();
  const isSelected = useStoreValue(app.hand, (hand) => hand.selected === id);
  return (
    <>
      <rect
        className="canvas-frame"
        x={-FRAME_OUT}
        y={-FRAME_OUT}
        width={width + 2 * FRAME_OUT}
        height={height + 2 * FRAME_OUT}
      />
      {isSelected && <path className="canvas-brackets" d={brackets(width, height)} />}
    </>
  );
}

function brackets(width: number, height: number): string {
  const [left, top, right, bottom, arm] = [
    -BRACKET_OUT,
    -BRACKET_OUT,
    width + BRACKET_OUT,
    height + BRACKET_OUT,
    BRACKET_ARM,
  ];
  return (
    `M${left},${top + arm}V${top}H${left + arm}M${right - arm},${top}H${right}V${top + arm}` +
    `M${right},${bottom - arm}V${bottom}H${right - arm}M${left + arm},${bottom}H${left}V${bottom - arm}`
  );
}

/** At module level and memoised, as React Flow wants them. */
export const NODE_TYPES = { host: memo(HostNodeView), part: memo(PartNodeView) };

/** The host that a node stands on: itself, its part's, or null for users and DNS. */
export function hostIdOf(
  nodeId: string,
  hosts: readonly Host[],
  components: readonly { id: string; hostId: string }[],
): string | null {
  if (hosts.some((host) => host.id === nodeId)) return nodeId;
  return components.find((component) => component.id === nodeId)?.hostId ?? null;
}
