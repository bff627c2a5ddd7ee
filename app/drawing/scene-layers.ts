// What lies above all that moves, in a scene and on the live canvas alike.
import type { Design } from '../design/design.ts';
import type { Shape } from './figure.ts';
import { issueShapes } from './scene-issues.ts';
import { lockShapes } from './scene-links.ts';
import type { SceneState } from './scene-state.ts';
import type { Wires } from './wires.ts';

/** Padlocks, cuts, rings and pins. The tags of faults come above them. */
export const annotationShapes = (design: Design, wires: Wires, state: SceneState): readonly Shape[] => [
  ...lockShapes(wires, state.links),
  ...issueShapes(design, wires, state),
];
