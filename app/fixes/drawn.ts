// The figures of a design as they are drawn, for what needs their sizes and anchors. Fixes come late, and bring the late ones.
import { drawKind, takeLateFigures } from '../catalogue/figures.ts';
import { LATE_FIGURES } from '../catalogue/late-figures.ts';
import type { Design } from '../design/design.ts';
import { type Figures, figuresOf } from '../drawing/figures.ts';

export function drawn(design: Design): Figures {
  takeLateFigures(LATE_FIGURES);
  return figuresOf(design, {}, drawKind);
}
