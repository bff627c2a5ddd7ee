// The tags of faults: where they stand, so that none covers a name or another tag, and the same for the picture and for the
// buttons that are laid over it.
import { type Component, type Design, DNS, type Host, type LinkLabel, type Point, USERS } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import type { Shape } from './figure.ts';
import type { Figures } from './figures.ts';
import { type IconName, icon } from './icons.ts';
import { faultTagWidth, text } from './marks.ts';
import { STRIP } from './scene-hosts.ts';
import { pinPlaces } from './scene-issues.ts';
import type { SceneState, TagState } from './scene-state.ts';
import { roleWidth } from './text-width.ts';
import type { LinkWires, Wires } from './wires.ts';

export interface TagPlace extends TagState {
  readonly element: string;
  /** Its left end, and its middle. */
  readonly at: Point;
  readonly width: number;
}

const ROW = 29;
const GAP = 4;
/** A part's tag stands over its edge, so far out that it covers no name. */
const OUT = 9;
/** From a wire to its tag. */
const BESIDE = 16;

/** Tags, and the pins and rings that they keep clear of. */
type Tagged = Pick<SceneState, 'tags' | 'pins' | 'spofs'>;

/** Every tag, in the design's order. */
export function tagPlaces(design: Design, figures: Figures, wires: Wires, state: Tagged): readonly TagPlace[] {
  const tagsOf = (id: string) => state.tags[id] ?? [];
  const isTagged = ({ id }: { readonly id: string }): boolean => tagsOf(id).length > 0;
  const links = design.links.filter(isTagged).flatMap(({ id }) => wires.links.get(id) ?? []);
  const free = links.length === 0 ? () => true : freedom(design, figures, wires, state);
  return [
    ...partTags({ id: USERS, position: design.traffic.position }, tagsOf(USERS), figures),
    ...design.hosts.filter(isTagged).flatMap((host) => hostTags(host, tagsOf(host.id), state.spofs.includes(host.id))),
    ...design.components.filter(isTagged).flatMap((component) => {
      return partTags(component, tagsOf(component.id), figures, wiringOf(design).host(component.hostId));
    }),
    ...links.flatMap((link) => linkTags(link, tagsOf(link.linkId), free, design.layout.size.width)),
  ];
}

const WRENCH_ROOM = 26;

/** The tag in a picture to take away, its left end at x, its middle at y: it ends where the live one does and has no wrench, since there is nothing to press. */
export function tagToTake(x: number, y: number, word: string, sign: IconName): Shape {
  const width = faultTagWidth(word) - WRENCH_ROOM;
  return {
    type: 'group',
    x: x + WRENCH_ROOM,
    y,
    shapes: [
      { type: 'rect', x: 0, y: -HALF, width, height: 2 * HALF, radius: 2, fill: 'ink' },
      icon(sign, 16, 0, 15, 'on-ink', 2.4),
      text(30, 4.5, word, 'state', { fill: 'on-ink' }),
    ],
  };
}

/** One above the other over its right end; those that would cover the name of its host, at its lower edge instead. */
function partTags(
  { id, position }: Pick<Component, 'id' | 'position'>,
  tags: readonly TagState[],
  figures: Figures,
  host?: Host,
): readonly TagPlace[] {
  const size = figures.get(id)?.size ?? { width: 0, height: 0 };
  const highest = host?.heading === 'top' ? host.position.y + STRIP + HALF : Number.NEGATIVE_INFINITY;
  let [above, below] = [position.y - OUT, position.y + size.height + OUT];
  return tags.map((tag) => {
    const width = faultTagWidth(tag.word);
    const fits = above >= highest;
    const at = { x: position.x + size.width + 8 - width, y: fits ? above : below };
    if (fits) above -= ROW;
    else below += ROW;
    return { ...tag, element: id, width, at };
  });
}

/** At the right end of the top edge, or of the bottom edge where the ring has its label; in rows where the edge is short. */
function hostTags(host: Host, tags: readonly TagState[], ringed: boolean): readonly TagPlace[] {
  const { x, y } = host.position;
  const { width: room, height } = host.size;
  const edge = ringed ? y + height : y;
  let [right, row] = [x + room, 0];
  return tags.map((tag) => {
    const width = faultTagWidth(tag.word);
    if (right - width < x - GAP && right < x + room) [right, row] = [x + room, row + 1];
    const place = { ...tag, element: host.id, width, at: { x: right - width, y: edge + row * (ringed ? ROW : -ROW) } };
    right -= width + GAP;
    return place;
  });
}

