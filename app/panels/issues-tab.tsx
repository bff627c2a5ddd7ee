// The issues: one row a weakness, with its pin, its measured sentence, and what would fix it.
import './issues-tab.css';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import type { Severity } from '../analysis/finding.ts';
import { blastRadius } from '../state/actions/blast-radius.ts';
import { actOn } from '../state/actions/lesson.ts';
import { showIssue } from '../state/actions/show-issue.ts';
import { openIssues } from '../state/pins.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { Pin } from './drawn.tsx';

// What mends an issue comes after the first picture.
const FixButton = lazy(async () => ({ default: (await import('./fix-button.tsx')).FixButton }));

const IssueNote = lazy(async () => ({ default: (await import('./issue-note.tsx')).IssueNote }));
const IssuesRest = lazy(async () => ({ default: (await import('./issues-rest.tsx')).IssuesRest }));

export function IssuesTab() {
  const app = useApp();
  const issues = useStoreValue(app.findings, (state) => state);
  const { findings } = issues;
  const done = useStoreValue(app.findings, (state) => state.done);
  const of = useStoreValue(app.findings, (state) => state.of);
  const shown = useStoreValue(app.findings, (state) => state.shown);
  const isMeasuring = done < of;
  useEffect(() => {
    if (!isMeasuring) fetchBlastRadius();
  }, [isMeasuring]);
  if (findings.length === 0) {
    return (
      <>
        <p className="panel-empty">
          {isMeasuring ? 'The issues are being measured.' : `No issues found in ${of} runs. Try two kills at once.`}
        </p>
        <Suspense>
          <IssuesRest />
        </Suspense>
      </>
    );
  }
  return (
    <>
      <p className="panel-note">
        {isMeasuring ? `${done} of ${of} measured` : 'Each measured in a run of its own'}
        <button type="button" title="Every server killed once (B)" onClick={() => actOn(app, blastRadius, undefined)}>
          Blast radius
        </button>
      </p>
      <ol className="issues">
        {openIssues(issues).map((finding, index) => (
          <li key={finding.id} className={shown === index + 1 ? 'issue shown' : 'issue'}>
            <PinButton number={index + 1} severity={finding.severity} title={finding.title} />
            <div>
              <h3>{finding.title}</h3>
              <p>{finding.evidence === null ? 'Being measured.' : withNumbers(finding.evidence)}</p>
              <p className="fix">
                <Suspense fallback={<b>Fix</b>}>
                  <FixButton number={index + 1} finding={finding} />
                </Suspense>
                <span>{finding.fix}</span>
              </p>
              <Suspense>
                <IssueNote finding={finding} />
              </Suspense>
            </div>
          </li>
        ))}
      </ol>
      <Suspense>
        <IssuesRest />
      </Suspense>
    </>
  );
}

/** Its button stands here, and nobody should wait for it. Without a connection it is fetched when it is asked for. */
const fetchBlastRadius = (): void => {
  import('./blast-radius.tsx').catch(() => undefined);
};

interface PinProps {
  readonly number: number;
  readonly severity: Severity;
  readonly title: string;
}

/** The pin goes to the issue on the diagram. */
export function PinButton({ number, severity, title }: PinProps) {
  const app = useApp();
  return (
    <button
      type="button"
      className="pin-button"
      aria-label={`Issue ${number}, ${severity}: ${title}. Show it on the diagram`}
      onClick={() => showIssue.run(app, number)}
    >
      <Pin number={number} severity={severity} active={false} />
    </button>
  );
}

/** Figures with "of" what stand out: `0 of 412`. */
export function withNumbers(sentence: string): ReactNode {
  return sentence.split(/(\d[\d.,]* of \d[\d.,]*\d|\d of \d)/).map((piece, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence keep their places.
    index % 2 === 1 ? <em key={index}>{piece}</em> : piece,
  );
}
