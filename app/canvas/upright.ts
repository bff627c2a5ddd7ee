// The diagram of a narrow page: turned upright, drawn low. Loaded only where the page is narrow.
import './upright.css';
import { drawUpright } from '../catalogue/upright-figures.ts';
import type { Design } from '../design/design.ts';
import { figuresOf } from '../drawing/figures.ts';
import { fitsUpright, isLeftOut, turnedUpright, turnedWires } from '../drawing/upright.ts';
import { wiresOf } from '../drawing/wires.ts';
import type { Diagram } from './diagram.ts';

/** Null for a design that is too large to be read in this width: it is drawn as it is. */
export function uprightDiagram(design: Design): Diagram | null {
  if (!fitsUpright(design)) return null;
  const figures = figuresOf(design, {}, drawUpright);
  const turned = turnedUpright(design, figures);
  const wires = turnedWires(turned, wiresOf(turned, figures));
  return { design: turned, figures, wires, draw: drawUpright, upright: true, isLeftOut };
}
