// What compare and the preview of a fix share: the sentence of a side, and a figure with its bar.
import type { App } from '../state/app.ts';
import type { CompareRow } from '../state/compare-rows.ts';
import { useStoreValue } from '../ui/app-context.tsx';
import { Clock } from './top-bar.tsx';

/** The sentence of this side; what was just refused or done comes first, and is announced. */
export function Strip({ app, side }: { readonly app: App; readonly side: 'left' | 'right' }) {
  const said = useStoreValue(app.hand, (hand) => hand.refusal ?? hand.notice ?? '');
  const isRefusal = useStoreValue(app.hand, (hand) => hand.refusal !== null);
  const stopped = useStoreValue(app.playback, (playback) => playback.stopped);
  const narration = useStoreValue(app.playback, (playback) => playback.view?.narration ?? '');
  const alarm = useStoreValue(app.playback, (playback) => playback.view?.alarm ?? '');
  const name = useStoreValue(app.design, (state) => state.design.name);
  return (
    <section
      className={`compare-strip compare-${side}`}
      aria-label={`Narration, ${name}, ${side}`}
      data-refusal={isRefusal}
    >
      {side === 'left' && <Clock />}
      <p>{said === '' ? (stopped ?? narration) : said}</p>
      <p className="unseen" role="alert">
        {said === '' ? alarm : said}
      </p>
    </section>
  );
}

export function Cell({ row, at }: { readonly row: CompareRow; readonly at: 0 | 1 }) {
  const cell = row.cells[at];
  const isBetter = row.better === at;
  return (
    <td data-better={isBetter}>
      <span className="compare-bar" data-tone={cell.tone} aria-hidden="true">
        <i style={{ inlineSize: `${((cell.share ?? 0) * 100).toFixed(1)}%` }} />
      </span>
      <span className="compare-figure">
        <b>{cell.text}</b> {cell.note}
      </span>
      <em>{isBetter ? 'better' : ''}</em>
    </td>
  );
}
