// The button of a fix, where the drawing can be mended by an edit; what it would do is worked out when the issues are shown.
import './fix-button.css';
import { useMemo } from 'react';
import type { Finding } from '../analysis/finding.ts';
import { planOf } from '../fixes/fixes.ts';
import { previewFix } from '../state/actions/fix.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';

interface Props {
  readonly number: number;
  readonly finding: Finding;
}

export function FixButton({ number, finding }: Props) {
  const app = useApp();
  const design = useStoreValue(app.design, (state) => state.design);
  const isMendable = useMemo(() => planOf(design, finding) !== null, [design, finding]);
  if (!isMendable) return <b>Fix</b>;
  return (
    <button
      type="button"
      className="fix-button"
      aria-label={`Fix issue ${number}: ${finding.fix}`}
      onClick={() => previewFix.run(app, { number, finding })}
    >
      Fix
    </button>
  );
}
