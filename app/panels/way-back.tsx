// The way to the run that was left for a link, or for another seed: a button while there is one.
import { actOn } from '../state/actions/lesson.ts';
import { backToRun } from '../state/actions/share.ts';
import { visitOf } from '../state/visit.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';

export function WayBack() {
  const app = useApp();
  const way = useStoreValue(visitOf(app), (visit) => visit.way);
  return (
    way !== null && (
      <button type="button" className="button" onClick={() => actOn(app, backToRun, undefined)}>
        {way}
      </button>
    )
  );
}
