// The tags of faults: where they stand, so that none covers a name or another tag, and the same for the picture and for the
// buttons that are laid over it.
import { type Design, type Host, type Point, USERS } from '../design/design.ts';
import type { Shape } from './figure.ts';
import type { Figures } from './figures.ts';
import { faultTag, faultTagWidth } from './marks.ts';
import type { SceneState, TagState } from './scene-state.ts';
import type { LinkWires, Wires } from './wires.ts';

export interface TagPlace extends TagState {
  readonly element: string;
  /** Its left end, and its middle. */
  readonly at: Point;
  readonly width: number;
}

const ROW = 29;
const GAP = 4;
/** A part's tag stands on its edge, above its name. */
const LIFT = 8;
/** From a wire to the middle of its tag: beside it, and where the wire is short, past the parts at its ends. */
const BESIDE = 26;
const PAST_PARTS = 54;
/** Below the users' line, past what is written there. */
const BELOW_LABEL = 42;
const BEFORE_END = 20;

/** Every tag, in the design's order. */
export function tagPlaces(design: Design, figures: Figures, wires: Wires, state: SceneState): readonly TagPlace[] {
  const tagsOf = (id: string) => state.tags[id] ?? [];
  const onPart = (id: string, position: Point): readonly TagPlace[] =>
    stacked(id, tagsOf(id), position.x + (figures.get(id)?.size.width ?? 0) + 8, position.y - LIFT, -ROW);
  return [
    ...onPart(USERS, design.traffic.position),
    ...design.hosts.flatMap((host) => hostTags(host, tagsOf(host.id), state.spofs.includes(host.id))),
    ...design.components.flatMap((component) => onPart(component.id, component.position)),
    ...[...wires.links.values()].flatMap((link) => linkTags(design, link, tagsOf(link.linkId))),
  ];
}

export const tagShapes = (places: readonly TagPlace[]): readonly Shape[] =>
  places.map(({ at, word, icon }) => faultTag(at.x, at.y, word, icon));

/** One above the other, their right ends in line. */
function stacked(element: string, tags: readonly TagState[], right: number, y: number, row: number): TagPlace[] {
  return tags.map((tag, index) => {
    const width = faultTagWidth(tag.word);
    return { ...tag, element, width, at: { x: right - width, y: y + index * row } };
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

/** At the middle of the wire's longest piece, above it or to its right. */
function linkTags(design: Design, { main, linkId, port }: LinkWires, tags: readonly TagState[]): readonly TagPlace[] {
  const { middle, length, level } = longestPiece(main.points);
  const isFromUsers = port !== null && design.links.some((link) => link.id === linkId && link.from === USERS);
  return tags.map((tag, index) => {
    const width = faultTagWidth(tag.word);
    if (!level) return { ...tag, element: linkId, width, at: { x: middle.x + 16, y: middle.y + index * ROW } };
    const off = isFromUsers ? BELOW_LABEL : length < width ? -PAST_PARTS : -BESIDE;
    const y = middle.y + off + index * (off > 0 ? ROW : -ROW);
    const end = main.points.at(-1) ?? middle;
    const x = isFromUsers ? end.x - BEFORE_END - width : middle.x - width / 2;
    return { ...tag, element: linkId, width, at: { x, y } };
  });
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
