// The picture of the database: a cylinder; a primary's lid is solid, a replica's is open.
import type { Figure, Reading, Shape } from '../../drawing/figure.ts';
import { text } from '../../drawing/marks.ts';
import { deadStrip, partBody, partInWords, queueAndLoad, stateLines } from '../../drawing/part.ts';
import { perSecond } from '../../drawing/words.ts';
import type { DatabaseConfig } from './config.ts';

const SIZE = { width: 120, height: 98 };
const OUTLINE = 'M0,9C0,-3 120,-3 120,9V89C120,101 0,101 0,89Z';
const LID = 'M0,9C0,-3 120,-3 120,9C120,21 0,21 0,9Z';

export function figure(config: DatabaseConfig, reading: Reading): Figure {
  const primary = config.role === 'primary';
  const reads = perSecond(reading.readsPerS, 'read');
  const writes = primary ? perSecond(reading.writesPerS, 'write') : perSecond(reading.copiedPerS, 'copied');
  const alone = reading.standsAlone === true;
  const kind = alone ? 'MySQL' : `MySQL ${config.role}`;
  return {
    size: SIZE,
    outline: OUTLINE,
    shapes: [
      ...partBody(OUTLINE, ['M0,9C0,21 120,21 120,9'], reading),
      ...deadStrip(8, 24, 104, 46, reading),
      ...lid(primary, reading),
      text(12, 38, 'MySQL', 'name'),
      ...(alone ? [] : [text(110, 38, config.role, 'state', { align: 'end' })]),
      ...(reading.plate !== null && reading.state === 'up'
        ? plate(reading.plate)
        : stateLines(12, reading.state === 'down' ? 57 : 56, [reads, writes], reading)),
      ...queueAndLoad({ x: 12, y: 78, slots: 5, gauge: 52, right: 108 }, reading),
    ],
    anchors: {
      in: { x: 0, y: 49, side: 'left' },
      out: { x: 120, y: 49, side: 'right' },
      top: { x: 60, y: 0, side: 'top' },
      bottom: { x: 60, y: 98, side: 'bottom' },
    },
    textAlternative: partInWords(kind, reading, [reads, writes, ...plateInWords(reading)]),
  };
}

function lid(primary: boolean, reading: Reading): readonly Shape[] {
  if (!primary) return [];
  return [{ type: 'path', d: LID, fill: reading.state === 'down' && reading.hostDown !== true ? 'fail' : 'line' }];
}

function plate(value: NonNullable<Reading['plate']>): readonly Shape[] {
  const tone = value.stale ? 'doubt' : 'line';
  return [
    {
      type: 'rect',
      x: 12,
      y: 46,
      width: 74,
      height: 22,
      fill: value.stale ? 'doubt-tint' : 'field',
      stroke: tone,
      strokeWidth: 1.5,
    },
    text(49, 61.5, value.text, 'state', { align: 'middle', fill: value.stale ? 'doubt' : 'ink' }),
  ];
}

function plateInWords(reading: Reading): readonly string[] {
  if (reading.plate === null) return [];
  return [reading.plate.stale ? `${reading.plate.text}, out of date` : reading.plate.text];
}
