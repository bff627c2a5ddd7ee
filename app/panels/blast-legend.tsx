// Below the rows of the blast radius: what the fills mean, what was just done, and what can be taken away.
import { Download, Image } from 'lucide-react';
import { outcomeCurve, servedBar } from '../drawing/outcome-chart.ts';
import { exportBlast } from '../state/actions/export-blast.ts';
import type { BlastOrder } from '../state/blast-order.ts';
import type { BlastTable } from '../state/blast-room.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { BlastDrawing } from './blast-drawn.tsx';

const SWATCH = { width: 20, height: 12 };
const retried = { seconds: [{ answered: 0, retried: 1, failed: 0 }], faultS: 0, ceiling: 1 };
const FILLS = [
  { words: 'served', shapes: servedBar(1, 1, SWATCH) },
  { words: 'served on another try', shapes: outcomeCurve(retried, SWATCH).slice(1, 2) },
  { words: 'not served', shapes: servedBar(0, 1, SWATCH).slice(1) },
] as const;

export function BlastLegend({ table, order }: { readonly table: BlastTable; readonly order: BlastOrder }) {
  const app = useApp();
  const said = useStoreValue(app.hand, (hand) => hand.refusal ?? hand.notice ?? '');
  return (
    <footer className="blast-legend">
      <ul aria-label="What the fills mean">
        {FILLS.map(({ words, shapes }) => (
          <li key={words}>
            <BlastDrawing shapes={shapes} {...SWATCH} />
            {words}
          </li>
        ))}
      </ul>
      <p role="status">{said}</p>
      <button type="button" className="button" onClick={() => exportBlast.run(app, { format: 'csv', table, order })}>
        <Download size={16} aria-hidden="true" />
        CSV
      </button>
      <button type="button" className="button" onClick={() => exportBlast.run(app, { format: 'png', table, order })}>
        <Image size={16} aria-hidden="true" />
        PNG
      </button>
    </footer>
  );
}
