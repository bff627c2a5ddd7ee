// The picture of DNS: a tag that points the users to an address.
import type { DnsRecord } from '../../design/design.ts';
import type { Figure, Reading } from '../../drawing/figure.ts';
import { text } from '../../drawing/marks.ts';
import { partBody } from '../../drawing/part.ts';

const SIZE = { width: 168, height: 64 };
const OUTLINE = 'M0,0H156L168,32L156,64H0Z';

export function figure(record: DnsRecord, reading: Reading): Figure {
  return {
    size: SIZE,
    outline: OUTLINE,
    shapes: [
      ...partBody(OUTLINE, [], reading),
      text(12, 20, 'DNS', 'name'),
      text(12, 38, record.name, 'figure'),
      text(12, 54, `${record.type} ${record.address}`, 'figure'),
    ],
    anchors: {
      in: { x: 56, y: 64, side: 'bottom' },
      out: { x: 168, y: 32, side: 'right' },
      top: { x: 84, y: 0, side: 'top' },
      bottom: { x: 56, y: 64, side: 'bottom' },
    },
    textAlternative: `DNS, ${record.name}, ${record.type} record ${record.address}`,
  };
}
