// The small signs that every picture shares: state marks, queue slots, load gauge, checks left as bars, issue pins, fault
// tags, padlocks. Each meaning has a shape of its own; colour only repeats it.
import type { Detail, PartState, Shape, TextRole } from './figure.ts';
import { type IconName, icon } from './icons.ts';
import type { ColourName } from './palette.ts';
import { TEXT_STYLES } from './text-role.ts';
import { textWidth } from './text-width.ts';

/** A state's mark with its middle at x, y; about 12 px wide. */
export function stateMark(state: PartState, x: number, y: number, scale = 1): Shape {
  return { type: 'group', x, y, ...(scale === 1 ? {} : { scale }), shapes: MARKS[state] };
}

const MARKS: Readonly<Record<PartState, readonly Shape[]>> = {
  up: [{ type: 'circle', x: 0, y: 0, r: 5, fill: 'ink' }],
  slow: [
    { type: 'path', d: 'M0,-7L7.5,6L-7.5,6Z', fill: 'comp', stroke: 'doubt', strokeWidth: 2, linejoin: 'round' },
    { type: 'path', d: 'M0,-7L0,6L-7.5,6Z', fill: 'doubt' },
  ],
  checking: [{ type: 'circle', x: 0, y: 0, r: 5.6, stroke: 'doubt', strokeWidth: 2.6, dash: [4, 2] }],
  standby: [{ type: 'circle', x: 0, y: 0, r: 5, stroke: 'ink', strokeWidth: 2 }],
  hung: [{ type: 'path', d: 'M-3.4,-6V6M3.4,-6V6', stroke: 'fail', strokeWidth: 3.4 }],
  down: [{ type: 'path', d: 'M-5.5,-5.5L5.5,5.5M5.5,-5.5L-5.5,5.5', stroke: 'fail', strokeWidth: 3.4 }],
  draining: [{ type: 'path', d: 'M-6,-5H6L0,6Z', stroke: 'ink', strokeWidth: 2, linejoin: 'round' }],
  maintenance: [
    { type: 'rect', x: -5.5, y: -5.5, width: 11, height: 11, stroke: 'ink', strokeWidth: 2 },
    { type: 'path', d: 'M-5.5,5.5L5.5,-5.5', stroke: 'ink', strokeWidth: 2 },
  ],
};

/** The word of a state, as a person reads it beside the mark. */
export const STATE_WORDS: Readonly<Record<PartState, string>> = {
  up: 'Up',
  slow: 'Slow',
  checking: 'Checking',
  standby: 'Standby',
  hung: 'Hung',
  down: 'Down',
  draining: 'Draining',
  maintenance: 'Maintenance',
};

/** The colour of a state's word. */
export const STATE_TONES: Readonly<Record<PartState, ColourName>> = {
  up: 'ink',
  slow: 'doubt',
  checking: 'doubt',
  standby: 'ink',
  hung: 'fail',
  down: 'fail',
  draining: 'ink',
  maintenance: 'ink',
};

/** A text shape, with only what differs from its role. */
export function text(x: number, y: number, value: string, role: TextRole, options: TextOptions = {}): Shape {
  return { type: 'text', x, y, text: value, role, ...options };
}

export interface TextOptions {
  readonly align?: 'start' | 'middle' | 'end';
  readonly fill?: ColourName;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly sizePx?: number;
  readonly detail?: Detail;
}

const SLOT_PITCH = 7;

/** Queue slots 5 x 9, filled when taken; a queue longer than the slots is one filled slot and the number. */
export function queueSlots(x: number, y: number, taken: number, slots: number): readonly Shape[] {
  if (taken > slots)
    return [
      slot(x, y, true),
      text(x + SLOT_PITCH, y + 8.5, longQueue(taken), 'tiny', { fill: 'ink', bold: true, detail: 'load' }),
    ];
  return Array.from({ length: slots }, (_, index) => slot(x + index * SLOT_PITCH, y, index < taken));
}

/** How wide the slots are, so that what follows can stand beside them. */
export function queueWidth(taken: number, slots: number): number {
  if (taken <= slots) return slots * SLOT_PITCH - 2;
  return SLOT_PITCH + textWidth(longQueue(taken), { sizePx: TEXT_STYLES.tiny.sizePx, bold: true });
}

const longQueue = (taken: number): string => (taken > 999 ? '999+' : String(taken));

const slot = (x: number, y: number, taken: boolean): Shape => ({
  type: 'rect',
  x,
  y,
  width: 5,
  height: 9,
  stroke: taken ? 'ink2' : 'ink3',
  strokeWidth: 1,
  detail: 'load',
  ...(taken ? { fill: 'ink2' } : {}),
});

