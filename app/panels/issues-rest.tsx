// Below the issues: the rest of them, folded; those that somebody accepted, with the reason, and what the rules could not decide.
import './issue-note.css';
import type { Finding } from '../analysis/finding.ts';
import { withdrawAcceptance } from '../state/actions/accept-risk.ts';
import { unfoldIssues } from '../state/actions/unfold-issues.ts';
import { ASSUMPTIONS } from '../state/assumptions.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';

export function IssuesRest() {
  const app = useApp();
  const accepted = useStoreValue(app.findings, (state) => state.accepted);
  const unknowns = useStoreValue(app.findings, (state) => state.unknowns);
  const { findings, onTop, unfolded } = useStoreValue(app.findings, (state) => state);
  return (
    <>
      {findings.length > onTop && (
        <button type="button" className="fold" aria-expanded={unfolded} onClick={() => unfoldIssues.run(app)}>
          {unfolded ? `Fold the last ${findings.length - onTop}` : restInWords(findings.slice(onTop))}
        </button>
      )}
      {accepted.length > 0 && (
        <details className="issues-rest" open>
          <summary>{accepted.length === 1 ? '1 issue accepted' : `${accepted.length} issues accepted`}</summary>
          <ul>
            {accepted.map(({ finding, reason }) => (
              <li key={finding.id}>
                <b>{finding.title}</b>
                {`${finding.severity}, accepted because: ${reason} `}
                <button
                  type="button"
                  className="fix-button"
                  aria-label={`No longer accept: ${finding.title}`}
                  onClick={() => withdrawAcceptance.run(app, finding)}
                >
                  Withdraw
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
      {unknowns.length > 0 && (
        <details className="issues-rest">
          <summary>
            {unknowns.length === 1
              ? '1 question the drawing leaves open'
              : `${unknowns.length} questions the drawing leaves open`}
          </summary>
          <p>What is not stated is unknown, not safe. Settings of the parts answer most of them.</p>
          <ul>
            {unknowns.map(({ unknown, rule, sentence }) => (
              <li key={unknown}>{`${sentence} ${rule}.`}</li>
            ))}
          </ul>
        </details>
      )}
      <details className="issues-rest">
        <summary>Taken for granted</summary>
        <ul>
          {ASSUMPTIONS.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </details>
    </>
  );
}

/** `9 more: 2 high, 6 medium, 1 low`. */
function restInWords(rest: readonly Finding[]): string {
  const levels = (['critical', 'high', 'medium', 'low'] as const).flatMap((level) => {
    const count = rest.filter(({ severity }) => severity === level).length;
    return count === 0 ? [] : [`${count} ${level}`];
  });
  return `${rest.length} more: ${levels.join(', ')}`;
}
