// The picture of keepalived: a plain box with its VRRP state and the priority that it advertises. A backup is drawn in dashes.
import type { Figure, Reading, Shape } from '../../drawing/figure.ts';
import { stateMark, text } from '../../drawing/marks.ts';
import { deadStrip, partBody, partInWords, stateLines } from '../../drawing/part.ts';
import type { VirtualIpConfig } from './config.ts';

const SIZE = { width: 150, height: 46 };
const OUTLINE = 'M0,0H150V46H0Z';

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
      ...deadStrip(6, 5, 138, 36, reading),
      text(10, 18, 'keepalived', 'name'),
      ...(isWell ? stateLine(state) : stateLines(10, 37, [], reading)),
      ...(isWell ? [text(SIZE.width - 10, 37, priority, 'figure', { align: 'end' })] : []),
    ],
    anchors: {
      in: { x: 0, y: 23, side: 'left' },
      out: { x: 150, y: 23, side: 'right' },
      top: { x: 30, y: 0, side: 'top' },
      bottom: { x: 30, y: 46, side: 'bottom' },
    },
    textAlternative: partInWords('keepalived', reading, [
      `${state}, priority ${priority}`,
      `virtual IP ${config.virtualIpaddress}`,
    ]).replace(/, queue \d+$/, ''),
  };
}

const MARKS = { MASTER: 'up', BACKUP: 'standby', FAULT: 'down', INIT: 'checking' } as const;

const stateLine = (state: keyof typeof MARKS): readonly Shape[] => [
  stateMark(MARKS[state], 16, 33),
  text(28, 37, state, 'state', state === 'FAULT' ? { fill: 'fail' } : {}),
];
