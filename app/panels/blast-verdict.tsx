// The verdict of a row: shape and word, why, and the pins of the issues that came true in its run.

import { verdictMark } from '../drawing/outcome-chart.ts';
import { blastRadius } from '../state/actions/blast-radius.ts';
import { showIssue } from '../state/actions/show-issue.ts';
import type { BlastCells } from '../state/blast-cells.ts';
import { useApp } from '../ui/app-context.tsx';
import { BlastDrawing } from './blast-drawn.tsx';
import { Pin } from './drawn.tsx';

export function BlastVerdict({ cells: { verdict, proved } }: { readonly cells: BlastCells }) {
  const app = useApp();
  const toIssue = (number: number) => (): void => {
    blastRadius.run(app);
    showIssue.run(app, number);
  };
  return (
    <div className="blast-judged">
      <span>
        <BlastDrawing shapes={[verdictMark(verdict.shape, 12, 12)]} width={24} height={24} />
      </span>
      <span className="blast-words">
        <b data-tone={verdict.shape === 'critical' ? 'fail' : 'plain'}>{verdict.title}</b>
        <small>{verdict.note}</small>
      </span>
      <span className="blast-pins">
        {proved.map(({ number, finding }) => (
          <button
            key={finding.id}
            type="button"
            className="pin-button"
            aria-label={`Issue ${number}, ${finding.severity}: ${finding.title}. Show it on the diagram`}
            onClick={toIssue(number)}
          >
            <Pin number={number} severity={finding.severity} active />
          </button>
        ))}
      </span>
    </div>
  );
}
