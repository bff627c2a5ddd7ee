// A table of the blast radius: a row an element, sorted by any column. Rows that are still to come show their name and an empty
// bar. The arrow keys go from row to row.
import { ArrowDown, ArrowUp, CircleAlert, Equal, EqualNot, Play } from 'lucide-react';
import { type KeyboardEvent, memo } from 'react';
import { faultsIn, type LastingFault } from '../analysis/fault-measure.ts';
import type { Finding } from '../analysis/finding.ts';
import type { Design } from '../design/design.ts';
import { type DesignPlan, PLAN_SIZE } from '../drawing/design-plan.ts';
import { CURVE_SIZE, outcomeCurve, servedBar } from '../drawing/outcome-chart.ts';
import { actOn } from '../state/actions/lesson.ts';
import { watchFault } from '../state/actions/watch-fault.ts';
import { type BlastCell, type BlastCells, ceilingOf, cellsOf, type ServedCell } from '../state/blast-cells.ts';
import { type BlastColumn, type BlastOrder, inOrder } from '../state/blast-order.ts';
import { type BlastEntry, keyOf } from '../state/blast-room.ts';
import { FAULT_S } from '../state/blast-summary.ts';
import { faultName, faultWord } from '../state/blast-words.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { BlastDrawing } from './blast-drawn.tsx';
import { BlastVerdict } from './blast-verdict.tsx';

const BAR_SIZE = { width: 84, height: 12 };

/** `order`: null for what cannot be sorted by. */
const COLUMNS: readonly {
  readonly label: string;
  readonly note: string;
  readonly order: BlastColumn | null;
  readonly name: string;
}[] = [
  { name: 'plan', label: '', note: '', order: null },
  { name: 'name', label: 'What was done', note: 'in a fresh run', order: 'name' },
  { name: 'curve', label: 'Requests each second', note: `the fault after ${FAULT_S} s`, order: null },
  { name: 'reads', label: 'Reads served', note: 'since the fault', order: 'reads' },
  { name: 'writes', label: 'Writes served', note: 'since the fault', order: 'writes' },
  { name: 'detect', label: 'Time to detect', note: 'until one acts', order: 'detect' },
  { name: 'recover', label: 'Time to recover', note: 'until all served', order: 'recover' },
  { name: 'lost', label: 'Lost writes', note: 'confirmed', order: 'lost' },
  { name: 'verdict', label: 'Verdict', note: 'and the issue it proves', order: 'verdict' },
  { name: 'watch', label: '', note: '', order: null },
];

interface RowsProps {
  readonly caption: string;
  readonly entries: readonly BlastEntry[];
  readonly design: Design;
  readonly order: BlastOrder;
  readonly plan: DesignPlan;
  readonly onOrder: (order: BlastOrder) => void;
}

export function BlastRows({ caption, entries, design, order, plan, onOrder }: RowsProps) {
  const app = useApp();
  const findings = useStoreValue(app.findings, (state) => state.findings);
  const ceiling = ceilingOf(entries);
  const sorted = inOrder(entries, order, ({ fault }) => faultName(design, fault));
  return (
    <table className="blast-table" onKeyDown={walkRows}>
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <Head key={column.name} column={column} order={order} onOrder={onOrder} />
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted.map((entry) => (
          <Row key={keyOf(entry.fault)} {...{ entry, design, plan, findings, ceiling }} />
        ))}
      </tbody>
    </table>
  );
}

interface HeadProps {
  readonly column: (typeof COLUMNS)[number];
  readonly order: BlastOrder;
  readonly onOrder: (order: BlastOrder) => void;
}

const turned = ({ by, worstFirst }: BlastOrder, column: BlastColumn): BlastOrder => ({
  by: column,
  worstFirst: by === column ? !worstFirst : true,
});

function Head({ column: { name, label, note, order: by }, order, onOrder }: HeadProps) {
  const className = `blast-${name}`;
  if (by === null)
    return (
      <th scope="col" className={className}>
        {label === '' ? <span className="unseen">{name === 'plan' ? 'Where it is' : 'Watch'}</span> : label}
        <small>{note}</small>
      </th>
    );
  const isBy = order.by === by;
  const direction = order.worstFirst === (by === 'name') ? 'ascending' : 'descending';
  return (
    <th scope="col" className={className} aria-sort={isBy ? direction : 'none'}>
      <button type="button" onClick={() => onOrder(turned(order, by))}>
        {label}
        {isBy &&
          (order.worstFirst ? <ArrowDown size={13} aria-hidden="true" /> : <ArrowUp size={13} aria-hidden="true" />)}
      </button>
      <small>{note}</small>
    </th>
  );
}

/** Where the heads of the columns are away: as cards, on narrow pages. */
export function SortChoice({
  order,
  onChange,
}: {
  readonly order: BlastOrder;
  readonly onChange: (order: BlastOrder) => void;
}) {
  return (
    <label className="blast-sort">
      Sort by
      <select
        className="pick"
        value={order.by}
        onChange={(event) => onChange({ by: event.target.value as BlastColumn, worstFirst: true })}
      >
        {COLUMNS.map(
          ({ order: by, label }) =>
            by !== null && (
              <option key={by} value={by}>
                {by === 'name' ? 'Name' : by === 'verdict' ? 'Worst first' : label}
              </option>
            ),
        )}
      </select>
    </label>
  );
}

