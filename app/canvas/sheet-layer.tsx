// The sheet behind the diagram: title, legend, what is missing; and above the wires what guards and watches the site. Both come
// right after the first picture.
import { memo, useMemo } from 'react';
import { guardLayer, sheetLayer } from '../drawing/scene-sheet.ts';
import { overlayOf } from '../state/overlay.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { type Diagram, useScene } from './diagram.ts';
import { ShapeView } from './shape-view.tsx';

interface Props {
  readonly diagram: Diagram;
}

export const SheetLayer = memo(function SheetLayer({ diagram }: Props) {
  const state = useScene();
  const app = useApp();
  const beadScale = useStoreValue(overlayOf(app), (overlay) => overlay.beadScale);
  const { design } = diagram;
  const { title, subtitle, missing, legend } = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the state, the sheet shows these.
  const shapes = useMemo(
    () => sheetLayer(design, { ...state, beadScale }),
    [design, title, subtitle, missing, legend, beadScale],
  );
  return (
    <svg
      className="canvas-layer"
      width={design.layout.size.width}
      height={design.layout.size.height}
      aria-hidden="true"
      focusable="false"
    >
      <ShapeView shapes={shapes} />
    </svg>
  );
});

/** Part of the wires' picture. */
export function GuardLayer({ diagram }: Props) {
  const { design, wires } = diagram;
  const { missing, monitoring, spofs } = useScene();
  const shapes = useMemo(
    () => guardLayer(design, wires, { missing, monitoring, spofs }),
    [design, wires, missing, monitoring, spofs],
  );
  return <ShapeView shapes={shapes} />;
}
