// The kinds as a phone shows them: the same silhouettes, lower and without figures, with wires from above to below. A list of
// its own, because only a narrow page loads it. look/5-mobile.
import { DNS, USERS } from '../design/design.ts';
import type { Anchor, Figure, Reading, Shape } from '../drawing/figure.ts';
import { loadGauge, queueSlots, stateMark, text } from '../drawing/marks.ts';
import { deadStrip, partBody, stateLines } from '../drawing/part.ts';
import { truncate } from '../drawing/text-width.ts';
import { NOT_MEASURED, percent, perSecond } from '../drawing/words.ts';
import type { DatabaseConfig } from './database/config.ts';
import { drawKind } from './figures.ts';
import type { LoadBalancerConfig } from './load-balancer/config.ts';
import type { UsersConfig } from './users/figure.ts';
import type { VirtualIpConfig } from './virtual-ip/config.ts';

const NAME_PX = 13;
const WIDTH = 126;

/** Draws an element of any kind for a narrow page. What it says in words is the same as on a wide one. */
export function drawUpright(kind: string, config: unknown, reading: Reading): Figure {
  const { textAlternative } = drawKind(kind, config, reading);
  const drawn = pictureOf(kind, config, reading);
  return { ...drawn, textAlternative };
}

type Picture = Omit<Figure, 'textAlternative'>;

function pictureOf(kind: string, config: unknown, reading: Reading): Picture {
  switch (kind) {
    case USERS:
      return users(config as UsersConfig, reading);
    case DNS:
      return low('DNS', 'M0,0H50L60,14L50,28H0Z', { width: 60, height: 28 }, [], reading, 10);
    case 'load-balancer':
      return balancer(config as LoadBalancerConfig, reading);
    case 'web-server':
      return low('nginx', 'M0,0H116L126,20L116,40H0L10,20Z', { width: WIDTH, height: 40 }, [], reading, 18);
    case 'app-server':
      return low('app server', 'M0,0H126V40H0Z', { width: WIDTH, height: 40 }, ['M7,0V40M119,0V40'], reading, 14);
    case 'database':
      return database(config as DatabaseConfig, reading);
    case 'virtual-ip':
      return keepalived(config as VirtualIpConfig, reading);
    default: {
      const { size, outline, shapes, anchors } = drawKind(kind, config, reading);
      return { size, outline, shapes, anchors };
    }
  }
}

interface LowSize {
  readonly width: number;
  readonly height: number;
}

/** Wires come and go at `x`, so far to the right that they cross no host's name. */
const sides = ({ width, height }: LowSize, x: number): Readonly<Record<string, Anchor>> => ({
  in: { x: 0, y: height / 2, side: 'left' },
  out: { x: width, y: height / 2, side: 'right' },
  top: { x, y: 0, side: 'top' },
  bottom: { x, y: height, side: 'bottom' },
});

const COLUMN = 110;

/** One line: the name, and queue and load beside it while it works; below the name its state when it does not. */
function low(
  name: string,
  outline: string,
  size: LowSize,
  inner: readonly string[],
  reading: Reading,
  x: number,
): Picture {
  const { width, height } = size;
  const isUp = reading.state === 'up';
  const middle = height / 2 + 5;
  return {
    size,
    outline,
    shapes: [
      ...partBody(outline, inner, reading),
      ...deadStrip(x - 4, 3, width - 2 * x + 8, height - 6, reading),
      text(x, isUp ? middle : middle - 8, name, 'name', { sizePx: NAME_PX }),
      ...(isUp ? gauge(reading, width - 12, middle - 8) : stateLines(x, middle + 9, [], reading)),
    ],
    anchors: sides(size, Math.min(COLUMN, width - 16)),
  };
}

const GAUGE = 24;

/** The load, and before it the queue once there is one. Nothing for what has no load. */
function gauge(reading: Reading, right: number, y: number): readonly Shape[] {
  if (reading.load === null) return [];
  if (reading.queue > 0) return queueSlots(right - GAUGE, y - 1, reading.queue, 0);
  return loadGauge(right - GAUGE, y, GAUGE, reading.load);
}

