// Since a fault began: one bar with the four fills, a line for each outcome with its cause, what is true and what HAProxy believes,
// the issue that came true, and what happened.
import './since-tab.css';
import { lazy, Suspense } from 'react';
import { formatClock } from '../foundation/micros.ts';
import { showRequest } from '../state/actions/inquiry.ts';
import type { OutcomeCounts, SinceView } from '../state/app.ts';
import { computingWords } from '../state/computing.ts';
import { hasComeTrue } from '../state/pins.ts';
import { truthAt } from '../state/truth.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { Pin, StateMark } from './drawn.tsx';
import { FaultMeasures } from './fault-measures.tsx';
import { PinButton, withNumbers } from './issues-tab.tsx';
import { WriteNames } from './write-names.tsx';

const ExperimentCards = lazy(async () => ({ default: (await import('./experiment-cards.tsx')).ExperimentCards }));

export function SinceTab() {
  const app = useApp();
  const since = useStoreValue(app.playback, (playback) => playback.view?.since ?? null);
  const computing = useStoreValue(app.playback, (playback) => playback.computing);
  if (since === null)
    return (
      <>
        <h2 className="unseen">Experiments</h2>
        {computing !== null && <p className="panel-empty">{computingWords(computing)}</p>}
        <WriteNames />
        <Suspense>
          <ExperimentCards />
        </Suspense>
      </>
    );
  return (
    <>
      <section className="since" aria-label={`Outcomes ${since.title.toLowerCase()}`}>
        <h2>{since.heading}</h2>
        <OutcomeBar counts={since.counts} />
        <Outcomes counts={since.counts} />
        <dl>
          {since.statements.map((statement) => (
            <div key={statement.about.startsWith('What HAProxy') ? 'belief' : statement.text}>
              <dt>{statement.about}</dt>
              <dd>
                {statement.state !== null && <StateMark state={statement.state} />}
                {statement.text}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <FaultMeasures of={null} />
      <WriteNames />
      <CameTrue since={since} />
      <section className="log" aria-label="What happened">
        <h3>What happened</h3>
        <ol>
          {since.log.map((line) => (
            <li key={`${line.atUs} ${line.text}`} className={line.coming ? 'coming' : ''}>
              <time>{formatClock(line.atUs)}</time>
              {line.text}
            </li>
          ))}
        </ol>
      </section>
      <Suspense>
        <ExperimentCards />
      </Suspense>
      <OnHold />
    </>
  );
}

/** First try plain with a line on top, second try hatched, waiting empty with a dashed edge, failed cross-hatched. */
function OutcomeBar({ counts }: { readonly counts: OutcomeCounts }) {
  const width = 280;
  const of = Math.max(1, counts.total);
  const edges = [0, counts.answered, counts.retried, counts.waiting, counts.failed].reduce<number[]>(
    (before, count) => {
      before.push((before.at(-1) ?? 0) + (count / of) * width);
      return before;
    },
    [],
  );
  const [start = 0, retried = 0, waiting = 0, failed = 0, end = 0] = edges;
  return (
    <svg
      className="outcome-bar"
      viewBox={`0 0 ${width} 34`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect className="fill-answered" x={start} width={retried - start} height="34" />
      <rect className="line-answered" x={start} width={retried - start} height="2.5" />
      <rect className="fill-retried" x={retried} width={waiting - retried} height="34" />
      {failed > waiting && (
        <rect
          className="fill-waiting"
          x={waiting + 0.5}
          y="0.5"
          width={Math.max(0, failed - waiting - 1)}
          height="33"
        />
      )}
      <rect className="fill-failed" x={failed} width={end - failed} height="34" />
    </svg>
  );
}

function Outcomes({ counts }: { readonly counts: OutcomeCounts }) {
  return (
    <table className="outcomes">
      <tbody>
        <OutcomeRow count={counts.answered} text={counts.answeredText} />
        {counts.retried > 0 && <OutcomeRow count={counts.retried} text={counts.retriedText} />}
        <OutcomeRow count={counts.waiting} text="still waiting" />
        {counts.causes.map((cause) => (
          <OutcomeRow key={cause.text} count={cause.count} text={cause.text} failed example={cause.example} />
        ))}
      </tbody>
    </table>
  );
}

function OutcomeRow({
  count,
  text,
  failed = false,
  example,
}: {
  readonly count: number;
  readonly text: string;
  readonly failed?: boolean;
  /** Number of one of them, for whoever wants to see its whole way. */
  readonly example?: number;
}) {
  const app = useApp();
  return (
    <tr className={failed ? 'failed' : ''}>
      <th scope="row">{count}</th>
      <td>
        {example === undefined ? (
          text
        ) : (
          <button type="button" className="outcome-example" onClick={() => showRequest.run(app, example)}>
            {text}
            <span className="unseen">{`. Show request ${example}`}</span>
          </button>
        )}
      </td>
    </tr>
  );
}

/** Each finding with its number, and whether the faults that are on have brought it about. */
function useNumbered() {
  const app = useApp();
  const findings = useStoreValue(app.findings, (state) => state.findings);
  const faults = useStoreValue(app.playback, (playback) => playback.faults);
  const design = useStoreValue(app.design, (state) => state.design);
  const commands = faults.map((fault) => fault.command);
  const truth = truthAt(design, commands, Number.POSITIVE_INFINITY);
  return findings.map((finding, index) => ({ finding, number: index + 1, active: hasComeTrue(finding, truth) }));
}

/** The issues that the fault has brought about. */
function CameTrue({ since }: { readonly since: SinceView }) {
  const { counts, writes, writesFailed } = since;
  const happening = (rule: string): string => {
    if (rule !== 'AV-02')
      return `Happening now: ${counts.answered + counts.retried} of ${counts.total} requests answered.`;
    return writes === 0
      ? 'Happening now: no write has ended yet.'
      : `Happening now: ${writesFailed} of ${writes} writes failed.`;
  };
  return useNumbered()
    .filter((one) => one.active)
    .map(({ finding, number }) => (
      <article key={finding.id} className="issue shown">
        <Pin number={number} severity={finding.severity} active />
        <div>
          <h3>{finding.title}</h3>
          <p>{withNumbers(happening(finding.rule))}</p>
        </div>
      </article>
    ));
}

/** The pins of the issues that have not come true. */
function OnHold() {
  const numbered = useNumbered();
  const others = numbered.filter((one) => !one.active);
  if (others.length === 0) return null;
  const more = others.length < numbered.length ? 'more ' : '';
  return (
    <section className="on-hold" aria-label="Issues on hold">
      <h3>{`${others.length} ${more}${others.length === 1 ? 'issue' : 'issues'}, on hold while this runs`}</h3>
      <div>
        {others.map(({ finding, number }) => (
          <PinButton key={finding.id} number={number} severity={finding.severity} title={finding.title} />
        ))}
      </div>
    </section>
  );
}
