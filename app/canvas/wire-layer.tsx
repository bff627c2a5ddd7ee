// Wires between host bays and parts, drawn by drawing/; over each an invisible wide line that can be hovered, focused and
// selected. Behind them the sheet: title, legend, what is missing.
import { type KeyboardEvent, memo, useMemo } from 'react';
import type { Link } from '../design/design.ts';
import { sheetLayer, wireLayer } from '../drawing/scene.ts';
import { LINE_STYLES } from '../drawing/scene-links.ts';
import type { SceneState } from '../drawing/scene-state.ts';
import { overlayOf } from '../state/overlay.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { type Diagram, useDiagram } from './diagram.ts';
import { useActivate } from './gestures/activate.ts';
import { useTargetState } from './gestures/target-state.ts';
import { useIsEmphasised } from './lesson.ts';
import { useLinkRates } from './link-rates.ts';
import { lineName } from './names.ts';
import { ShapeView } from './shape-view.tsx';

export const SheetLayer = memo(function SheetLayer({
  diagram,
  state,
}: {
  readonly diagram: Diagram;
  readonly state: SceneState;
}) {
  const app = useApp();
  const beadScale = useStoreValue(overlayOf(app), (overlay) => overlay.beadScale);
  const { design } = diagram;
  const { title, subtitle, missing, legend } = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the state, the sheet shows these four.
  const shapes = useMemo(() => sheetLayer(design, state), [design, title, subtitle, missing, legend]);
  const { x, y } = design.layout.legend;
  return (
    <svg
      className="canvas-layer"
      width={design.layout.size.width}
      height={design.layout.size.height}
      aria-hidden="true"
      focusable="false"
    >
      <ShapeView shapes={shapes} />
      {beadScale > 1 && (
        <text className="canvas-bead-scale" x={x + 54} y={y}>
          {`one stands for ${beadScale}`}
        </text>
      )}
    </svg>
  );
});

export const WireLayer = memo(function WireLayer({
  diagram,
  state,
}: {
  readonly diagram: Diagram;
  readonly state: SceneState;
}) {
  const { design, wires } = diagram;
  const { links, missing, monitoring, spofs } = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the state, wires show these four.
  const shapes = useMemo(() => wireLayer(design, wires, state), [design, wires, links, missing, monitoring, spofs]);
  const drawn = design.links.filter((link) => wires.links.has(link.id));
  return (
    <>
      <svg className="canvas-layer" {...design.layout.size} aria-hidden="true" focusable="false">
        <ShapeView shapes={shapes} />
      </svg>
      {/* biome-ignore lint/a11y/useSemanticElements: a picture can hold no fieldset. */}
      <svg className="canvas-layer" {...design.layout.size} role="group" aria-label="Lines">
        {drawn.map((link) => (
          <Line key={link.id} link={link} />
        ))}
      </svg>
    </>
  );
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
