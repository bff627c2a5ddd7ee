// The drawings of the kinds, in a list of their own: the page draws parts, but only its workers run them, and what a list names
// is loaded with it.
import type { DNS, USERS } from '../design/design.ts';
import type { Figure, Reading } from '../drawing/figure.ts';
import { text } from '../drawing/marks.ts';
import { partBody } from '../drawing/part.ts';
import { figure as appServer } from './app-server/figure.ts';
import { figure as database } from './database/figure.ts';
import { figure as dns } from './dns/figure.ts';
import { figure as files } from './files/figure.ts';
import type { KindId } from './kind.ts';
import { figure as loadBalancer } from './load-balancer/figure.ts';
import { figure as users } from './users/figure.ts';
import { figure as webServer } from './web-server/figure.ts';

type Draw = (config: never, reading: Reading) => Figure;

const FIGURES: Readonly<Record<KindId | typeof USERS | typeof DNS, Draw>> = {
  'load-balancer': loadBalancer,
  'web-server': webServer,
  'app-server': appServer,
  database,
  files,
  'virtual-ip': keepalivedToCome,
  users,
  dns,
};

/** Drawings that come a moment after the page: no design that opens first needs them. */
export interface LateFigures {
  readonly keepalived: Draw;
  readonly compactBalancer: Draw;
}
let late: LateFigures | null = null;
export function takeLateFigures(figures: LateFigures): void {
  late = figures;
}

function keepalivedToCome(config: never, reading: Reading): Figure {
  return late === null ? plainBox('keepalived', reading) : late.keepalived(config, reading);
}

const BOX = { width: 150, height: 46 };
const BOX_OUTLINE = `M0,0H${BOX.width}V${BOX.height}H0Z`;

/** A name in a box, for the moment until the drawing is there. */
const plainBox = (name: string, reading: Reading): Figure => ({
  size: BOX,
  outline: BOX_OUTLINE,
  shapes: [...partBody(BOX_OUTLINE, [], reading), text(12, 28, name, 'name')],
  anchors: {
    in: { x: 0, y: 23, side: 'left' },
    out: { x: BOX.width, y: 23, side: 'right' },
    top: { x: 75, y: 0, side: 'top' },
    bottom: { x: 75, y: BOX.height, side: 'bottom' },
  },
  textAlternative: name,
});

/** Draws an element of any kind, `users` and `dns` included, as `drawing` wants it. */
export function drawKind(kind: string, config: unknown, reading: Reading): Figure {
  if (!Object.hasOwn(FIGURES, kind)) throw new Error(`Broken invariant: nobody draws the kind ${kind}`);
  const draw = FIGURES[kind as keyof typeof FIGURES];
  return (reading.isCompact === true && late !== null ? late.compactBalancer : draw)(config as never, reading);
}
