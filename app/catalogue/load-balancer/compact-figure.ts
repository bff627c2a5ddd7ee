// The balancer drawn small, where keepalived stands below it: no rows, but one line on what it believes of its servers.
import type { Anchor, Figure, Reading } from '../../drawing/figure.ts';
import { loadGauge, text } from '../../drawing/marks.ts';
import { deadStrip, partBody, partInWords, stateLines } from '../../drawing/part.ts';
import { perSecond } from '../../drawing/words.ts';
import type { LoadBalancerConfig } from './config.ts';

const WIDTH = 148;
const HEIGHT = 96;
const SLANT = 18;
const OUTLINE = `M0,${SLANT}L${WIDTH},0V${HEIGHT}L0,${HEIGHT - SLANT}Z`;
const LINE = 55;
/** The wires to the servers leave at these heights, the first server's above the middle. */
const ROWS = { first: 38, pitch: 24 };

export function compactFigure(config: LoadBalancerConfig, reading: Reading): Figure {
  const isDown = reading.state === 'down';
  const isPlain = reading.state === 'up' || reading.state === 'standby';
  const line = `${perSecond(reading.requestsPerS, 'req')}, ${beliefs(reading)}`;
  const tone = reading.rows.some((row) => row.tone === 'fail') ? 'fail' : undefined;
  return {
    size: { width: WIDTH, height: HEIGHT },
    outline: OUTLINE,
    shapes: [
      ...partBody(OUTLINE, isDown ? [] : [`M0.5,${LINE}H${WIDTH - 0.5}`], reading),
      ...deadStrip(14, 22, 118, 40, reading),
      text(20, 32, 'HAProxy', 'name'),
      ...(isPlain ? [text(20, 48, config.balance, 'tiny')] : stateLines(20, 48, [], reading)),
      ...(isPlain ? loadGauge(92, 26, 44, reading.load) : []),
      ...(isDown ? [] : [text(14, 71, line, 'tiny', { fill: tone ?? 'ink' })]),
    ],
    anchors: anchors(config),
    textAlternative: partInWords('load balancer HAProxy', reading, [
      config.balance,
      ...reading.rows.map((row) => `${row.name} ${row.word}`),
    ]),
  };
}

/** `both UP`, or the first that is not. */
function beliefs({ rows }: Reading): string {
  const odd = rows.find((row) => row.word !== 'UP');
  if (odd !== undefined) return `${odd.name} ${odd.word}`;
  if (rows.length === 0) return 'no servers';
  return rows.length === 2 ? 'both UP' : `${rows.length} UP`;
}

function anchors(config: LoadBalancerConfig): Readonly<Record<string, Anchor>> {
  const all: Record<string, Anchor> = {
    in: { x: 0, y: 50, side: 'left' },
    top: { x: WIDTH / 2, y: SLANT / 2, side: 'top' },
    bottom: { x: WIDTH / 2, y: HEIGHT - SLANT / 2, side: 'bottom' },
  };
  config.servers.forEach((server, index) => {
    const y = Math.min(HEIGHT - 8, ROWS.first + index * ROWS.pitch);
    all[`link:${server.link}`] = { x: WIDTH, y, side: 'right' };
  });
  return all;
}
