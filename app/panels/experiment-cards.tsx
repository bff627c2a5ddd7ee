// A card for each fault: what the drawing foretold, what the run measured, and the verdict with the pin of the issue that it
// proves. The newest first.
import './experiment-cards.css';
import { useDeferredValue } from 'react';
import type { Finding } from '../analysis/finding.ts';
import { iconPath } from '../drawing/icons.ts';
import { compareFault, nextSeed, runAgain } from '../state/actions/experiment.ts';
import { actOn } from '../state/actions/lesson.ts';
import { showIssue } from '../state/actions/show-issue.ts';
import { type Experiment, experimentsOf } from '../state/experiment.ts';
import { said } from '../state/fault-words.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { LineIcon } from '../ui/line-icon.tsx';
import { Pin } from './drawn.tsx';

export function ExperimentCards() {
  const app = useApp();
  const base = useStoreValue(app.design, (state) => state.design);
  // What the drawing foretells of a large site takes longer than a frame: who has just died is drawn first.
  const commands = useDeferredValue(useStoreValue(app.playback, (playback) => playback.commands));
  const nowUs = useStoreValue(app.playback, (playback) => playback.view?.nowUs ?? 0);
  const findings = useStoreValue(app.findings, (state) => state.findings);
  const experiments = experimentsOf({ base, commands, findings, window: app.frame.window, nowUs });
  return experiments
    .toReversed()
    .map((experiment) => <Card key={experiment.number} experiment={experiment} findings={findings} />);
}

interface CardProps {
  readonly experiment: Experiment;
  readonly findings: readonly Finding[];
}

function Card({ experiment, findings }: CardProps) {
  const app = useApp();
  const { number, command, title, state, rows } = experiment;
  const icon = said(app.design.getState().design, command)?.icon;
  return (
    <section className="experiment" aria-label={`Experiment ${number}`}>
      <header>
        <h3>{`Experiment ${number}`}</h3>
        <span>{state}</span>
      </header>
      <p className="experiment-fault">
        {icon !== undefined && (
          <i>
            <LineIcon d={iconPath(icon)} size={16} />
          </i>
        )}
        {title}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">What</span>
            </th>
            <th scope="col">Expected</th>
            <th scope="col">Measured</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td>{row.expected}</td>
              <td>
                <b>{row.measured}</b>
                {row.cause !== '' && <small>{row.cause}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Verdict experiment={experiment} findings={findings} />
      <FollowUps faultUs={experiment.fromUs} number={number} />
    </section>
  );
}

function Verdict({ experiment, findings }: CardProps) {
  const app = useApp();
  const { verdict } = experiment;
  const { finding } = verdict;
  const number = finding === null ? 0 : findings.indexOf(finding) + 1;
  return (
    <div className="experiment-verdict">
      {finding !== null && (
        <button
          type="button"
          className="pin-button"
          aria-label={`Go to issue ${number}, ${finding.title}`}
          onClick={() => showIssue.run(app, number)}
        >
          <Pin number={number} severity={finding.severity} active />
        </button>
      )}
      <div>
        <h4>{verdict.title}</h4>
        <p>{verdict.text}</p>
      </div>
    </div>
  );
}

/** Two columns, as the comparison stands. */
const COLUMNS_ICON = 'M4 4h16v16H4ZM12 4v16';

function FollowUps({ faultUs, number }: { readonly faultUs: number; readonly number: number }) {
  const app = useApp();
  const seed = useStoreValue(app.design, (state) => state.seed);
  return (
    <div className="experiment-ways">
      <button
        type="button"
        className="button"
        aria-label={`Run experiment ${number} again with seed ${nextSeed(seed)}`}
        onClick={() => actOn(app, runAgain, faultUs)}
      >
        <LineIcon d={iconPath('restart')} size={16} />
        {`Run again, seed ${nextSeed(seed)}`}
      </button>
      <button
        type="button"
        className="button"
        aria-label={`Compare experiment ${number} with another design`}
        onClick={() => actOn(app, compareFault, faultUs)}
      >
        <LineIcon d={COLUMNS_ICON} size={16} />
        Compare
      </button>
    </div>
  );
}
