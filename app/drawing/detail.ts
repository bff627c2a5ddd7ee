// Level of detail: what a picture leaves out as it is drawn smaller. Names of hosts, marks, rings and pins stay to the end.
// Order and reason: look.md, section 11.
import type { Detail, Shape, TextRole } from './figure.ts';

/** Nothing is left out at 0; at 4 the words of the parts go as well. */
export type DetailLevel = 0 | 1 | 2 | 3 | 4;

/** Below these zooms the smallest text of each sort (11 px) could not be read anyway. */
const LIMITS: readonly number[] = [0.56, 0.48, 0.4, 0.32];

/** The level at this zoom. */
export function detailLevel(zoom: number): DetailLevel {
  const left = LIMITS.filter((limit) => zoom < limit).length;
  return left as DetailLevel;
}

const GOES_AT: Readonly<Record<Detail, number>> = { load: 1, second: 2, first: 3, words: 4 };

/** Texts that say nothing of themselves, by their role. What is not named here stays. */
const BY_ROLE: Readonly<Partial<Record<TextRole, Detail>>> = {
  figure: 'second',
  tiny: 'second',
  label: 'second',
  name: 'words',
  state: 'words',
};

/** The shapes that are drawn at this level, in order; the very same list when nothing is left out. */
export function atDetail(shapes: readonly Shape[], level: DetailLevel): readonly Shape[] {
  return level === 0 ? shapes : shapes.filter((shape) => isDrawn(shape, level));
}

function isDrawn(shape: Shape, level: DetailLevel): boolean {
  const detail = shape.detail ?? (shape.type === 'text' ? BY_ROLE[shape.role] : undefined);
  return detail === undefined || GOES_AT[detail] > level;
}
