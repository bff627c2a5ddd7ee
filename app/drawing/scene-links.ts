// Wires as shapes: bare, in a sheath, dotted, dashed; with arrowheads, port labels, names written on the line, padlocks.
import type { LinkLabel } from '../design/design.ts';
import type { Paint, Shape } from './figure.ts';
import { arrowhead, longestMiddle, type PathPoint, pointAt } from './link-path.ts';
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
  vrrp: { strokeWidth: 1.5, dash: [1.5, 5], linecap: 'round' },
};

/** All wires with their arrowheads and what is written beside them. Between host bays and parts. */
export function wireShapes(wires: Wires, links: SceneState['links']): readonly Shape[] {
  const all = [...wires.links.values()];
  return [
    ...dnsShapes(wires),
    ...all.flatMap((link) => (link.check === null ? [] : lineShapes(link.check, cutAt(link, links, 'check')))),
    ...all.flatMap((link) => mainShapes(link, links)),
    ...all.flatMap((link) => (link.port === null ? [] : labelShapes(link.port, 'tiny', LINE_PITCH))),
    ...all.flatMap((link) => noteShapes(link, links[link.linkId])),
  ];
}

/** What belongs to one link, for a picture that draws its links one by one: checks, wire, what is written beside it. */
export function linkShapes(link: LinkWires, state: LinkState | undefined): readonly Shape[] {
  const links = state === undefined ? {} : { [link.linkId]: state };
  return [
    ...(link.check === null ? [] : lineShapes(link.check, cutAt(link, links, 'check'))),
    ...mainShapes(link, links),
    ...(link.port === null ? [] : labelShapes(link.port, 'tiny', LINE_PITCH)),
    ...noteShapes(link, state),
  ];
}

/** The line to the DNS, with what is written beside it. */
export const dnsShapes = (wires: Wires): readonly Shape[] => [
  ...lineShapes(wires.dns),
  ...labelShapes(wires.dnsLabel, 'tiny', 14),
];

function mainShapes(link: LinkWires, links: SceneState['links']): readonly Shape[] {
  const state = links[link.linkId];
  const wire: Wire = state?.ready === true ? { ...link.main, style: 'ready' } : link.main;
  if (state?.line === 'crowded') return [...crowdShapes(wire), ...lineShapes(wire)];
  return lineShapes(wire, cutAt(link, links, 'main'), state?.line === 'lossy');
}

/** What stands on lines, above what moves: padlocks, and where lines are cut. */
export const lockShapes = (wires: Wires, links: SceneState['links']): readonly Shape[] => [
  ...padlockShapes(wires, links),
  ...cutShapes(wires, links),
];

/** Padlocks, and collars where a sheath ends. Above what moves, since it passes through them. */
function padlockShapes(wires: Wires, links: SceneState['links']): readonly Shape[] {
  const shapes: Shape[] = [];
  for (const { linkId, main, padlock: lock } of wires.links.values()) {
    if (lock !== null && links[linkId]?.line !== 'cut') shapes.push(padlock(lock.at.x, lock.at.y, lock.open));
    const end = main.points.at(-1);
    if (main.encrypted && end !== undefined) {
      shapes.push({ type: 'rect', x: end.x - 3, y: end.y - 11, width: 7, height: 22, fill: 'line' });
    }
  }
  return shapes;
}

function lineShapes(wire: Wire, cut: Cut | null = null, lossy = false): readonly Shape[] {
  const { d } = wire.path;
  const stroke = lossy ? 'doubt' : 'link';
  const dash = lossy ? { dash: LOSSY_DASH } : cut === null ? {} : { dash: gapDash(wire, cut) };
  const line: Shape = { type: 'path', d, stroke, ...LINE_STYLES[wire.style], ...dash };
  if (wire.encrypted) return sheath(d, 1, dash);
  return wire.arrow ? [line, { type: 'path', d: arrowhead(wire.points), fill: 'link' }] : [line];
}

