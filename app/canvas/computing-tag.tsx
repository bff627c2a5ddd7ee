// On a diagram whose moment is still being computed: how far the run has come. The diagram stays, faded and without figures.
import './computing-tag.css';
import type { Computing } from '../state/app.ts';
import { computingTag } from '../state/computing.ts';

export function ComputingTag({ computing }: { readonly computing: Computing }) {
  return <p className="canvas-computing">{computingTag(computing)}</p>;
}
