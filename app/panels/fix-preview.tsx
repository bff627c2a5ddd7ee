// A fix before it is applied: the drawing as it is and as it would be, both running the same requests; the issues that it clears
// and creates; and the same kills on both sides, on one scale. Nothing has changed until Apply.
import './fix-preview.css';
import { Check, Plus, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { compare } from '../state/actions/compare.ts';
import { applyFix } from '../state/actions/fix.ts';
import type { App } from '../state/app.ts';
import type { BesideChoice } from '../state/beside.ts';
import { type FixOutcome, type FixSide, fixOutcome } from '../state/fix-outcome.ts';
import { AppProvider, useApp, useStoreValue } from '../ui/app-context.tsx';
import { Cell, Strip } from './compare-parts.tsx';
import { Pin } from './drawn.tsx';

type Fixed = Extract<BesideChoice, { readonly type: 'fixed' }>;

interface Props {
  readonly beside: App;
  readonly choice: Fixed;
  /** The canvas of the drawing with the fix. */
  readonly diagram: ReactNode;
}

export function FixPreview({ beside, choice, diagram }: Props) {
  const app = useApp();
  return (
    <>
      <Head app={app} side="left" title="Before" />
      <Head app={beside} side="right" title="After">
        <span className="fix-legend">
          <Plus size={14} strokeWidth={3} aria-hidden="true" /> is added
        </span>
      </Head>
      <AppProvider app={beside}>
        <div className="beside">{diagram}</div>
      </AppProvider>
      <Strip app={app} side="left" />
      <Strip app={beside} side="right" />
      <Outcome beside={beside} choice={choice} />
      <Foot choice={choice} />
    </>
  );
}

interface HeadProps {
  readonly app: App;
  readonly side: 'left' | 'right';
  readonly title: string;
  readonly children?: ReactNode;
}

function Head({ app, side, title, children }: HeadProps) {
  const servers = useStoreValue(app.design, (state) => state.design.hosts.length);
  const isWhole = useStoreValue(app.findings, ({ done, of }) => of > 0 && done === of);
  const issues = useStoreValue(app.findings, ({ findings }) => findings.length);
  return (
    <section className={`compare-head compare-${side}`} aria-label={title}>
      <h2 className="compare-pick">{title}</h2>
      <span>
        {servers === 1 ? '1 server' : `${servers} servers`}
        {isWhole ? `, ${issues === 1 ? '1 issue' : `${issues} issues`}` : ', issues being measured'}
      </span>
      {children}
    </section>
  );
}

function Outcome({ beside, choice }: Omit<Props, 'diagram'>) {
  const app = useApp();
  const outcome = fixOutcome(useSide(app), useSide(beside), choice.finding.comesTrueWith[0] ?? null);
  return (
    <section className="fix-outcome" aria-label="What the fix buys">
      <Changes outcome={outcome} />
      <table className="compare-table">
        <caption className="unseen">The same kills before and after the fix</caption>
        <thead className="unseen">
          <tr>
            <th scope="col">Before</th>
            <th scope="col">What</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {outcome.rows.map((row) => (
            <tr key={row.name}>
              <Cell row={row} at={0} />
              <th scope="row">
                {row.name}
                <small>{row.note}</small>
              </th>
              <Cell row={row} at={1} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function useSide(app: App): FixSide {
  const design = useStoreValue(app.design, (state) => state.design);
  const findings = useStoreValue(app.findings, (state) => state);
  return { design, findings };
}

function Changes({ outcome }: { readonly outcome: FixOutcome }) {
  const { isKnown, cleared, created, raised, staying } = outcome;
  if (!isKnown) return <p className="fix-changes">Both drawings are being measured.</p>;
  return (
    <div className="fix-changes">
      <ul>
        {cleared.map(({ number, finding }) => (
          <li key={finding.id}>
            <span className="fix-struck">
              <Pin number={number} severity={finding.severity} active={false} />
            </span>
            <p>
              <small>Cleared</small>
              <b>{finding.title}</b>
              <span>{finding.evidence}</span>
            </p>
          </li>
        ))}
        {[...created, ...raised].map(({ number, finding, ...was }) => (
          <li key={finding.id}>
            <Pin number={number} severity={finding.severity} active={false} />
            <p>
              <small>
                {'before' in was
                  ? `Worse, ${finding.severity}, it was ${String(was.before)}`
                  : `Created, ${finding.severity}`}
              </small>
              <b>{finding.title}</b>
              <span>{finding.evidence}</span>
            </p>
          </li>
        ))}
        {cleared.length === 0 && <li className="fix-none">It clears no issue of this run.</li>}
      </ul>
      <p className="fix-staying">
        {staying.length === 1 ? '1 issue stays' : `${staying.length} issues stay`}
        {staying.map(({ number, finding }) => (
          <span key={finding.id} role="img" aria-label={`${number}, ${finding.severity}: ${finding.title}`}>
            <Pin number={number} severity={finding.severity} active={false} />
          </span>
        ))}
      </p>
    </div>
  );
}

function Foot({ choice }: { readonly choice: Fixed }) {
  const app = useApp();
  const apply = useRef<HTMLButtonElement>(null);
  useEffect(() => apply.current?.focus(), []);
  return (
    <section className="fix-foot" aria-label="The fix">
      <p>
        <b>Nothing has changed yet.</b> The fix {choice.changes.join('; ')}.
      </p>
      <button type="button" className="button" onClick={() => compare.run(app, null)}>
        Leave as it is
      </button>
      <button type="button" className="button" disabled title="There is nothing to undo before the fix is applied">
        <Undo2 size={16} aria-hidden="true" /> Undo
      </button>
      <button ref={apply} type="button" className="button filled" onClick={() => applyFix.run(app)}>
        <Check size={16} aria-hidden="true" /> Apply
      </button>
    </section>
  );
}