/** Up and down go to the way of the row above or below, so that a person with keys need not pass all columns. */
function walkRows(event: KeyboardEvent<HTMLTableElement>): void {
  const ways = [...event.currentTarget.querySelectorAll<HTMLElement>('tbody .blast-watch button')];
  const at = ways.indexOf(document.activeElement as HTMLElement);
  const steps: Readonly<Record<string, number>> = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: ways.length - 1 };
  const next = steps[event.key];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  ways[Math.min(ways.length - 1, Math.max(0, next))]?.focus();
}

// ---- one row ------------------------------------------------------------------------------------------------------

interface RowProps {
  readonly entry: BlastEntry;
  readonly design: Design;
  readonly plan: DesignPlan;
  readonly findings: readonly Finding[];
  readonly ceiling: number;
}

const Row = memo(function Row({ entry, design, plan, findings, ceiling }: RowProps) {
  const { fault, problem } = entry;
  const cells = cellsOf(design, entry, findings);
  return (
    <tr data-state={cells === null ? (problem === null ? 'coming' : 'failed') : 'measured'}>
      <td className="blast-cell blast-plan">
        <BlastDrawing shapes={faultsIn(fault).flatMap(({ target }) => plan.marked(target))} {...PLAN_SIZE} onPlan />
      </td>
      <th scope="row" className="blast-cell blast-name">
        {faultName(design, fault)} <small>{faultWord(design, fault)}</small>
      </th>
      {cells === null ? <ToCome problem={problem} /> : <Measured cells={cells} design={design} ceiling={ceiling} />}
    </tr>
  );
});

function ToCome({ problem }: { readonly problem: string | null }) {
  return (
    <td className="blast-cell blast-coming" colSpan={COLUMNS.length - 2}>
      {problem === null ? (
        <>
          <span className="blast-empty" />
          <span className="unseen">being measured</span>
        </>
      ) : (
        <>
          <CircleAlert className="blast-problem" size={15} aria-hidden="true" />
          {`It could not be measured: ${problem}. Close this page and open it to try again.`}
        </>
      )}
    </td>
  );
}

interface MeasuredProps {
  readonly cells: BlastCells;
  readonly design: Design;
  readonly ceiling: number;
}

function Measured({ cells, design, ceiling }: MeasuredProps) {
  const { measure, fault } = cells;
  const curve = outcomeCurve({ seconds: measure.seconds, faultS: FAULT_S, ceiling }, CURVE_SIZE);
  return (
    <>
      <td className="blast-cell blast-curve">
        <BlastDrawing shapes={curve} {...CURVE_SIZE} />
        <span className="unseen">{`${measure.answered - measure.retried} right away, ${measure.retried} on another try, ${measure.requests - measure.answered} failed`}</span>
      </td>
      <Served cell={cells.reads} name="reads" label="Reads served" />
      <Served cell={cells.writes} name="writes" label="Writes served" />
      <Figure cell={cells.detect} name="detect" label="Time to detect" />
      <Figure cell={cells.recover} name="recover" label="Time to recover" />
      <Figure cell={cells.lost} name="lost" label="Lost writes" />
      <td className="blast-cell blast-verdict">
        <BlastVerdict cells={cells} />
      </td>
      <td className="blast-cell blast-watch">
        <WatchButton design={design} fault={fault} words={`${cells.name}, ${cells.did}`} />
      </td>
    </>
  );
}

interface FigureProps<Cell> {
  readonly cell: Cell;
  readonly name: BlastColumn;
  /** Shown where the heads of the columns are away. */
  readonly label: string;
}

function Served({ cell, name, label }: FigureProps<ServedCell>) {
  const { answered, all, text, note, agrees } = cell;
  return (
    <td className={`blast-cell blast-${name}`}>
      <i className="blast-label">{label}</i>
      <span className="blast-figure">
        <b>{text}</b>
        <BlastDrawing shapes={servedBar(answered, all, BAR_SIZE)} {...BAR_SIZE} />
      </span>
      <small data-agrees={agrees}>
        {agrees !== null && <Agreement agrees={agrees} />}
        {note}
      </small>
    </td>
  );
}

/** Whether it is what the drawing foretold: by a sign, and for those who do not see it by the word. */
function Agreement({ agrees }: { readonly agrees: boolean }) {
  const Sign = agrees ? Equal : EqualNot;
  return (
    <>
      <Sign className="blast-agrees" size={12} aria-hidden="true" />
      {!agrees && 'Not as expected: '}
    </>
  );
}

function Figure({ cell, name, label }: FigureProps<BlastCell>) {
  return (
    <td className={`blast-cell blast-${name}`}>
      <i className="blast-label">{label}</i>
      <b data-tone={cell.tone}>{cell.text}</b>
      <small>{cell.note}</small>
    </td>
  );
}

interface WatchProps {
  readonly design: Design;
  readonly fault: LastingFault;
  readonly words: string;
}

function WatchButton({ design, fault, words }: WatchProps) {
  const app = useApp();
  return (
    <button
      type="button"
      className="button"
      aria-label={`Watch ${words}`}
      onClick={() => actOn(app, watchFault, { design, fault })}
    >
      <Play size={15} aria-hidden="true" />
      Watch
    </button>
  );
}