function database({ role }: DatabaseConfig, reading: Reading): Picture {
  const size = { width: WIDTH, height: 60 };
  const outline = 'M0,8C0,-2.6 126,-2.6 126,8V52C126,62.6 0,62.6 0,52Z';
  const lid = 'M0,8C0,-2.6 126,-2.6 126,8C126,18.6 0,18.6 0,8Z';
  const isUp = reading.state === 'up';
  const fill = reading.state === 'down' && reading.hostDown !== true ? 'fail' : 'line';
  return {
    size,
    outline,
    shapes: [
      ...partBody(outline, ['M0,8C0,18.6 126,18.6 126,8'], reading),
      ...deadStrip(6, 19, 114, 34, reading),
      ...(role === 'primary' ? [{ type: 'path', d: lid, fill } as const] : []),
      text(10, 33, 'MySQL', 'name', { sizePx: NAME_PX }),
      ...(reading.standsAlone === true ? [] : [text(116, 33, role, 'figure', { align: 'end', detail: 'words' })]),
      ...(isUp ? gauge(reading, 116, 42) : stateLines(10, 50, [], reading)),
      ...(isUp && reading.plate !== null
        ? [text(10, 50, reading.plate.text, 'state', { fill: plateFill(reading) })]
        : []),
    ],
    anchors: sides(size, COLUMN),
  };
}

const plateFill = ({ plate }: Reading): 'doubt' | 'ink' => (plate?.stale === true ? 'doubt' : 'ink');

const KEEPALIVED = { width: 166, height: 60 };
/** The address on a tag, within the box: at the edge of the host there is no room for it. */
const TAG = { left: 10, right: 128, top: 28, bottom: 52, point: 12 };

/** Its state and priority, and below them the address: solid at who holds it, else in dashes, with a bar where two hold it. */
function keepalived(config: VirtualIpConfig, reading: Reading): Picture {
  const { width, height } = KEEPALIVED;
  const outline = `M0,0H${width}V${height}H0Z`;
  const vrrp = reading.vrrp ?? null;
  const isWell = reading.state === 'up' || reading.state === 'standby';
  const answers = vrrp?.state === 'MASTER';
  const shown: Reading = isWell ? { ...reading, state: answers ? 'up' : 'standby' } : reading;
  return {
    size: KEEPALIVED,
    outline,
    shapes: [
      ...partBody(outline, [], shown),
      ...(isWell
        ? [
            stateMark(answers ? 'up' : vrrp?.state === 'FAULT' ? 'down' : 'standby', 16, 13),
            text(28, 18, vrrp?.state ?? 'INIT', 'state'),
            text(width - 10, 18, String(vrrp?.priority ?? config.priority), 'figure', {
              align: 'end',
              detail: 'words',
            }),
          ]
        : stateLines(10, 18, [], reading)),
      ...addressTag(config.virtualIpaddress, vrrp?.plate?.holds === true, vrrp?.plate?.isDisputed === true),
    ],
    anchors: sides(KEEPALIVED, 30),
  };
}

function addressTag(address: string, holds: boolean, isDisputed: boolean): readonly Shape[] {
  const { left, right, top, bottom, point } = TAG;
  const middle = (top + bottom) / 2;
  const d = `M${left},${top}H${right - point}L${right},${middle}L${right - point},${bottom}H${left}Z`;
  const x = (left + right - point) / 2;
  const bar: readonly Shape[] = isDisputed
    ? [{ type: 'path', d: `M${left},${bottom + 3}H${right - point}`, stroke: 'fail', strokeWidth: 3 }]
    : [];
  if (holds)
    return [
      { type: 'path', d, fill: 'ink' },
      text(x, middle + 4.5, address, 'state', { align: 'middle', fill: 'on-ink' }),
      ...bar,
    ];
  return [
    { type: 'path', d, stroke: 'ink3', strokeWidth: 1.2, dash: [4, 3] },
    text(x, middle + 4.5, address, 'figure', { align: 'middle', italic: true }),
  ];
}

const BALANCER = { least: 190, column: 84, slant: 26, head: 28, height: 72 };

