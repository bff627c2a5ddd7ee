// Wires between host bays and parts, drawn by drawing/; over each an invisible wide line that can be hovered, focused and
// selected.
import './wire-layer.css';
import { type KeyboardEvent, lazy, memo, Suspense, useMemo } from 'react';
import type { Design, Link } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import { atDetail, type DetailLevel } from '../drawing/detail.ts';
import { dnsShapes, LINE_STYLES, linkShapes } from '../drawing/scene-links.ts';
import type { LinkState } from '../drawing/scene-state.ts';
import type { LinkWires } from '../drawing/wires.ts';
import { present } from '../foundation/assert.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { type Diagram, useDiagram, useScene } from './diagram.ts';
import { useActivate } from './gestures/activate.ts';
import { useTargetState } from './gestures/target-state.ts';
import { useIsEmphasised } from './lesson.ts';
import { useLinkRates } from './link-rates.ts';
import { lineName } from './names.ts';
import { ShapeView } from './shape-view.tsx';
import { isOverview, isWireInBox, useDetail, type ViewBox } from './visible.ts';

const GuardLayer = lazy(async () => ({ default: (await import('./sheet-layer.tsx')).GuardLayer }));
/** Only large designs are ever seen from so far away. */
const OverviewWires = lazy(async () => ({ default: (await import('./overview.tsx')).OverviewWires }));

interface WireLayerProps {
  readonly diagram: Diagram;
  readonly box: ViewBox | null;
  /** A host that is being dragged: its wires fade, since they stay where it belongs. */
  readonly away: string | null;
}

export const WireLayer = memo(function WireLayer(props: WireLayerProps) {
  const isFar = isOverview(props.diagram.design, useDetail());
  return isFar ? (
    <Suspense>
      <OverviewWires diagram={props.diagram} />
    </Suspense>
  ) : (
    <Wiring {...props} />
  );
});

function Wiring({ diagram, box, away }: WireLayerProps) {
  const { design, wires } = diagram;
  const { links } = useScene();
  const level = useDetail();
  const dns = useMemo(() => dnsShapes(wires), [wires]);
  const drawn = useMemo(
    () =>
      design.links.filter((link) => {
        const wire = wires.links.get(link.id);
        return wire !== undefined && isWireInBox(box, wire.main.points);
      }),
    [design, wires, box],
  );
  return (
    <>
      <svg className="canvas-layer" {...design.layout.size} aria-hidden="true" focusable="false">
        <ShapeView shapes={useMemo(() => atDetail(dns, level), [dns, level])} />
        {drawn.map((link) => (
          <g key={link.id} opacity={isAt(design, link, away) ? FADED : undefined}>
            <WirePicture wires={present(wires.links.get(link.id), link.id)} state={links[link.id]} level={level} />
          </g>
        ))}
        <Suspense>
          <GuardLayer diagram={diagram} />
        </Suspense>
      </svg>
      {/* biome-ignore lint/a11y/useSemanticElements: a picture can hold no fieldset. */}
      <svg className="canvas-layer" {...design.layout.size} role="group" aria-label="Lines">
        {drawn.map((link) => (
          <Line key={link.id} link={link} />
        ))}
      </svg>
    </>
  );
}

const FADED = 0.2;

/** Whether one of the link's ends stands on this host. */
function isAt(design: Design, { from, to }: Link, hostId: string | null): boolean {
  const { component } = wiringOf(design);
  return hostId !== null && [from, to].some((id) => component(id)?.hostId === hostId);
}

interface WirePictureProps {
  readonly wires: LinkWires;
  readonly state: LinkState | undefined;
  readonly level: DetailLevel;
}

/** Draws again only when something on this one link has changed. */
const WirePicture = memo(function WirePicture({ wires, state, level }: WirePictureProps) {
  return <ShapeView shapes={useMemo(() => atDetail(linkShapes(wires, state), level), [wires, state, level])} />;
});

function Line({ link }: { readonly link: Link }) {
  const app = useApp();
  const { design, wires } = useDiagram();
  const isSelected = useStoreValue(app.hand, (hand) => hand.selected === link.id);
  const activate = useActivate(link.id);
  const target = useTargetState(link.id);
  const ratePerS = useLinkRates(link.id);
  const isEmphasised = useIsEmphasised(link.id);
  const wire = wires.links.get(link.id)?.main;
  const d = wire?.path.d ?? '';
  const dash = wire === undefined ? undefined : LINE_STYLES[wire.style].dash?.join(' ');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line in a picture can be no HTML button.
    <g
      className="canvas-line"
      role="button"
      tabIndex={-1}
      data-element={link.id}
      data-target={target}
      data-from={link.from}
      data-to={link.to}
      data-selected={isSelected}
      data-emphasised={isEmphasised}
      aria-label={lineName(design, link, ratePerS)}
      onClick={activate}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Enter') activate();
      }}
    >
      <path className="canvas-line-mark" d={d} strokeDasharray={dash} />
      <path className="canvas-line-hit" d={d} />
    </g>
  );
}
