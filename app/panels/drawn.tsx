// A few shapes of drawing/ outside the canvas: pins, state marks. The same data, so the same look.
import './drawn.css';
import { createElement, memo, type ReactNode } from 'react';
import type { Severity } from '../analysis/finding.ts';
import type { PartState, Shape } from '../drawing/figure.ts';
import { issuePin, stateMark } from '../drawing/marks.ts';
import { VARIABLES } from '../drawing/palette.ts';
import { type SvgNode, type SvgPaint, svgNodes } from '../drawing/svg-tree.ts';

const PAINT: SvgPaint = { colours: VARIABLES, idPrefix: 'hatch-' };

interface Props {
  readonly shapes: readonly Shape[];
  readonly width: number;
  readonly height: number;
}

function Drawn({ shapes, width, height }: Props) {
  return (
    <svg className="drawn" width={width} height={height} aria-hidden="true" focusable="false">
      {elementsOf(svgNodes(shapes, PAINT))}
    </svg>
  );
}

// Shapes have no identity of their own: their order is their identity.
export const elementsOf = (nodes: readonly SvgNode[]): ReactNode[] =>
  nodes.map((node, index) =>
    createElement(
      node.tag,
      { key: index, ...node.attributes },
      node.tag === 'text' ? node.text : elementsOf(node.children),
    ),
  );

interface PinProps {
  readonly number: number;
  readonly severity: Severity;
  readonly active: boolean;
}

export const Pin = memo(function Pin({ number, severity, active }: PinProps) {
  return <Drawn shapes={[issuePin(15, 15, String(number), severity, active)]} width={30} height={30} />;
});

export const StateMark = memo(function StateMark({ state }: { readonly state: PartState }) {
  return <Drawn shapes={[stateMark(state, 8, 8)]} width={16} height={16} />;
});
