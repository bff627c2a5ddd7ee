// The bar of a stage in the waterfall, by what it is: a line that ends in the bead, a dashed box, a solid bar, a red hatch.
import type { Micros } from '../foundation/micros.ts';
import type { Stage } from '../timeline/request-way.ts';
import { placeOn, type TimeAxis } from './time-axis.ts';

interface Props {
  readonly stage: Stage;
  readonly shape: 'read' | 'write';
  readonly axis: TimeAxis;
}

export function StageBar({ stage, shape, axis }: Props) {
  const left = placeOn(axis, stage.fromUs);
  const width = placeOn(axis, stage.toUs) - left;
  return (
    <>
      <i
        className="stage-bar"
        data-sort={stage.sort}
        data-shape={shape}
        data-bad={stage.bad}
        style={{ left: `${left}%`, width: `${width}%` }}
      >
        {stage.sort === 'wire' && <Bead shape={shape} failed={stage.bad} />}
        {stage.sort === 'giveUp' && <Bead shape={shape} failed />}
        {stage.sort === 'pick' && <Pointer />}
      </i>
      {stage.goesOn !== null && <GoesOn fromUs={stage.toUs} toUs={stage.goesOn.untilUs} axis={axis} />}
    </>
  );
}

/** Where somebody goes on although the request has moved on; the axis ends before it does. */
function GoesOn({ fromUs, toUs, axis }: { readonly fromUs: Micros; readonly toUs: Micros; readonly axis: TimeAxis }) {
  const left = placeOn(axis, fromUs);
  return <i className="stage-ghost" style={{ left: `${left}%`, width: `${placeOn(axis, toUs) - left}%` }} />;
}

function Bead({ shape, failed }: { readonly shape: 'read' | 'write'; readonly failed: boolean }) {
  return (
    <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true" focusable="false">
      {failed && <path className="bead-failed" d="M-4.5-4.5l9 9M4.5-4.5l-9 9" />}
      {!failed && shape === 'write' && <rect className="bead-write" x="-5" y="-5" width="10" height="10" />}
      {!failed && shape === 'read' && <circle className="bead-read" r="5" />}
    </svg>
  );
}

const Pointer = () => (
  <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true" focusable="false">
    <path className="pick-pointer" d="M-2-5L4 0L-2 5Z" />
  </svg>
);

/** The bead of the request, large, with a cross when it failed. */
export function RequestMark({ shape, failed }: { readonly shape: 'read' | 'write'; readonly failed: boolean }) {
  return (
    <svg className="request-mark" width="26" height="26" viewBox="0 0 26 26" aria-hidden="true" focusable="false">
      {shape === 'write' ? (
        <rect className="bead-write" x="2" y="2" width="16" height="16" />
      ) : (
        <circle className="bead-read" cx="10" cy="10" r="8" />
      )}
      {failed && <path className="mark-gap" d="M12 12l11 11M23 12l-11 11" />}
      {failed && <path className="bead-failed" d="M12 12l11 11M23 12l-11 11" />}
    </svg>
  );
}