/** At the middle of the wire's longest piece, beside it where it covers nothing. */
function linkTags(
  link: LinkWires,
  tags: readonly TagState[],
  free: (box: Box) => boolean,
  sheetWidth: number,
): readonly TagPlace[] {
  const { middle, level } = longestPiece(link.main.points);
  return tags.map((tag, index) => {
    const width = faultTagWidth(tag.word);
    const rows = index * ROW;
    const [left, right, centre] = [middle.x - BESIDE - width, middle.x + BESIDE, middle.x - width / 2];
    const along = [centre, left, right];
    const ways: readonly Point[] = level
      ? [-ROW, ROW, -2 * ROW, 2 * ROW].flatMap((dy) =>
          along.map((x) => ({ x, y: middle.y + dy + Math.sign(dy) * rows })),
        )
      : [0, ROW, -ROW].flatMap((dy) => [right, left].map((x) => ({ x, y: middle.y + dy + (dy < 0 ? -rows : rows) })));
    // Where nothing is free it stands beside the middle, as far to the right as the sheet goes.
    const last = { x: Math.min(right, sheetWidth - width - GAP), y: middle.y + ROW + GAP + rows };
    const at = ways.find(({ x, y }) => free({ x, y: y - HALF, width, height: 2 * HALF })) ?? last;
    return { ...tag, element: link.linkId, width, at };
  });
}

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Whether a box is on the sheet and covers no part, no heading, no pin and nothing that is written on a wire. */
function freedom(design: Design, figures: Figures, wires: Wires, state: Tagged): (box: Box) => boolean {
  const sizeOf = (id: string) => figures.get(id)?.size ?? { width: 0, height: 0 };
  const { traffic, dns, layout, components, hosts } = design;
  const taken: Box[] = [
    { ...traffic.position, width: sizeOf(USERS).width, height: sizeOf(USERS).height + CAPTION },
    { ...dns.position, ...sizeOf(DNS) },
    ...components.map(({ id, position }) => ({ ...position, ...sizeOf(id) })),
    ...hosts.map(({ position, size, heading }) => ({
      x: position.x,
      y: heading === 'top' ? position.y : position.y + size.height - HEADING,
      width: size.width,
      height: HEADING,
    })),
    ...[...wires.links.values()].flatMap(({ label, port, padlock }) => [
      ...(label === null ? [] : [boxOf(label, 1)]),
      ...(port === null ? [] : [boxOf(port, 0)]),
      // Its issue's pin stands above it.
      ...(padlock === null ? [] : [{ x: padlock.at.x - 16, y: padlock.at.y - 46, width: 32, height: 62 }]),
    ]),
    boxOf(wires.dnsLabel, 0),
    ...pinPlaces(design, wires, state).map(({ at }) => ({
      x: at.x - PIN,
      y: at.y - PIN,
      width: 2 * PIN,
      height: 2 * PIN,
    })),
  ];
  return (box) =>
    box.x >= 0 &&
    box.x + box.width <= layout.size.width &&
    !taken.some(
      (one) =>
        box.x < one.x + one.width &&
        box.x + box.width > one.x &&
        box.y < one.y + one.height &&
        box.y + box.height > one.y,
    );
}

/** What is written below the users. */
const CAPTION = 76;
const HEADING = 32;
/** From a pin's middle to its edge. */
const PIN = 12;
const HALF = 13;

/** Where a label's lines stand, with room for a note below them. */
function boxOf({ at, align, lines }: LinkLabel, notes: number): Box {
  const width = Math.max(...lines.map((line) => roleWidth(line, 'label')));
  const x = align === 'end' ? at.x - width : align === 'middle' ? at.x - width / 2 : at.x;
  return { x, y: at.y - 12, width, height: (lines.length + notes) * 15 + 2 };
}

interface Piece {
  readonly middle: Point;
  readonly length: number;
  /** It runs from left to right. */
  readonly level: boolean;
}

function longestPiece(points: readonly Point[]): Piece {
  let best: Piece = { middle: points[0] ?? { x: 0, y: 0 }, length: -1, level: true };
  points.slice(1).forEach((b, index) => {
    const a = points[index] ?? b;
    const [dx, dy] = [Math.abs(a.x - b.x), Math.abs(a.y - b.y)];
    if (dx + dy <= best.length) return;
    best = { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, length: dx + dy, level: dx >= dy };
  });
  return best;
}
