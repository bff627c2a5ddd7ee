// A design at a moment as one flat, ordered list of shapes: what the export draws. The live canvas takes the same layers
// one by one, since it draws hosts and parts as nodes that can be dragged.
import { type Component, type Design, DNS, USERS } from '../design/design.ts';
import { present } from '../foundation/assert.ts';
import { BEAD_ORDER, beadShapes } from './bead.ts';
import type { Shape } from './figure.ts';
import type { Figures } from './figures.ts';
import { monitoringInWords } from './scene-guards.ts';
import { hostInWords, hostShapes } from './scene-hosts.ts';
import { annotationShapes } from './scene-layers.ts';
import { wireShapes } from './scene-links.ts';
import { guardLayer, sheetLayer } from './scene-sheet.ts';
import { HOST_AT_REST, type SceneState } from './scene-state.ts';
import { tagPlaces, tagToTake } from './scene-tags.ts';
import { type Wires, wiresOf } from './wires.ts';

export interface Scene {
  readonly size: { readonly width: number; readonly height: number };
  readonly shapes: readonly Shape[];
  /** One line: what is drawn. */
  readonly title: string;
  /** All that the picture says, for those who do not see it. */
  readonly textAlternative: string;
}

/** The whole picture. Layers from below: sheet, hosts, wires, parts, what moves, padlocks, rings, pins, tags. */
export function scene(design: Design, figures: Figures, state: SceneState): Scene {
  const wires = wiresOf(design, figures);
  return {
    size: design.layout.size,
    title: design.title,
    textAlternative: sceneInWords(design, figures, state),
    shapes: [
      ...sheetLayer(design, state),
      ...hostLayer(design, state),
      ...wireLayer(design, wires, state),
      ...partLayer(design, figures),
      ...beadLayer(wires, state),
      ...annotationShapes(design, wires, state),
      ...tagPlaces(design, figures, wires, state).map(({ at, word, icon }) => tagToTake(at.x, at.y, word, icon)),
    ],
  };
}

/** Host bays at their places. */
const hostLayer = (design: Design, state: SceneState): readonly Shape[] =>
  design.hosts.map((host) => ({
    type: 'group',
    ...host.position,
    shapes: hostShapes(host, state.hosts[host.id] ?? HOST_AT_REST, state.spofs.includes(host.id)),
  }));

/** Wires, what is written on them, and the missing wall: above hosts, below parts. */
const wireLayer = (design: Design, wires: Wires, state: SceneState): readonly Shape[] => [
  ...wireShapes(wires, state.links),
  ...guardLayer(design, wires, state),
];

/** Users, DNS and components at their places. */
function partLayer(design: Design, figures: Figures): readonly Shape[] {
  const place = (id: string, at: Component['position']): Shape => {
    return { type: 'group', x: at.x, y: at.y, shapes: present(figures.get(id), `the figure of ${id}`).shapes };
  };
  return [
    place(DNS, design.dns.position),
    place(USERS, design.traffic.position),
    ...design.components.map((component) => place(component.id, component.position)),
  ];
}

/** What moves, crosses and rings last. A bead whose wire is not drawn is left out. */
function beadLayer(wires: Wires, state: SceneState): readonly Shape[] {
  return BEAD_ORDER.flatMap((kind) =>
    state.beads.flatMap((bead) => {
      if (bead.kind !== kind) return [];
      const report = wires.reports.get(bead.link);
      if (report !== undefined) return beadShapes(kind, report, bead.at, bead.back);
      const link = wires.links.get(bead.link);
      const wire = bead.link === DNS ? wires.dns : bead.lane === 'check' ? link?.check : link?.main;
      return wire ? beadShapes(kind, wire.path, bead.at, bead.back) : [];
    }),
  );
}

function sceneInWords(design: Design, figures: Figures, state: SceneState): string {
  const alternative = (id: string): string => figures.get(id)?.textAlternative ?? id;
  const sentences = [design.title, alternative(DNS), alternative(USERS)];
  for (const host of design.hosts) {
    const parts = design.components.filter((component) => component.hostId === host.id);
    const inside = parts.map((component) => alternative(component.id)).join('; ');
    const spof = state.spofs.includes(host.id) ? ', single point of failure' : '';
    sentences.push(`${hostInWords(host, state.hosts[host.id] ?? HOST_AT_REST)}${spof}: ${inside}`);
  }
  if (design.monitoring !== null) sentences.push(monitoringInWords(state.monitoring));
  if (state.missing.firewall) sentences.push('No firewall in front of any host');
  if (state.missing.unmonitored > 0) {
    sentences.push(`No monitoring on ${state.missing.unmonitored} of ${design.hosts.length} hosts`);
  }
  return `${sentences.join('. ')}.`;
}
