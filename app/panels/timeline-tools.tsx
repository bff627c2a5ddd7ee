// The buttons of the timeline: jumps to what happened, how much of the run is shown, and the figures as a table.
import { panTime, showWholeRun, zoomIn, zoomOut } from '../state/actions/time-view.ts';
import { toFirstFailure } from '../state/actions/to-first-failure.ts';
import { toNextEvent, toPreviousEvent } from '../state/actions/transport.ts';
import type { Action } from '../state/app.ts';
import { timeViewOf } from '../state/time-view.ts';
import { useApp } from '../ui/app-context.tsx';
import { LineIcon } from '../ui/line-icon.tsx';

const ZOOM: readonly (readonly [Action, string])[] = [
  [zoomOut, 'M5 12h14'],
  [zoomIn, 'M5 12h14M12 5v14'],
  [showWholeRun, 'M4 5v14M20 5v14M8 12h8M11 9l-3 3l3 3M13 9l3 3l-3 3'],
];
const JUMPS: readonly (readonly [Action, string])[] = [
  [toPreviousEvent, 'M6 5v14M18 6l-7 6l7 6'],
  [toNextEvent, 'M18 5v14M6 6l7 6l-7 6'],
  [toFirstFailure, 'M4 5v14M10 7l9 10M19 7l-9 10'],
];

export function TimelineTools({ isTable, showTable }: { isTable: boolean; showTable(is: boolean): void }) {
  return (
    <>
      <fieldset className="timeline-tools gutter-zoom" aria-label="How much of the run is shown">
        {ZOOM.map(([action, d]) => (
          <Tool key={action.id} action={action} d={d} />
        ))}
      </fieldset>
      <fieldset className="timeline-tools gutter-jumps" aria-label="Go to what happened">
        {JUMPS.map(([action, d]) => (
          <Tool key={action.id} action={action} d={d} />
        ))}
        <button
          type="button"
          className="timeline-tool timeline-table-button"
          aria-expanded={isTable}
          aria-label="Figures as a table"
          title="Figures as a table"
          onClick={() => showTable(!isTable)}
        >
          <LineIcon d="M3 5h18v14H3ZM3 10h18M3 14.5h18M10 5v14" size={14} />
        </button>
      </fieldset>
    </>
  );
}

function Tool({ action, d }: { readonly action: Action; readonly d: string }) {
  const app = useApp();
  const keys = action.keys.join(', ');
  return (
    <button
      type="button"
      className="timeline-tool"
      aria-label={action.label}
      aria-keyshortcuts={keys}
      title={`${action.label} ${keys}`}
      onClick={() => action.run(app)}
    >
      <LineIcon d={d} size={14} />
    </button>
  );
}

/** Half of what is shown, earlier (-1) or later (1). */
export const panHalf = (app: Parameters<typeof timeViewOf>[0], direction: 1 | -1): void =>
  panTime.run(app, (direction * timeViewOf(app).getState().spanUs) / 2);
