// Host bays: the tinted ground of a machine with its mark and name, and HAProxy's word and two figures on one line.
import type { Host } from '../design/design.ts';
import type { Paint, PartState, Shape } from './figure.ts';
import { STATE_TONES, stateMark, text } from './marks.ts';
import type { HostState } from './scene-state.ts';
import { TEXT_STYLES } from './text-role.ts';
import { roleWidth, truncate } from './text-width.ts';

const HEADING = 25;
/** How high the line of a host's heading is. */
export const STRIP = 32;
/** Parts may begin at 42: the word's own line keeps clear of them. */
const SECOND_LINE = 13;

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
  const edge = EDGES[state.state] ?? (ringed ? {} : PLAIN_EDGE);
  const double = state.state === 'slow' ? [{ ...bay, stroke: 'field', strokeWidth: 2 } as const] : [];
  return [{ ...bay, fill: 'field', ...edge }, ...double, ...heading(host, state)];
}

const PLAIN_EDGE: Paint = { stroke: 'bay', strokeWidth: 1 };
/** Where the outline tells the state. With a line of `field` laid over it, that of `slow` is double. */
const EDGES: Readonly<Partial<Record<PartState, Paint>>> = {
  standby: { ...PLAIN_EDGE, dash: [5, 4] },
  maintenance: { stroke: 'line', strokeWidth: 1.5, dash: [1.5, 3] },
  slow: { stroke: 'doubt', strokeWidth: 6 },
  hung: { stroke: 'fail', strokeWidth: 2.6 },
};

const headingLine = (host: Host): number => (host.heading === 'top' ? HEADING : host.size.height - 14);
const wordStart = (host: Host): number => Math.round(32 + roleWidth(host.name, 'host') + 20);
/** In a narrow bay words stand below the name, and figures have no room. */
const NARROW = 180;
const fitsBeside = (host: Host, state: HostState): boolean =>
  host.size.width >= NARROW && wordStart(host) + roleWidth(state.word, 'state') <= host.size.width - 8;

function heading(host: Host, state: HostState): readonly Shape[] {
  const y = headingLine(host);
  const name = [stateMark(state.state, 18, y - 6), text(32, y, host.name, 'host')];
  const beside = fitsBeside(host, state);
  const x = beside ? wordStart(host) : 32;
  const line = beside ? y : y + (host.heading === 'top' ? SECOND_LINE : -SECOND_LINE - 4);
  // The word is HAProxy's: it has its own tone, whatever is true of the machine.
  const isTruth = state.state === 'hung' || state.state === 'slow';
  const fill = isTruth ? 'ink' : STATE_TONES[state.state];
  const word = state.word === '' ? [] : [text(x, line, state.word, 'state', { fill })];
  const figuresX = state.word === '' ? x : Math.round(x + roleWidth(state.word, 'state') + 13);
  const room = host.size.width - 8 - figuresX;
  const shown =
    state.state === 'down' || host.size.width < NARROW ? '' : truncate(state.figures, room, TEXT_STYLES.figure);
  const figures = shown === '' || shown === '…' ? [] : [text(figuresX, line, shown, 'figure')];
  return [...name, ...word, ...figures];
}

/** In words: `Server 1, UP, 20 req/s p99 58 ms`. */
export const hostInWords = (host: Host, state: HostState): string =>
  [host.name, state.word === '' ? state.state : state.word, state.state === 'down' ? '' : state.figures]
    .filter((words) => words !== '')
    .join(', ');