/** Holes in a wire that loses: longer than those of a line that is only ready. */
const LOSSY_DASH = [14, 5];
const GAP = 20;
const STOP = 9;

/** Where a wire is cut: the place, the direction there, and the share of the way. */
interface Cut extends PathPoint {
  readonly share: number;
}

/** At the padlock, which it takes the place of, or in the middle of the longest straight piece. */
function cutAt(link: LinkWires, links: SceneState['links'], lane: 'main' | 'check'): Cut | null {
  const wire = lane === 'main' ? link.main : link.check;
  if (wire === null || links[link.linkId]?.line !== 'cut') return null;
  const wanted = lane === 'main' && link.padlock !== null ? link.padlock.at : longestMiddle(wire.points);
  const at: PathPoint = { x: 0, y: 0, dx: 1, dy: 0 };
  let [best, nearest] = [0.5, Number.POSITIVE_INFINITY];
  for (let step = 0; step <= 100; step++) {
    pointAt(wire.path, step / 100, at);
    const off = Math.abs(at.x - wanted.x) + Math.abs(at.y - wanted.y);
    if (off < nearest) [best, nearest] = [step / 100, off];
  }
  pointAt(wire.path, best, at);
  return { ...at, share: best };
}

/** The wire's own dashes as far as the gap, nothing there, and the same again after it. */
function gapDash(wire: Wire, cut: Cut): readonly number[] {
  const { length } = wire.path;
  const own = LINE_STYLES[wire.style].dash;
  const [before, after] = [cut.share * length - GAP / 2, length * (1 - cut.share) - GAP / 2];
  if (own === undefined) return [before, GAP, length];
  const period = own.reduce((sum, piece) => sum + piece, 0);
  const head = Array.from({ length: Math.floor(before / period) }, () => own).flat();
  const rest = before - Math.floor(before / period) * period;
  const tail = Array.from({ length: Math.ceil(after / period) }, () => own).flat();
  // Dashes are pairs of drawn and not drawn: the gap is the second of a pair.
  return [...head, Math.min(rest, own[0] ?? rest), GAP + Math.max(0, rest - (own[0] ?? rest)), ...tail];
}

/** Two stops and a cross where a wire is cut, on its checks' line as well. Above what moves. */
function cutShapes(wires: Wires, links: SceneState['links']): readonly Shape[] {
  return [...wires.links.values()].flatMap((link) =>
    (['main', 'check'] as const).flatMap((lane): readonly Shape[] => {
      const cut = cutAt(link, links, lane);
      if (cut === null) return [];
      const edge = GAP / 2;
      const stops = `M${-edge},${-STOP}V${STOP}M${edge},${-STOP}V${STOP}`;
      const cross = 'M-4.5,-4.5L4.5,4.5M4.5,-4.5L-4.5,4.5';
      return [
        {
          type: 'group',
          x: cut.x,
          y: cut.y,
          direction: { dx: cut.dx, dy: cut.dy },
          shapes: [
            { type: 'path', d: stops, stroke: 'fail', strokeWidth: 2.6 },
            { type: 'path', d: cross, stroke: 'fail', strokeWidth: 3 },
          ],
        },
      ];
    }),
  );
}

/** Amber below the wire: more than it was made for. */
const crowdShapes = (wire: Wire): readonly Shape[] => [
  { type: 'path', d: wire.path.d, stroke: 'doubt-fill', strokeWidth: 6 },
];

/** Encrypted: the wire in a sheath of 9 px. */
export const sheath = (d: string, scale = 1, dash: Pick<Paint, 'dash'> = {}): readonly Shape[] => [
  { type: 'path', d, stroke: 'link', strokeWidth: 9 * scale, ...dash },
  { type: 'path', d, stroke: 'ground', strokeWidth: 5.6 * scale, ...dash },
  { type: 'path', d, stroke: 'link', strokeWidth: 1.8 * scale, ...dash },
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
