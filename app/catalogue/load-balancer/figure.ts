// The picture of the load balancer: a trapezoid that fans out, with one row per server as HAProxy sees it. The wire to a
// server starts at its row.
import type { Anchor, Figure, Reading, RowReading, Shape } from '../../drawing/figure.ts';
import { checkBars, loadGauge, queueSlots, queueWidth, stateMark, text } from '../../drawing/marks.ts';
import type { ColourName } from '../../drawing/palette.ts';
import { partBody, partInWords, stateLines } from '../../drawing/part.ts';
import { roleWidth, truncate } from '../../drawing/text-width.ts';
import { milliseconds, perSecond } from '../../drawing/words.ts';
import type { LoadBalancerConfig } from './config.ts';

const WIDTH = 164;
const SLANT = 28;
/** Where the first row begins, how high a row is, and what is left below the last. */
const HEAD = 67;
const ROW = 27;
const FOOT = 33;
const WORD_END = 158;
/** The queue stands behind the two figures, and gives way when they are long. */
const SLOTS_X = 131;
const TONES: Readonly<Record<RowReading['tone'], ColourName>> = { plain: 'ink', doubt: 'doubt', fail: 'fail' };

export function figure(config: LoadBalancerConfig, reading: Reading): Figure {
  const height = HEAD + ROW * Math.max(2, config.servers.length) + FOOT;
  const outline = `M0,${SLANT}L${WIDTH},0V${height}L0,${height - SLANT}Z`;
  const down = reading.state === 'down';
  const rate = perSecond(reading.requestsPerS, 'req');
  const latency = `p99 ${milliseconds(reading.p99Ms)}`;
  return {
    size: { width: WIDTH, height },
    outline,
    shapes: [
      ...partBody(outline, [], reading),
      ...(down && reading.hostDown !== true
        ? [{ type: 'rect', x: 20, y: 28, width: 124, height: 38, fill: 'field' } as const]
        : []),
      text(28, 42, 'HAProxy', 'name'),
      ...subtitle(config, reading),
      ...(down ? [] : [...loadGauge(100, 36, 54, reading.load), ...rowLines(config.servers.length)]),
      ...(down ? [] : config.servers.flatMap((server, index) => rowShapes(server.name, reading.rows[index], index))),
      ...(down
        ? []
        : [text(4, height + 18, rate, 'figure'), text(10 + roleWidth(rate, 'figure'), height + 18, latency, 'figure')]),
      ...(down || 10 + roleWidth(rate, 'figure') + roleWidth(latency, 'figure') > SLOTS_X - 4
        ? []
        : queueSlots(SLOTS_X, height + 9, reading.queue, 5)),
    ],
    anchors: anchors(config, height),
    textAlternative: partInWords('load balancer HAProxy', reading, [
      balanceWord(config),
      ...config.servers.map(rowInWords(reading)),
    ]),
  };
}

/** The algorithm, or how many work and how many wait: round robin has nothing to rotate over with one of each. */
function balanceWord(config: LoadBalancerConfig): string {
  const backups = config.servers.filter((server) => server.backup).length;
  if (backups === 0) return isSticky(config) ? `${config.balance}, cookie` : config.balance;
  return `${config.servers.length - backups} active, ${backups} backup`;
}

/** A cookie comes before any algorithm; it takes the backend's name for it and a value at each server. */
const isSticky = (config: LoadBalancerConfig): boolean =>
  'cookie' in config && config.servers.some((server) => 'cookie' in server);

function subtitle(config: LoadBalancerConfig, reading: Reading): readonly Shape[] {
  if (reading.state !== 'up') return stateLines(28, 60, [], reading);
  return [text(28, 58, balanceWord(config), 'label')];
}

const rowLines = (rows: number): readonly Shape[] => {
  const lines = Array.from({ length: Math.max(2, rows) }, (_, index) => `M0,${HEAD + index * ROW}H${WIDTH}`);
  return [{ type: 'path', d: lines.join(''), stroke: 'rule', strokeWidth: 1 }];
};

function rowShapes(name: string, row: RowReading | undefined, index: number): readonly Shape[] {
  const y = HEAD + ROW * index + 18;
  if (row === undefined) return [text(17, y, name, 'figure'), text(WORD_END, y, '--', 'state', { align: 'end' })];
  const tone = TONES[row.tone];
  const wordStart = WORD_END - roleWidth(row.word, 'state');
  const bars = row.barsOf * 7;
  const barsStart = Math.round(Math.min(106, wordStart - bars - 4));
  const shapes: Shape[] = [];
  if (row.tone !== 'plain') {
    const fill = row.tone === 'doubt' ? 'doubt-tint' : 'fail-tint';
    shapes.push({ type: 'rect', x: 0.8, y: y - 17.5, width: WIDTH - 1.6, height: 26, fill });
  }
  if (row.mark !== undefined) shapes.push(stateMark(row.mark, 9, y - 4.5, 0.65));
  else if (row.turn) shapes.push({ type: 'path', d: `M5,${y - 9}l7,4.5l-7,4.5Z`, fill: 'ink' });
  const queue = row.queue ?? 0;
  const queueStart = barsStart - (queue > 0 ? queueWidth(queue, 0) + 5 : 0);
  shapes.push(text(17, y, truncate(name, queueStart - 21, { sizePx: 12 }), 'figure'));
  if (queue > 0) shapes.push(...queueSlots(queueStart, y - 9, queue, 0));
  shapes.push(...checkBars(barsStart, y, row.bars, row.barsOf, row.tone === 'fail' ? 'fail' : 'doubt'));
  shapes.push(text(WORD_END, y, row.word, 'state', { align: 'end', fill: tone }));
  return shapes;
}

const rowInWords =
  (reading: Reading) =>
  (server: { readonly name: string }, index: number): string => {
    const row = reading.rows[index];
    if (row === undefined) return server.name;
    const queued = (row.queue ?? 0) > 0 ? `, ${row.queue} queued` : '';
    return `${server.name} ${row.word}${queued}${row.turn ? ', its turn is next' : ''}`;
  };

/** Requests leave at the side of the row that is nearer to the middle, checks 14 px further out, so that they never cross. */
function anchors(config: LoadBalancerConfig, height: number): Readonly<Record<string, Anchor>> {
  const all: Record<string, Anchor> = {
    in: { x: 0, y: Math.round(height / 2) - 3, side: 'left' },
    top: { x: WIDTH / 2, y: SLANT / 2, side: 'top' },
    bottom: { x: WIDTH / 2, y: height - SLANT / 2, side: 'bottom' },
  };
  const count = config.servers.length;
  config.servers.forEach((server, index) => {
    const upper = index < count / 2;
    const y = HEAD + ROW * index + (upper ? 16 : 13);
    const row: Anchor = { x: WIDTH, y, side: 'right' };
    const check: Anchor = { x: WIDTH, y: y + (upper ? -14 : 14), side: 'right' };
    all[`row${index}`] = row;
    all[`link:${server.link}`] = row;
    if (server.check === null) return;
    all[`check${index}`] = check;
    all[`check:${server.link}`] = check;
  });
  return all;
}
