// Wires as shapes: bare, in a sheath, dotted, dashed; with arrowheads, port labels, names written on the line, padlocks.
import type { LinkLabel } from '../design/design.ts';
import type { Shape } from './figure.ts';
import { arrowhead } from './link-path.ts';
import { padlock, text } from './marks.ts';
import type { LinkState, SceneState } from './scene-state.ts';
import type { LinkWires, Wire, WireStyle, Wires } from './wires.ts';

const LINE_PITCH = 15;

interface LineStyle {
  readonly strokeWidth: number;
  readonly dash?: readonly number[];
  readonly linecap?: 'round';
}

export const LINE_STYLES: Readonly<Record<WireStyle, LineStyle>> = {
  request: { strokeWidth: 2.4 },
  thin: { strokeWidth: 1.5 },
  ready: { strokeWidth: 2, dash: [4, 4] },
  replication: { strokeWidth: 2, dash: [9, 3, 2, 3] },
  check: { strokeWidth: 1.5, dash: [1.5, 4], linecap: 'round' },
  dns: { strokeWidth: 1.5, dash: [1.5, 4], linecap: 'round' },
};

/** All wires with their arrowheads and what is written beside them. Between host bays and parts. */
export function wireShapes(wires: Wires, links: SceneState['links']): readonly Shape[] {
  const all = [...wires.links.values()];
  return [
    ...lineShapes(wires.dns),
    ...labelShapes(wires.dnsLabel, 'tiny', 14),
    ...all.flatMap((link) => (link.check === null ? [] : lineShapes(link.check))),
    ...all.flatMap((link) =>
      lineShapes(links[link.linkId]?.ready === true ? { ...link.main, style: 'ready' } : link.main),
    ),
    ...all.flatMap((link) => (link.port === null ? [] : labelShapes(link.port, 'tiny', LINE_PITCH))),
    ...all.flatMap((link) => noteShapes(link, links[link.linkId])),
  ];
}

/** Padlocks, and collars where a sheath ends. Above what moves, since it passes through them. */
export function padlockShapes(wires: Wires): readonly Shape[] {
  const shapes: Shape[] = [];
  for (const { main, padlock: lock } of wires.links.values()) {
    if (lock !== null) shapes.push(padlock(lock.at.x, lock.at.y, lock.open));
    const end = main.points.at(-1);
    if (main.encrypted && end !== undefined) {
      shapes.push({ type: 'rect', x: end.x - 3, y: end.y - 11, width: 7, height: 22, fill: 'line' });
    }
  }
  return shapes;
}

function lineShapes(wire: Wire): readonly Shape[] {
  const { d } = wire.path;
  const line: Shape = { type: 'path', d, stroke: 'link', ...LINE_STYLES[wire.style] };
  if (wire.encrypted) return sheath(d);
  return wire.arrow ? [line, { type: 'path', d: arrowhead(wire.points), fill: 'link' }] : [line];
}

/** Encrypted: the wire in a sheath of 9 px. */
export const sheath = (d: string, scale = 1): readonly Shape[] => [
  { type: 'path', d, stroke: 'link', strokeWidth: 9 * scale },
  { type: 'path', d, stroke: 'ground', strokeWidth: 5.6 * scale },
  { type: 'path', d, stroke: 'link', strokeWidth: 1.8 * scale },
];

/** The name on the line and, below it, what is measured there. */
function noteShapes(link: LinkWires, state: LinkState | undefined): readonly Shape[] {
  if (link.label === null) return [];
  const { at, align, lines } = link.label;
  const names = state?.cutOff === true ? ['cut off'] : lines;
  const named = labelShapes({ at, align, lines: names }, 'label', LINE_PITCH);
  if (state === undefined || state.note === '') return named;
  const y = at.y + names.length * LINE_PITCH;
  const note =
    state.noteTone === 'fail'
      ? text(at.x, y, state.note, 'state', { align, fill: 'fail' })
      : text(at.x, y, state.note, 'figure', { align });
  return [...named, note];
}

const labelShapes = (label: LinkLabel, role: 'tiny' | 'label', pitch: number): readonly Shape[] =>
  label.lines.map((line, index) => text(label.at.x, label.at.y + index * pitch, line, role, { align: label.align }));
