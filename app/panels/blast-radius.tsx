// The blast radius over the whole page: every host and part killed once, or hung, worst first, and every line cut. What was
// measured stands beside what the drawing foretold; any row can be watched.
import './blast-radius.css';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { drawKind } from '../catalogue/figures.ts';
import type { Design } from '../design/design.ts';
import { designPlan, PLAN_SIZE } from '../drawing/design-plan.ts';
import { figuresOf } from '../drawing/figures.ts';
import { blastRadius } from '../state/actions/blast-radius.ts';
import { type BlastOrder, WORST_FIRST } from '../state/blast-order.ts';
import { type BlastHow, type BlastTable, blastRoomOf } from '../state/blast-room.ts';
import { isMeasured, pairWords, runWords, summaryWords } from '../state/blast-summary.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { Choice } from '../ui/choice.tsx';
import { BlastDefinitions } from './blast-drawn.tsx';
import { BlastLegend } from './blast-legend.tsx';
import { BlastRows, SortChoice } from './blast-rows.tsx';

const HOWS = ['killed', 'hung'] as const;
const HOW_OF: Readonly<Record<(typeof HOWS)[number], BlastHow>> = { killed: 'kill', hung: 'hang' };

export function BlastRadius() {
  const app = useApp();
  const room = blastRoomOf(app);
  const section = useRef<HTMLElement>(null);
  useEffect(() => room.open(), [room]);
  useFocus(section);
  const table = useStoreValue(room.table, (state) => state.table);
  return (
    <section ref={section} className="blast" aria-labelledby="blast-title" tabIndex={-1}>
      <button type="button" className="blast-back" onClick={() => blastRadius.run(app)}>
        <ArrowLeft size={16} aria-hidden="true" />
        Diagram
      </button>
      {table === null ? <h1 id="blast-title">Blast radius</h1> : <Measured table={table} />}
    </section>
  );
}

function Measured({ table }: { readonly table: BlastTable }) {
  const app = useApp();
  const room = blastRoomOf(app);
  const [order, setOrder] = useState<BlastOrder>(WORST_FIRST);
  const [isUnfolded, setUnfolded] = useState(false);
  const [isPaired, setPaired] = useState(false);
  const plan = usePlan(table.design);
  const { parts, lines, pairs, how, design } = table;
  return (
    <>
      <BlastDefinitions plan={plan.shapes} />
      <header className="blast-head">
        <div className="blast-title">
          <h1 id="blast-title">Blast radius</h1>
          <Choice
            label="What befalls each server and part"
            value={how === 'kill' ? 'killed' : 'hung'}
            options={HOWS}
            onChange={(chosen) => room.setHow(HOW_OF[chosen])}
          />
          <SortChoice order={order} onChange={setOrder} />
        </div>
        <p>{runWords(table)}</p>
        <Summary table={table} />
      </header>
      <BlastRows
        caption={how === 'kill' ? 'Every server and part killed once' : 'Every server and part hung once'}
        entries={parts}
        {...{ design, order, plan }}
        onOrder={setOrder}
      />
      {lines.length > 0 && (
        <details
          className="blast-fold blast-lines"
          open={isUnfolded}
          onToggle={(event) => setUnfolded(event.currentTarget.open)}
        >
          <summary>
            <b>Lines, each cut alone</b> <span>{summaryWords(lines, 'cut')}</span>
          </summary>
          {isUnfolded && (
            <BlastRows caption="Every line cut once" entries={lines} {...{ design, order, plan }} onOrder={setOrder} />
          )}
        </details>
      )}
      <details
        className="blast-fold blast-pairs"
        open={isPaired}
        onToggle={(event) => {
          setPaired(event.currentTarget.open);
          if (event.currentTarget.open) room.showPairs();
        }}
      >
        <summary>
          <b>Two at once</b> <span>{pairWords(pairs)}</span>
        </summary>
        {isPaired && pairs !== null && pairs.entries.length > 0 && (
          <BlastRows
            caption="Every two that stop together what neither stops alone"
            entries={pairs.entries}
            {...{ design, order, plan }}
            onOrder={setOrder}
          />
        )}
      </details>
      <BlastLegend table={table} order={order} />
    </>
  );
}

/** Counts while it runs; then what it came to, which is announced. */
function Summary({ table }: { readonly table: BlastTable }) {
  const { parts, how } = table;
  const isDone = isMeasured(parts);
  const words = summaryWords(parts, how);
  return (
    <p className="blast-summary">
      {words}
      <span className="unseen" role="status">
        {isDone ? words : ''}
      </span>
    </p>
  );
}

const usePlan = (design: Design) =>
  useMemo(() => designPlan(design, figuresOf(design, {}, drawKind), PLAN_SIZE), [design]);

/** Takes the focus and gives it back. What had it is hidden from now on, and shown again before it gets it. */
function useFocus(section: { readonly current: HTMLElement | null }): void {
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    before.current = document.activeElement;
    section.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, [section]);
  useEffect(
    () => () => {
      if (before.current instanceof HTMLElement || before.current instanceof SVGElement) before.current.focus();
    },
    [],
  );
}
