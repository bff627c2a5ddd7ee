// Below the issues of a built-in design: what it adds to the one before, and the way to see both beside each other.
import { useMemo } from 'react';
import { BUILT_IN_IDS, builtInDesign, isBuiltIn } from '../designs/built-in.ts';
import { additionsOf } from '../lessons/additions.ts';
import { compare } from '../state/actions/compare.ts';
import { actOn } from '../state/actions/lesson.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';

export function AdditionsNote() {
  const app = useApp();
  const id = useStoreValue(app.design, (state) => state.id);
  const timings = useStoreValue(app.design, (state) => state.timings);
  const step = useMemo(() => {
    const at = isBuiltIn(id) ? BUILT_IN_IDS.indexOf(id) : -1;
    const before = BUILT_IN_IDS[at - 1];
    if (before === undefined || !isBuiltIn(id) || timings === 'custom') return null;
    return { before, additions: additionsOf(builtInDesign(before, timings), builtInDesign(id, timings), at) };
  }, [id, timings]);
  if (step === null) return null;
  const { toNumber, adds, servers, serversBefore } = step.additions;
  return (
    <section className="issues-rest" aria-label={`What it adds to design ${toNumber}`}>
      <b>{`What it adds to design ${toNumber}`}</b>
      <p>{`${adds.join(', ')}.`}</p>
      <p>{`Servers to pay for: ${servers}, it was ${serversBefore}.`}</p>
      <button
        type="button"
        className="fix-button"
        onClick={() => actOn(app, compare, { type: 'design', id: step.before })}
      >
        {`Compare with design ${toNumber}`}
      </button>
    </section>
  );
}
