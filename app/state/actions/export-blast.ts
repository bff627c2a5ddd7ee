// Hands out the blast radius as it is shown: as a table for a spreadsheet, or as a picture.
import type { BlastOrder } from '../blast-order.ts';
import type { BlastTable } from '../blast-room.ts';
import { isMeasured } from '../blast-summary.ts';
import { defineAction } from './action.ts';

interface BlastExport {
  readonly format: 'csv' | 'png';
  readonly table: BlastTable;
  readonly order: BlastOrder;
}

export const exportBlast = defineAction<BlastExport>({
  id: 'export-blast',
  label: 'Export the blast radius',
  refusal: (_app, { table }) =>
    isMeasured([...table.parts, ...table.lines]) ? null : 'Not all rows are measured yet. Try again in a moment.',
  perform: (app, { format, table, order }) => {
    import('../export-blast.ts')
      .then(({ exportCsv, exportPng }) => (format === 'csv' ? exportCsv : exportPng)(app, table, order))
      .catch(() => app.hand.setState({ refusal: 'The file could not be made. Try again.' }));
  },
});
