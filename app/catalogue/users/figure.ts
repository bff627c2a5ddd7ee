// The picture of the internet users: a browser window, with what they ask for and how it goes for them below.
import type { Traffic } from '../../design/design.ts';
import type { Figure, Reading, Shape } from '../../drawing/figure.ts';
import { text } from '../../drawing/marks.ts';
import { milliseconds, NOT_MEASURED, percent, perSecond, shareOfWrites } from '../../drawing/words.ts';

const SIZE = { width: 114, height: 72 };
const OUTLINE = 'M3,0H111A3,3 0 0 1 114,3V69A3,3 0 0 1 111,72H3A3,3 0 0 1 0,69V3A3,3 0 0 1 3,0Z';
const PERSON = 'M5,0A5,5 0 1 1 -5,0A5,5 0 1 1 5,0M-9,24v-3a9,9 0 0 1 18,0v3';

/** What the users' picture is drawn from: the traffic, and the name that stands in the browser's address line. */
export interface UsersConfig {
  readonly siteName: string;
  readonly traffic: Traffic;
}

export function figure(config: UsersConfig, reading: Reading): Figure {
  const asked = `${perSecond(config.traffic.rateRps, 'req')}, ${shareOfWrites(config.traffic.writeShare)}`;
  const lines = outcome(reading);
  return {
    size: SIZE,
    outline: OUTLINE,
    shapes: [
      { type: 'path', d: OUTLINE, fill: 'comp', stroke: 'line', strokeWidth: 1.5 },
      { type: 'path', d: 'M0,20H114', stroke: 'line', strokeWidth: 1.2 },
      text(57, 15, config.siteName, 'tiny', { align: 'middle', fill: 'ink' }),
      ...[30, 57, 84].map((x): Shape => {
        return { type: 'group', x, y: 36, shapes: [{ type: 'path', d: PERSON, stroke: 'line', strokeWidth: 1.8 }] };
      }),
      text(0, 92, 'Internet users', 'name'),
      text(0, 110, asked, 'figure'),
      ...lines.map((line, index) => outcomeText(line, 127 + index * 17)),
    ],
    anchors: {
      in: { x: 0, y: 36, side: 'left' },
      out: { x: 114, y: 36, side: 'right' },
      dns: { x: 56, y: 0, side: 'top' },
      top: { x: 57, y: 0, side: 'top' },
      bottom: { x: 57, y: 72, side: 'bottom' },
    },
    textAlternative: ['Internet users', asked, ...lines.map((line) => line.words)].join(', '),
  };
}

interface Line {
  readonly words: string;
  readonly tone: 'plain' | 'strong' | 'fail';
}

/** What the users notice: all answered, or what works and what does not, and the latency of the slow ones. */
function outcome(reading: Reading): readonly Line[] {
  const share = reading.answeredShare;
  const latency: Line = { words: `p99 ${milliseconds(reading.p99Ms)}`, tone: 'plain' };
  if (share === null) return [{ words: `${NOT_MEASURED} answered`, tone: 'plain' }, latency];
  if (reading.failingWord !== '') {
    const works = reading.answeringWord ?? `${percent(share)} answered`;
    return [
      { words: works, tone: 'strong' },
      { words: reading.failingWord, tone: 'fail' },
    ];
  }
  if (share >= 1) return [{ words: '100% answered', tone: 'plain' }, latency];
  return [{ words: `${percent(1 - share)} failing`, tone: 'fail' }, latency];
}

function outcomeText(line: Line, y: number): Shape {
  if (line.tone === 'plain') return text(0, y, line.words, 'figure');
  return text(0, y, line.words, 'state', line.tone === 'fail' ? { fill: 'fail' } : {});
}
