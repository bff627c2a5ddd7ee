// The one legend: what moves, what lines mean, what marks mean. It stands on the canvas and travels into the export.
import type { Point } from '../design/design.ts';
import { type BeadKind, beadSample } from './bead.ts';
import type { PartState, Shape } from './figure.ts';
import { loadGauge, queueSlots, stateMark, text } from './marks.ts';
import { guardSamples } from './scene-guards.ts';
import { LINE_STYLES, sheath } from './scene-links.ts';

const PITCH = 19;
const WIDTH = 444;
const LINES = 168;
const THINGS = 330;

const MOVING: readonly (readonly [BeadKind, string])[] = [
  ['read', 'read'],
  ['write', 'write'],
  ['check', 'health check'],
  ['copy', 'copied write'],
  ['readRetried', 'retried'],
  ['failed', 'failed'],
];

/** Where the flood stands, behind the word of the first row. */
const FLOOD = 84;

const STATES: readonly (readonly [PartState, string])[] = [
  ['up', 'up'],
  ['slow', 'slow or degraded'],
  ['down', 'down'],
  ['standby', 'standby'],
  ['checking', 'being checked'],
];

const ONE_LINE: readonly (readonly [BeadKind, string, number])[] = [
  ['read', 'read', 62],
  ['write', 'write', 68],
  ['copy', 'copied write', 112],
  ['advert', 'VRRP advertisement', 158],
  ['readRetried', 'retried', 80],
  ['failed', 'failed', 76],
  ['flood', 'flood', 74],
];

/** All of it beside each other, for a wide sheet. */
export function legendLine({ x, y }: Point, width: number, beadScale = 1): readonly Shape[] {
  const shapes: Shape[] = [{ type: 'path', d: `M${x},${y - 20}H${x + width}`, stroke: 'rule', strokeWidth: 1 }];
  if (beadScale > 1) shapes.push(text(x + width, y - 26, `one bead stands for ${beadScale}`, 'tiny', { align: 'end' }));
  let left = x;
  for (const [kind, word, room] of ONE_LINE) {
    shapes.push(beadSample(kind, left + 10, y - 4), text(left + 24, y, word, 'label'));
    left += room;
  }
  for (const [state, word] of STATES) {
    shapes.push(stateMark(state, left + 8, y - 4), text(left + 20, y, word, 'label'));
    left += 36 + word.length * 6.4;
  }
  return shapes;
}

/**
 * The legend with its first line of text at this place; 444 wide at the rule, 130 high, 150 where it names walls too.
 * `beadScale`: requests of a bead.
 */
export function legendShapes(at: Point, guarded = false, beadScale = 1): readonly Shape[] {
  const { x, y } = at;
  const row = (index: number): number => y + 20 + index * PITCH;
  const bold = { bold: true };
  return [
    { type: 'path', d: `M${x},${y - 16}H${x + WIDTH}`, stroke: 'rule', strokeWidth: 1 },
    text(x, y, 'Moving', 'tiny', bold),
    ...(beadScale > 1 ? [text(x + 54, y, `one stands for ${beadScale}`, 'tiny')] : []),
    text(x + LINES, y, 'Lines', 'tiny', bold),
    text(x + THINGS, y, 'Things', 'tiny', bold),
    ...MOVING.flatMap(([kind, word], index) => [
      beadSample(kind, x + 10, row(index) - 4),
      text(x + 26, row(index), word, 'label'),
    ]),
    beadSample('flood', x + FLOOD, row(0) - 4),
    text(x + FLOOD + 14, row(0), 'flood', 'label'),
    ...lineRows(x + LINES, row),
    ...STATES.flatMap(([state, word], index) => [
      stateMark(state, x + THINGS + 8, row(index) - 4),
      text(x + THINGS + 24, row(index), word, 'label'),
    ]),
    ...queueSlots(x + THINGS, row(5) - 8, 2, 3),
    ...loadGauge(x + THINGS + 24, row(5) - 6, 30, 0.45),
    text(x + THINGS + 62, row(5), 'queue, load', 'label'),
    ...(guarded ? guardRow(x, row(6)) : []),
  ];
}

const guardRow = (x: number, y: number): readonly Shape[] => [
  ...guardSamples({ x: x + 10, y: y - 4 }, { x: x + LINES + 17, y: y - 4 }, { x: x + THINGS + 8, y: y - 4 }),
  text(x + 26, y, 'alert', 'label'),
  text(x + LINES + 42, y, 'firewall', 'label'),
  text(x + THINGS + 28, y, 'collector', 'label'),
];

function lineRows(x: number, row: (index: number) => number): readonly Shape[] {
  const d = (index: number): string => `M${x},${row(index) - 4}h34`;
  const named = (index: number, word: string): Shape => text(x + 42, row(index), word, 'label');
  const ring = row(5) - 4;
  return [
    { type: 'path', d: d(0), stroke: 'link', ...LINE_STYLES.request },
    named(0, 'plain text'),
    ...sheath(d(1), 7 / 9),
    named(1, 'encrypted'),
    { type: 'path', d: d(2), stroke: 'link', ...LINE_STYLES.check },
    named(2, 'health checks'),
    { type: 'path', d: d(3), stroke: 'link', ...LINE_STYLES.replication },
    named(3, 'replication'),
    { type: 'path', d: d(4), stroke: 'ink3', strokeWidth: 1.5, dash: [4, 4] },
    named(4, 'missing'),
    { type: 'rect', x: x + 5, y: ring - 6, width: 24, height: 12, radius: 4, stroke: 'fail', strokeWidth: 2 },
    { type: 'rect', x: x + 1.5, y: ring - 9.5, width: 31, height: 19, radius: 7, stroke: 'fail', strokeWidth: 1.2 },
    named(5, 'single point'),
  ];
}
