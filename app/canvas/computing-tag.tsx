// On a diagram whose moment is still being computed: how far the run has come. The diagram stays, faded and without figures.
import './computing-tag.css';
import { computingTag } from '../state/computing.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';

export function ComputingTag() {
  const computing = useStoreValue(useApp().playback, (playback) => playback.computing);
  return computing === null ? null : <p className="canvas-computing">{computingTag(computing)}</p>;
}
