// What the pictures of all parts share: the body in the style of its state, the line below the name, queue and load.
// look.md, section 6: outline, mark, word and body change together.
import type { PartState, Reading, Shape } from './figure.ts';
import { loadGauge, queueSlots, queueWidth, STATE_TONES, STATE_WORDS, stateMark, text } from './marks.ts';
import type { ColourName } from './palette.ts';
import { roleWidth } from './text-width.ts';

const NO_ANSWER = 'no answer';

/** The outline, filled, in the style of the state. `inner` are lines within it. */
export function partBody(outline: string, inner: readonly string[], reading: Reading): readonly Shape[] {
  const { state } = reading;
  const dead = state === 'down';
  const fill: ColourName = dead ? 'field' : 'comp';
  const lines = inner.map((d): Shape => ({ type: 'path', d, stroke: dead ? 'ink3' : 'line', strokeWidth: 1.2 }));
  if (dead && reading.hostDown === true)
    return [{ type: 'path', d: outline, fill, stroke: 'ink3', strokeWidth: 1.5 }, ...lines];
  if (dead) {
    return [{ type: 'path', d: outline, fill, pattern: 'failHatch', stroke: 'fail', strokeWidth: 3 }, ...lines];
  }
  const body: Shape = { type: 'path', d: outline, fill, ...OUTLINES[state] };
  return state === 'slow'
    ? [body, { type: 'path', d: outline, stroke: 'comp', strokeWidth: 2 }, ...lines]
    : [body, ...lines];
}

interface OutlineStyle {
  readonly stroke: ColourName;
  readonly strokeWidth: number;
  readonly dash?: readonly number[];
}

const OUTLINES: Readonly<Record<PartState, OutlineStyle>> = {
  up: { stroke: 'line', strokeWidth: 1.5 },
  /** With a line of `comp` laid over it this is the double outline. */
  slow: { stroke: 'doubt', strokeWidth: 6 },
  checking: { stroke: 'line', strokeWidth: 1.5, dash: [9, 4] },
  standby: { stroke: 'line', strokeWidth: 1.5, dash: [5, 4] },
  hung: { stroke: 'fail', strokeWidth: 2.6 },
  down: { stroke: 'fail', strokeWidth: 3 },
  draining: { stroke: 'line', strokeWidth: 1.5 },
  maintenance: { stroke: 'line', strokeWidth: 1.5, dash: [1.5, 3] },
};

const PITCH = 15;

/** The line below the name: figures while up, else the state's mark and word; `no answer` when down. */
export function stateLines(
  x: number,
  y: number,
  figures: readonly string[],
  reading: Reading,
  room = Number.POSITIVE_INFINITY,
): readonly Shape[] {
  const { state } = reading;
  if (state === 'up')
    return figures.map((figure, index) =>
      text(x, y + index * PITCH, figure, 'figure', { detail: index === 0 ? 'first' : 'second' }),
    );
  if (state === 'down' && reading.hostDown === true) return [text(x, y + 1, NO_ANSWER, 'state', { fill: 'fail' })];
  const full = state === 'down' ? reading.downWord || NO_ANSWER : STATE_WORDS[state];
  const word = roleWidth(full, 'state') > room && state === 'maintenance' ? 'by hand' : full;
  return [stateMark(state, x + 6, y - 4), text(x + 18, y, word, 'state', { fill: STATE_TONES[state] })];
}

/** A plain strip on which name and state stay readable when the body is hatched. */
export function deadStrip(x: number, y: number, width: number, height: number, reading: Reading): readonly Shape[] {
  if (reading.state !== 'down' || reading.hostDown === true) return [];
  return [{ type: 'rect', x, y, width, height, fill: 'field' }];
}

export interface QueueAndLoad {
  readonly x: number;
  /** Top of the queue's slots. */
  readonly y: number;
  readonly slots: number;
  /** Where the load gauge starts and ends. */
  readonly gauge: number;
  readonly right: number;
}

/** Queue slots and load gauge side by side; nothing while down. */
export function queueAndLoad(place: QueueAndLoad, reading: Reading): readonly Shape[] {
  if (reading.state === 'down') return [];
  const start = Math.max(place.gauge, place.x + Math.ceil(queueWidth(reading.queue, place.slots)) + 5);
  return [
    ...queueSlots(place.x, place.y, reading.queue, place.slots),
    ...loadGauge(start, place.y + 2, Math.max(10, place.right - start), reading.load),
  ];
}

/** `app server, up, load 33 percent, queue 1`: what a picture of a part says in words. */
export function partInWords(kind: string, reading: Reading, figures: readonly string[] = []): string {
  const words = [
    kind,
    reading.state === 'down' ? reading.downWord || 'down' : STATE_WORDS[reading.state].toLowerCase(),
  ];
  if (reading.state !== 'down') {
    words.push(...figures);
    if (reading.load !== null) words.push(`load ${Math.round(reading.load * 100)} percent`);
    words.push(`queue ${reading.queue}`);
  }
  return words.join(', ');
}

/** The reading of a part that nothing is known of yet: figures as `--`. */
export const UNMEASURED: Reading = {
  state: 'up',
  downWord: '',
  requestsPerS: null,
  readsPerS: null,
  writesPerS: null,
  copiedPerS: null,
  p99Ms: null,
  answeredShare: null,
  failingWord: '',
  queue: 0,
  load: null,
  rows: [],
  plate: null,
};