/** The trapezoid fans out downwards; each server is a column, its wire leaves below. */
function balancer(config: LoadBalancerConfig, reading: Reading): Picture {
  const { column, slant, head, height } = BALANCER;
  const columns = config.servers.length;
  const width = Math.max(BALANCER.least, columns * column + 2 * slant);
  const outline = `M${slant},0H${width - slant}L${width},${height}H0Z`;
  const isDown = reading.state === 'down';
  const pitch = (width - 2 * slant) / Math.max(1, columns);
  const middle = (index: number): number => slant + pitch * (index + 0.5);
  const lines = [`M${slant - 10},${head}H${width - slant + 10}`];
  for (let index = 1; index < columns; index++) lines.push(`M${slant + pitch * index},${head}V${height}`);
  return {
    size: { width, height },
    outline,
    shapes: [
      // Without rows there are no columns.
      ...partBody(outline, reading.state === 'up' ? lines : isDown ? [] : lines.slice(0, 1), reading),
      ...deadStrip(slant + 10, 8, width - 2 * slant - 20, 50, reading),
      text(width / 2, 19, 'HAProxy', 'name', { align: 'middle', sizePx: NAME_PX }),
      ...(isDown || reading.state !== 'up'
        ? stateLines(width / 2 - 36, 46, [], reading)
        : config.servers.flatMap((server, index) =>
            columnShapes(server.name, reading.rows[index], middle(index), pitch),
          )),
    ],
    anchors: {
      ...sides({ width, height }, Math.round(width * 0.72)),
      ...Object.fromEntries(
        config.servers.map((server, index) => [`link:${server.link}`, { x: middle(index), y: height, side: 'bottom' }]),
      ),
    },
  };
}

function columnShapes(name: string, row: Reading['rows'][number] | undefined, x: number, room: number): Shape[] {
  const shapes: Shape[] = [
    text(x, 44, truncate(name, room - 4, { sizePx: 12 }), 'figure', { align: 'middle', detail: 'words' }),
  ];
  if (row === undefined) return shapes;
  const fill = row.tone === 'plain' ? 'ink' : row.tone;
  const queued = (row.queue ?? 0) > 0 ? `, ${row.queue} wait` : '';
  shapes.push(
    text(x, 61, truncate(`${row.word}${queued}`, room, { sizePx: 12, bold: true }), 'state', { align: 'middle', fill }),
  );
  // Its turn is next.
  if (row.turn && row.mark === undefined) shapes.push({ type: 'path', d: `M${x - 4.5},64.5h9l-4.5,6Z`, fill: 'ink' });
  return shapes;
}

function users({ siteName, traffic }: UsersConfig, reading: Reading): Picture {
  const size = { width: 110, height: 44 };
  const outline = 'M3,0H107A3,3 0 0 1 110,3V41A3,3 0 0 1 107,44H3A3,3 0 0 1 0,41V3A3,3 0 0 1 3,0Z';
  const { answeredShare, failingWord } = reading;
  const answered = answeredShare === null ? NOT_MEASURED : percent(answeredShare);
  const fails = failingWord !== '' || (answeredShare !== null && answeredShare < 1);
  return {
    size,
    outline,
    shapes: [
      { type: 'path', d: outline, fill: 'comp', stroke: 'line', strokeWidth: 1.5 },
      { type: 'path', d: 'M0,20H110', stroke: 'line', strokeWidth: 1.2 },
      text(55, 15, siteName, 'tiny', { align: 'middle', fill: 'ink' }),
      text(55, 36, perSecond(traffic.rateRps, 'req'), 'figure', { align: 'middle', detail: 'words' }),
      text(-10, 16, 'Internet users', 'name', { align: 'end', sizePx: NAME_PX }),
      text(-10, 33, failingWord === '' ? `${answered} answered` : failingWord, fails ? 'state' : 'figure', {
        align: 'end',
        detail: 'words',
        ...(fails ? { fill: 'fail' as const } : {}),
      }),
    ],
    anchors: { ...sides(size, size.width / 2), dns: { x: size.width, y: 15, side: 'right' } },
  };
}
