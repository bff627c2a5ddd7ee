// The picture of keepalived: a plain box with its VRRP state and the priority that it advertises. A backup is drawn in dashes.
import type { Figure, Reading, Shape } from '../../drawing/figure.ts';
import { stateMark, text } from '../../drawing/marks.ts';
import { deadStrip, partBody, partInWords, stateLines } from '../../drawing/part.ts';
import type { VirtualIpConfig } from './config.ts';

const SIZE = { width: 148, height: 46 };
const OUTLINE = 'M0,0H148V46H0Z';
/** The plate of the address: an arrow tag that docks with its point. */
const PLATE = { width: 112, half: 14, point: 12 };

export function figure(config: VirtualIpConfig, reading: Reading): Figure {
  const state = reading.vrrp?.state ?? 'INIT';
  const priority = String(reading.vrrp?.priority ?? config.priority);
  const isWell = reading.state === 'up' || reading.state === 'standby';
  const shown: Reading = isWell ? { ...reading, state: state === 'MASTER' ? 'up' : 'standby' } : reading;
  return {
    size: SIZE,
    outline: OUTLINE,
    shapes: [
      ...partBody(OUTLINE, [], shown),
      ...plateShapes(config, reading),
      ...deadStrip(6, 5, 136, 36, reading),
      text(10, 18, 'keepalived', 'name'),
      ...(isWell ? stateLine(state) : stateLines(10, 37, [], reading)),
      ...(isWell ? [text(SIZE.width - 10, 37, priority, 'figure', { align: 'end' })] : []),
    ],
    anchors: {
      in: { x: 0, y: 23, side: 'left' },
      out: { x: 148, y: 23, side: 'right' },
      top: { x: 30, y: 0, side: 'top' },
      bottom: { x: 30, y: 46, side: 'bottom' },
    },
    textAlternative: partInWords('keepalived', reading, [
      `${state}, priority ${priority}`,
      `virtual IP ${config.virtualIpaddress}`,
    ]).replace(/, queue \d+$/, ''),
  };
}

/** Solid at who holds the address, an empty dock elsewhere; a bar across it where two hold it. */
function plateShapes(config: VirtualIpConfig, { vrrp }: Reading): readonly Shape[] {
  const plate = vrrp?.plate ?? null;
  if (plate === null) return [];
  const { x, y, holds, note } = plate;
  const left = x - PLATE.width;
  const d = `M${left},${y - PLATE.half}H${x - PLATE.point}L${x},${y}L${x - PLATE.point},${y + PLATE.half}H${left}Z`;
  const address = config.virtualIpaddress;
  const middle = left + (PLATE.width - PLATE.point) / 2;
  const tag: readonly Shape[] = holds
    ? [{ type: 'path', d, fill: 'ink' }, text(middle, y + 4.5, address, 'state', { align: 'middle', fill: 'on-ink' })]
    : [
        { type: 'path', d, stroke: 'ink3', strokeWidth: 1.2, dash: [4, 3] },
        text(middle, y + 4.5, address, 'figure', { align: 'middle', italic: true }),
      ];
  const bar: readonly Shape[] = plate.isDisputed
    ? [{ type: 'path', d: `M${left},${y + PLATE.half + 3}H${x - PLATE.point}`, stroke: 'fail', strokeWidth: 3 }]
    : [];
  const top = holds ? y - PLATE.half - 8 - (note.length - 1) * 13 : y + PLATE.half + 17;
  return [
    ...tag,
    ...bar,
    ...note.map((line, index) => text(left, top + index * 13, line, 'tiny', plate.isDisputed ? { fill: 'fail' } : {})),
  ];
}

const MARKS = { MASTER: 'up', BACKUP: 'standby', FAULT: 'down', INIT: 'checking' } as const;

const stateLine = (state: keyof typeof MARKS): readonly Shape[] => [
  stateMark(MARKS[state], 16, 33),
  text(28, 37, state, 'state', state === 'FAULT' ? { fill: 'fail' } : {}),
];
