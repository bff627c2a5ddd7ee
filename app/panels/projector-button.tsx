// Turns projector mode on and off; it comes right after the first picture.
import { Presentation } from 'lucide-react';
import { toggleProjector } from '../state/actions/settings.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';

export function ProjectorButton() {
  const app = useApp();
  const isOn = useStoreValue(app.settings, (settings) => settings.projector);
  return (
    <button
      type="button"
      className="icon-button projector-button"
      aria-label="Projector mode"
      aria-pressed={isOn}
      title="Larger, with more contrast (Shift+P)"
      onClick={() => toggleProjector.run(app)}
    >
      <Presentation size={18} aria-hidden="true" />
    </button>
  );
}
