// The small drawings of the blast radius: the design with one element marked, requests a second by outcome, what was served.
// The same data as in the exported picture. Its hatches are its own: the diagram's are away with the diagram.
import { memo } from 'react';
import type { Shape } from '../drawing/figure.ts';
import { VARIABLES } from '../drawing/palette.ts';
import { patternNodes, type SvgPaint, svgNodes } from '../drawing/svg-tree.ts';
import { elementsOf } from './drawn.tsx';

const PAINT: SvgPaint = { colours: VARIABLES, idPrefix: 'blast-' };
const PLAN_ID = 'blast-plan';

interface Props {
  readonly shapes: readonly Shape[];
  readonly width: number;
  readonly height: number;
  /** Above the whole design. */
  readonly onPlan?: boolean;
}

export const BlastDrawing = memo(function BlastDrawing({ shapes, width, height, onPlan = false }: Props) {
  return (
    <svg width={width} height={height} aria-hidden="true" focusable="false">
      {onPlan && <use href={`#${PLAN_ID}`} />}
      {elementsOf(svgNodes(shapes, PAINT))}
    </svg>
  );
});

/** Once on the page: the hatches, and the design that every row marks one element of. */
export const BlastDefinitions = memo(function BlastDefinitions({ plan }: { readonly plan: readonly Shape[] }) {
  return (
    <svg className="blast-definitions" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        {elementsOf(patternNodes(PAINT))}
        <g id={PLAN_ID}>{elementsOf(svgNodes(plan, PAINT))}</g>
      </defs>
    </svg>
  );
});
