// The picture of the application server: a rectangle with double sides, since it runs code.
import type { Figure, Reading } from '../../drawing/figure.ts';
import { text } from '../../drawing/marks.ts';
import { deadStrip, partBody, partInWords, queueAndLoad, stateLines } from '../../drawing/part.ts';
import { milliseconds } from '../../drawing/words.ts';
import type { AppServerConfig } from './config.ts';

const SIZE = { width: 126, height: 76 };
const OUTLINE = 'M0,0H126V76H0Z';

export function figure(_config: AppServerConfig, reading: Reading): Figure {
  const latency = `p99 ${milliseconds(reading.p99Ms)}`;
  return {
    size: SIZE,
    outline: OUTLINE,
    shapes: [
      ...partBody(OUTLINE, ['M7,0V76M119,0V76'], reading),
      ...deadStrip(10, 7, 106, 42, reading),
      text(14, 22, 'app server', 'name'),
      ...stateLines(14, 40, [latency], reading),
      ...queueAndLoad({ x: 14, y: 54, slots: 5, gauge: 54, right: 112 }, reading),
    ],
    anchors: {
      in: { x: 0, y: 38, side: 'left' },
      out: { x: 126, y: 38, side: 'right' },
      checkAbove: { x: 0, y: 16, side: 'left' },
      checkBelow: { x: 0, y: 60, side: 'left' },
      top: { x: 63, y: 0, side: 'top' },
      bottom: { x: 63, y: 76, side: 'bottom' },
    },
    textAlternative: partInWords('app server', reading, [latency]),
  };
}
