// The shapes of what moves: requests, checks, copied writes, failures, and a flood, apart from all of them. One table for the live overlay and the export, so
// that they agree. Sizes are for 100 % zoom; look.md, section 5. A file that nginx serves itself moves as a read.
import type { Shape } from './figure.ts';
import { type LinkPath, number, type PathPoint, pointAt } from './link-path.ts';
import type { ColourName } from './palette.ts';

export type BeadKind =
  | 'flood'
  | 'read'
  | 'write'
  | 'readRetried'
  | 'writeRetried'
  | 'check'
  | 'copy'
  | 'failed'
  | 'missedCheck'
  | 'dns'
  | 'report'
  | 'advert';

interface BeadLook {
  /** About 0, 0; a bead that turns points along +x. */
  readonly shapes: readonly Shape[];
  /** Turned along the wire, or always upright. */
  readonly turns: boolean;
  /** Colour of the trail, or none. */
  readonly trail: ColourName | null;
  /** Space that the shapes need about their middle, for a sprite. */
  readonly radius: number;
}

/** The trail behind a bead, along the wire, round corners: tapering from `from` to `to` px. */
export const TRAIL = { length: 26, pieces: 8, from: 1, to: 6, opacity: 0.42 } as const;

/** Radii, half sides, reaches and widths of look.md, section 5: the live picture paints with the same ones. */
export const BEAD_SIZE = {
  /** Between a bead and the wire under it. */
  gap: 1.2,
  disc: 5.4,
  square: 5.5,
  check: 4,
  missedCheck: 5.2,
  question: 5.2,
  ringWidth: 1.8,
  chevronWidth: 2.2,
  cross: 4.5,
  crossWidth: 3,
  smallCross: 2.4,
  retriedDisc: 4.2,
  retriedSquare: 4,
  retriedRing: 7.5,
  retriedWidth: 2.4,
  /** Half the length of a flood's waves, how high they swing, how far apart they lie. */
  wave: 6,
  swing: 3,
  waveApart: 4,
  waveWidth: 2,
  /** Half the length of a report's bar, across its line. */
  bar: 5,
  barWidth: 3,
} as const;

const GAP = BEAD_SIZE.gap;
const CHEVRONS = 'M-6,-5L-1,0L-6,5M0,-5L5,0L0,5';
const crossPath = (reach: number): string =>
  `M${-reach},${-reach}L${reach},${reach}M${reach},${-reach}L${-reach},${reach}`;

const retried = (inner: Shape, arc: string, head: string, disc: number): readonly Shape[] => [
  { type: 'circle', x: 0, y: 0, r: disc, fill: 'ground' },
  inner,
  { type: 'path', d: arc, stroke: 'doubt-fill', strokeWidth: BEAD_SIZE.retriedWidth },
  { type: 'path', d: head, fill: 'doubt-fill' },
];

const wave = (y: number): string => {
  const { wave: half, swing } = BEAD_SIZE;
  return `M${-half},${y}Q${-half / 2},${y - swing} 0,${y}T${half},${y}`;
};
const WAVES = wave(-BEAD_SIZE.waveApart / 2) + wave(BEAD_SIZE.waveApart / 2);

/** An arrow tag, as the plate of the address. */
const ADVERT = 'M-9,-5.5H3L9,0L3,5.5H-9Z';

