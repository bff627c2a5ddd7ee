// What the playhead says of its moment: how far HAProxy is from marking a server DOWN, or UP again. The first server counts.
import { useMemo } from 'react';
import type { RowReading } from '../drawing/figure.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';

export function PlayheadWord() {
  const app = useApp();
  const readings = useStoreValue(app.playback, ({ view }) => view?.readings);
  const word = useMemo(() => checksWord(Object.values(readings ?? {}).flatMap(({ rows }) => rows)), [readings]);
  return <span className="playhead-word">{word === '' ? '' : `: ${word}`}</span>;
}

/** `2 of 3 checks missed`, `1 of 2 checks passed`; empty while no server is in between. */
export function checksWord(rows: readonly RowReading[]): string {
  const falling = rows.find(({ word, bars, barsOf }) => word.startsWith('UP') && barsOf > 0 && bars < barsOf);
  if (falling !== undefined) return `${falling.barsOf - falling.bars} of ${falling.barsOf} checks missed`;
  const rising = rows.find(({ word, bars }) => word.startsWith('DOWN') && bars > 0);
  return rising === undefined ? '' : `${rising.bars} of ${rising.barsOf} checks passed`;
}
