// The blast radius as files: CSV with a row a fault and the unit of every figure in its name, and a picture by our own renderer.

import { faultsIn } from '../analysis/fault-measure.ts';
import type { Finding } from '../analysis/finding.ts';
import { drawKind } from '../catalogue/figures.ts';
import { designPlan, PLAN_SIZE } from '../drawing/design-plan.ts';
import { figuresOf } from '../drawing/figures.ts';
import { CURVE_SIZE, outcomeCurve } from '../drawing/outcome-chart.ts';
import type { Scene } from '../drawing/scene.ts';
import { type BlastSheetRow, blastSheet, type SheetServed } from '../exchange/blast-sheet.ts';
import { type CsvValue, csvText } from '../exchange/csv.ts';
import { type Micros, toSeconds } from '../foundation/micros.ts';
import { type BlastCell, type BlastCells, ceilingOf, cellsOf, type ServedCell } from './blast-cells.ts';
import { type BlastOrder, inOrder } from './blast-order.ts';
import type { BlastEntry, BlastTable } from './blast-room.ts';
import { FAULT_S, pairWords, runWords, summaryWords } from './blast-summary.ts';
import { faultName } from './blast-words.ts';

type Column = readonly [name: string, value: (cells: BlastCells, entry: BlastEntry) => CsvValue];

/** Empty where it never came. Whole microseconds, so a second has up to six decimals. */
const seconds = (us: Micros | null): CsvValue => (us === null ? null : toSeconds(us));

const COLUMNS: readonly Column[] = [
  ['fault', ({ fault }) => fault.type],
  ['element_id', ({ fault }) => fault.target],
  ['element', ({ name }) => name],
  ['verdict', ({ measure }) => measure.verdict],
  ['requests', ({ measure }) => measure.requests],
  ['requests_served', ({ measure }) => measure.answered],
  ['requests_served_on_another_try', ({ measure }) => measure.retried],
  ['reads', ({ measure }) => measure.reads],
  ['reads_served', ({ measure }) => measure.readsAnswered],
  ['reads_settled', ({ measure }) => measure.settled.reads],
  ['reads_settled_served', ({ measure }) => measure.settled.readsAnswered],
  ['reads_expected', (_cells, { row }) => row?.foretold?.reads ?? null],
  ['writes', ({ measure }) => measure.writes],
  ['writes_served', ({ measure }) => measure.writesAnswered],
  ['writes_settled', ({ measure }) => measure.settled.writes],
  ['writes_settled_served', ({ measure }) => measure.settled.writesAnswered],
  ['writes_expected', (_cells, { row }) => row?.foretold?.writes ?? null],
  ['detect_s', ({ measure }) => seconds(measure.detectUs)],
  ['detected_by', ({ measure }) => measure.detectedBy],
  ['told_s', ({ measure }) => seconds(measure.toldUs)],
  ['recover_s', ({ measure }) => seconds(measure.recoverUs)],
  ['reads_recover_s', ({ measure }) => seconds(measure.readsRecoverUs)],
  ['writes_recover_s', ({ measure }) => seconds(measure.writesRecoverUs)],
  ['lost_writes', ({ measure }) => measure.lostWrites],
  ['issues', ({ proved }) => proved.map(({ finding }) => finding.id).join(' ')],
  // Of a pair: the other one that was killed.
  ['beside_id', ({ fault }) => fault.beside?.target ?? null],
];

/** Rows in the order in which they are shown, the lines last. Empty is never, or not foretold. */
export function blastCsv(table: BlastTable, order: BlastOrder, findings: readonly Finding[]): string {
  const rows = shown(table, order, findings).flat();
  return csvText(
    COLUMNS.map(([name]) => name),
    rows.map(({ cells, entry }) => COLUMNS.map(([, value]) => value(cells, entry))),
  );
}

interface Shown {
  readonly cells: BlastCells;
  readonly entry: BlastEntry;
}

/** Parts, then lines, then pairs; what could not be measured has nothing to hand out. */
function shown({ design, parts, lines, pairs }: BlastTable, order: BlastOrder, findings: readonly Finding[]) {
  return [parts, lines, pairs?.entries ?? []].map((entries) =>
    inOrder(entries, order, ({ fault }) => faultName(design, fault)).flatMap((entry): Shown[] => {
      const cells = cellsOf(design, entry, findings);
      return cells === null ? [] : [{ cells, entry }];
    }),
  );
}

/** `foot`: what is not of the run itself, such as the date. */
export function blastPicture(table: BlastTable, order: BlastOrder, findings: readonly Finding[], foot: string): Scene {
  const { design, how, parts, lines, pairs } = table;
  const plan = designPlan(design, figuresOf(design, {}, drawKind), PLAN_SIZE);
  const [partRows = [], lineRows = [], pairRows = []] = shown(table, order, findings);
  const ceiling = ceilingOf(parts);
  const rowOf = ({ cells }: Shown): BlastSheetRow => ({
    plan: [...plan.shapes, ...faultsIn(cells.fault).flatMap(({ target }) => plan.marked(target))],
    curve: outcomeCurve({ seconds: cells.measure.seconds, faultS: FAULT_S, ceiling }, CURVE_SIZE),
    name: { text: cells.name, note: cells.did, isBad: false },
    reads: servedCell(cells.reads),
    writes: servedCell(cells.writes),
    detect: cell(cells.detect),
    recover: cell(cells.recover),
    lost: cell({ ...cells.lost, note: '' }),
    verdict: {
      text: cells.verdict.title,
      note: cells.verdict.note,
      isBad: cells.verdict.shape === 'critical',
      shape: cells.verdict.shape,
    },
    pins: cells.proved.map(({ number, finding }) => ({ number, severity: finding.severity })),
  });
  const groups = [
    { title: 'Servers and parts', summary: summaryWords(parts, how), rows: partRows.map(rowOf) },
    { title: 'Lines, each cut alone', summary: summaryWords(lines, 'cut'), rows: lineRows.map(rowOf) },
    { title: 'Two at once', summary: pairWords(pairs), rows: pairRows.map(rowOf) },
  ];
  return blastSheet({
    title: `Blast radius, ${design.title}`,
    subtitle: runWords(table),
    groups: groups.filter(({ rows }) => rows.length > 0),
    foot,
  });
}

const cell = ({ text, note, tone }: BlastCell) => ({ text, note, isBad: tone === 'fail' });

const servedCell = ({ answered, all, text, note, agrees }: ServedCell): SheetServed => ({
  answered,
  all,
  text,
  note: agrees === false ? `not as expected: ${note}` : note,
  isBad: false,
});