/** A load gauge, 7 high, with a tick at 80 %; amber past the tick. An unknown load leaves it empty. */
export function loadGauge(x: number, y: number, width: number, load: number | null): readonly Shape[] {
  const share = Math.min(1, Math.max(0, load ?? 0));
  return [
    { type: 'rect', x, y, width, height: 7, fill: 'rule', detail: 'load' },
    { type: 'rect', x, y, width: width * share, height: 7, fill: share > 0.8 ? 'doubt' : 'ink2', detail: 'load' },
    { type: 'path', d: `M${round(x + width * 0.8)},${y - 2}v11`, stroke: 'ink', strokeWidth: 1.5, detail: 'load' },
  ];
}

/** HAProxy's checks as bars: filled are left (falling) or passed (rising). The bottom of the bars is at y. */
export function checkBars(x: number, y: number, filled: number, of: number, hollow: ColourName): readonly Shape[] {
  return Array.from({ length: of }, (_, index): Shape => {
    const left = x + index * SLOT_PITCH;
    if (index < filled) return { type: 'rect', x: left, y: y - 9, width: 4.5, height: 9, fill: 'ink', detail: 'load' };
    return {
      type: 'rect',
      x: left + 0.7,
      y: y - 8.3,
      width: 3.1,
      height: 7.6,
      stroke: hollow,
      strokeWidth: 1.4,
      detail: 'load',
    };
  });
}

export type Severity = 'critical' | 'high' | 'medium' | 'low';

const PIN_OUTLINES: Readonly<Record<Severity, string>> = {
  critical: 'M-4.6,-11L4.6,-11L11,-4.6L11,4.6L4.6,11L-4.6,11L-11,4.6L-11,-4.6Z',
  high: 'M0,-12.5L13,9.5L-13,9.5Z',
  medium: 'M0,-13L13,0L0,13L-13,0Z',
  low: 'M0,-13L13,0L0,13L-13,0Z',
};
const PIN_COLOURS: Readonly<Record<Severity, ColourName>> = {
  critical: 'fail',
  high: 'doubt',
  medium: 'ink2',
  low: 'ink2',
};

/** An issue's pin with its middle at x, y: hollow could happen, filled is happening. An empty label gives the bare shape. */
export function issuePin(x: number, y: number, label: string, severity: Severity, active: boolean, scale = 1): Shape {
  const colour = PIN_COLOURS[severity];
  const hollow = colour === 'ink2' ? 'ink' : colour;
  const shapes: Shape[] = [
    {
      type: 'path',
      d: PIN_OUTLINES[severity],
      fill: active ? colour : 'comp',
      stroke: colour,
      strokeWidth: 2.2,
      linejoin: 'round',
    },
  ];
  if (label !== '') {
    const fill = active ? 'on-fail' : hollow;
    shapes.push(text(0, severity === 'high' ? 7 : 4.5, label, 'state', { align: 'middle', fill }));
  }
  return { type: 'group', x, y, ...(scale === 1 ? {} : { scale }), shapes };
}

/** How wide a fault's tag is. */
export const faultTagWidth = (word: string): number => Math.ceil(textWidth(word, TEXT_STYLES.state)) + 68;

/** The ink tag of a fault on an edge: icon, what happened, and the wrench that repairs. Its left end at x, its middle at y. */
export function faultTag(x: number, y: number, word: string, sign: IconName = 'power-off'): Shape {
  const width = faultTagWidth(word);
  return {
    type: 'group',
    x,
    y,
    shapes: [
      { type: 'rect', x: 0, y: -13, width, height: 26, radius: 2, fill: 'ink' },
      icon(sign, 16, 0, 15, 'on-ink', 2.4),
      text(30, 4.5, word, 'state', { fill: 'on-ink' }),
      { type: 'path', d: `M${width - 26},-13V13`, stroke: 'on-ink', strokeWidth: 1, opacity: 0.35 },
      icon('wrench', width - 13, 0, 14, 'on-ink', 2.4),
    ],
  };
}

/** A padlock on a wire, on a disc that parts the wire. */
export function padlock(x: number, y: number, open: boolean, ground: ColourName = 'ground'): Shape {
  const size = open ? 19 : 16;
  return {
    type: 'group',
    x,
    y,
    shapes: [
      { type: 'circle', x: 0, y: 0, r: round(size * 0.68), fill: ground },
      icon(open ? 'lock-open' : 'lock', 0, -1, size, open ? 'doubt' : 'ink', 2.4),
    ],
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;
