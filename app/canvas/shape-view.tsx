// The one view of a figure on the page: shapes as SVG elements, the same that the export writes as text. Colours are CSS
// variables, so that a change of theme draws nothing again.
import { createElement, memo, type ReactNode } from 'react';
import type { Shape } from '../drawing/figure.ts';
import { VARIABLES } from '../drawing/palette.ts';
import { patternNodes, type SvgNode, type SvgPaint, svgNodes } from '../drawing/svg-tree.ts';

const PAINT: SvgPaint = { colours: VARIABLES, idPrefix: 'hatch-' };

/** Draws again only when it is handed other shapes. */
export const ShapeView = memo(function ShapeView({ shapes }: { readonly shapes: readonly Shape[] }) {
  return <>{elementsOf(svgNodes(shapes, PAINT))}</>;
});

/** The hatches that shapes refer to: once per page. */
export const Hatches = memo(function Hatches() {
  return (
    <svg className="canvas-hatches" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>{elementsOf(patternNodes(PAINT))}</defs>
    </svg>
  );
});

// Shapes have no identity of their own: their order is their identity.
const elementsOf = (nodes: readonly SvgNode[]): ReactNode[] =>
  nodes.map((node, index) =>
    createElement(
      node.tag,
      { key: index, ...node.attributes },
      node.tag === 'text' ? node.text : elementsOf(node.children),
    ),
  );
