// The picture of the application files: a sheet with a folded corner.
import type { Figure, Reading } from '../../drawing/figure.ts';
import { text } from '../../drawing/marks.ts';
import { partBody } from '../../drawing/part.ts';
import type { FilesConfig } from './config.ts';

const SIZE = { width: 116, height: 56 };
const OUTLINE = 'M0,0H104L116,12V56H0Z';

export function figure(config: FilesConfig, reading: Reading): Figure {
  const down = reading.state === 'down';
  return {
    size: SIZE,
    outline: OUTLINE,
    shapes: [
      ...partBody(OUTLINE, ['M104,0V12H116'], reading),
      text(12, 24, 'application', 'name'),
      text(12, 41, 'files', 'name'),
    ],
    anchors: {
      in: { x: 0, y: 28, side: 'left' },
      out: { x: 116, y: 28, side: 'right' },
      top: { x: 58, y: 0, side: 'top' },
      bottom: { x: 58, y: 56, side: 'bottom' },
    },
    textAlternative: ['application files', ...(down ? ['down'] : []), ...config.paths].join(', '),
  };
}
