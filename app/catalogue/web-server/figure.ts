// The picture of the web server: a notched arrow, since it passes requests on.
import type { Figure, Reading } from '../../drawing/figure.ts';
import { text } from '../../drawing/marks.ts';
import { deadStrip, partBody, partInWords, queueAndLoad, stateLines } from '../../drawing/part.ts';
import { perSecond } from '../../drawing/words.ts';
import type { WebServerConfig } from './config.ts';

const SIZE = { width: 100, height: 76 };
const OUTLINE = 'M0,0H90L100,38L90,76H0L10,38Z';

export function figure(_config: WebServerConfig, reading: Reading): Figure {
  const rate = perSecond(reading.requestsPerS, 'req');
  return {
    size: SIZE,
    outline: OUTLINE,
    shapes: [
      ...partBody(OUTLINE, [], reading),
      ...deadStrip(14, 7, 72, 42, reading),
      text(18, 22, 'nginx', 'name'),
      ...stateLines(18, 40, [rate], reading, 60),
      ...queueAndLoad({ x: 18, y: 54, slots: 3, gauge: 44, right: 84 }, reading),
    ],
    anchors: {
      in: { x: 9, y: 38, side: 'left' },
      out: { x: 100, y: 38, side: 'right' },
      checkAbove: { x: 5, y: 16, side: 'left' },
      checkBelow: { x: 5, y: 60, side: 'left' },
      top: { x: 50, y: 0, side: 'top' },
      bottom: { x: 50, y: 76, side: 'bottom' },
    },
    textAlternative: partInWords('web server', reading, [rate]),
  };
}