const BEADS: Readonly<Record<BeadKind, BeadLook>> = {
  flood: {
    shapes: [
      { type: 'path', d: WAVES, stroke: 'ground', strokeWidth: BEAD_SIZE.waveWidth + 2 * 1.8 },
      { type: 'path', d: WAVES, stroke: 'doubt', strokeWidth: BEAD_SIZE.waveWidth },
    ],
    turns: false,
    trail: null,
    radius: 9,
  },
  read: {
    shapes: [{ type: 'circle', x: 0, y: 0, r: BEAD_SIZE.disc, fill: 'work', stroke: 'ground', strokeWidth: GAP }],
    turns: false,
    trail: 'work',
    radius: 6,
  },
  write: {
    shapes: [
      {
        type: 'rect',
        x: -BEAD_SIZE.square,
        y: -BEAD_SIZE.square,
        width: 2 * BEAD_SIZE.square,
        height: 2 * BEAD_SIZE.square,
        fill: 'work-deep',
        stroke: 'ground',
        strokeWidth: GAP,
      },
    ],
    turns: true,
    trail: 'work-deep',
    radius: 9,
  },
  readRetried: {
    shapes: retried(
      { type: 'circle', x: 0, y: 0, r: BEAD_SIZE.retriedDisc, fill: 'work' },
      'M7.2,-2.2A7.5,7.5 0 1 0 7.2,2.2',
      'M3.6,-3.2L8.6,-1.2L9.2,-6.4Z',
      8,
    ),
    turns: false,
    trail: 'work',
    radius: 11,
  },
  writeRetried: {
    shapes: retried(
      {
        type: 'rect',
        x: -BEAD_SIZE.retriedSquare,
        y: -BEAD_SIZE.retriedSquare,
        width: 2 * BEAD_SIZE.retriedSquare,
        height: 2 * BEAD_SIZE.retriedSquare,
        fill: 'work-deep',
      },
      'M7.8,-2.2A8,8 0 1 0 7.8,2.2',
      'M4.2,-3.2L9.2,-1.2L9.8,-6.4Z',
      8.6,
    ),
    turns: false,
    trail: 'work-deep',
    radius: 11,
  },
  check: {
    shapes: [
      {
        type: 'circle',
        x: 0,
        y: 0,
        r: BEAD_SIZE.check,
        fill: 'ground',
        stroke: 'ink2',
        strokeWidth: BEAD_SIZE.ringWidth,
      },
    ],
    turns: false,
    trail: null,
    radius: 5,
  },
  report: {
    shapes: [
      {
        type: 'path',
        d: `M0,-${BEAD_SIZE.bar}V${BEAD_SIZE.bar}`,
        stroke: 'ground',
        strokeWidth: BEAD_SIZE.barWidth + 2 * GAP,
      },
      { type: 'path', d: `M0,-${BEAD_SIZE.bar}V${BEAD_SIZE.bar}`, stroke: 'ink2', strokeWidth: BEAD_SIZE.barWidth },
    ],
    turns: true,
    trail: null,
    radius: 7,
  },
  dns: {
    shapes: [
      {
        type: 'path',
        d: `M0,${-BEAD_SIZE.question}L${BEAD_SIZE.question},0L0,${BEAD_SIZE.question}L${-BEAD_SIZE.question},0Z`,
        fill: 'ground',
        stroke: 'ink2',
        strokeWidth: BEAD_SIZE.ringWidth,
      },
    ],
    turns: false,
    trail: null,
    radius: 6,
  },
  advert: {
    shapes: [{ type: 'path', d: ADVERT, fill: 'ground', stroke: 'ink', strokeWidth: BEAD_SIZE.ringWidth }],
    turns: true,
    trail: null,
    radius: 10,
  },
  copy: {
    shapes: [
      { type: 'path', d: CHEVRONS, stroke: 'ground', strokeWidth: 6 },
      { type: 'path', d: CHEVRONS, stroke: 'work-deep', strokeWidth: BEAD_SIZE.chevronWidth, linejoin: 'miter' },
    ],
    turns: true,
    trail: null,
    radius: 9,
  },
  failed: {
    shapes: [
      { type: 'path', d: crossPath(BEAD_SIZE.cross), stroke: 'ground', strokeWidth: 6 },
      { type: 'path', d: crossPath(BEAD_SIZE.cross), stroke: 'fail', strokeWidth: BEAD_SIZE.crossWidth },
    ],
    turns: false,
    trail: null,
    radius: 8,
  },
  missedCheck: {
    shapes: [
      {
        type: 'circle',
        x: 0,
        y: 0,
        r: BEAD_SIZE.missedCheck,
        fill: 'ground',
        stroke: 'fail',
        strokeWidth: BEAD_SIZE.ringWidth,
      },
      { type: 'path', d: crossPath(BEAD_SIZE.smallCross), stroke: 'fail', strokeWidth: BEAD_SIZE.ringWidth },
    ],
    turns: false,
    trail: null,
    radius: 7,
  },
};

/** From below to above: crosses and rings sit above discs. */
export const BEAD_ORDER: readonly BeadKind[] = [
  'flood',
  'read',
  'write',
  'copy',
  'check',
  'dns',
  'report',
  'advert',
  'readRetried',
  'writeRetried',
  'missedCheck',
  'failed',
];

/** A bead on its wire at `fraction` of the way from the caller. `back`: it travels towards the caller. */
export function beadShapes(kind: BeadKind, path: LinkPath, fraction: number, back: boolean): readonly Shape[] {
  const look = BEADS[kind];
  const at: PathPoint = { x: 0, y: 0, dx: 1, dy: 0 };
  pointAt(path, fraction, at);
  const sign = back ? -1 : 1;
  const bead: Shape = {
    type: 'group',
    x: at.x,
    y: at.y,
    shapes: look.shapes,
    ...(look.turns ? { direction: { dx: at.dx * sign, dy: at.dy * sign } } : {}),
  };
  return look.trail === null ? [bead] : [...trailShapes(look.trail, path, fraction, sign), bead];
}

function trailShapes(stroke: ColourName, path: LinkPath, fraction: number, sign: number): readonly Shape[] {
  const step = (TRAIL.length / TRAIL.pieces / path.length) * sign;
  const shapes: Shape[] = [];
  const from: PathPoint = { x: 0, y: 0, dx: 1, dy: 0 };
  const to: PathPoint = { x: 0, y: 0, dx: 1, dy: 0 };
  for (let piece = 1; piece <= TRAIL.pieces; piece++) {
    const end = fraction - step * (TRAIL.pieces - piece);
    const start = end - step;
    if (start < 0 || start > 1) continue;
    pointAt(path, start, from);
    pointAt(path, end, to);
    shapes.push({
      type: 'path',
      d: `M${number(from.x)},${number(from.y)}L${number(to.x)},${number(to.y)}`,
      stroke,
      strokeWidth: TRAIL.from + ((TRAIL.to - TRAIL.from) * piece) / TRAIL.pieces,
      opacity: TRAIL.opacity,
    });
  }
  return shapes;
}

/** A bead that stands alone, as in the legend. */
export const beadSample = (kind: BeadKind, x: number, y: number): Shape => ({
  type: 'group',
  x,
  y,
  shapes: BEADS[kind].shapes,
});
