// Host bays: the tinted ground of a machine with its mark, name, HAProxy's word and two figures on one line, and the tag
// of a fault on its edge.
import type { Component, Design, Host, Point } from '../design/design.ts';
import type { Figure, Shape } from './figure.ts';
import { icon } from './icons.ts';
import { faultTag, faultTagWidth, STATE_TONES, stateMark, text } from './marks.ts';
import type { HostState } from './scene-state.ts';
import { TEXT_STYLES } from './text-role.ts';
import { roleWidth, truncate } from './text-width.ts';

const HEADING = 25;
const STRIP = 32;
const SECOND_LINE = 15;

/** A host's bay, relative to the host's position. `ringed`: it wears the ring of a single point of failure, so no edge. */
export function hostShapes(host: Host, state: HostState, ringed: boolean): readonly Shape[] {
  const { width, height } = host.size;
  const bay = { type: 'rect', x: 0, y: 0, width, height } as const;
  if (state.state === 'down') {
    const strip = STRIP + (fitsBeside(host, state) ? 0 : SECOND_LINE);
    const top = host.heading === 'top' ? 1.5 : height - strip - 1.5;
    return [
      { ...bay, fill: 'field', pattern: 'failHatch', stroke: 'fail', strokeWidth: 3 },
      { type: 'rect', x: 1.5, y: top, width: width - 3, height: strip, fill: 'field' },
      ...heading(host, state),
    ];
  }
  const edge = ringed ? {} : ({ stroke: 'bay', strokeWidth: 1 } as const);
  const dash = state.state === 'standby' ? ({ stroke: 'bay', strokeWidth: 1, dash: [5, 4] } as const) : {};
  return [{ ...bay, fill: 'field', ...edge, ...dash }, ...heading(host, state)];
}

const headingLine = (host: Host): number => (host.heading === 'top' ? HEADING : host.size.height - 14);
const wordStart = (host: Host): number => Math.round(32 + roleWidth(host.name, 'host') + 20);
const fitsBeside = (host: Host, state: HostState): boolean =>
  wordStart(host) + roleWidth(state.word, 'state') <= host.size.width - 8;

function heading(host: Host, state: HostState): readonly Shape[] {
  const y = headingLine(host);
  const name = [stateMark(state.state, 18, y - 6), text(32, y, host.name, 'host')];
  const beside = fitsBeside(host, state);
  const x = beside ? wordStart(host) : 32;
  const line = beside ? y : y + (host.heading === 'top' ? SECOND_LINE : -SECOND_LINE - 4);
  const fill = state.state === 'down' ? 'fail' : STATE_TONES[state.state];
  const word = state.word === '' ? [] : [text(x, line, state.word, 'state', { fill })];
  const figuresX = state.word === '' ? x : Math.round(x + roleWidth(state.word, 'state') + 13);
  const room = host.size.width - 8 - figuresX;
  const shown = state.state === 'down' ? '' : truncate(state.figures, room, TEXT_STYLES.figure);
  const figures = shown === '' || shown === '…' ? [] : [text(figuresX, line, shown, 'figure')];
  return [...name, ...word, ...figures];
}

const TAG_HALF = 13;
const TAG_OUT = 9;

/** Where the fault tag of a part stands: over its right end, so high that it covers no name; below where that is its host's. */
export function partTagPlace(design: Design, part: Component, figure: Figure | undefined, word: string): Point {
  const { width, height } = figure?.size ?? { width: 0, height: 0 };
  const x = part.position.x + width - faultTagWidth(word) + 8;
  const above = part.position.y - TAG_OUT;
  const host = design.hosts.find((one) => one.id === part.hostId);
  const covers = host?.heading === 'top' && above - TAG_HALF < host.position.y + STRIP;
  return { x, y: covers ? part.position.y + height + TAG_OUT : above };
}

/** Where a host's fault tag stands: the right end of its top edge, or of its bottom edge where the ring has its label. */
export function hostTagPlace(host: Host, word: string, ringed: boolean): Point {
  return {
    x: host.position.x + host.size.width - faultTagWidth(word),
    y: host.position.y + (ringed ? host.size.height : 0),
  };
}

/** Draws a tag with its left end at x and its middle at y. */
export type DrawTag = (x: number, y: number, word: string) => Shape;

const WRENCH_ROOM = 26;

/** The tag in a picture to take away: it ends where the live one does and has no wrench, since there is nothing to press. */
export const tagToTake: DrawTag = (x, y, word) => ({
  type: 'group',
  x: x + WRENCH_ROOM,
  y,
  shapes: [
    {
      type: 'rect',
      x: 0,
      y: -TAG_HALF,
      width: faultTagWidth(word) - WRENCH_ROOM,
      height: 2 * TAG_HALF,
      radius: 2,
      fill: 'ink',
    },
    icon('power-off', 16, 0, 15, 'on-ink', 2.4),
    text(30, 4.5, word, 'state', { fill: 'on-ink' }),
  ],
});

export function hostTagShapes(
  host: Host,
  state: HostState,
  ringed: boolean,
  draw: DrawTag = faultTag,
): readonly Shape[] {
  if (state.tag === null) return [];
  const place = hostTagPlace(host, state.tag, ringed);
  return [draw(place.x, place.y, state.tag)];
}

/** In words: `Server 1, UP, 20 req/s p99 58 ms`. */
export const hostInWords = (host: Host, state: HostState): string =>
  [host.name, state.word === '' ? state.state : state.word, state.state === 'down' ? '' : state.figures]
    .filter((words) => words !== '')
    .join(', ');
