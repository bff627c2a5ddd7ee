// What is to be said of an issue beside what was measured: why it matters, when it is none, where that is written; and the way to
// accept it with a reason.
import './issue-note.css';
import { useId, useState } from 'react';
import type { Finding } from '../analysis/finding.ts';
import { RULE_BOOK } from '../analysis/rule-book.ts';
import { acceptRisk, LONGEST_REASON } from '../state/actions/accept-risk.ts';
import { useApp } from '../ui/app-context.tsx';

export function IssueNote({ finding }: { readonly finding: Finding }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="issue-note" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary aria-label={`More on: ${finding.title}`}>More</summary>
      {isOpen && <Note finding={finding} />}
    </details>
  );
}

/** Made when it is opened: a browser reads every field of a page. */
function Note({ finding }: { readonly finding: Finding }) {
  const text = RULE_BOOK[finding.rule];
  return (
    <>
      {text !== undefined && (
        <>
          <p>{text.why}</p>
          <p>
            <b>How</b> {text.fix}
          </p>
          <p>
            <b>No weakness</b> {text.falsePositive}
          </p>
          <p>
            <b>Source</b> {text.source.title}, {text.source.section}
          </p>
        </>
      )}
      <p>
        <b>Rule</b> {finding.rule}, {finding.severity}, {finding.where}
      </p>
      <AcceptForm finding={finding} />
    </>
  );
}

function AcceptForm({ finding }: { readonly finding: Finding }) {
  const app = useApp();
  const id = useId();
  const [reason, setReason] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        acceptRisk.run(app, { finding, reason });
      }}
    >
      <label htmlFor={id}>Accept it, because</label>
      <textarea
        id={id}
        rows={2}
        autoComplete="off"
        maxLength={LONGEST_REASON}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <button type="submit" className="fix-button">
        Accept
      </button>
    </form>
  );
}
