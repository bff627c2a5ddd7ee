// What a page may draw a moment after its first picture: the sheet below everything, with title and legend, and what guards and
// watches the site.
import type { Design } from '../design/design.ts';
import type { Shape } from './figure.ts';
import { legendLine, legendShapes } from './legend.ts';
import { text } from './marks.ts';
import { firewallGhost, monitoringGhost } from './scene-ghosts.ts';
import { monitoringShapes, wallShapes } from './scene-guards.ts';
import type { SceneState } from './scene-state.ts';
import type { Wires } from './wires.ts';

/** Title, legend and missing monitoring: below everything, does not change while a run goes on. */
export function sheetLayer(design: Design, state: SceneState): readonly Shape[] {
  const { title, legend, legendInOneLine, size } = design.layout;
  const heading =
    state.title === null
      ? []
      : [
          text(title.x, title.y, state.title, 'title'),
          ...state.subtitle.map((line, index) => text(title.x, title.y + 22 + index * 16, line, 'label')),
        ];
  return [
    ...heading,
    ...monitoringGhost(design, state.missing),
    ...(!state.legend
      ? []
      : legendInOneLine === true
        ? legendLine(legend, size.width - 2 * legend.x, state.beadScale)
        : legendShapes(legend, isGuarded(design), state.beadScale)),
  ];
}

const isGuarded = ({ hosts, monitoring }: Design): boolean =>
  monitoring !== null || hosts.some((host) => host.firewall !== null || host.collector !== null);

/** Walls, monitoring, and the ghost of a wall that is missing: above wires, below parts. */
export const guardLayer = (
  design: Design,
  wires: Wires,
  state: Pick<SceneState, 'missing' | 'monitoring' | 'spofs'>,
): readonly Shape[] => [
  ...wallShapes(design, wires, state.spofs),
  ...monitoringShapes(design, wires, state.monitoring),
  ...firewallGhost(design, wires, state.missing),
];
